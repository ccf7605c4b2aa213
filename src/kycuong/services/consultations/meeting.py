"""The meeting of the two heads on a dissent: recorded, corrected with its history, and the signed minutes that come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.dissents import Settled, Side, check_meeting
from kycuong.core.errors import Conflict, Invalid
from kycuong.models import DissentMeeting, MeetingPoint, Opinion, ProposedPoint
from kycuong.queries import consultations as queries
from kycuong.queries import org, scope
from kycuong.services.requests import Request, for_request
from kycuong.services.tasks.papers import Paper, Signed, keep_file, read_file, take_back
from kycuong.services.transitions import Act, already_done, move


@dataclass(frozen=True, slots=True)
class SideGiven:
    """Who stood for one body: its head in person (no name needed), or who was authorised, with the paper that says so."""

    in_person: bool = True
    name: str = ""
    title: str = ""
    number: str = ""
    signed_on: date | None = None
    file: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is recorded of a meeting: the day, who stood for either body, what was come to on each point by its number."""

    held_on: date | None
    place: str = ""
    lead: SideGiven = field(default_factory=SideGiven)
    body: SideGiven = field(default_factory=SideGiven)
    points: Mapping[int, Settled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stood:
    """Who stood for a body, with the file as read or as it was kept with what is corrected."""

    given: SideGiven
    name: str
    title: str
    paper: Paper | None
    kept: int | None


def record_meeting(
    *, actor: scope.Actor, at: datetime, duty: UUID, meeting: Meeting, request: Request = Request()
) -> None:
    """Record the meeting of the two heads about a dissent; the minutes are printed from it, signed and brought back.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return
    row, step, one = queries.to_meet(actor, duty, "record_meeting")
    for_request(row, step, request)
    if queries.latest_meeting(one) is not None:
        raise Conflict("meeting_known")
    sides, points = _checked(one, meeting, None, at)
    with transaction.atomic():
        move(row, Act(step, at, actor, request.seen, request.request_id, data=_facts(meeting, 1)))
        _keep(actor, at, one, meeting, sides, points)


def correct_meeting(
    *, actor: scope.Actor, at: datetime, duty: UUID, meeting: Meeting, note: str, request: Request = Request()
) -> None:
    """Correct what was recorded of a meeting, with a reason; what stood before is kept, and the minutes are signed anew.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return
    row, step, one = queries.to_meet(actor, duty, "correct_meeting")
    for_request(row, step, request)
    before = queries.latest_meeting(one)
    if before is None:
        raise Conflict("meeting_missing")
    if not note.strip():
        raise Invalid("meeting_reason_missing")
    sides, points = _checked(one, meeting, before, at)
    with transaction.atomic():
        data = _facts(meeting, before.number + 1)
        move(row, Act(step, at, actor, request.seen, request.request_id, note.strip(), data=data))
        _keep(actor, at, one, meeting, sides, points, reason=note.strip())


def _facts(meeting: Meeting, number: int) -> dict[str, object]:
    """Return what the event says of a meeting: codes and numbers only."""
    outcomes = {str(n): point.settlement.value for n, point in sorted(meeting.points.items())}
    return {"meeting": number, "held_on": f"{meeting.held_on}", "points": outcomes}


def _checked(
    one: Opinion, meeting: Meeting, before: DissentMeeting | None, at: datetime
) -> tuple[dict[str, _Stood], dict[int, ProposedPoint]]:
    """Return who stood for either body and the open points by number, once the meeting says all that it must."""
    if meeting.held_on is None:
        raise Invalid("meeting_day_missing")
    assert one.said_at is not None
    units = {"lead": one.consultation.lead_unit, "body": one.duty.holder_unit}
    heads = org.heads([unit.pk for unit in units.values()], meeting.held_on)
    given = {"lead": meeting.lead, "body": meeting.body}
    sides = {
        side: _stood(its, heads.get(units[side].pk), getattr(before, f"{side}_file_id", None)) for side, its in given.items()
    }  # fmt: skip
    points = {it.point.number: it.point for it in queries.dissenting([one])[one.pk]}
    said = {
        units[side].name: Side(its.given.in_person, its.name, its.given.number, its.given.signed_on,
                               its.paper is not None or its.kept is not None)
        for side, its in sides.items()
    }  # fmt: skip
    check_meeting(meeting.held_on, said, meeting.points, set(points), local_date(one.said_at), local_date(at))
    return sides, points


def _stood(given: SideGiven, head: org.Seat | None, kept: int | None) -> _Stood:
    """Return who stood for a body: its head on that day in person, or who was named, with the paper of authorisation."""
    if given.in_person:
        known = head is not None and head.officer_name
        name, title = (head.officer_name, head.title) if known and head else (given.name, given.title)
        return _Stood(given, name.strip()[:120], title.strip()[:200], None, None)
    paper = read_file(given.file) if given.file else None
    return _Stood(given, given.name.strip()[:120], given.title.strip()[:200], paper, None if paper else kept)


def _keep(
    actor: scope.Actor, at: datetime, one: Opinion, meeting: Meeting, sides: Mapping[str, _Stood],
    points: Mapping[int, ProposedPoint], *, reason: str = "",
) -> None:  # fmt: skip
    columns: dict[str, object] = {}
    for side, its in sides.items():
        file = keep_file(actor, at, its.paper).pk if its.paper else its.kept
        absent = not its.given.in_person
        columns |= {
            f"{side}_in_person": its.given.in_person, f"{side}_name": its.name, f"{side}_title": its.title,
            f"{side}_number": its.given.number.strip()[:90] if absent else "",
            f"{side}_signed_on": its.given.signed_on if absent else None, f"{side}_file_id": file if absent else None,
        }  # fmt: skip
    assert meeting.held_on is not None
    assert one.said_at is not None
    made = DissentMeeting.objects.create(
        opinion=one, number=queries.next_number(one), said_at=one.said_at, held_on=meeting.held_on,
        place=" ".join(meeting.place.split())[:200], reason=reason[:500], officer_id=actor.officer_id, at=at, **columns,
    )  # fmt: skip
    MeetingPoint.objects.bulk_create(
        [
            MeetingPoint(
                meeting=made, point=points[number], settlement=it.settlement.value, text=it.text.strip(),
                lead_text=it.lead_text.strip(), body_text=it.body_text.strip(),
            )
            for number, it in sorted(meeting.points.items())
        ]
    )  # fmt: skip


def sign_meeting(
    *, actor: scope.Actor, at: datetime, duty: UUID, file: tuple[str, bytes] | None, typed: Signed = Signed(),
    request: Request = Request(),
) -> None:  # fmt: skip
    """Take the signed minutes back, numbered and dated: from now on this dissent holds the matter up no longer.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return
    row, step, one = queries.to_meet(actor, duty, "sign_meeting")
    for_request(row, step, request)
    made = queries.latest_meeting(one)
    if made is None:
        raise Conflict("meeting_missing")
    if made.minutes_file_id is not None:
        raise Conflict("meeting_signed")
    said = take_back(file, typed, at)
    if not said.signer:  # the product's own draft comes back as it was printed
        raise Invalid("meeting_unsigned")
    if said.signed_on < made.held_on:
        raise Invalid("meeting_signed_early", date=f"{made.held_on:%d/%m/%Y}")
    with transaction.atomic():
        kept = keep_file(actor, at, said.paper)
        data: dict[str, object] = {"meeting": made.number, "number": said.code, "file": kept.sha256}
        move(row, Act(step, at, actor, request.seen, request.request_id, data=data))
        made.minutes_number, made.minutes_symbol, made.minutes_signed_on = said.number, said.symbol, said.signed_on
        made.minutes_file, made.minutes_by_id, made.minutes_at = kept, actor.officer_id, at
        made.save()
