"""Who sees what and who may do what: the one policy function under lists, search, counts, exports, notices and acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField

from kycuong.core.covers import DEPUTIES, DIVISION_HEADS, HEADS
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.core.lifecycle import Row, lifecycles
from kycuong.models import (
    Document,
    Duty,
    DutyEvent,
    DutyHolding,
    Officer,
    OrgChange,
    Succession,
    TaskParticipant,
    UnitClosure,
)
from kycuong.models.duties import Phase
from kycuong.queries.actors import Actor, CoverHat, Hat, actor, held_on, in_force
from kycuong.queries.each import ExistsForEach
from kycuong.queries.kept import Kept
from kycuong.queries.permits import (
    Facts,
    cover_of,
    facts,
    lying_with,
    on_own_desk,
    permits,
    reviews,
    stand_in,
    standing_for,
)

__all__ = [
    "DEPUTIES", "DIVISION_HEADS", "HEADS", "Actor", "CoverHat", "Facts", "Hat", "actor", "actor_of", "cover_of",
    "desks_of", "document_to_read", "document_to_review", "duty_for_acting", "duty_seen", "duty_to_read", "facts", "held_on",
    "in_force", "inherited", "lying_with", "permits", "reviews", "seen_document", "seen_duty", "seen_of", "sees_documents",
    "sits_at", "stand_in", "standing_for", "visible_documents", "visible_duties",
]  # fmt: skip  # fmt: skip


def actor_of(login: str, at: datetime) -> Actor:
    """Return the person of a sign-in name as an actor, for the command line. Raises: Invalid."""
    found = Officer.objects.filter(login=login, is_active=True).values_list("pk", flat=True).first()
    if found is None:
        raise Invalid("officer_unknown", text=login)
    return actor(found, at)


def inherited(units: Iterable[int]) -> QuerySet[Succession, int]:
    """Return the units that have ended and from which some units inherited: what they have done stays to be read."""
    rows = Succession.objects.filter(successor__in=list(units), old__valid_until__isnull=False)
    return rows.values_list("old", flat=True)


def visible_duties(who: Actor) -> QuerySet[Duty]:
    """Return the duties that a person sees.

    The holder's chain up and who inherited, giver, follower, confirmer, participants, the Office, Home Affairs, the auditor.
    """
    return _duties_seen_by(who).all()


@lru_cache(maxsize=512)
def _duties_seen_by(who: Actor) -> QuerySet[Duty]:
    """Return the unevaluated queryset, which depends on the person alone: wording it costs more than many answers."""
    duties = Duty.objects.all()
    if who.sees_all:
        return duties
    if not who.hats:  # who has left office reads nothing, also of what lay, or still lies, on the desk left behind
        return duties.none()
    # What the row itself says stands first: a database stops at the first side of an OR that holds.
    mine: Any = Q(holder_officer=who.officer_id)
    if who.body_ids:
        below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True).values("descendant")
        mine |= Q(holder_unit__in=who.body_ids) | Q(holder_unit__in=below) | Q(holder_unit__in=inherited(who.body_ids))
        for side in ("giver_unit", "follower_unit", "confirmer_unit"):
            mine |= Q(**{f"{side}__in": who.body_ids})
    mine |= ExistsForEach(DutyHolding.objects.filter(duty=OuterRef("pk"), officer=who.officer_id))
    mine |= ExistsForEach(_hanging().filter(holder_officer=who.officer_id))  # what one is to confirm
    if who.division_ids:
        mine |= ExistsForEach(DutyHolding.objects.filter(duty=OuterRef("pk"), unit__in=who.division_ids))
        mine |= _left_by(who.division_ids, DutyHolding.objects.filter(duty=OuterRef("pk")), "unit")
    if who.body_ids:
        mine |= ExistsForEach(TaskParticipant.objects.filter(task__duty=OuterRef("pk"), unit__in=who.body_ids))
    return duties.filter(mine | _by_cover(who) if who.covers else mine)


def _hanging() -> QuerySet[Duty]:
    """Return what hangs on a duty and lets its holder see it: all but an opinion, which is given on a frozen proposal.

    That there is a parent is said again for PostgreSQL, which else reads every duty.
    """
    return Duty.objects.filter(~Q(kind="opinion"), parent=OuterRef("pk"), parent__isnull=False)


def _left_by(units: Iterable[int], rows: QuerySet[Any], column: str) -> Any:
    """Return the condition that a row names a unit from which these inherited.

    Apart from the rows that name the units themselves, and behind one look at whether they inherited at all: an index
    answers either question, and none answers both in one.
    """
    ended = inherited(units)
    return Exists(ended) & ExistsForEach(rows.filter(**{f"{column}__in": ended}))


def desks_of(who: Actor) -> Q:
    """Return the condition that a holding is of the person's own desks or of one that the person covers."""
    desks = Q(officer=who.officer_id)
    for cover in who.covers:
        desks |= Q(officer=cover.officer_id, post=cover.hat.post_id)
    return desks


def sits_at(who: Actor, officer_id: int | None, post_id: int | None) -> bool:
    """Return whether desks_of holds a desk: the person's own, or one that the person covers."""
    return officer_id == who.officer_id or any(cover.holds(officer_id, post_id) for cover in who.covers)


def _by_cover(who: Actor) -> Any:
    """Return what a substitute sees: what lies on the covered desks now, and what he himself did there."""
    asked = _hanging().filter(lying_with(who))
    done = DutyEvent.objects.filter(duty=OuterRef("pk"), actor=who.officer_id, cover_for__isnull=False)
    return lying_with(who) | ExistsForEach(asked) | ExistsForEach(done)


def sees_documents(who: Actor) -> bool:
    """Return whether the person sees every document: the Office's intake and those who see every duty."""
    return who.sees_all or who.intake


def visible_documents(who: Actor) -> QuerySet[Document]:
    """Return the documents that a person sees: the Office and overseers all, every charged unit's people theirs once issued."""
    return _documents_seen_by(who).all()


@lru_cache(maxsize=512)
def _documents_seen_by(who: Actor) -> QuerySet[Document]:
    documents = Document.objects.all()
    if sees_documents(who):
        return documents
    of_it = Duty.objects.filter(document=OuterRef("pk"))
    charged = ExistsForEach(of_it.filter(holder_unit__in=who.member_ids)) | _left_by(
        who.member_ids, of_it, "holder_unit"
    )
    taking_part = ExistsForEach(TaskParticipant.objects.filter(task__document=OuterRef("pk"), unit__in=who.member_ids))
    return documents.filter(charged | taking_part, state="issued")


def seen_duty(who: Actor, key: str) -> Exists:
    """Return the condition that the person sees the duty that `key` names; asked of each row, never of the whole ledger."""
    return ExistsForEach(visible_duties(who).filter(pk=OuterRef(key)))


def seen_document(who: Actor, key: str) -> Exists:
    """Return the condition that the person sees the document that `key` names, asked of each row."""
    return ExistsForEach(visible_documents(who).filter(pk=OuterRef(key)))


def seen_of(who: Actor, public_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some duties that the person sees; none asked, nothing is asked of the database."""
    if not public_ids:
        return set()
    return set(visible_duties(who).filter(public_id__in=public_ids).values_list("public_id", flat=True))


def duty_to_read(who: Actor, public_id: UUID) -> Duty:
    """Return a duty that the person sees.

    Raises: NotVisible.
    """
    return _seen(
        who, public_id, "holder_unit", "holder_post__unit", "holder_officer", "document", "giver_post", "parent"
    )


def duty_seen(who: Actor, public_id: UUID) -> Duty:
    """Return a duty that the person sees, its own row alone. Raises: NotVisible."""
    return _seen(who, public_id)


def _seen(who: Actor, public_id: UUID, *beside: str) -> Duty:
    return must_see(who, next(iter(_by_public_id(beside)(public_id)), None))


def must_see(who: Actor, found: Duty | None) -> Duty:
    """Return a duty that was read, if it is there and the person sees it. Raises: NotVisible."""
    if found is None or not _sees(who, found):
        raise NotVisible("duty_not_visible")
    return found


@cache
def _by_public_id(beside: tuple[str, ...]) -> Kept[Duty]:
    return Kept(lambda public_id: Duty.objects.filter(public_id=public_id).select_related(*beside), (UUIDField(),))


def _sees(who: Actor, duty: Duty) -> bool:
    """Return whether visible_duties holds the duty; what it says of itself and of overseers needs no query."""
    if who.sees_all or (who.hats and duty.holder_officer_id == who.officer_id):
        return True
    sides = (duty.holder_unit_id, duty.giver_unit_id, duty.follower_unit_id, duty.confirmer_unit_id)
    if any(side in who.body_ids for side in sides):
        return True
    return visible_duties(who).filter(pk=duty.pk).exists()


def document_to_read(who: Actor, public_id: UUID, *beside: str) -> Document:
    """Return a document that the person sees, with the rows that `beside` names.

    Raises: NotVisible.
    """
    documents = visible_documents(who).filter(public_id=public_id)
    found = (documents.select_related(*beside) if beside else documents).first()
    if found is None:
        raise NotVisible("document_not_visible")
    return found


def document_to_review(who: Actor, public_id: UUID) -> Document:
    """Return a document for registering, reviewing and issuing.

    Raises: NotVisible, NotAllowed.
    """
    found = document_to_read(who, public_id)
    if not who.intake:
        raise NotAllowed("intake_not_allowed")
    return found


def to_give(who: Actor) -> None:
    """Refuse whoever may not give a unit a task by word of mouth: it is the leaders' to say, and the Office's to write down.

    Raises: NotAllowed.
    """
    if not who.gives:
        raise NotAllowed("give_not_allowed")


def to_organise(who: Actor) -> None:
    """Refuse whoever may not change the organisation. Raises: NotAllowed."""
    if not who.organises:
        raise NotAllowed("organise_not_allowed")


def change_to_organise(who: Actor, public_id: UUID) -> OrgChange:
    """Return a change of the organisation for acting. Raises: NotAllowed, NotVisible."""
    to_organise(who)
    found = OrgChange.objects.select_related("reason", "made_by", "decided_by").filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("org_change_not_visible")
    return found


def duty_for_acting(who: Actor, public_id: UUID, action: str) -> tuple[Duty, Row]:
    """Return a duty and the move that the person is about to make on it.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid for an act that this kind of duty does not have.
    """
    duty = _seen(who, public_id, "holder_post")
    try:
        row = lifecycles()[duty.kind].row(action)
    except KeyError as wrong:  # an act of another kind of duty
        raise Invalid("kind_unknown", text=action) from wrong
    if duty.phase not in row.sources:
        raise TransitionNotAllowed("move_not_possible", phase=Phase(duty.phase).label, act=row.label)
    if not permits(who, duty, row, facts(duty, row)):
        if moved := _moved_on(duty, row):
            raise moved
        desk = duty.holder_officer.full_name if duty.holder_officer else duty.holder_unit.name
        raise NotAllowed("act_not_allowed", act=row.label, desk=desk)
    return duty, row


def _moved_on(duty: Duty, row: Row) -> TransitionNotAllowed | Conflict | None:
    """Return the refusal of an act on a duty that somebody moved after it was read; None when it stands as it was read.

    What a permission asks beside the row is read later than the row: who came second would hear that the act is not his.
    """
    seq, phase = Duty.objects.values_list("seq", "phase").get(pk=duty.pk)
    if seq == duty.seq:
        return None
    if phase not in row.sources:
        return TransitionNotAllowed("move_not_possible", phase=Phase(phase).label, act=row.label)
    return Conflict("moved_meanwhile")


def collects(who: Actor, unit_id: int | None) -> bool:
    """Return whether the person works in the unit that collects reports: its head, divisions and officers prepare the synthesis."""
    return unit_id is not None and any(hat.body_id == unit_id and hat.kind != "administrator" for hat in who.hats)


def sees_collection(who: Actor, unit_id: int | None) -> bool:
    """Return whether the person sees every report of a collection: overseers, and the unit that collects it."""
    return who.sees_all or collects(who, unit_id)


def chases(who: Actor, unit_id: int | None) -> bool:
    """Return whether the person may ask for missing reports: the collecting unit, and the Office."""
    return collects(who, unit_id) or who.intake


def writes_report(who: Actor, duty: Duty) -> bool:
    """Return whether the person may write a unit's report: at whose desk its duty lies, and the heads of the unit."""
    stand_ins = [stand_in(cover) for cover in who.covers if cover.holds(duty.holder_officer_id, duty.holder_post_id)]
    return any(on_own_desk(one, duty) or one.leads(duty.holder_unit_id) for one in (who, *stand_ins))
