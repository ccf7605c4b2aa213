"""Who may do what to a duty: each permission that a lifecycle names, for oneself or for an absent officer; part of the scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BigAutoField, Q, QuerySet

from kycuong.core.covers import DEPUTIES, HEADS
from kycuong.core.lifecycle import Row
from kycuong.models import Duty, OpinionDraft, Proposal, TaskResult, UnitClosure
from kycuong.models.duties import Phase
from kycuong.queries.actors import Actor, CoverHat
from kycuong.queries.kept import Slot, kept


def lying_with(who: Actor) -> Q:
    """Return the condition that a duty lies on a desk that the person covers."""
    desks = Q(pk__isnull=True)
    for cover in who.covers:
        desks |= Q(holder_officer=cover.officer_id, holder_post=cover.hat.post_id) & ~Q(phase=Phase.CLOSED)
    return desks


@dataclass(frozen=True, slots=True)
class Facts:
    """What the permissions ask of a duty beside its row."""

    desk_unit_id: int | None
    desk_is_head: bool
    has_draft: bool
    confirmer_officer_id: int | None
    confirmer_post_id: int | None = None


def facts(duty: Duty, asked: Row | None = None) -> Facts:
    """Return the facts that the permissions ask, or those that one move asks (at most two queries)."""
    post = duty.holder_post
    draft = duty.kind in _DRAFTED and (asked is None or asked.permission == "desk_with_draft")
    waiting = duty.phase == Phase.ANSWERED and (asked is None or asked.permission == "confirmer")
    return Facts(
        post.unit_id if post else None,
        bool(post and post.kind in HEADS | DEPUTIES),
        draft and _has_draft(duty),
        *(_confirmer_of(duty) if waiting else (None, None)),
    )


#: Kinds of duties that somebody prepares for somebody else to send.
_DRAFTED = frozenset({"task", "opinion"})


def _has_draft(duty: Duty) -> bool:
    if duty.kind == "opinion":
        return OpinionDraft.objects.filter(opinion__duty=duty.pk, prepared_at__isnull=False).exists()
    return bool(_drafts(duty.pk))


@kept(BigAutoField())
def _drafts(duty: Slot) -> QuerySet[TaskResult, int]:
    drafts = TaskResult.objects.filter(task__duty=duty, sent_at__isnull=True, prepared_at__isnull=False)
    return drafts.values_list("pk", flat=True)[:1]


def _confirmer_of(duty: Duty) -> tuple[int | None, int | None]:
    return next(iter(_confirming(duty.pk)), (None, None))


@kept(BigAutoField())
def _confirming(duty: Slot) -> QuerySet[Duty, tuple[int | None, int | None]]:
    open_child = Duty.objects.filter(parent=duty, kind="confirmation").exclude(phase=Phase.CLOSED)
    return open_child.order_by("pk").values_list("holder_officer", "holder_post")[:1]


def permits(who: Actor, duty: Duty, row: Row, known: Facts) -> bool:
    """Return whether the person may take this move of the lifecycle on this duty, for oneself or for an absent officer."""
    if row.permission == "member":
        return on_own_desk(who, duty)  # a vote is the person's own: nobody votes for an absent one
    if row.permission == "giver_side":
        return _on_giver_side(who, duty)
    if row.permission == "reviewer":
        return reviews(who, duty.holder_unit_id)
    return _permits(who, duty, row, known) or any(
        _permits(stand_in(cover), duty, row, known) for cover in who.covers if _covered(cover, duty, row, known)
    )


def _covered(cover: CoverHat, duty: Duty, row: Row, known: Facts) -> bool:
    if row.permission == "confirmer":
        return cover.holds(known.confirmer_officer_id, known.confirmer_post_id)
    return cover.holds(duty.holder_officer_id, duty.holder_post_id)


def stand_in(cover: CoverHat) -> Actor:
    """Return the absent officer in the one post that is covered."""
    return Actor(cover.officer_id, "", cover.officer_name, (cover.hat,))


def standing_for(who: Actor, duty: Duty) -> Actor:
    """Return as whom the person acts inside the unit: oneself, or the absent officer on whose desk the duty lies."""
    cover = next((one for one in who.covers if one.holds(duty.holder_officer_id, duty.holder_post_id)), None)
    return who if cover is None or who.leads(duty.holder_unit_id) else stand_in(cover)


#: Acts on a task whose right comes from a duty that hangs on it: a confirmation, a proposal to decide.
_OF_A_CHILD = frozenset({"confirmer", "giver"})


def cover_of(who: Actor | None, duty: Duty, row: Row) -> CoverHat | None:
    """Return the cover under which a person acts on a duty that lies, or whose judgement lies, on a covered desk."""
    if who is None or not who.covers:
        return None
    for cover in who.covers:
        if cover.holds(duty.holder_officer_id, duty.holder_post_id):
            return cover
    if duty.pk is None or row.permission not in _OF_A_CHILD:
        return None
    hanging = Duty.objects.filter(lying_with(who), parent=duty.pk).values_list("holder_officer", "holder_post")
    desks = set(hanging)
    return next((cover for cover in who.covers if any(cover.holds(*desk) for desk in desks)), None)


def _permits(who: Actor, duty: Duty, row: Row, known: Facts) -> bool:
    on_desk = on_own_desk(who, duty)
    leads = who.leads(duty.holder_unit_id)
    answers = {
        "desk_or_chain": leads or who.leads_division(known.desk_unit_id),
        "chain_or_clerk": leads or who.leads_division(known.desk_unit_id) or who.routes(duty.holder_unit_id),
        "desk_below_head": on_desk and not known.desk_is_head,
        "desk_with_draft": known.has_draft and (on_desk or leads),
        "unit_head": leads,
        "confirmer": _confirms(who, duty, known),
        "chaser": who.chases,
        "arbiter": on_desk or leads,
        "giver": on_desk or leads,  # of a proposal: its holder is the giver
        "asker": _asks(who, duty),
        "proposer": duty.giver_unit_id is not None and (who.leads(duty.giver_unit_id) or _asked_for(who, duty)),
    }
    return answers.get(row.permission, False)


def _asks(who: Actor, duty: Duty) -> bool:
    """Return whether the person asked for the opinion in a post still held, or leads the unit that asked."""
    if duty.giver_unit_id is None:
        return False
    return who.leads(duty.giver_unit_id) or any(hat.post_id == duty.giver_post_id for hat in who.hats)


def on_own_desk(who: Actor, duty: Duty) -> bool:
    """Return whether the duty lies on a desk that the person holds today: the right to act ends with the post."""
    own = {hat.post_id for hat in who.hats}
    return duty.holder_officer_id == who.officer_id and (duty.holder_post_id is None or duty.holder_post_id in own)


def _on_giver_side(who: Actor, duty: Duty) -> bool:
    """Return whether the person gave the duty, leads with who gave it, or is the specialist who follows it for the giver."""
    if duty.giver_unit_id is not None and who.leads(duty.giver_unit_id):
        return True
    chosen = duty.document.follower_post_id if duty.document else None
    return any(
        hat.kind == "follower" and hat.body_id == duty.follower_unit_id and chosen in {None, hat.post_id}
        for hat in who.hats
    )


def reviews(who: Actor, unit_id: int) -> bool:
    """Return whether the person goes through the backlog of a unit: who urges units, and who heads it or a unit above it."""
    if who.chases:
        return True
    led = [hat.body_id for hat in who.hats if hat.kind in HEADS | DEPUTIES]
    above = UnitClosure.objects.filter(ancestor__in=led, descendant=unit_id, valid_until__isnull=True)
    return unit_id in led or bool(led and above.exists())


def _asked_for(who: Actor, duty: Duty) -> bool:
    """Return whether the person put a proposal before the giver, and still works in the unit for which that was done."""
    within = any(hat.body_id == duty.giver_unit_id for hat in who.hats)
    return (
        within and duty.kind == "proposal" and Proposal.objects.filter(duty=duty.pk, proposer=who.officer_id).exists()
    )


def _confirms(who: Actor, duty: Duty, known: Facts) -> bool:
    if known.confirmer_officer_id == who.officer_id:
        return True
    return duty.confirmer_unit_id is not None and who.leads(duty.confirmer_unit_id)
