"""Voting slips: put a matter to the members of a Committee, vote by oneself, close and count, bring the signed tally back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from kycuong.core.calendars import local_date
from kycuong.core.consultations import SLIP_RULES
from kycuong.core.errors import Conflict, Fact, Invalid, NotAllowed
from kycuong.core.limits import Limit, Unit, due
from kycuong.core.slips import LIFECYCLE
from kycuong.core.voting import Choice, check_slip, check_voting
from kycuong.models import ConsultationRule, Duty, SlipVote, Voting, VotingSlip
from kycuong.queries import calendars, consultations, org, scope
from kycuong.queries import voting as queries
from kycuong.services import audit, duties, watermark
from kycuong.services.requests import Request, asked_of, for_request, keep_once
from kycuong.services.tasks.papers import Signed, keep_file, read_file, take_back
from kycuong.services.transitions import Act, Step, already_done, move, move_many, open_many

log = logging.getLogger("kycuong.voting")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is put to the members: title, what they decide on, who by the codes of their posts, the rule, how long."""

    title: str
    words: str
    members: tuple[str, ...]
    rule: str = "slip"
    days: int | None = None
    file: tuple[str, bytes] | None = None


def open_voting(*, actor: scope.Actor, at: datetime, matter: Matter, request_id: UUID | None = None) -> UUID:
    """Send one slip to each member and return the round; its cut-off is the same for all, counted from now.

    Basis: NĐ 191/2026/NĐ-CP, Article 15(5)b (2 to 5 working days from the request). Raises: NotAllowed, Invalid, Secret.
    """
    asked, given = asked_of("open_voting", matter), partial(_put, actor, at, matter, request_id)
    return keep_once(Voting, request_id, given, actor=actor, at=at, asked=asked).public_id


def _put(actor: scope.Actor, at: datetime, matter: Matter, request_id: UUID | None) -> Voting:
    lead, post_id, _about = consultations.asking_side(actor, None, at)
    rule = consultations.rule_now(matter.rule, local_date(at), codes=SLIP_RULES)
    days = rule.usual_days if matter.days is None else matter.days
    if not rule.least_days <= days <= rule.most_days:
        raise Invalid("consultation_days", least=rule.least_days, most=rule.most_days)
    members = _members(lead, matter.members, at)
    check_voting(matter.title, matter.words, len(members))
    return _open(actor, at, matter, rule, days, lead, post_id, members, request_id)


def _members(lead: int, codes: Sequence[str], at: datetime) -> list[tuple[org.Seat, bool]]:
    """Return the chosen seats, one a person, and whether it is the Chairman's."""
    known = {seat.code: (seat, chair) for seat, _kind, chair in org.committee(lead, local_date(at))}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise Invalid("voting_member_unknown", post=unknown[0])
    chosen: dict[int | None, tuple[org.Seat, bool]] = {}
    for code in codes:
        seat, chair = known[code]
        before = chosen.get(seat.officer_id, (seat, False))
        chosen[seat.officer_id] = (before[0], before[1] or chair)  # several hats, one slip
    return list(chosen.values())


def _open(
    actor: scope.Actor, at: datetime, matter: Matter, rule: ConsultationRule, days: int, lead: int, post_id: int | None,
    members: Sequence[tuple[org.Seat, bool]], request_id: UUID | None,
) -> Voting:  # fmt: skip
    kept = read_file(matter.file) if matter.file else None
    calendar = calendars.current(lead)
    ends = due(at, Limit(days, Unit.working_day), calendar)
    title = " ".join(matter.title.split())[:500]
    with transaction.atomic():
        watermark.hold()
        row = Voting.objects.create(
            title=title, words=matter.words.strip(), lead_unit_id=lead, asked_by_id=actor.officer_id, rule=rule, days=days,
            file=keep_file(actor, at, kept) if kept else None, asked_at=at, request_id=request_id,
        )  # fmt: skip
        rungs = duties.rung_columns(ends.due_at, at, calendar)
        made = [
            Duty(
                kind="slip", title=f"Phiếu lấy ý kiến: {title}"[:500], giver_unit_id=lead, giver_post_id=post_id,
                holder_unit_id=seat.unit_id, holder_post_id=seat.post_id, holder_officer_id=seat.officer_id, term="dated",
                anchor_at=at, limit_qty=days, limit_unit=Unit.working_day.value, bound="by", due_at=ends.due_at,
                original_due_at=ends.due_at, calendar=ends.calendar, rule_version=ends.rule_version, running_since=at, **rungs,
            )
            for seat, _chair in members
        ]  # fmt: skip
        opened = open_many(made, Act(LIFECYCLE.row("open"), at, actor, data={"voting": str(row.public_id)}))
        slips = [
            VotingSlip(
                voting=row, duty=duty, officer_id=seat.officer_id or 0, name=seat.officer_name, title=seat.title, is_chair=chair
            )
            for duty, (seat, chair) in zip(opened, members, strict=True)
        ]  # fmt: skip
        VotingSlip.objects.bulk_create(slips)
        _note("open_voting", row, actor, at, members=len(slips))
    return row


def vote(
    *,
    actor: scope.Actor,
    at: datetime,
    duty: UUID,
    choice: Choice | None,
    words: str = "",
    request: Request = Request(),
) -> None:
    """Send one's own slip, or change what one has said while the round is open; what was said before is kept.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    slip, row = queries.slip_to_vote(actor, duty)
    step = LIFECYCLE.row("change_vote" if row.phase == "answered" else "vote")
    for_request(row, step, request)
    chosen = check_slip(choice, words)
    if at >= queries.cut_off(slip.voting):
        raise Conflict("slip_late")
    with transaction.atomic():
        _bind(slip, row, actor, at)
        act = Act(step, at, actor, request.seen, request.request_id, data={"choice": chosen.value})
        if step.action == "vote":
            move(row, act, answered_at=at, running_since=None, next_check_at=None, late_working_days=0)
        else:
            move(row, act)
        number = SlipVote.objects.filter(slip=slip).count() + 1
        SlipVote.objects.create(slip=slip, number=number, choice=chosen.value, words=words.strip(), at=at)


def _bind(slip: VotingSlip, row: Duty, actor: scope.Actor, at: datetime) -> None:
    """Let whoever came to the member's desk vote under his own name: one person one slip, and a vote sent is its sender's.

    Raises: NotAllowed.
    """
    if slip.officer_id == actor.officer_id:
        return
    others = VotingSlip.objects.filter(voting=slip.voting_id, officer=actor.officer_id)
    if row.phase == "answered" or others.exists():
        raise NotAllowed("slip_not_own")
    seat = org.seat(row.holder_post_id, local_date(at)) if row.holder_post_id else None
    slip.officer_id, slip.name, slip.title = actor.officer_id, actor.full_name, seat.title if seat else slip.title
    slip.save(update_fields=["officer", "name", "title"])


def close_voting(*, actor: scope.Actor, at: datetime, voting: UUID) -> None:
    """Close a round before its cut-off, when every member has voted, and count. Raises: NotVisible, NotAllowed, Conflict."""
    with transaction.atomic():
        watermark.hold()
        row = _open_round(actor, voting)
        if any(not slip.votes for slip in queries.slips_of(row)):
            raise Conflict("voting_waits")
        _close(row, at)
        _note("close_voting", row, actor, at, result=row.result)


def cancel_voting(*, actor: scope.Actor, at: datetime, voting: UUID, note: str) -> None:
    """End a round without a count, with a reason. Raises: NotVisible, NotAllowed, Conflict, Invalid."""
    if not note.strip():
        raise Invalid("act_reason_missing")
    with transaction.atomic():
        watermark.hold()
        row = _open_round(actor, voting)
        if at >= queries.cut_off(row):  # what the members said is counted, whatever it comes to
            raise Conflict("voting_past")
        act = Act(LIFECYCLE.row("cancel_slip"), at, actor)
        for slip in VotingSlip.objects.filter(voting=row).select_related("duty").order_by("id"):
            move(slip.duty, act, closed_at=at, outcome="withdrawn", running_since=None, next_check_at=None)
        row.closed_at, row.cancelled = at, True
        row.save()
        _note("cancel_voting", row, actor, at)


def _open_round(actor: scope.Actor, voting: UUID) -> Voting:
    row = queries.to_conduct(actor, voting)
    if row.closed_at is not None:
        raise Conflict("voting_closed")
    return row


def close_due(at: datetime, *, in_flight: timedelta = timedelta(0)) -> int:
    """Close the rounds whose cut-off has passed `in_flight` before, each once, and return how many; one that fails holds up no other.

    A vote that the server took before the cut-off is written before the round is counted.
    """
    return sum(_close_one(key, at, at - in_flight) for key in queries.passed(at - in_flight))


def _close_one(key: int, at: datetime, passed: datetime) -> int:
    try:
        with transaction.atomic():
            watermark.hold()
            rows = Voting.objects.filter(pk=key, closed_at__isnull=True)
            row = (rows.select_for_update(skip_locked=True) if connection.vendor == "postgresql" else rows).first()
            if row is None or passed < queries.cut_off(row):  # the calendar has moved it meanwhile
                return 0
            _close(row, at)
            _note("close_voting", row, None, at, result=row.result)
            return 1
    except (Fact, IntegrityError):
        log.exception("round %s of slips could not be closed; the next round of the job tries again", key)
        return 0


def _close(row: Voting, at: datetime) -> None:
    """End every slip and keep what they come to."""
    rows = Duty.objects.filter(slip__voting=row).order_by("id")  # held first: a vote under way is in, or is refused
    locked = rows.select_for_update(of=("self",)) if connection.vendor == "postgresql" else rows
    slips = [(duty.pk, duty.phase) for duty in locked]
    ends = {"closed_at": at, "running_since": None, "next_check_at": None, "phase": "closed"}
    sent = [Step(duty, changes=ends | {"outcome": "done"}) for duty, phase in slips if phase == "answered"]
    missed = [Step(duty, changes=ends | {"outcome": "silent"}) for duty, phase in slips if phase == "open"]
    for steps, action in ((sent, "count_slip"), (missed, "miss_slip")):
        if steps:
            move_many(steps, Act(LIFECYCLE.row(action), at))
    found = queries.counted(queries.slips_of(row), row.rule, closed=True)
    row.closed_at, row.result = at, found.result.value
    row.save()


def sign_tally(
    *, actor: scope.Actor, at: datetime, voting: UUID, file: tuple[str, bytes] | None, typed: Signed = Signed()
) -> None:
    """Take the signed tally of a round back, numbered and dated. Raises: NotVisible, NotAllowed, Conflict, Invalid, Secret."""
    with transaction.atomic():
        watermark.hold()
        row = queries.to_conduct(actor, voting)
        if not row.result:
            raise Conflict("voting_not_closed")
        if row.tally_file_id is not None:
            raise Conflict("voting_tally_known")
        said = take_back(file, typed, at)
        kept = keep_file(actor, at, said.paper)
        row.tally_number, row.tally_symbol, row.tally_signed_on = said.number, said.symbol, said.signed_on
        row.tally_file = kept
        row.save()
        _note("sign_tally", row, actor, at, number=said.code, file=kept.sha256)


def _note(act: str, row: Voting, actor: scope.Actor | None, at: datetime, **facts: object) -> None:
    audit.record(
        actor_id=actor.officer_id if actor else None, at=at, act=act, subject_kind="voting", subject_id=row.public_id, **facts
    )  # fmt: skip
