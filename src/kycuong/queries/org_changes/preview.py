"""A draft as it would turn out: the succession list, who moves where, what stands against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from kycuong.core.errors import Fact, Invalid
from kycuong.core.org_changes import OF_POSTS, OF_UNITS, Kind, Plan, Way
from kycuong.core.org_changes import plan_of as read_plan
from kycuong.models import Duty, Note, OrgChange, Post, SuccessionLine, Unit
from kycuong.queries.org_changes.layout import Layout, layout
from kycuong.queries.org_changes.lines import Line, lines
from kycuong.queries.org_changes.posts import Desks, desk_lines, desks_of


@dataclass(slots=True)
class Preview:
    """What a change would do: the first of `refusals` is what stops it."""

    plan: Plan
    laid: Layout
    desks: Desks | None = None
    lines: list[Line] = field(default_factory=list)
    refusals: list[Fact] = field(default_factory=list)

    @property
    def by_successor(self) -> Counter[str]:
        """Return how many duties each successor would take over, by code; "" for those nobody has chosen."""
        return Counter(line.to for line in self.lines)


def plan_of(row: OrgChange) -> Plan:
    """Return the plan of a change as it was kept, with its reason."""
    plan = read_plan(row.plan | {"in_force_on": row.in_force_on})
    note = Note.objects.filter(pk=row.reason_id or 0).first()  # it may have been erased
    return replace(plan, reason=note.text if note else "")


def chosen_of(row: OrgChange) -> dict[int, str]:
    """Return the choices that people made, by duty."""
    kept = SuccessionLine.objects.filter(change=row, how=Way.CHOSEN.value)
    return dict(kept.values_list("duty_id", "successor_code"))


def lines_of(row: OrgChange, today: date) -> list[Line]:
    """Return the succession list of a draft as it stands."""
    return preview_of(row, today).lines


def preview_of(row: OrgChange, today: date) -> Preview:
    """Return a draft as it would turn out if it were decided today."""
    return preview(plan_of(row), chosen_of(row), today, row.pk)


def preview(plan: Plan, chosen: dict[int, str], today: date, own: int | None = None) -> Preview:
    """Return a plan as it would turn out; nothing is kept."""
    if plan.kind in OF_POSTS:
        desks = desks_of(plan, own)
        return Preview(plan, Layout(plan), desks, desk_lines(desks) if not desks.refusals else [], desks.refusals)
    laid = layout(plan, own)
    made = Preview(plan, laid, None, lines(laid, chosen), list(laid.refusals))
    left = sum(1 for line in made.lines if not line.to)
    if left and plan.kind in OF_UNITS:
        made.refusals.append(Invalid("org_change_duties_unassigned", n=left))
    if plan.kind in {Kind.SPLIT, Kind.ABOLISH} and plan.in_force_on > today and not (plan.rest or plan.stays):
        made.refusals.append(Invalid("org_change_rest_missing", on=f"{plan.in_force_on:%d/%m/%Y}"))
    return made


def duties_chosen(plan: Plan) -> dict[int, str]:
    """Return the choices that a plan itself carries, by duty; for a preview of which nothing is kept."""
    rows = Duty.objects.filter(public_id__in=list(plan.choices)).values_list("pk", "public_id")
    return {pk: plan.choices[str(public_id)] for pk, public_id in rows}


def outcome(public_id: UUID) -> dict[str, object]:
    """Return in plain values what has become of a change."""
    row = OrgChange.objects.get(public_id=public_id)
    lines = SuccessionLine.objects.filter(change=row)
    return {
        "change": str(public_id), "kind": row.kind, "decision": row.decision, "state": row.state,
        "state_label": OrgChange.State(row.state).label, "duties": lines.filter(moved_at__isnull=False).count(),
        "open_before": row.open_before, "open_after": row.open_after,
    }  # fmt: skip


def units_of(plan: Plan) -> list[Unit]:
    """Return the units that a plan changes, in its own order."""
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=plan.units).select_related("parent")}
    return [found[code] for code in plan.units if code in found]


def subjects_of(plan: Plan) -> tuple[list[int], list[int]]:
    """Return the ids of the units and of the posts that a change touches, each once a day."""
    if plan.kind in OF_UNITS | {Kind.RENAME}:
        return list(Unit.objects.filter(code__in=plan.units).order_by("id").values_list("pk", flat=True)), []
    if plan.kind in OF_POSTS:
        codes = [plan.post, plan.from_post]
        return [], list(Post.objects.filter(code__in=codes).order_by("id").values_list("pk", flat=True))
    return [], []
