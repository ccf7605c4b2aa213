"""Targets as people see them: plan, actual, gap, source; the list, those of a task or a document, one with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import BigAutoField, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField

from kycuong.core import targets as law
from kycuong.core.errors import Invalid, NotVisible
from kycuong.core.tasks import LIFECYCLE as TASK
from kycuong.models import Duty, Target, TargetActual, TargetChange
from kycuong.queries import scope
from kycuong.queries.board.filters import Filter, choose, in_books
from kycuong.queries.kept import Slot, kept
from kycuong.queries.themes import of_theme

PAGE = 50


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target: plan beside the latest actual value; gap is how much is missing, None while nobody has said a value."""

    public_id: UUID
    duty_id: UUID
    title: str
    document_id: UUID | None
    document_code: str
    unit_name: str
    name: str
    measure: str
    direction: str
    plan: Decimal
    actual: Decimal | None
    as_of: date | None
    gap: Decimal | None
    reached: bool
    contested: bool
    dropped: bool


@dataclass(frozen=True, slots=True)
class ActualRow:
    """One value as it was said."""

    public_id: UUID
    value: Decimal
    as_of: date
    source: str
    file_id: UUID | None
    file_name: str
    file_signed: str
    officer_name: str
    at: datetime
    slot: date | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What was said about a target; open when it is a contest that nobody has answered."""

    public_id: UUID
    act: str
    side: str
    note: str
    officer_name: str
    at: datetime
    before: dict[str, str]
    after: dict[str, str]
    open: bool


@dataclass(frozen=True, slots=True)
class TargetPage:
    """One target with the history of its values and of what was said about it."""

    row: TargetRow
    actuals: list[ActualRow]
    changes: list[ChangeRow]
    occurrences: list[tuple[UUID, date]]
    may_record: bool
    may_correct: bool
    may_contest: bool
    side: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, with how many targets are reached, short and without a value."""

    rows: list[TargetRow]
    next_key: str | None
    counts: dict[str, int]


def latest(path: str = "pk") -> QuerySet[TargetActual]:
    """Return the values of a target that stand, the latest first: one that was corrected stands no more."""
    corrected = TargetActual.objects.filter(corrects=OuterRef("pk"))
    return TargetActual.objects.filter(~Exists(corrected), target=OuterRef(path)).order_by("-as_of", "-id")


def _with_actual(rows: QuerySet[Target]) -> QuerySet[Target]:
    open_contest = TargetChange.objects.filter(target=OuterRef("pk"), act="contest", answered_by__isnull=True)
    return rows.annotate(
        actual=Subquery(latest().values("value")[:1]),
        as_of=Subquery(latest().values("as_of")[:1]),
        contested=Exists(open_contest),
    ).select_related("duty__document", "duty__holder_unit")


def _row(target: Target) -> TargetRow:
    duty, actual = target.duty, getattr(target, "actual", None)
    return TargetRow(
        public_id=target.public_id, duty_id=duty.public_id, title=duty.title,
        document_id=duty.document.public_id if duty.document else None,
        document_code=str(duty.document) if duty.document else "", unit_name=duty.holder_unit.name, name=target.name,
        measure=target.measure, direction=target.direction, plan=target.plan, actual=actual,
        as_of=getattr(target, "as_of", None),
        gap=law.gap(target.plan, actual, target.direction) if actual is not None else None,
        reached=actual is not None and law.reached(target.plan, actual, target.direction),
        contested=getattr(target, "contested", False), dropped=target.dropped_at is not None,
    )  # fmt: skip


def _seen(who: scope.Actor) -> QuerySet[Target]:
    return Target.objects.filter(scope.seen_duty(who, "duty"))


_REACHED = Q(direction=law.AT_LEAST, actual__gte=F("plan")) | Q(direction=law.AT_MOST, actual__lte=F("plan"))
FILTERS = {"reached": _REACHED, "short": Q(actual__isnull=False) & ~_REACHED, "none": Q(actual__isnull=True)}


#: A target of a task that was taken off its unit is nobody's.
_OFF = Q(duty__outcome__in=["returned", "withdrawn", "replaced", "lapsed"])


def targets(
    who: scope.Actor, *, state: str = "", unit: UUID | None = None, theme: UUID | None = None, after: str | None = None,
    size: int = PAGE,
) -> Page:  # fmt: skip
    """Return a page of the targets that the person sees; what was dropped or whose task was taken off is left out."""
    rows = _listed(who, unit, theme)
    counts = {name: rows.filter(condition).count() for name, condition in FILTERS.items()}
    if state in FILTERS:
        rows = rows.filter(FILTERS[state])
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    return Page([_row(row) for row in found[:size]], str(found[size - 1].pk) if len(found) > size else None, counts)


def _listed(who: scope.Actor, unit: UUID | None, theme: UUID | None) -> QuerySet[Target]:
    rows = _with_actual(_seen(who)).filter(dropped_at__isnull=True)
    rows = rows.exclude(_OFF)
    if unit:
        rows = rows.filter(duty__holder_unit__public_id=unit)
    return rows.filter(duty__document__in=of_theme(theme)) if theme else rows


@dataclass(slots=True)
class UnitTargets:
    """How many targets of one unit are reached, short, or without a value, with their rows."""

    unit_id: UUID
    name: str
    counts: dict[str, int]
    rows: list[TargetRow]


def of_board(who: scope.Actor, at: datetime, wanted: Filter) -> list[UnitTargets]:
    """Return the targets of the duties that a board's filter means, by unit, the most short ones first. Raises: NotVisible."""
    duties = in_books(choose(who, wanted), at).order_by().values("pk")
    rows = _with_actual(Target.objects.filter(duty__in=duties, dropped_at__isnull=True)).exclude(_OFF).order_by("pk")
    found: dict[int, UnitTargets] = {}
    for target in rows:
        unit = target.duty.holder_unit
        line = found.setdefault(unit.pk, UnitTargets(unit.public_id, unit.name, dict.fromkeys(FILTERS, 0), []))
        row = _row(target)
        line.counts[state_of(row)] += 1
        line.rows.append(row)
    return sorted(found.values(), key=lambda line: (-line.counts["short"], -line.counts["none"], line.name))


def state_of(row: TargetRow) -> str:
    """Return where a target stands: reached, short of its plan, or without a value."""
    if row.actual is None:
        return "none"
    return "reached" if row.reached else "short"


def all_targets(
    who: scope.Actor, *, state: str = "", unit: UUID | None = None, theme: UUID | None = None
) -> list[TargetRow]:
    """Return all targets that the list would show page by page, for a table."""
    rows = _listed(who, unit, theme).order_by("-pk")
    return [_row(row) for row in (rows.filter(FILTERS[state]) if state in FILTERS else rows)]


def of_duty(duty: Duty) -> list[Target]:
    """Return the targets that a task must reach, those of its series too."""
    mine = Q(duty=duty) | (Q(series=duty.series) if duty.series else Q(pk__isnull=True))
    return list(Target.objects.filter(mine, dropped_at__isnull=True).order_by("position"))


def short(duty: Duty) -> list[tuple[Target, Decimal | None]]:
    """Return the targets that a task has not reached, each with its value; of a periodic one the occurrence's own."""
    wanted = of_duty(duty)
    if not wanted:
        return []
    corrected = TargetActual.objects.filter(corrects=OuterRef("pk"))
    said = TargetActual.objects.filter(~Exists(corrected), target__in=wanted, duty=duty).order_by("as_of", "id")
    values = {actual.target_id: actual.value for actual in said}
    found = [(target, values.get(target.pk)) for target in wanted]
    return [(one, at) for one, at in found if at is None or not law.reached(one.plan, at, one.direction)]


def rows_of_duty(who: scope.Actor, public_id: UUID) -> list[TargetRow]:
    """Return the targets of a task that the person sees, with the latest value (two queries)."""
    try:
        duty = scope.duty_seen(who, public_id)
    except NotVisible:
        return []
    found = _of_series(duty.pk, duty.series) if duty.series else _of_duty(duty.pk)
    return [_row(row) for row in found]


@kept(BigAutoField())
def _of_duty(duty: Slot) -> QuerySet[Target]:
    return _with_actual(Target.objects.filter(duty=duty, dropped_at__isnull=True)).order_by("position")


@kept(BigAutoField(), UUIDField())
def _of_series(duty: Slot, series: Slot) -> QuerySet[Target]:
    mine = Q(duty=duty) | Q(series=series)
    return _with_actual(Target.objects.filter(mine, dropped_at__isnull=True)).order_by("position")


def rows_of_document(who: scope.Actor, document: UUID, size: int = PAGE) -> list[TargetRow]:
    """Return the first targets of a document's tasks that the person sees."""
    rows = _with_actual(_seen(who)).filter(duty__document__public_id=document, dropped_at__isnull=True)
    return [_row(row) for row in rows.order_by("position", "duty__holder_unit__name")[:size]]


def side(who: scope.Actor, duty: Duty) -> str:
    """Return on which side of a task the person stands: "giver", "unit", or "" for neither."""
    if scope.permits(who, duty, TASK.row("correct"), scope.Facts(None, False, False, None)):
        return "giver"
    desk = duty.holder_post.unit_id if duty.holder_post else None
    inside = who.leads(duty.holder_unit_id) or who.leads_division(desk) or duty.holder_officer_id == who.officer_id
    return "unit" if inside and who.hats else ""


def target_to_read(who: scope.Actor, public_id: UUID) -> Target:
    """Return a target whose task the person sees. Raises: NotVisible."""
    row = _with_actual(_seen(who)).select_related("duty__holder_post").filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("target_not_visible")
    return row


def target(who: scope.Actor, public_id: UUID) -> TargetPage:
    """Return a target with its history. Raises: NotVisible."""
    row = target_to_read(who, public_id)
    mine = side(who, row.duty)
    occurrences = _occurrences(row)
    alive = row.dropped_at is None
    return TargetPage(
        row=_row(row), actuals=_actuals([row.pk])[row.pk], changes=_changes(row), occurrences=occurrences,
        may_record=alive and mine == "unit" and (bool(occurrences) or row.duty.phase != "closed"),
        may_correct=alive and mine == "giver", may_contest=alive and bool(mine), side=mine,
    )  # fmt: skip


def _occurrences(row: Target) -> list[tuple[UUID, date]]:
    """Return the occurrences of a periodic task for which a value can be said: those that are not closed."""
    if row.series is None:
        return []
    open_ones = Duty.objects.filter(series=row.series, slot__isnull=False).exclude(phase="closed").order_by("slot")
    return [(public_id, slot) for public_id, slot in open_ones.values_list("public_id", "slot") if slot]


def _actuals(keys: Collection[int]) -> dict[int, list[ActualRow]]:
    rows = TargetActual.objects.filter(target__in=keys).select_related("officer", "file", "source", "duty")
    corrected = set(
        TargetActual.objects.filter(target__in=keys, corrects__isnull=False).values_list("corrects", flat=True)
    )
    found: dict[int, list[ActualRow]] = defaultdict(list)
    for one in rows.order_by("-as_of", "-id"):
        found[one.target_id].append(
            ActualRow(
                one.public_id, one.value, one.as_of, one.source.text if one.source else "",
                one.file.public_id if one.file else None, one.file.name if one.file else "",
                one.file.signed if one.file else "", one.officer.full_name, one.at,
                one.duty.slot, one.pk in corrected,
            )
        )  # fmt: skip
    return found


def _changes(row: Target) -> list[ChangeRow]:
    rows: Iterable[TargetChange] = (
        TargetChange.objects.filter(target=row).select_related("officer", "note", "answered_by").order_by("-id")
    )
    return [
        ChangeRow(
            one.public_id, one.act, one.side, one.note.text if one.note else "", one.officer.full_name, one.at, one.before,
            one.after, one.act == "contest" and not hasattr(one, "answered_by"),
        )
        for one in rows
    ]  # fmt: skip
