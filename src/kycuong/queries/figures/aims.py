"""Targets of duties as they stood up to a mark: the plan before later corrections, the value that was said last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from kycuong.core.figures import Aim, Filters
from kycuong.core.targets import written
from kycuong.models import Target, TargetActual, TargetChange


def aims(duties: Mapping[int, UUID | None], asked: Filters) -> dict[int, tuple[Aim, ...]]:
    """Return the targets of duties as they stood (three queries); `duties` are keys with their series.

    A periodic task has the targets of its series, each with the values of its own occurrence.
    """
    if asked.actual is None or asked.change is None:
        return {}
    series = {one for one in duties.values() if one}
    rows = list(Target.objects.filter(Q(duty__in=list(duties)) | Q(series__in=series)).order_by("duty", "position"))
    later = _later(rows, asked.change)
    said = _said(rows, asked.actual)
    by_series: dict[UUID, list[Target]] = defaultdict(list)
    by_duty: dict[int, list[Target]] = defaultdict(list)
    for row in rows:
        if _stood(row, later[row.pk]):
            (by_series[row.series] if row.series else by_duty[row.duty_id]).append(row)
    return {
        duty: tuple(_aim(row, later[row.pk], said.get((row.pk, duty))) for row in found)
        for duty, key in duties.items()
        if (found := by_duty[duty] + (by_series[key] if key else []))
    }


def _later(rows: list[Target], mark: int) -> dict[int, list[TargetChange]]:
    """Return what was changed of targets after the mark, the first change first."""
    found: dict[int, list[TargetChange]] = defaultdict(list)
    changes = TargetChange.objects.filter(target__in=rows, id__gt=mark, act__in=["correct", "drop", "add"])
    for one in changes.order_by("id"):
        found[one.target_id].append(one)
    return found


def _stood(row: Target, later: list[TargetChange]) -> bool:
    """Return whether a target was there at the mark: added by then, and not dropped."""
    acts = {one.act for one in later}
    return "add" not in acts and (row.dropped_at is None or "drop" in acts)


def _said(rows: list[Target], mark: int) -> dict[tuple[int, int], TargetActual]:
    """Return the value that stood for each target and duty: the latest one that no value up to the mark corrects."""
    values = list(TargetActual.objects.filter(target__in=rows, id__lte=mark).order_by("as_of", "id"))
    corrected = {one.corrects_id for one in values if one.corrects_id}
    return {(one.target_id, one.duty_id): one for one in values if one.pk not in corrected}


def _aim(row: Target, later: list[TargetChange], said: TargetActual | None) -> Aim:
    before: dict[str, Any] = next((one.before for one in later if one.act == "correct"), {})
    return Aim(
        key=str(row.public_id),
        name=before.get("name", row.name),
        plan=before.get("plan") or written(row.plan),
        direction=before.get("direction", row.direction),
        measure=before.get("measure", row.measure),
        actual=written(said.value) if said else "",
        as_of=said.as_of.isoformat() if said else "",
        said=str(said.public_id) if said else "",
    )
