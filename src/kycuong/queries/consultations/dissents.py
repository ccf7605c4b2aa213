"""Dissent on main points: where each stands, the docket of a unit, and the meeting of the two heads with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.dissents import Standing
from kycuong.core.errors import Conflict, Invalid, NotVisible
from kycuong.core.lifecycle import Row
from kycuong.models import DissentMeeting, DocumentFile, Duty, MeetingPoint, Opinion, OpinionPoint
from kycuong.queries import calendars, org, scope
from kycuong.queries.consultations.conducting import conducts, duty_to_conduct, visible
from kycuong.queries.consultations.heading import symbol
from kycuong.queries.consultations.standing import dissenting, standings

PAGE_SIZE = 30
_FILES = ("lead_file", "body_file", "minutes_file")


@dataclass(frozen=True, slots=True)
class DocketRow:
    """One body's open dissent: the matter, on which points, since when, what is still owed."""

    duty: UUID
    consultation: UUID
    title: str
    lead_name: str
    unit_name: str
    points: str
    since_on: date
    waiting_days: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class DocketPage:
    """Open dissent that a person sees, the oldest first."""

    rows: list[DocketRow]
    total: int
    next_page: int | None


def open_dissents() -> QuerySet[Opinion]:
    """Return the opinions that disagree on a main point of a proposal that stands, with no signed minutes yet."""
    later = DissentMeeting.objects.filter(opinion=OuterRef("opinion"), number__gt=OuterRef("number"))
    signed = DissentMeeting.objects.filter(
        ~Exists(later), opinion=OuterRef("pk"), said_at=OuterRef("said_at"), minutes_file__isnull=False
    )
    differs = OpinionPoint.objects.filter(opinion=OuterRef("pk"), position="disagree", point__is_main=True)
    return Opinion.objects.filter(
        Exists(differs), ~Exists(signed), answer="opinion", outcome__in=("", "opinion"), consultation__ended_at__isnull=True,
        proposed__number=F("consultation__version"),
    )  # fmt: skip


def _seen(who: scope.Actor) -> QuerySet[Opinion]:
    if who.sees_all:
        return open_dissents()
    if not who.hats:
        return open_dissents().none()
    mine = Q(duty__holder_officer=who.officer_id) | Q(duty__holder_unit__in=who.body_ids)
    return open_dissents().filter(mine | Q(consultation__in=visible(who)))


def count_dissents(who: scope.Actor) -> int:
    """Return how many open dissents a person sees."""
    return _seen(who).count()


def docket(who: scope.Actor, at: datetime, *, page: int = 1) -> DocketPage:
    """Return a page of the open dissents of a person's unit, asked or asking, the oldest first (six queries)."""
    start, seen = (page - 1) * PAGE_SIZE, _seen(who)
    rows = list(
        seen.select_related("consultation__lead_unit", "unit", "duty").order_by("said_at", "id")[start : start + PAGE_SIZE + 1]
    )  # fmt: skip
    points, found, today = dissenting(rows), standings(rows), local_date(at)
    lines = [_line(one, points[one.pk], found[one.pk], today) for one in rows[:PAGE_SIZE]]
    return DocketPage(lines, seen.count(), page + 1 if len(rows) > PAGE_SIZE else None)


def _line(one: Opinion, points: Iterable[OpinionPoint], found: Standing, today: date) -> DocketRow:
    assert one.said_at is not None
    since, calendar = local_date(one.said_at), calendars.current(one.consultation.lead_unit_id)
    waiting = calendar.working_days_between(since, today) if calendar.covers(since) and calendar.covers(today) else None
    return DocketRow(
        one.duty.public_id, one.consultation.public_id, one.consultation.title, one.consultation.lead_unit.name, one.unit.name,
        ", ".join(str(point.point.number) for point in points), since, waiting, found,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SideRow:
    """Who stood for one body at the meeting, in person or by a written authorisation."""

    unit_name: str
    name: str
    title: str
    in_person: bool
    number: str
    signed_on: date | None
    file: UUID | None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One point: what was proposed, what the body said in its letter, what the heads came to."""

    number: int
    words: str
    said: str
    settlement: str = ""
    text: str = ""
    lead_text: str = ""
    body_text: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting as it was recorded; a later number corrects an earlier one."""

    number: int
    held_on: date
    place: str
    lead: SideRow
    body: SideRow
    points: list[OutcomeRow]
    officer_name: str
    at: datetime
    reason: str
    minutes: str
    minutes_signed_on: date | None
    minutes_file: UUID | None
    minutes_signed: str = ""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The dissent of one body with every meeting about it, the one that holds first."""

    duty: UUID
    act_seq: int
    consultation: UUID | None
    title: str
    lead_name: str
    lead_symbol: str
    unit_name: str
    unit_symbol: str
    letter: str
    letter_on: date | None
    since_on: date
    standing: Standing
    conducts: bool
    points: list[OutcomeRow]
    heads: tuple[org.Seat | None, org.Seat | None]
    meetings: list[MeetingRow]
    holds: bool

    @property
    def present(self) -> MeetingRow | None:
        """Return the meeting that holds for the answer that stands."""
        return self.meetings[0] if self.holds else None


def meeting_page(who: scope.Actor, duty: UUID, at: datetime) -> MeetingPage:
    """Return the dissent of one body, to whoever sees its duty or the consultation (ten queries). Raises: NotVisible, Invalid."""
    beside = ("duty", "unit", "proposed", "consultation__lead_unit")
    one = Opinion.objects.select_related(*beside).filter(duty__public_id=duty).first()
    if one is None:
        raise NotVisible("opinion_not_visible")
    sees_all = visible(who).filter(pk=one.consultation_id).exists()
    if not sees_all and not scope.visible_duties(who).filter(pk=one.duty_id).exists():
        raise NotVisible("opinion_not_visible")
    points = dissenting([one])[one.pk]
    rows = list(DissentMeeting.objects.filter(opinion=one).select_related("officer", *_FILES).order_by("-number"))
    if one.said_at is None or not (points or rows):
        raise Invalid("dissent_none")
    row, unit = one.consultation, one.duty.holder_unit_id
    heads = org.heads([row.lead_unit_id, unit], local_date(at))
    return MeetingPage(
        one.duty.public_id, one.duty.act_seq, row.public_id if sees_all else None, row.title, row.lead_unit.name,
        symbol(row.lead_unit), one.unit.name, symbol(one.unit), f"{one.number}/{one.symbol}".strip("/"), one.signed_on,
        local_date(one.said_at), standings([one]).get(one.pk, Standing.NONE),
        conducts(who, row) and row.ended_at is None and row.version == one.proposed.number,
        [OutcomeRow(it.point.number, it.point.words, it.words) for it in points],
        (heads.get(row.lead_unit_id), heads.get(unit)), _meetings(one, rows),
        bool(rows) and rows[0].said_at == one.said_at,
    )  # fmt: skip


def _meetings(one: Opinion, rows: Collection[DissentMeeting]) -> list[MeetingRow]:
    said = dict(OpinionPoint.objects.filter(opinion=one).values_list("point", "words"))
    outcomes: dict[int, list[OutcomeRow]] = defaultdict(list)
    for it in MeetingPoint.objects.filter(meeting__in=rows).select_related("point").order_by("point__number"):
        words = said.get(it.point_id, "")
        outcomes[it.meeting_id].append(
            OutcomeRow(it.point.number, it.point.words, words, it.settlement, it.text, it.lead_text, it.body_text)
        )
    return [_meeting(one, row, outcomes[row.pk]) for row in rows]


def _meeting(one: Opinion, row: DissentMeeting, points: list[OutcomeRow]) -> MeetingRow:
    lead = SideRow(
        one.consultation.lead_unit.name, row.lead_name, row.lead_title, row.lead_in_person, row.lead_number, row.lead_signed_on,
        _key(row.lead_file),
    )  # fmt: skip
    body = SideRow(
        one.unit.name, row.body_name, row.body_title, row.body_in_person, row.body_number, row.body_signed_on, _key(row.body_file)
    )  # fmt: skip
    return MeetingRow(
        row.number, row.held_on, row.place, lead, body, points, row.officer.full_name, row.at, row.reason,
        f"{row.minutes_number}/{row.minutes_symbol}".strip("/"), row.minutes_signed_on, _key(row.minutes_file),
        row.minutes_file.signed if row.minutes_file else "",
    )  # fmt: skip


def _key(file: DocumentFile | None) -> UUID | None:
    return file.public_id if file else None


def to_meet(who: scope.Actor, duty: UUID, action: str) -> tuple[Duty, Row, Opinion]:
    """Return a dissenting opinion for an act of the lead about the meeting, its duty and the move.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    row, step = duty_to_conduct(who, duty, action)
    one = Opinion.objects.select_related("consultation__lead_unit", "unit", "proposed").get(duty=row)
    if one.consultation.ended_at is not None:
        raise Conflict("consultation_ended")
    if one.proposed.number != one.consultation.version or not dissenting([one]):
        raise Invalid("dissent_none")
    return row, step, one


def latest_meeting(one: Opinion) -> DissentMeeting | None:
    """Return the meeting that holds for the answer that stands, None while there is none."""
    found = DissentMeeting.objects.filter(opinion=one).select_related(*_FILES).order_by("-number").first()
    return found if found is not None and found.said_at == one.said_at else None


def next_number(one: Opinion) -> int:
    """Return the number of the next meeting about an opinion."""
    return (
        DissentMeeting.objects.filter(opinion=one).order_by("-number").values_list("number", flat=True).first() or 0
    ) + 1
