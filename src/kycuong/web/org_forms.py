"""Read what people typed about a change of the organisation into a plan; names become codes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from kycuong.core.errors import Invalid
from kycuong.core.org_changes import Kind, Plan
from kycuong.queries import org_changes as queries
from kycuong.web import forms

#: The address of each kind of change.
ADDRESSES = {
    "sap-nhap": Kind.MERGE, "chia-tach": Kind.SPLIT, "giai-the": Kind.ABOLISH, "doi-ten": Kind.RENAME,
    "bo-nhiem": Kind.APPOINT, "thoi-giu-chuc-vu": Kind.DISMISS, "dieu-dong": Kind.TRANSFER, "lap-chuc-vu": Kind.POST,
}  # fmt: skip
#: How many new units a form offers to name.
NEW_UNITS = 4


def plan_values(kind: Kind, sent: QueryDict, at: datetime) -> dict[str, Any]:
    """Return the plan of a form. Raises: Invalid."""
    on = forms.read_date(sent.get("ngay", ""))
    if on is None:
        raise Invalid("org_change_date_missing")
    given: dict[str, Any] = {
        "kind": kind.value,
        "decision": sent.get("so", ""),
        "in_force_on": on,
        "reason": sent.get("ly-do", ""),
    }
    if kind in {Kind.APPOINT, Kind.DISMISS, Kind.TRANSFER}:
        return given | _of_posts(kind, sent)
    given["units"] = [queries.unit_code(name, on) for name in _names(sent, "don-vi-cu")]
    if kind is Kind.RENAME:
        return given | {"name": sent.get("ten", ""), "short_name": sent.get("ten-tat", "")}
    if kind is Kind.POST:
        officer = queries.officer_login(sent.get("nguoi", "")) if sent.get("nguoi", "").strip() else ""
        return given | {"title": sent.get("chuc-vu", ""), "post_kind": sent.get("loai", ""), "officer": officer}
    given["successors"] = [*_new(sent), *_existing(sent, on)]
    given["stays"] = kind is Kind.SPLIT and sent.get("tiep-tuc") == "1"
    return given


def _names(sent: QueryDict, field: str) -> list[str]:
    return [name for value in sent.getlist(field) for name in re.split(r"[;\n]", value) if name.strip()]


def _of_posts(kind: Kind, sent: QueryDict) -> dict[str, Any]:
    given = {"post": sent.get("vi-tri", "")}
    if kind is Kind.DISMISS:
        return given
    return given | {"officer": queries.officer_login(sent.get("nguoi", "")), "from_post": sent.get("vi-tri-cu", "")}


def _new(sent: QueryDict) -> list[dict[str, str]]:
    """Return the new units that a form names, each under a code made of its name."""
    rows = zip(sent.getlist("ten-moi"), sent.getlist("ten-tat-moi"), sent.getlist("linh-vuc"), strict=False)
    return [
        {"code": queries.free_code(name), "name": name, "short_name": short, "fields": fields}
        for name, short, fields in rows
        if name.strip()
    ]


def _existing(sent: QueryDict, on: date) -> list[str]:
    return [queries.unit_code(name, on) for name in _names(sent, "ke-thua")]


def arranged(plan: Plan, sent: QueryDict) -> dict[str, Any]:
    """Return a kept plan with heads, divisions and people as a form arranges them. Raises: Invalid."""
    shape = plan.to_json() | {"reason": plan.reason, "rest": sent.get("con-lai", plan.rest)}
    for one in shape["successors"]:
        typed = sent.get(f"thu-truong-{one['code']}", one["head"])
        one["head"] = queries.officer_login(typed) if typed.strip() else ""
        one["head_title"] = sent.get(f"chuc-danh-{one['code']}", one["head_title"])
    for name, field in (("within", "phong-"), ("people", "nguoi-")):
        chosen = {key.removeprefix(field): sent[key] for key in sent if key.startswith(field)}
        shape[name] = dict(shape[name]) | chosen
    return shape
