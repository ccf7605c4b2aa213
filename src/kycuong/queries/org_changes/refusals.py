"""What stands against a change of the organisation: wrong days, circles, somebody else's change, units that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kycuong.core.errors import Conflict, Fact, Invalid
from kycuong.core.org_changes import OF_UNITS, Plan
from kycuong.models import OrgChangeSubject, Post, Succession, Unit


def refusals_of_units(
    plan: Plan, olds: Sequence[Unit], known: Mapping[str, Unit], own: int | None = None
) -> list[Fact]:
    """Return what stands against a change of units, the gravest first: circles, days, other changes, successors."""
    new = {one.code for one in plan.successors if one.name}
    missing = [one.code for one in plan.successors if not one.name and one.code not in known]
    if missing:
        return [Invalid("unit_unknown", text=", ".join(missing))]
    successors = [known[one.code] for one in plan.successors if not one.name]
    found: list[Fact] = [Invalid("successor_known", text=code) for code in sorted(new & set(known))]
    found += _circles(olds, successors)
    found += _before_last(plan, [*olds, *successors])
    found += same_day(plan.in_force_on, units=[unit.pk for unit in olds], own=own)
    found += _not_valid(plan, olds, successors)
    if plan.kind in OF_UNITS:
        found += _unlike(olds, successors)
    return found


def _circles(olds: Sequence[Unit], successors: Sequence[Unit]) -> list[Fact]:
    """Return the circles that a change would close, however many earlier changes lie between."""
    rows = Succession.objects.filter(old__in=successors, successor__in=olds).select_related("old", "successor")
    return [
        Invalid("succession_cycle", path=f"{row.successor.name} → {row.old.name} → {row.successor.name}")
        for row in rows.order_by("id")
    ]


def _not_valid(plan: Plan, olds: Sequence[Unit], successors: Sequence[Unit]) -> list[Fact]:
    on, said = plan.in_force_on, f"{plan.in_force_on:%d/%m/%Y}"
    found: list[Fact] = []
    for unit in olds:
        if unit.valid_from >= on:
            found.append(
                Invalid("org_change_before_unit", on=said, unit=unit.name, since=f"{unit.valid_from:%d/%m/%Y}")
            )
        elif unit.valid_until is not None:
            found.append(Invalid("unit_not_valid", unit=unit.name, on=said))
    for unit in successors:
        if unit.valid_from > on or unit.valid_until is not None:
            found.append(Invalid("successor_not_valid", unit=unit.name, on=said))
    return found


def _before_last(plan: Plan, units: Sequence[Unit]) -> list[Fact]:
    """Return the refusal of a day that lies before the last change of one of the units."""
    row = (
        OrgChangeSubject.objects.filter(unit__in=units, in_force_on__gt=plan.in_force_on)
        .select_related("unit", "change")
        .order_by("-in_force_on", "-id")
        .first()
    )
    return [_earlier(plan.in_force_on, row)] if row else []


def _earlier(on: date, row: OrgChangeSubject) -> Fact:
    name = row.unit.name if row.unit else (row.post.title if row.post else "")
    return Invalid(
        "org_change_before_last", on=f"{on:%d/%m/%Y}", unit=name, decision=row.change.decision,
        last=f"{row.in_force_on:%d/%m/%Y}",
    )  # fmt: skip


def same_day(on: date, *, units: Iterable[int] = (), posts: Iterable[int] = (), own: int | None = None) -> list[Fact]:
    """Return the conflict with another change of the same unit or post on the same day, naming who decided it."""
    rows = (
        OrgChangeSubject.objects.filter(in_force_on=on)
        .exclude(change=own)
        .select_related("unit", "post", "change__decided_by")
    )
    row = rows.filter(unit__in=list(units)).first() or rows.filter(post__in=list(posts)).first()
    if row is None:
        return []
    who = row.change.decided_by
    name = row.unit.name if row.unit else (row.post.title if row.post else "")
    return [
        Conflict(
            "org_change_same_day", unit=name, on=f"{on:%d/%m/%Y}", decision=row.change.decision,
            name=who.full_name if who else "",
        )
    ]  # fmt: skip


def post_before_last(on: date, posts: Sequence[Post]) -> list[Fact]:
    """Return the refusal of a day that lies before the last change of one of the posts."""
    row = (
        OrgChangeSubject.objects.filter(post__in=posts, in_force_on__gt=on)
        .select_related("unit", "post", "change")
        .order_by("-in_force_on", "-id")
        .first()
    )
    return [_earlier(on, row)] if row else []


def _unlike(olds: Sequence[Unit], successors: Sequence[Unit]) -> list[Fact]:
    """Return the refusal of the top of the tree, and of bodies and divisions taken together."""
    wrong = [unit for unit in olds if unit.kind == "province"]
    division = olds[0].kind == "division"
    body = olds[0].parent_id if division else None  # a division may also go back into its body
    inherit = [unit for unit in successors if body is None or unit.pk != body]
    wrong += [unit for unit in [*olds, *inherit] if (unit.kind == "division") != division]
    if division:
        wrong += [unit for unit in [*olds, *inherit] if unit.parent_id != body]
    return [Invalid("unit_not_changeable", unit=wrong[0].name)] if wrong else []
