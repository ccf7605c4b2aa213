"""What the forms of the registry of competence send, and what stands in them when they are opened."""

from __future__ import annotations

import uuid

from django.http import QueryDict

from kycuong.core import amounts
from kycuong.queries.competences import Entry, FormPage
from kycuong.services.competences import Line
from kycuong.web import forms


def line(post: QueryDict, act: str, public_id: uuid.UUID | None) -> Line:
    """Return the row that a form describes. Raises: Invalid."""
    holder, central = _holder(post.get("holder", ""), post.get("central", ""))
    source = public_id if act == "pass_on" else forms.read_uuid(post.get("source", ""))
    return Line(
        code=post.get("code", ""), matter=post.get("matter", "").partition(" · ")[0], holder=holder, central=central,
        basis=post.get("basis", ""), valid_from=forms.read_date(post.get("valid_from", "")),
        valid_until=forms.read_date(post.get("valid_until", "")), kind=post.get("kind", "own"),
        place=post.get("place", "").partition(" · ")[0], above=post.get("above", ""), ceiling=post.get("ceiling", ""),
        may_pass_on=post.get("may_pass_on") == "1", source=source,
    )  # fmt: skip


def _holder(typed: str, central: str) -> tuple[str, str]:
    """Return the holder by its key; the field offers "key · name"."""
    return typed.partition(" · ")[0].strip(), central


def begun(page: FormPage, act: str, asked: QueryDict) -> dict[str, str]:
    """Return what stands in a form when it is opened: that of the row it is about."""
    if page.entry is None:
        return {"matter": asked.get("muc", ""), "kind": "own"}
    entry = page.entry
    told = _told(entry)
    if act == "replace":
        return told | {"code": entry.code, "kind": entry.kind, "source": str(page.source or "")}
    until = f"{entry.valid_until:%d/%m/%Y}" if entry.valid_until else ""
    empty = dict.fromkeys(("code", "holder", "central", "basis", "may_pass_on"), "")
    return told | empty | {"kind": "delegated", "valid_until": until}


def _told(entry: Entry) -> dict[str, str]:
    return {
        "matter": f"{entry.matter} · {entry.matter_name}", "holder": _key(entry), "central": entry.central,
        "place": "" if entry.territory_id is None else entry.place,
        "above": amounts.written(entry.above_vnd) if entry.above_vnd else "",
        "ceiling": amounts.written(entry.ceiling_vnd) if entry.ceiling_vnd is not None else "",
        "may_pass_on": "1" if entry.may_pass_on else "", "basis": entry.basis, "valid_from": "", "valid_until": "",
    }  # fmt: skip


def _key(entry: Entry) -> str:
    if entry.post_code or entry.unit_code:
        key = f"post:{entry.post_code}" if entry.post_code else f"unit:{entry.unit_code}"
        return f"{key} · {entry.holder}"
    return f"everywhere:{entry.everywhere} · {entry.holder}" if entry.everywhere else ""
