"""Words and forms of signs: how a rule is called, the line of a unit, what a form gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from kycuong.core.signs import SIGNS, STANDING_LABELS, Code, Sign, Standing, code_of
from kycuong.queries import signs as queries
from kycuong.web import forms, words

#: The address of an act on a case.
ACTS = {"giai-trinh": "explain", "xem-xet": "decide"}


def name(code: str) -> str:
    """Return what a sign is called."""
    return words.said(SIGNS[Code(code)].label)


def standing(code: str) -> str:
    """Return where a case stands."""
    return words.said(STANDING_LABELS[Standing(code)])


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a unit: what it opens, out of how many, beside the middle of its group."""

    label: str
    n: int
    of: int
    contested: int
    fresh: int
    href: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """A unit with its numbers."""

    name: str
    href: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Like units, under the name of what they have in common; `medians` is empty where too few can be compared."""

    group: queries.SignGroup
    lines: list[LineShown]
    medians: list[tuple[str, float | None]]


def days(page: Any) -> dict[str, str]:
    """Return the days of a page as an address says them."""
    return {"tu": words.day(page.since), "den": words.day(page.until)}


def shown(page: queries.SignPage) -> list[GroupShown]:
    """Return the groups of a page with the address behind every number."""
    return [_group(group, days(page)) for group in page.groups]


def _group(group: queries.SignGroup, asked: dict[str, str]) -> GroupShown:
    medians = [(name(code), found) for code, found in group.medians.items()]
    lines = [_line(unit, asked) for unit in group.units]
    return GroupShown(group, lines, medians if any(found is not None for _, found in medians) else [])


def _line(unit: queries.UnitSigns, asked: dict[str, str]) -> LineShown:
    href = reverse("unit_signs", args=[unit.unit_id])
    cells = [
        Cell(
            name(one.code), one.n, one.of, one.contested, one.fresh,
            f"{href}?{urlencode(asked | {'dau-hieu': one.code.value})}#cac-viec",
        )
        for one in unit.counts
    ]  # fmt: skip
    return LineShown(unit.name, f"{href}?{urlencode(asked)}", cells)


def rules() -> list[Sign]:
    """Return the rules in the order of the page."""
    return list(SIGNS.values())


def chosen(asked: QueryDict) -> dict[str, Any]:
    """Return the days that an address names. Raises: Invalid."""
    return {"since": forms.read_date(asked.get("tu", "")), "until": forms.read_date(asked.get("den", ""))}


def code(asked: QueryDict) -> Code | None:
    """Return the sign that an address names. Raises: Invalid."""
    named = asked.get("dau-hieu", "")
    return code_of(named) if named else None


def given(request: HttpRequest, act: str) -> dict[str, Any]:
    """Return what the form of an act gives. Raises: Invalid."""
    typed = request.POST
    note = {"note": typed.get("note", "")}
    if act == "decide":
        return note | {"contest": forms.read_uuid(typed.get("contest", "")), "verdict": typed.get("verdict", "")}
    file = forms.read_file(request, required=False)
    return note | chosen(typed) | {
        "code": typed.get("code", ""), "duty": forms.read_uuid(typed.get("duty", "")), "file": file,
    }  # fmt: skip
