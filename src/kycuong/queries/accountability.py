"""Heads whose units are late time after time: the signal with its rows, and the cases that were opened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from kycuong.core.accountability import DEFAULT_DOCUMENT, LATE_TIMES, MONTHS, since, step
from kycuong.core.calendars import TZ, local_date
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import AccountabilityRule, Appointment, Duty, Explanation, HeadCase, Unit
from kycuong.models.duties import LATE_CLOSED
from kycuong.queries import org, scope
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow

ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The threshold in force: so many late tasks in so many months, by which document."""

    times: int
    months: int
    document: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """A head to look at: since when the time counts, how many late tasks, the case that is open already."""

    unit_id: UUID
    unit_name: str
    head_name: str
    title: str
    since: date
    late: int
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the list shows it; `step` says where it stands on its way."""

    public_id: UUID
    unit_name: str
    head_name: str
    state: str
    step: str
    opened_at: datetime
    late: int


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One late task of a case with what was found about its cause."""

    row: DutyRow
    cause: str
    marked_by: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case: its rows, the explanation, who agreed, what was decided; what the person may do."""

    row: CaseRow
    since: date
    times: int
    months: int
    items: list[CaseItem]
    counted: int
    explanation_id: UUID
    answer: str
    verdict: str
    office_by: str
    home_by: str
    code: str
    signed_on: date | None
    file_id: UUID | None
    file_name: str
    file_signed: str
    note: str
    decision_id: UUID | None
    may_mark: bool
    may_agree_office: bool
    may_agree_home: bool


def sides(who: scope.Actor) -> tuple[bool, bool]:
    """Return whether the person agrees for the Office, and for Home Affairs: their heads and deputies."""
    return who.has("office_head", "office_deputy"), who.leads_home_affairs


def may_look(who: scope.Actor) -> None:
    """Refuse whoever neither follows in the Office nor leads Home Affairs. Raises: NotAllowed."""
    if not (who.chases or any(sides(who))):
        raise NotAllowed("accountability_not_allowed")


def rule() -> RuleLine:
    """Return the threshold in force."""
    row = AccountabilityRule.objects.order_by("-from_at", "-id").first()
    if row is None:
        return RuleLine(LATE_TIMES, MONTHS, DEFAULT_DOCUMENT, verified=False)
    return RuleLine(row.times, row.months, row.document, row.verified)


def late_open(first: date, at: datetime, *units: int) -> QuerySet[Duty]:
    """Return the tasks that are late now, fallen due since a day, of some units or of all."""
    rows = Duty.objects.exclude(phase="closed").filter(
        kind="task", phase="open", due_at__lte=at, due_at__gte=_begin(first)
    )
    return rows.filter(holder_unit__in=units) if units else rows


def late_closed(first: date, *units: int) -> QuerySet[Duty]:
    """Return the tasks that ended late since a day, of some units or of all: a walk over an index of their own."""
    rows = Duty.objects.filter(LATE_CLOSED, closed_at__gte=_begin(first), outcome__in=["done", "done_late"])
    return rows.filter(holder_unit__in=units) if units else rows


def _begin(first: date) -> datetime:
    return datetime.combine(first, time(), TZ)


def signals(who: scope.Actor, at: datetime) -> list[Signal]:
    """Return the heads whose units were late as often as the rule says, most often first; only since they took office.

    The cost follows the late tasks of the time looked at, not the history (a fixed number of queries). Raises: NotAllowed.
    """
    may_look(who)
    ruled, today = rule(), local_date(at)
    first = since(today, ruled.months)
    counts = dict(_counts(first, at))
    often = [unit for unit, late in counts.items() if late >= ruled.times]
    units, heads = Unit.objects.in_bulk(often), org.heads(often, today)
    entered = _entered([seat.post_id for seat in heads.values()], today)
    began = {unit: max(first, entered.get(seat.post_id, first)) for unit, seat in heads.items()}
    counts |= _since_entering({unit: day for unit, day in began.items() if day > first}, at)
    open_cases = {
        (case.unit_id, case.head_id): case.public_id for case in HeadCase.objects.filter(state="asked", unit__in=often)
    }
    found = []
    for unit_id, seat in heads.items():
        unit, late = units[unit_id], counts[unit_id]
        if seat.officer_id is None or unit.relation in {"vertical", "party_mass", "council"} or late < ruled.times:
            continue
        case = open_cases.get((unit_id, seat.officer_id))
        found.append(Signal(unit.public_id, unit.name, seat.officer_name, seat.title, began[unit_id], late, case))
    return sorted(found, key=lambda one: (-one.late, one.unit_name))


def _counts(first: date, at: datetime) -> Counter[int]:
    """Return how many tasks of each unit are late now or ended late, since a day."""
    counts: Counter[int] = Counter()
    for rows in (late_open(first, at), late_closed(first)):
        # By a sum and not by the column: SQLite would walk a whole index of units for the sake of the grouping.
        units = rows.order_by().annotate(unit=F("holder_unit") + 0).values("unit").annotate(n=Count("pk"))
        counts.update(dict(units.values_list("unit", "n")))
    return counts


def _since_entering(began: dict[int, date], at: datetime) -> dict[int, int]:
    """Return the same for units whose heads took office within the time looked at, each since its own day."""
    if not began:
        return {}
    counts: Counter[int] = Counter(dict.fromkeys(began, 0))
    first, begins = min(began.values()), {unit: _begin(day) for unit, day in began.items()}
    for rows, moment in ((late_open(first, at, *began), "due_at"), (late_closed(first, *began), "closed_at")):
        counts.update(unit for unit, when in rows.values_list("holder_unit", moment) if when >= begins[unit])
    return counts


def _entered(posts: list[int], on: date) -> dict[int, date]:
    rows = Appointment.objects.filter(scope.held_on(on), post__in=posts)
    return dict(rows.values_list("post_id", "valid_from"))


def signal_of(who: scope.Actor, unit: UUID, at: datetime) -> tuple[Signal, list[DutyRow]]:
    """Return the signal about the head of one unit with its rows. Raises: NotAllowed, NotVisible."""
    one = next((one for one in signals(who, at) if one.unit_id == unit), None)
    if one is None:
        raise NotVisible("accountability_case_not_visible")
    return one, lines_of(keys_of(unit, one.since, at), at)


def keys_of(unit: UUID, first: date, at: datetime) -> list[int]:
    """Return the late tasks of a unit since a day, most late first."""
    one = Unit.objects.get(public_id=unit).pk
    rows = [
        row
        for rows in (late_open(first, at, one), late_closed(first, one))
        for row in rows.order_by("due_at", "id").values_list("due_at", "pk")[:ROWS_SHOWN]
    ]
    return [pk for _, pk in sorted(rows)[:ROWS_SHOWN]]


def cases(who: scope.Actor) -> list[CaseRow]:
    """Return the newest cases. Raises: NotAllowed."""
    may_look(who)
    rows = HeadCase.objects.annotate(n=Count("items")).select_related("unit", "head").order_by("-id")[:100]
    answered = Explanation.objects.filter(duty__in=[one.explanation_id for one in rows], answer__isnull=False)
    explained = set(answered.values_list("duty_id", flat=True))
    return [_row(one, one.n, explained=one.explanation_id in explained) for one in rows]


def _row(one: HeadCase, late: int, *, explained: bool) -> CaseRow:
    at = step(one.state, explained=explained, office=one.office_by_id is not None, home=one.home_by_id is not None)
    return CaseRow(one.public_id, one.unit.name, one.head.full_name, one.state, at, one.opened_at, late)


def case(who: scope.Actor, public_id: UUID, at: datetime) -> CasePage:
    """Return one case: for the Office and Home Affairs, and for the head it is about. Raises: NotVisible."""
    beside = ("unit", "head", "explanation", "decision", "office_by", "home_by", "file", "note")
    one = HeadCase.objects.filter(public_id=public_id).select_related(*beside).first()
    looks = who.chases or any(sides(who))
    if one is None or not (looks or (one.head_id == who.officer_id and who.leads(one.unit_id))):
        raise NotVisible("accountability_case_not_visible")
    kept = list(one.items.select_related("marked_by").order_by("duty__due_at", "duty_id"))
    rows = lines_of([item.duty_id for item in kept], at)
    items = [
        CaseItem(row, item.cause, item.marked_by.full_name if item.marked_by else "")
        for item, row in zip(kept, rows, strict=True)
    ]
    said = Explanation.objects.select_related("answer").filter(duty=one.explanation_id).first()
    office, home = sides(who)
    waits = one.state == HeadCase.State.ASKED
    return CasePage(
        _row(one, len(items), explained=bool(said and said.answer)), one.since, one.times, one.months,
        items, sum(item.cause != "objective" for item in items),
        one.explanation.public_id, said.answer.text if said and said.answer else "", said.verdict if said else "",
        one.office_by.full_name if one.office_by else "", one.home_by.full_name if one.home_by else "",
        f"{one.number}/{one.symbol}" if one.number else "", one.signed_on, one.file.public_id if one.file else None,
        one.file.name if one.file else "", one.file.signed if one.file else "",
        one.note.text if one.note else "", one.decision.public_id if one.decision else None,
        looks and waits, office and waits and one.office_by_id is None, home and waits and one.home_by_id is None,
    )  # fmt: skip


def of_explanation(duty: UUID) -> UUID | None:
    """Return the case that asked for an explanation, or whose decision a duty carries out."""
    about = Q(explanation__public_id=duty) | Q(decision__public_id=duty)
    return HeadCase.objects.filter(about).values_list("public_id", flat=True).first()
