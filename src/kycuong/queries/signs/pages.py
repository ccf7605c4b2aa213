"""What the pages of signs show: every unit in sight, one unit with its cases, what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.signs import Code, Standing
from kycuong.models import Duty, SignContest, Unit
from kycuong.queries import consultations, scope
from kycuong.queries.signs.reading import Case, Reading, SignGroup, UnitSigns, groups, may_decide, own, to_read

#: So many cases are shown; the workbook has all.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit said of a case, and what was decided."""

    contest_id: UUID
    in_time: bool
    note: str
    file_id: UUID | None
    file_name: str
    made_by: str
    made_at: datetime
    answer: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case: what it is about, where it opens, where it stands, what may be done."""

    code: Code
    unit_id: UUID
    unit_name: str
    duty_id: UUID
    title: str
    opens: str
    opens_id: UUID
    found_at: datetime
    last_on: date
    standing: Standing
    said: Said | None
    may_explain: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class SignPage:
    """The signs of the units in sight, over some days, in groups of like units; what waits for the person's decision."""

    since: date
    until: date
    window_days: int
    owner_days: int
    sees_all: bool
    groups: list[SignGroup]
    waiting: list[CaseRow]


@dataclass(frozen=True, slots=True)
class UnitSignPage:
    """One unit: every sign, and the cases behind one of them or all."""

    since: date
    until: date
    window_days: int
    owner_days: int
    sees_all: bool
    unit: UnitSigns
    chosen: Code | None
    cases: list[CaseRow]
    cut: bool
    is_own: bool


def signs(who: scope.Actor, at: datetime, *, since: date | None = None, until: date | None = None) -> SignPage:
    """Return the signs of every unit that the person sees. Raises: NotVisible, Invalid."""
    reading = Reading(who, at, since, until)
    units = reading.units()
    waiting = [
        one for one in reading.cases() if one.contest and not one.contest.verdict and may_decide(who, one.found.unit)
    ] if any(hat.oversees for hat in who.hats) else []  # fmt: skip
    return SignPage(
        reading.since, reading.until, reading.window_days, reading.owner_days, who.sees_all,
        groups(units, compared=who.sees_all), rows(who, reading, waiting[:SHOWN]),
    )  # fmt: skip


def unit_signs(
    who: scope.Actor, at: datetime, unit: UUID, *, code: Code | None = None, since: date | None = None,
    until: date | None = None,
) -> UnitSignPage:  # fmt: skip
    """Return the signs of one unit with the cases behind them, newest first. Raises: NotVisible, Invalid."""
    body = to_read(who, unit)
    reading = Reading(who, at, since, until, [body.pk])
    cases = reading.cases((code,) if code else tuple(Code))
    cases.sort(key=lambda one: (one.found.at, one.found.duty), reverse=True)
    found = next(iter(reading.units()), None) or UnitSigns(body.public_id, body.name, body.kind, 0, [], None)
    return UnitSignPage(
        reading.since, reading.until, reading.window_days, reading.owner_days, who.sees_all, found, code,
        rows(who, reading, cases[:SHOWN]), len(cases) > SHOWN, body.pk in own(who),
    )  # fmt: skip


def every_case(
    who: scope.Actor, at: datetime, *, since: date | None = None, until: date | None = None
) -> tuple[SignPage, list[CaseRow]]:
    """Return the signs in sight with every case behind them, by unit and rule, oldest first. Raises: NotVisible, Invalid."""
    reading = Reading(who, at, since, until)
    order = list(Code)
    cases = sorted(
        reading.cases(), key=lambda one: (one.found.unit, order.index(one.code), one.found.at, one.found.duty)
    )
    page = SignPage(
        reading.since, reading.until, reading.window_days, reading.owner_days, who.sees_all,
        groups(reading.units(), compared=who.sees_all), [],
    )  # fmt: skip
    return page, rows(who, reading, cases)


def rows(who: scope.Actor, reading: Reading, cases: Sequence[Case]) -> list[CaseRow]:
    """Return cases as people see them; what each is about opens only to whoever may open it."""
    duties = Duty.objects.select_related("parent").in_bulk({one.found.duty for one in cases})
    units = dict(_names({one.found.unit for one in cases}))
    about = {pk: _about(duty) for pk, duty in duties.items()}
    opinions = consultations.opened_to(who, [one.public_id for one in about.values() if one.kind == "opinion"])
    seen = scope.seen_of(who, [one.public_id for one in about.values() if one.kind != "opinion"])
    mine = own(who)
    return [
        _row(
            one,
            duties[one.found.duty],
            about[one.found.duty],
            units[one.found.unit],
            reading,
            who,
            mine,
            opinions,
            seen,
        )
        for one in cases
    ]


def _names(keys: set[int]) -> list[tuple[int, tuple[UUID, str]]]:
    found = Unit.objects.filter(pk__in=keys).values_list("pk", "public_id", "name")
    return [(pk, (public_id, name)) for pk, public_id, name in found]


def _about(duty: Duty) -> Duty:
    """Return the duty whose page tells the case: an opinion or a task itself, of a decision or confirmation the task."""
    return duty.parent if duty.kind in {"proposal", "confirmation", "arbitration"} and duty.parent else duty


def _row(
    one: Case, duty: Duty, about: Duty, unit: tuple[UUID, str], reading: Reading, who: scope.Actor, mine: set[int],
    opinions: set[UUID], seen: set[UUID],
) -> CaseRow:  # fmt: skip
    opens = ""
    if about.public_id in (opinions if about.kind == "opinion" else seen):
        opens = "opinion" if about.kind == "opinion" else "duty"
    undecided = one.contest is not None and not one.contest.verdict
    return CaseRow(
        one.code, unit[0], unit[1], duty.public_id, duty.title, opens, about.public_id, one.found.at, reading.last_on(one.found),
        one.standing, _said(one.contest), one.contest is None and one.found.unit in mine,
        undecided and may_decide(who, one.found.unit),
    )  # fmt: skip


def _said(row: SignContest | None) -> Said | None:
    if row is None:
        return None
    return Said(
        row.public_id, row.in_time, row.note.text if row.note else "", row.file.public_id if row.file else None,
        row.file.name if row.file else "", row.made_by.full_name, row.made_at, row.answer.text if row.answer else "",
        row.decided_by.full_name if row.decided_by else "", row.decided_at,
    )  # fmt: skip


def read_file(who: scope.Actor, file_id: int) -> bool:
    """Return whether a file explains a case of a unit whose signs the person sees."""
    row = SignContest.objects.filter(file=file_id).values_list("unit", flat=True).first()
    return row is not None and (who.sees_all or row in own(who))
