"""Signals of givers, per unit; each number opens to its rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kycuong.core import signals as law
from kycuong.core.calendars import local_date, midnight
from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import Document, Duty, DutyEvent, SignalContest, Unit
from kycuong.queries import calendars, scope

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Signal:
    """How often something that calls for a look was found, of how many."""

    code: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class DeskTime:
    """How long one kind of decision lay on the giver's own desk, in working days; waiting are still there."""

    code: str
    spread: law.Spread | None
    waiting: int
    over: int


@dataclass(frozen=True, slots=True)
class UnitSignals:
    """The signals of one unit."""

    unit_id: UUID
    name: str
    signals: list[Signal]
    desks: list[DeskTime]


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One row behind a number: a task or a document, with what was found."""

    duty_id: UUID | None
    document_id: UUID | None
    title: str
    days: float | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ContestLine:
    """What a unit said of a signal, and the answer."""

    public_id: UUID
    unit_name: str
    code: str
    note: str
    made_by: str
    made_at: datetime
    answer: str
    answered_by: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class SignalPage:
    """The signals of the units that the person may see, over some days."""

    since: date
    until: date
    units: list[UnitSignals]
    rows: list[SignalRow]
    chosen_unit: UUID | None
    chosen_code: str
    chosen_name: str
    cut: bool
    may_contest: bool
    contests: list[ContestLine]


def may_see(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person sees the signals of a unit: its heads, and who sees every duty."""
    return who.sees_all or who.leads(unit_id)


class _Reader:
    """Count the signals of some days; every statement asks for all units at once."""

    def __init__(self, who: scope.Actor, at: datetime, since: date, until: date) -> None:
        self.at = at
        self.calendar = calendars.current()
        self.first, self.after = midnight(since), midnight(until + timedelta(days=1))
        led = {hat.body_id for hat in who.hats if who.leads(hat.body_id)}
        self.only = None if who.sees_all else led
        self.day_minutes = self.calendar.hours.minutes_per_day

    def _within(self, name: str) -> Q:
        return Q(**{f"{name}__gte": self.first, f"{name}__lt": self.after})

    def _mine(self, name: str) -> Q:
        return Q() if self.only is None else Q(**{f"{name}__in": self.only})

    def tasks(self) -> QuerySet[Duty]:
        """Return the tasks given in the days, prohibitions apart."""
        given = Duty.objects.filter(self._within("opened_at"), self._mine("giver_unit"), kind="task")
        return given.exclude(term="prohibition").filter(giver_unit__isnull=False)

    def undated(self) -> QuerySet[Duty]:
        """Return those without a date."""
        return self.tasks().filter(due_at__isnull=True)

    def closed(self) -> QuerySet[Duty]:
        """Return the dated tasks confirmed in the days."""
        done = Duty.objects.filter(self._within("closed_at"), self._mine("giver_unit"), kind="task", phase="closed")
        return done.filter(outcome__in=["done", "done_late"], due_at__isnull=False, giver_unit__isnull=False)

    def moved(self) -> QuerySet[Duty]:
        """Return those on time only because their date was moved when the first one had passed already."""
        after = DutyEvent.objects.filter(
            duty=OuterRef("pk"), act__in=["extend", "correct", "replan"], at__gte=OuterRef("original_due_at")
        )
        late = self.closed().filter(outcome="done", answered_at__gte=F("original_due_at"))
        return late.filter(Exists(after), due_at__gt=F("original_due_at"))

    def confirmed(self) -> QuerySet[Duty]:
        """Return the confirmations given in the days."""
        done = Duty.objects.filter(self._within("closed_at"), self._mine("holder_unit"), kind="confirmation")
        return done.filter(outcome="confirmed")

    def fast(self) -> QuerySet[Duty]:
        """Return those given within minutes of the sending."""
        return self.confirmed().filter(closed_at__lte=F("opened_at") + timedelta(minutes=law.FAST_MINUTES))

    def documents(self) -> list[tuple[Document, int]]:
        """Return the documents whose tasks were given in the days, with the working days from arrival or signing."""
        rows = Document.objects.filter(self._within("issued_at"), self._mine("giver_unit"), is_line=False)
        rows = rows.filter(giver_unit__isnull=False, issued_on__isnull=False)
        found = []
        for row in rows.order_by("-issued_at"):
            begun = row.arrived_on or row.issued_on
            assert begun is not None
            assert row.issued_at is not None
            entered = local_date(row.issued_at)
            if self.calendar.covers(begun) and begun <= entered:
                found.append((row, self.calendar.working_days_between(begun, entered)))
        return found

    def asked(self, code: str) -> QuerySet[Duty]:
        """Return what lay on the giver's own desk in the days: decided then, or waiting still."""
        kind = "confirmation" if code == "confirmation" else "proposal"
        rows = Duty.objects.filter(self._mine("holder_unit"), kind=kind, opened_at__lt=self.after)
        rows = rows.filter(Q(phase="open") | self._within("closed_at"))
        return rows if kind == "confirmation" else rows.filter(proposal__kind=code)

    def days(self, opened: datetime, closed: datetime | None) -> float:
        """Return how many working days something lay."""
        return self.calendar.working_minutes_between(opened, closed or self.at) / self.day_minutes


def signals(
    who: scope.Actor, at: datetime, *, since: date | None = None, until: date | None = None, unit: UUID | None = None,
    code: str = "",
) -> SignalPage:  # fmt: skip
    """Return the signals of givers over some days; with unit and code the rows behind one number. Raises: NotVisible, Invalid."""
    first, last = law.range_of(since, until, local_date(at))
    reader = _Reader(who, at, first, last)
    if reader.only is not None and not reader.only:
        raise NotVisible("page_not_visible")
    chosen = _chosen(who, unit) if unit else None
    rows = _rows(reader, chosen, code, who) if chosen and code else []
    return SignalPage(
        first, last, _units(reader), rows[:SHOWN], unit if chosen else None, code if chosen else "",
        chosen.name if chosen else "", len(rows) > SHOWN, bool(chosen and who.leads(chosen.pk)), _contests(who, reader),
    )  # fmt: skip


def _chosen(who: scope.Actor, unit: UUID) -> Unit:
    row = Unit.objects.filter(public_id=unit).first()
    if row is None or not may_see(who, row.pk):
        raise NotVisible("unit_not_visible")
    return row


def _by(rows: QuerySet[Duty], name: str) -> dict[int, int]:
    grouped = rows.order_by().values(name).annotate(n=Count("pk"))
    return {row[name]: row["n"] for row in grouped}


def _units(reader: _Reader) -> list[UnitSignals]:
    entered: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for row, days in reader.documents():
        assert row.giver_unit_id is not None
        entered[row.giver_unit_id] += 1
        late[row.giver_unit_id] += days > law.LATE_ENTRY_WORKING_DAYS
    pairs: dict[str, tuple[dict[int, int], dict[int, int]]] = {
        law.NO_DATE: (_by(reader.undated(), "giver_unit"), _by(reader.tasks(), "giver_unit")),
        law.LATE_ENTRY: (late, entered),
        law.FAST: (_by(reader.fast(), "holder_unit"), _by(reader.confirmed(), "holder_unit")),
        law.MOVED: (_by(reader.moved(), "giver_unit"), _by(reader.closed(), "giver_unit")),
    }
    desks = {code: _desks(reader, code) for code in law.DESKS}
    keys = {key for _, of in pairs.values() for key in of} | {key for found in desks.values() for key in found}
    units = Unit.objects.filter(pk__in=keys).order_by("parent", "kind", "name")
    return [
        UnitSignals(
            unit.public_id, unit.name,
            [Signal(code, found.get(unit.pk, 0), of[unit.pk]) for code, (found, of) in pairs.items() if of.get(unit.pk)],
            [desks[code][unit.pk] for code in law.DESKS if unit.pk in desks[code]],
        )
        for unit in units
    ]  # fmt: skip


def _desks(reader: _Reader, code: str) -> dict[int, DeskTime]:
    found: dict[int, list[tuple[float, bool, bool]]] = defaultdict(list)
    values = reader.asked(code).values_list("holder_unit", "opened_at", "closed_at", "due_at")
    for unit, opened, closed, due in values:
        over = due is not None and (closed or reader.at) >= due
        found[unit].append((reader.days(opened, closed), closed is None, over))
    return {
        unit: DeskTime(
            code, law.spread([one[0] for one in rows]), sum(one[1] for one in rows), sum(one[2] for one in rows)
        )
        for unit, rows in found.items()
    }


def _rows(reader: _Reader, unit: Unit, code: str, who: scope.Actor) -> list[SignalRow]:
    if code == law.LATE_ENTRY:
        late = [
            (row, days)
            for row, days in reader.documents()
            if row.giver_unit_id == unit.pk and days > law.LATE_ENTRY_WORKING_DAYS
        ]
        papers = scope.visible_documents(who).filter(pk__in=[row.pk for row, _ in late])
        seen = set(papers.values_list("pk", flat=True))
        return [
            SignalRow(None, row.public_id, f"{row} {row.subject}".strip(), float(days), row.issued_at or reader.at)
            for row, days in late
            if row.pk in seen
        ]
    asked: dict[str, tuple[Callable[[], QuerySet[Duty]], str]] = {
        law.NO_DATE: (reader.undated, "giver_unit"),
        law.FAST: (reader.fast, "holder_unit"),
        law.MOVED: (reader.moved, "giver_unit"),
    }
    if code in law.DESKS:
        rows, name = reader.asked(code), "holder_unit"
    elif code in asked:
        call, name = asked[code]
        rows = call()
    else:
        raise Invalid("kind_unknown", text=code)
    found = rows.filter(scope.seen_duty(who, "pk"), **{name: unit}).select_related("parent").order_by("-opened_at")
    return _shown(reader, found[: SHOWN + 1], timed=code in law.DESKS or code == law.FAST)


def _shown(reader: _Reader, rows: Iterable[Any], *, timed: bool) -> list[SignalRow]:
    return [
        SignalRow(
            (row.parent or row).public_id, None, row.title,
            round(reader.days(row.opened_at, row.closed_at), 2) if timed else None, row.opened_at,
        )
        for row in rows
    ]  # fmt: skip


def _contests(who: scope.Actor, reader: _Reader) -> list[ContestLine]:
    rows = SignalContest.objects.filter(reader._mine("unit")).select_related(
        "unit", "note", "answer", "made_by", "answered_by"
    )
    return [
        ContestLine(
            one.public_id, one.unit.name, one.code, one.note.text if one.note else "", one.made_by.full_name, one.made_at,
            one.answer.text if one.answer else "", one.answered_by.full_name if one.answered_by else "",
            one.answered_at is None and may_answer(who, one.unit_id),
        )
        for one in rows.order_by("-made_at")[:SHOWN]
    ]  # fmt: skip


def may_answer(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person answers what a unit said of its signals: the Office's head or Home Affairs, not the unit itself."""
    oversees = any(hat.oversees and hat.kind in {"office_head", "unit_head", "unit_deputy"} for hat in who.hats)
    return oversees and not who.leads(unit_id)
