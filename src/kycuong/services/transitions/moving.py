"""Move one duty: table check, compare-and-set, event, holding, outbox."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from kycuong.core.errors import Conflict, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent, DutyHolding, Outbox
from kycuong.models.duties import Phase
from kycuong.services import rows, search, watermark
from kycuong.services.leaves import leaf_of, note_of
from kycuong.services.transitions.events import Act, Desk, as_cover, event_of, not_before


def move(duty: Duty, act: Act, *, desk: Desk | None = None, **changes: object) -> DutyEvent:
    """Carry out one move and return its event; the duty row in hand is brought up to date.

    `changes` are column values beside phase, holder and counters. Raises: TransitionNotAllowed, Conflict.
    """
    with transaction.atomic():
        return move_within(duty, act, desk=desk, **changes)


def move_within(duty: Duty, act: Act, *, desk: Desk | None = None, **changes: object) -> DutyEvent:
    """Carry out one move inside the caller's transaction, which ends when the move is refused.

    Raises: TransitionNotAllowed, Conflict.
    """
    given, act = act.at, not_before(duty, act)
    if duty.phase not in act.row.sources:
        raise TransitionNotAllowed("move_not_possible", phase=Phase(duty.phase).label, act=act.row.label)
    if act.seen is not None and act.seen != duty.act_seq:
        raise Conflict("moved_meanwhile")
    act = as_cover(act, duty)
    values = {name: act.at if value == given else value for name, value in changes.items()}
    if act.row.target:
        values["phase"] = act.row.target
    if desk:
        values |= {"holder_post_id": desk.post_id, "holder_officer_id": desk.officer_id}
    at_desk = act.row.by_person and _at_the_desk(duty, act)
    note, note_hash = note_of(act.note)
    watermark.hold_for(note)
    _compare_and_set(duty, values, by_person=act.row.by_person)
    event = event_of(duty, act, desk)
    event.note, event.note_hash = note, note_hash
    event.leaf = leaf_of(event)
    lies = _move_holding(duty, act.at, desk, read=at_desk)
    told = rows.new(Outbox, duty_id=duty.pk, seq=duty.seq, topic=act.row.action, at=act.at)
    try:
        rows.insert_records([row for row in (note, event, *lies, told) if row])
    except IntegrityError as error:
        raise Conflict("moved_meanwhile") from error
    return event


def _compare_and_set(duty: Duty, values: dict[str, object], *, by_person: bool) -> None:
    if not rows.change(duty, values, counted={"seq": 1, "act_seq": int(by_person)}, unless_moved="seq"):
        raise Conflict("moved_meanwhile")
    for name, value in values.items():
        setattr(duty, name, value)
    duty.seq += 1
    duty.act_seq += 1 if by_person else 0


def _at_the_desk(duty: Duty, act: Act) -> bool:
    """Return whether who acts sits at the desk where the duty lies, or handles it for the one who does."""
    if act.actor is None:
        return False
    on_it = (duty.holder_officer_id, duty.holder_post_id)
    return duty.holder_officer_id == act.actor.officer_id or any(cover.holds(*on_it) for cover in act.actor.covers)


def _move_holding(duty: Duty, at: datetime, desk: Desk | None, *, read: bool) -> list[DutyHolding]:
    """End the holding when the duty moves on, and return the next one, unsaved; with `read` who held it has read it too."""
    closing = duty.phase == Phase.CLOSED
    lying = {"duty": duty.pk, "until_at": None}
    if desk is None and not closing:
        if read:
            rows.update(DutyHolding, {"read_at": at}, where=lying | {"read_at": None})
        return []
    rows.update(DutyHolding, {"until_at": at}, where=lying, first={"read_at": at} if read else {})
    if desk is None or closing:
        return []
    search.note_desk([duty.pk, duty.parent_id], desk.unit_id, desk.officer_id)
    held = {"unit_id": desk.unit_id, "post_id": desk.post_id, "officer_id": desk.officer_id}
    return [rows.new(DutyHolding, duty_id=duty.pk, from_at=at, **held)]
