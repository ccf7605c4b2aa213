"""What a board is asked for, and which duties that are for this person: the same for figures and for their rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from kycuong.core.boards import PARTS, Span, span
from kycuong.core.errors import NotVisible
from kycuong.core.lifecycle import lifecycles
from kycuong.models import Document, Duty, DutyHolding, Unit, UnitClosure
from kycuong.queries import scope, themes

#: Asked of the giver by a task and never a task of its own: shown as the giver's desk, and as a kind when asked for.
HANGING: Final = frozenset({"confirmation", "proposal"})


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address of a board says; `unit` with all below it, `only` one unit alone."""

    kind: str = "task"
    unit: UUID | None = None
    only: UUID | None = None
    group: str = ""
    document: UUID | None = None
    theme: UUID | None = None
    year: int | None = None
    part: str = ""

    def alone(self, unit: UUID) -> Filter:
        """Return the same filter for one unit of the board."""
        return replace(self, only=unit)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The duties of a board: `duties` are rows that the person sees; `units` None means every unit.

    `whole` says that the person sees every duty of these units: then `counted` does not ask each row again. `single` is who
    sees single duties from seats, None when each row must be asked. `lookups` are the conditions of the filter by the names of
    a duty's fields, `each` the same duties as `duties`, asked one by one.
    """

    duties: QuerySet[Duty]
    counted: QuerySet[Duty]
    lookups: dict[str, Any]
    units: QuerySet[Unit] | None
    kind: str
    span: Span
    whole: bool
    narrowed: bool
    single: scope.Actor | None
    each: QuerySet[Duty]


def kinds() -> dict[str, str]:
    """Return the kinds of duties with their titles, tasks first."""
    return {name: table.title for name, table in lifecycles().items()}


def choose(who: scope.Actor, wanted: Filter) -> Chosen:
    """Return the duties that a filter means for a person. Raises: NotVisible for a unit or a document not seen."""
    units, whole = _reach(who)
    units = _narrowed(who, units, wanted)
    kind = wanted.kind if wanted.kind in kinds() else "task"
    meant: dict[str, Any] = {"kind": kind}
    if units is not None:
        meant["holder_unit__in"] = units.values("pk")
    if wanted.document:
        meant["document"] = _document(who, wanted.document)
    if wanted.theme:
        meant["document__in"] = themes.of_theme(wanted.theme)
    duties = _seen(who, whole).filter(**meant)
    each = (Duty.objects.all() if whole else scope.visible_duties(who)).filter(**meant)
    counted = each if whole else duties
    part = wanted.part if wanted.part in PARTS else ""
    narrowed = bool(wanted.document or wanted.theme)
    single = None if whole or who.covers or not who.hats else who
    return Chosen(duties, counted, meant, units, kind, span(wanted.year, part), whole, narrowed, single, each)


def _reach(who: scope.Actor) -> tuple[QuerySet[Unit] | None, bool]:
    """Return the units whose duties a person's board is about, and whether the person sees each duty of theirs."""
    if who.sees_all:
        return None, True
    if not who.body_ids:
        return None, False
    return Unit.objects.filter(_below(who.body_ids) | Q(pk__in=scope.inherited(who.body_ids))), True


def _below(units: Any) -> Q:
    closure = UnitClosure.objects.filter(ancestor__in=units, valid_until__isnull=True)
    return Q(pk__in=units) | Q(pk__in=closure.values("descendant"))


def _narrowed(who: scope.Actor, units: QuerySet[Unit] | None, wanted: Filter) -> QuerySet[Unit] | None:
    for key, with_below in ((wanted.unit, True), (wanted.only, False)):
        if key is None:
            continue
        reach = units if units is not None else Unit.objects.all()
        found = reach.filter(public_id=key).values_list("pk", flat=True).first()
        if found is None or (not who.sees_all and not who.body_ids and found not in who.member_ids):
            raise NotVisible("unit_not_visible")
        inside = _below([found]) | Q(pk__in=scope.inherited([found])) if with_below else Q(pk=found)
        units = reach.filter(inside)
    if wanted.group:
        units = (units if units is not None else Unit.objects.all()).filter(kind=wanted.group)
    return units


def _seen(who: scope.Actor, whole: bool) -> QuerySet[Duty]:
    """Return what the person sees; of somebody who leads nothing first by what ever lay on the own desks, by an index."""
    seen = scope.visible_duties(who)
    if whole or not who.hats:
        return seen
    held = DutyHolding.objects.filter(scope.desks_of(who)).values("duty").order_by()
    asked = Duty.objects.filter(holder_officer=who.officer_id, parent__isnull=False).values("parent").order_by()
    keys = [held, asked]
    if who.division_ids:
        within = Q(unit__in=who.division_ids) | Q(unit__in=scope.inherited(who.division_ids))
        keys.append(DutyHolding.objects.filter(within).values("duty").order_by())
    return seen if who.covers else seen.filter(pk__in=keys[0].union(*keys[1:]))


def _document(who: scope.Actor, key: UUID) -> int:
    found = scope.visible_documents(who).filter(public_id=key).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible("document_not_visible")
    return found


def in_books(chosen: Chosen, at: datetime) -> QuerySet[Duty]:
    """Return the duties of the period: those still open, given before its end, and those closed within it."""
    return chosen.duties.filter(open_then(chosen.span, at) | closed_within(chosen.span))


def open_then(period: Span, at: datetime, to: str = "") -> Q:
    """Return the condition of an open duty of the period: given before its end when that has passed; `to` leads to it."""
    still = ~Q(**{f"{to}phase": "closed"})
    return still & Q(**{f"{to}opened_at__lt": period.until_at}) if ended(period, at) else still


def ended(period: Span, at: datetime) -> bool:
    """Return whether a period is over, so that what was given after it does not belong to it."""
    return period.until_at is not None and period.until_at <= at


def closed_within(period: Span) -> Q:
    """Return the condition of a duty that was closed within the period."""
    found = Q(phase="closed")
    if period.from_at is not None:
        found &= Q(closed_at__gte=period.from_at)
    if period.until_at is not None:
        found &= Q(closed_at__lt=period.until_at)
    return found


def document_name(who: scope.Actor, key: UUID | None) -> str:
    """Return the number and symbol of the document of a filter, "" without one."""
    if key is None:
        return ""
    found: Document | None = scope.visible_documents(who).filter(public_id=key).first()
    return str(found) if found else ""
