"""The pages of periods: the list, one with its units, a unit's rows, what was corrected after the closing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from kycuong.core.calendars import local_date, midnight
from kycuong.core.duties import State
from kycuong.core.errors import NotVisible
from kycuong.core.figures import Line, fingerprint
from kycuong.core.periods import DEFINITION, VERSION
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Duty, DutyEvent, Period, PeriodContest, PeriodRow, PeriodUnit, Unit
from kycuong.queries import scope
from kycuong.queries.periods.counting import CountedRow, rows

SHOWN = 500
#: Acts after the closing that set the past right and are told beside the closed figures.
ADJUSTING = ("correct", "reconcile", "revoke", "replace", "undo_take_over")


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period in the list."""

    public_id: UUID
    kind: str
    number: int
    year: int
    state: str
    contest_until: date
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What a period counts for one unit; agreed is "agreed", "silent" (term over, nothing said), "contested" or "waiting"."""

    unit_id: UUID
    name: str
    kind: str
    counts: dict[State, int]
    total: int
    agreed: str
    contests: int
    fingerprint: str
    own: bool


@dataclass(frozen=True, slots=True)
class ContestRow:
    """A contest with its decision."""

    public_id: UUID
    duty_id: UUID
    title: str
    unit_name: str
    reason: str
    made_by: str
    made_at: datetime
    outcome: str
    answer: str
    decided_by: str
    may_decide: bool
    correctable: bool


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An act after the closing on a task that the closed figures count."""

    duty_id: UUID
    title: str
    at: datetime
    label: str
    actor_name: str
    state: State


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """A period: who sees everything sees each unit, the others their own and the totals once it is closed."""

    line: PeriodLine
    since: date
    last: date
    limit_source: str
    fingerprint: str
    mark: int | None
    units: list[UnitLine]
    total: dict[State, int]
    contests: list[ContestRow]
    adjustments: list[Adjustment]
    sees_all: bool
    may_close: bool
    term_runs: bool


@dataclass(frozen=True, slots=True)
class PeriodRowLine:
    """One task as the period counts it."""

    duty_id: UUID
    title: str
    document_code: str
    state: State
    late: int
    contest: ContestRow | None


@dataclass(frozen=True, slots=True)
class UnitRows:
    """The rows behind the figures of one unit."""

    line: PeriodLine
    unit: UnitLine
    rows: list[PeriodRowLine]
    cut: bool
    may_contest: bool
    may_agree: bool


def filters(row: Period, unit: str, mark: int) -> dict[str, Any]:
    """Return the question that a unit's figures answer, as it is frozen and hashed."""
    return {
        "definition": DEFINITION, "version": VERSION, "unit": unit, "since": row.since_on.isoformat(),
        "until": (row.until_on - timedelta(days=1)).isoformat(), "as_of": midnight(row.until_on).astimezone(UTC).isoformat(),
        "near_until": row.near_until_at.astimezone(UTC).isoformat(), "watermark": mark,
    }  # fmt: skip


def periods(who: scope.Actor) -> list[PeriodLine]:
    """Return every period, the latest first; that it exists is no secret, its figures are."""
    return [_line(row) for row in Period.objects.order_by("-until_on", "-since_on")] if who.hats else []


def to_check(who: scope.Actor, at: datetime) -> list[tuple[PeriodLine, UUID]]:
    """Return the periods whose figures a unit's head has still to check, with the unit; nothing for others."""
    led = {hat.body_id for hat in who.hats if who.leads(hat.body_id)}
    if not led:
        return []
    waiting = PeriodUnit.objects.filter(
        period__state="open", period__contest_until_at__gt=at, unit__in=led, agreed_at__isnull=True
    ).select_related("period", "unit")
    return [(_line(one.period), one.unit.public_id) for one in waiting.order_by("period__until_on")]


def _line(row: Period) -> PeriodLine:
    last = local_date(row.contest_until_at - timedelta(microseconds=1))
    return PeriodLine(row.public_id, row.kind, row.number, row.year, row.state, last, row.closed_at)


def _get(who: scope.Actor, public_id: UUID) -> Period:
    row = Period.objects.filter(public_id=public_id).first()
    if row is None or not who.hats:
        raise NotVisible("period_not_visible")
    return row


def _counted(row: Period, units: Iterable[int] | None) -> list[CountedRow]:
    """Return what a period counts: frozen once it is closed, else as it would be now."""
    keys = None if units is None else list(units)
    if row.state != Period.State.CLOSED:
        return rows(row, units=keys)
    frozen = PeriodRow.objects.filter(period=row)
    if keys is not None:
        frozen = frozen.filter(unit__in=keys)
    values = frozen.values_list("duty", "unit", "state", "dated", "late_working_days")
    return [CountedRow(duty, unit, State(state), dated, late) for duty, unit, state, dated, late in values]


def silent(row: Period) -> int:
    """Return how many units with tasks in the period have not agreed."""
    with_tasks = {one.unit for one in _counted(row, None)}
    waiting = PeriodUnit.objects.filter(period=row, agreed_at__isnull=True, unit__in=with_tasks)
    return waiting.count()


def period(who: scope.Actor, public_id: UUID, at: datetime) -> PeriodPage:
    """Return a period as the person may see it. Raises: NotVisible."""
    row = _get(who, public_id)
    own = set(who.member_ids)
    found = _counted(row, None if who.sees_all or row.state == "closed" else own)
    seen = found if who.sees_all else [one for one in found if one.unit in own]
    total = Counter(one.state for one in found) if who.sees_all or row.state == "closed" else Counter()
    contests = _contests(who, row, None if who.sees_all else own)
    return PeriodPage(
        line=_line(row), since=row.since_on, last=row.until_on - timedelta(days=1), limit_source=row.limit_source,
        fingerprint=row.fingerprint, mark=row.mark_event, units=_units(row, seen, own, at), total=dict(total),
        contests=contests, adjustments=_adjustments(who, row), sees_all=who.sees_all,
        may_close=row.state == "open" and who.has("office_head"), term_runs=at < row.contest_until_at,
    )  # fmt: skip


def _units(row: Period, found: list[CountedRow], own: set[int], at: datetime) -> list[UnitLine]:
    counts: dict[int, Counter[State]] = defaultdict(Counter)
    for one in found:
        counts[one.unit][one.state] += 1
    said = {line.unit_id: line for line in PeriodUnit.objects.filter(period=row, unit__in=list(counts) or [0])}
    waiting = PeriodContest.objects.filter(period=row, outcome="", unit__in=list(counts))
    asked = Counter(waiting.values_list("unit", flat=True))
    lines = []
    for unit in Unit.objects.filter(pk__in=list(counts)).order_by("kind", "name"):
        line = said.get(unit.pk)
        lines.append(
            UnitLine(
                unit.public_id, unit.name, unit.kind, dict(counts[unit.pk]), _total(counts[unit.pk]),
                _agreed(line, asked[unit.pk], row, at), asked[unit.pk], line.fingerprint if line else "", unit.pk in own,
            )
        )  # fmt: skip
    return lines


def _total(counts: Counter[State]) -> int:
    return counts.total() - counts[State.APART]


def _agreed(line: PeriodUnit | None, contests: int, row: Period, at: datetime) -> str:
    if line and line.agreed_at:
        return "agreed"
    if contests:
        return "contested"
    return "silent" if at >= row.contest_until_at or row.state == "closed" else "waiting"


def _contests(
    who: scope.Actor, row: Period, units: set[int] | None, duties: list[int] | None = None
) -> list[ContestRow]:
    found = PeriodContest.objects.filter(period=row).select_related(
        "duty__document", "unit", "reason", "answer", "made_by", "decided_by"
    )
    if units is not None:  # title and reason are of the task: whoever of the unit does not see it reads neither
        found = found.filter(scope.seen_duty(who, "duty"), unit__in=units)
    if duties is not None:
        found = found.filter(duty__in=duties)
    return [_contest(who, row, one) for one in found.order_by("outcome", "-id")[:SHOWN]]


def _contest(who: scope.Actor, row: Period, one: PeriodContest) -> ContestRow:
    giver = scope.permits(who, one.duty, LIFECYCLE.row("reconcile"), scope.Facts(None, False, False, None))
    return ContestRow(
        one.public_id, one.duty.public_id, one.duty.title, one.unit.name, one.reason.text if one.reason else "",
        one.made_by.full_name, one.made_at, one.outcome, one.answer.text if one.answer else "",
        one.decided_by.full_name if one.decided_by else "", giver and not one.outcome and row.state == "open",
        one.duty.phase != "closed" and one.duty.due_at is not None,
    )  # fmt: skip


def _adjustments(who: scope.Actor, row: Period) -> list[Adjustment]:
    """Return what was set right after the closing in tasks that the person sees; the closed figures stay."""
    if row.mark_event is None:
        return []
    counted = PeriodRow.objects.filter(period=row).values("duty")
    events = DutyEvent.objects.filter(
        scope.seen_duty(who, "duty"), duty__in=counted, act__in=ADJUSTING, id__gt=row.mark_event
    )
    found = list(events.select_related("duty", "actor").order_by("-id")[:SHOWN])
    states = dict(
        PeriodRow.objects.filter(period=row, duty__in=[one.duty_id for one in found]).values_list("duty", "state")
    )
    return [
        Adjustment(
            one.duty.public_id, one.duty.title, one.at, LIFECYCLE.row(one.act).label,
            one.actor.full_name if one.actor else "", State(states[one.duty_id]),
        )
        for one in found
    ]  # fmt: skip


def unit_rows(
    who: scope.Actor, public_id: UUID, unit: UUID, at: datetime, *, state: State | None = None
) -> UnitRows:  # fmt: skip
    """Return the rows behind a unit's figures, of one state when it is named. Raises: NotVisible."""
    row = _get(who, public_id)
    body = Unit.objects.filter(public_id=unit).first()
    if body is None or not (who.sees_all or body.pk in who.member_ids):
        raise NotVisible("unit_not_visible")
    found = _counted(row, [body.pk])
    shown = [one for one in found if state is None or one.state == state]
    contests = {one.duty_id: one for one in reversed(_contests(who, row, {body.pk}))}
    duties = Duty.objects.filter(scope.seen_duty(who, "pk"), pk__in=[one.duty for one in shown[:SHOWN]])
    named = {duty.pk: duty for duty in duties.select_related("document")}
    lines = [_row(one, named[one.duty], contests) for one in shown[:SHOWN] if one.duty in named]
    units = _units(row, found, set(who.member_ids), at)
    empty = UnitLine(body.public_id, body.name, body.kind, {}, 0, "silent", 0, "", body.pk in who.member_ids)
    running = row.state == "open" and who.leads(body.pk)
    return UnitRows(
        _line(row), units[0] if units else empty, lines, len(shown) > len(lines), running and at < row.contest_until_at,
        running and bool(units) and units[0].agreed in {"waiting", "silent"},
    )  # fmt: skip


def _row(one: CountedRow, duty: Duty, contests: dict[UUID, ContestRow]) -> PeriodRowLine:
    code = str(duty.document) if duty.document else ""
    return PeriodRowLine(duty.public_id, duty.title, code, one.state, one.late, contests.get(duty.public_id))


def verified(public_id: UUID) -> bool:
    """Return whether the frozen rows of a closed period still give the hashes that were written when it was closed."""
    row = Period.objects.get(public_id=public_id)
    lines: dict[int, list[Line]] = defaultdict(list)
    frozen = PeriodRow.objects.filter(period=row).select_related("duty", "unit")
    for one in frozen.iterator(chunk_size=2000):
        name = str(one.unit.public_id)
        lines[one.unit_id].append(
            Line(str(one.duty.public_id), name, name, "", State(one.state), one.dated, late=one.late_working_days)
        )
    said = PeriodUnit.objects.filter(period=row)
    return all(fingerprint(lines[unit.unit_id], unit.filters) == unit.fingerprint for unit in said)
