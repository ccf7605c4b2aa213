"""Hand over what units are towards documents and tasks beside holding them: giver, follower, confirmer, participant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from kycuong.models import (
    BacklogReview,
    Consultation,
    Cover,
    Document,
    Duty,
    Order,
    OrderParty,
    SuccessionLine,
    TaskParticipant,
    Voting,
)
from kycuong.models.documents import DocumentState
from kycuong.services import tallies

UNIT_ROLES = ("giver_unit", "follower_unit", "confirmer_unit")
POST_ROLES = ("giver_post", "follower_post")
#: The doubt that a reviewer sees at an order whose addressee is no more.
ENDED = "ended_unit"


def handover(olds: Sequence[int], units: Mapping[int, int], posts: Mapping[int, int]) -> None:
    """Hand over documents in work, participations in open tasks, and the addressees of orders not issued yet."""
    _documents(units, posts)
    for old in olds:
        if old in units:
            _participants(old, units[old])
            _parties(old, units[old])
            _conducted(old, units[old])


def _documents(units: Mapping[int, int], posts: Mapping[int, int]) -> None:
    """Change the roles of documents that are not done with; those whose duties are all closed keep theirs."""
    live = Exists(Duty.objects.filter(document=OuterRef("pk")).exclude(phase="closed"))
    in_work = Document.objects.filter(live | ~Q(state=DocumentState.ISSUED))
    for role in UNIT_ROLES:
        for old, new in units.items():
            in_work.filter(**{role: old}).update(**{role: new})
    for role in POST_ROLES:
        for old, new in posts.items():
            in_work.filter(**{role: old}).update(**{role: new})


def _participants(old: int, new: int) -> None:
    rows = TaskParticipant.objects.filter(unit=old).exclude(task__duty__phase="closed")
    keys = list(rows.values_list("task__duty", flat=True))
    both = TaskParticipant.objects.filter(task=OuterRef("task"), unit=new)
    rows.filter(Exists(both)).delete()
    rows.filter(task__duty__holder_unit=new).delete()
    TaskParticipant.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(unit=new)
    tallies.count_seats(keys)  # no event tells it


def _parties(old: int, new: int) -> None:
    """Let orders that wait for review name the successor, with a doubt for the reviewer to look at."""
    rows = OrderParty.objects.filter(unit=old).exclude(order__document__state=DocumentState.ISSUED)
    orders = list(Order.objects.filter(pk__in=rows.values("order")))
    rows.update(unit=new, confidence=0.6)
    for order in orders:
        if ENDED not in order.doubts:
            order.doubts = [*order.doubts, ENDED]
            order.save()


def _conducted(old: int, new: int) -> None:
    """Let the successor go on with the consultations, the rounds of slips and the reviews that the unit has not ended."""
    Voting.objects.filter(lead_unit=old, cancelled=False, tally_file__isnull=True).update(lead_unit=new)
    Consultation.objects.filter(lead_unit=old, ended_at__isnull=True).update(lead_unit=new)
    BacklogReview.objects.filter(unit=old, state=BacklogReview.State.OPEN).update(unit=new)


def keep_covers(old: int, new: int, at: datetime) -> None:
    """Let covers that run or are planned follow the post of the absent officer, and that of the substitute."""
    left = Cover.objects.filter(until_at__gt=at)
    left.filter(post=old).update(post=new)
    left.filter(substitute_post=old).update(substitute_post=new)


def drop_own_parts(change_id: int) -> None:
    """Let nobody take part in a task that is now its own."""
    handed = SuccessionLine.objects.filter(change=change_id, moved_at__isnull=False)
    TaskParticipant.objects.filter(task__duty__in=handed.values("duty"), unit=F("task__duty__holder_unit")).delete()
