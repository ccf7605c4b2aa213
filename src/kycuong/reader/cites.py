"""Find the numbers of other documents."""

from __future__ import annotations

import re

from kycuong.reader.lines import Page, Passage
from kycuong.reader.shapes import Finding

_CODE = re.compile(
    r"(?<![\w./-])(?:"
    r"\d{1,5}[a-z]?/\d{4}/(?:UBTVQH\d{1,2}|QH\d{1,2}|[A-ZĐ][A-Za-zĐđ0-9&]{1,12}(?:-[A-Za-zĐđ0-9&]{1,14}){0,4})"
    r"|\d{1,5}[a-z]?/(?:[A-ZĐ][A-Za-zĐđ0-9&]{1,14}(?:(?:[-–]|[-–] (?=T|U|V|B|S))[A-ZĐ][A-Za-zĐđ0-9&.]{0,14}){0,4}|UBTVQH\d{1,2}|QH\d{1,2})"
    r"|\d{1,4}[-–](?:[A-ZĐ][A-Za-zĐđ]{1,8}/[A-ZĐ][A-Za-zĐđ0-9]{1,12}(?:[-–][A-Z]{1,8})?)"
    r")(?![\w])"
)
_DIGIT = re.compile(r"[0-9]")
_NOT = re.compile(r"(?:tcvn|qcvn|iso|tckt)[ :]{0,2}$")
_UNIT = re.compile(r"\d+/[A-ZĐ]?[a-z]{2,}$")


def cites(page: Page, passages: list[Passage], own: str | None) -> list[Finding]:
    """Return the cited numbers in order of first appearance."""
    found: dict[str, Finding] = {}
    mine = (own or "").replace(" ", "").upper()
    for passage in passages:
        if not _DIGIT.search(passage.raw):
            continue
        for match in _CODE.finditer(passage.raw):
            code = match.group().rstrip(".-–")
            if (
                code.upper() == mine
                or _UNIT.match(code)
                or code in found
                or _NOT.search(passage.bare[: match.start()][-12:])
            ):
                continue
            if not re.search(r"[A-ZĐ]{2}|QĐ|TTg", code):
                continue
            a, b = passage.span(match.start(), match.start() + len(code))
            found[code] = Finding("cites", code, a, b, "document_number", 0.95)
    return list(found.values())
