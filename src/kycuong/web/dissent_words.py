"""Words and forms of dissent: where it stands, what was typed of a meeting of two heads."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from kycuong.core.dissents import SETTLEMENT_LABELS, STANDING_LABELS, Settled, Settlement, Standing
from kycuong.queries.consultations import MeetingPage
from kycuong.services.consultations import Meeting, SideGiven
from kycuong.web import forms, words
from kycuong.web.doors import Request


def standing(found: Standing) -> str:
    """Return where a dissent stands, in words."""
    return words.said(STANDING_LABELS[found])


def settlement(code: str) -> str:
    """Return what was come to on a point, in words; nothing for none."""
    return words.said(SETTLEMENT_LABELS[Settlement(code)]) if code else ""


def settlements() -> list[tuple[str, str]]:
    """Return what can be come to, to choose from."""
    return [(one.value, words.said(label)) for one, label in SETTLEMENT_LABELS.items()]


def meeting(request: Request) -> Meeting:
    """Return what the form says of a meeting. Raises: Invalid."""
    post = request.POST
    return Meeting(
        forms.read_date(post.get("held_on", "")), post.get("place", ""), _side(request, "lead"), _side(request, "body"), _points(post)
    )  # fmt: skip


def _side(request: Request, side: str) -> SideGiven:
    post = request.POST
    return SideGiven(
        post.get(f"{side}_in_person", "yes") == "yes", post.get(f"{side}_name", ""), post.get(f"{side}_title", ""),
        post.get(f"{side}_number", ""), forms.read_date(post.get(f"{side}_signed_on", "")),
        forms.read_file(request, required=False, field=f"{side}_file"),
    )  # fmt: skip


def _points(post: QueryDict) -> dict[int, Settled]:
    found = {}
    for name in post:
        number = forms.read_number(name.removeprefix("settlement-")) if name.startswith("settlement-") else None
        chosen = next((one for one in Settlement if one.value == post.get(name, "")), None)
        if number is not None and chosen is not None:
            texts = (post.get(f"{kind}-{number}", "").strip() for kind in ("text", "lead_text", "body_text"))
            found[number] = Settled(chosen, *texts)
    return found


def sides(page: MeetingPage, post: QueryDict) -> list[dict[str, Any]]:
    """Return the form of either side: its head, what was typed, or what was recorded before."""
    found = []
    known = {"lead": (page.lead_name, page.heads[0]), "body": (page.unit_name, page.heads[1])}
    for side, (unit, head) in known.items():
        before = getattr(page.present, side) if page.present else None
        absent = before is not None and not before.in_person
        row: dict[str, Any] = {
            "code": side, "unit": unit, "head": head if head and head.officer_name else None,
            "in_person": post.get(f"{side}_in_person", "no" if absent else "yes") == "yes",
            "kept": bool(absent and before and before.file),
        }  # fmt: skip
        for name in ("name", "title", "number"):
            row[name] = post.get(f"{side}_{name}", getattr(before, name) if before and absent else "")
        day = f"{before.signed_on:%d/%m/%Y}" if before and before.signed_on else ""
        found.append(row | {"signed_on": post.get(f"{side}_signed_on", day)})
    return found


def points(page: MeetingPage, post: QueryDict) -> list[dict[str, Any]]:
    """Return the form of each open point: what was typed, what was recorded, else the two texts as they stand."""
    before = {one.number: one for one in page.present.points} if page.present else {}
    found = []
    for point in page.points:
        known = before.get(point.number)
        found.append({
            "point": point,
            "settlement": post.get(f"settlement-{point.number}", known.settlement if known else ""),
            "text": post.get(f"text-{point.number}", known.text if known else ""),
            "lead_text": post.get(f"lead_text-{point.number}", known.lead_text if known else point.words),
            "body_text": post.get(f"body_text-{point.number}", known.body_text if known else point.said),
        })  # fmt: skip
    return found
