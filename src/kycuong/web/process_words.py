"""Words and forms of the agency's own process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from kycuong.core.processes import STAGE_LABELS, Stage, StepGiven
from kycuong.queries import processes as queries
from kycuong.web import forms, words


def stage(code: str) -> str:
    """Return what a step is called."""
    return words.said(STAGE_LABELS[Stage(code)])


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the form: what was typed, or what is in force."""

    stage: Stage
    post: str
    hours: str


def form(page: queries.ProcessPage, typed: QueryDict) -> list[Line]:
    """Return the lines of the form; a step without a post is cut."""
    if typed:
        return [Line(one, typed.get(f"post-{one}", ""), typed.get(f"hours-{one}", "")) for one in Stage]
    now = {row.stage: row for row in page.steps if row.limit_hours is not None}
    return [
        Line(one, str(now[one].post_id), str(now[one].limit_hours)) if one in now else Line(one, "", "")
        for one in Stage
    ]


def given(typed: QueryDict) -> dict[str, Any]:
    """Return what the form gives; a line without a post is a step that is cut. Raises: Invalid."""
    steps = [
        StepGiven(
            one,
            forms.read_number(typed.get(f"post-{one}", "")) or 0,
            forms.read_number(typed.get(f"hours-{one}", "")) or 0,
        )
        for one in Stage
        if typed.get(f"post-{one}")
    ]
    return {
        "steps": steps, "in_force_from": forms.read_date(typed.get("in_force_from", "")), "reason": typed.get("reason", ""),
        "basis": typed.get("basis", ""), "request_id": forms.read_uuid(typed.get("request_id", "")),
    }  # fmt: skip
