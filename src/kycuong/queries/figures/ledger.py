"""The ledger as it stood at a watermark: each duty as its events up to there have it, never as later acts made it.

Of a duty's own row only what never changes is read: its kind, order, document, slot, when it was opened. Phase, due date,
outcome and lateness come from the last event below the watermark, the holder from the handovers above it, taken back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from kycuong.core.calendars import local_date
from kycuong.core.duties import State, ended, near_boundary
from kycuong.core.figures import Filters, Line, Mark
from kycuong.models import Duty, DutyEvent, Order, Succession, TargetActual, TargetChange, Unit
from kycuong.queries import calendars, successions
from kycuong.queries.figures.aims import aims

#: Acts of which the events say more than where the duty stands.
_TOLD = frozenset({"propose", "raise", "settle", "extend", "close_returned"})
_COUNTED = frozenset({"send", "send_back", "extend", "propose", "replan", "undo_replan"})
_HINDERED, _WISHED = "obstacle", "suggestion"


def question(
    document: UUID, units: Collection[UUID], *, without: UUID | None, since: date, until: date, at: datetime, mark: Mark
) -> Filters:  # fmt: skip
    """Return the question that a report asks of the ledger; `units` are those that answer, `without` the reports themselves."""
    near = near_boundary(at, calendars.current())
    names = tuple(sorted(str(unit) for unit in units))
    return Filters(
        str(document), names, str(without or ""), since, until, at, near, mark.event, mark.actual, mark.change
    )


def newest() -> Mark:
    """Return up to where the ledger reaches now, for numbers that are shown and not kept."""
    last = [
        table._default_manager.aggregate(last=Max("id"))["last"] or 0
        for table in (DutyEvent, TargetActual, TargetChange)
    ]
    return Mark(*last)


@dataclass(slots=True)
class _Past:
    """What the events of one duty up to the watermark say."""

    phase: str = "open"
    due_at: datetime | None = None
    outcome: str | None = None
    late: int | None = None
    closed_at: datetime | None = None
    acts: Counter[str] = field(default_factory=Counter)
    asked: dict[str, str] = field(default_factory=dict)
    wishes: int = 0


def lines(asked: Filters) -> list[Line]:
    """Return the duties that a question counts, as they stood (a fixed number of queries, whatever the units)."""
    answering = _answering(asked)
    rows = _rows(asked, answering)
    held = _held(rows, asked.watermark)
    keys = [row["pk"] for row in rows if held[row["pk"]] in answering]
    past = _past(keys, asked)
    names = _public_ids({*answering, *answering.values()})
    targets = aims({row["pk"]: row["series"] for row in rows if row["pk"] in past}, asked)
    found = []
    for row in rows:
        then = past.get(row["pk"])
        holder = held[row["pk"]]
        if then is None or holder not in answering or _before(then, asked.since):
            continue
        line = _line(row, then, names[answering[holder]], names[holder], asked)
        found.append(replace(line, targets=targets[row["pk"]]) if row["pk"] in targets else line)
    return sorted(found, key=lambda line: line.duty)


def _answering(asked: Filters) -> dict[int, int]:
    """Return every unit of the question, and those that have ended and of which one of them answers for what was done."""
    units = dict(Unit.objects.filter(public_id__in=asked.units).values_list("pk", "public_id"))
    olds = Succession.objects.filter(successor__in=units, in_force_on__lte=local_date(asked.as_of)).values_list("old")
    heirs = successions.replaced([old for (old,) in olds], local_date(asked.as_of))
    return {pk: pk for pk in units} | {old: heir for old, heir in heirs.items() if heir in units}


def _rows(asked: Filters, answering: Mapping[int, int]) -> list[dict[str, Any]]:
    """Return what never changes of the duties that the units hold now, or held before a handover above the watermark."""
    moved = DutyEvent.objects.filter(act="succeed", id__gt=asked.watermark, duty__document__public_id=asked.document)
    holding = Q(holder_unit__in=list(answering)) | Q(pk__in=list(moved.values_list("duty", flat=True)))
    rows = Duty.objects.filter(holding, kind="task", document__public_id=asked.document)
    rows = rows.exclude(_reports(asked)).filter(Q(slot__isnull=True) | Q(slot__lte=asked.until))
    return [dict(row) for row in rows.values("pk", "public_id", "holder_unit", "series", "task__order__public_id")]


def _reports(asked: Filters) -> Q:
    """Return the condition that a duty is the report itself, in whatever slot."""
    order = (
        Order.objects.filter(public_id=asked.without).values_list("pk", flat=True).first() if asked.without else None
    )
    return Q(task__order=order) if order else Q(task__order__isnull=True, series__isnull=False)


def _held(rows: Sequence[Mapping[str, Any]], watermark: int) -> dict[int, int]:
    """Return who held each duty at the watermark: handovers above it taken back, the first of them says from whom."""
    held = {row["pk"]: row["holder_unit"] for row in rows}
    later = DutyEvent.objects.filter(duty__in=held, act="succeed", id__gt=watermark).order_by("-id")
    for duty, data in later.values_list("duty", "data"):
        held[duty] = data.get("from", held[duty])
    return held


def _past(keys: Iterable[int], asked: Filters) -> dict[int, _Past]:
    """Return what the events up to the watermark say of each duty; rungs change nothing and are passed over."""
    found: dict[int, _Past] = defaultdict(_Past)
    events = DutyEvent.objects.filter(duty__in=list(keys), id__lte=asked.watermark, rung__isnull=True)
    names = ("duty", "act", "at", "phase_to", "due_to", "outcome", "late_working_days")
    for duty, act, at, phase, due_at, outcome, late in events.order_by("duty", "seq").values_list(*names):
        one = found[duty]
        one.phase, one.due_at, one.outcome, one.late = phase, due_at, outcome, late
        one.closed_at = at if phase == "closed" else None
        if act in _COUNTED and local_date(at) >= asked.since:
            one.acts[act] += 1
    told = events.filter(act__in=_TOLD).order_by("duty", "seq").values_list("duty", "act", "at", "data")
    for duty, act, at, data in told:
        _ask(found[duty], act, data, in_period=local_date(at) >= asked.since)
    return found


def _ask(one: _Past, act: str, data: Mapping[str, Any], *, in_period: bool) -> None:
    """Note an obstacle or a suggestion that was put to the giver, and take an obstacle off when it was answered."""
    kind, key = data.get("kind"), str(data.get("proposal", ""))
    if act not in {"propose", "raise"}:  # a review of the backlog asks as a unit does
        one.asked.pop(key, None)
        if act == "settle" and data.get("outcome") == "withdrawn":
            one.acts[f"withdrawn_{kind}"] += 1
        return
    if kind == _HINDERED:
        one.asked[key] = kind
    if in_period:
        one.acts[f"asked_{kind}"] += 1


def _before(then: _Past, since: date) -> bool:
    """Return whether a duty ended before the period: it was told in an earlier report."""
    return then.closed_at is not None and local_date(then.closed_at) < since


def _line(row: Mapping[str, Any], then: _Past, unit: str, held: str, asked: Filters) -> Line:
    acts = then.acts
    return Line(
        duty=str(row["public_id"]),
        unit=unit,
        held=held,
        order=str(row["task__order__public_id"] or ""),
        state=_state(then, asked),
        dated=then.due_at is not None,
        late=then.late or 0,
        extended=acts["extend"] + max(acts["replan"] - acts["undo_replan"], 0),
        sent=acts["send"],
        sent_back=acts["send_back"],
        obstacles=acts[f"asked_{_HINDERED}"] - acts[f"withdrawn_{_HINDERED}"],
        unanswered=len(then.asked),
        suggestions=acts[f"asked_{_WISHED}"] - acts[f"withdrawn_{_WISHED}"],
    )


def _state(then: _Past, asked: Filters) -> State:
    """Return the state at the instant asked about; the same partition as core.duties.standing, by the frozen boundary."""
    if then.phase == "closed":
        return ended(then.outcome, late=bool(then.late))
    if then.phase == "answered":
        return State.AWAITING
    if then.due_at is None:
        return State.NO_TERM
    if then.due_at <= asked.as_of:
        return State.OVERDUE
    return State.NEAR_DUE if then.due_at <= asked.near_until else State.NOT_DUE


def _public_ids(units: Collection[int]) -> dict[int, str]:
    return {pk: str(key) for pk, key in Unit.objects.filter(pk__in=units).values_list("pk", "public_id")}
