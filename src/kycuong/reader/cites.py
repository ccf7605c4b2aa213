"""Find the numbers of other documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

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


#: Two numbers that a site glued together: "83/KH-UBND82/KH-UBND".
_GLUED = re.compile(r"\d{1,5}/[A-ZĐ]{2,4}-[A-ZĐ]{2,8}(?=\d{1,5}/[A-ZĐ]{2})")
_GLUED_ON = re.compile(r"\d{1,5}/[A-ZĐ]{2,4}-[A-ZĐ]{2,8}(?![\w-])")


def _codes(raw: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of a passage, glued ones apart."""
    index = 0
    while match := _CODE.search(raw, index):
        glued = _GLUED.match(raw, match.start())
        yield glued or match
        index = glued.end() if glued else match.end()
        while glued and (after := _GLUED.match(raw, index) or _GLUED_ON.match(raw, index)):
            yield after
            index = after.end()


def cites(page: Page, passages: list[Passage], own: str | None) -> list[Finding]:
    """Return the cited numbers in order of first appearance."""
    found: dict[str, Finding] = {}
    mine = (own or "").replace(" ", "").upper()
    for passage in passages:
        if not _DIGIT.search(passage.raw):
            continue
        for match in _codes(passage.raw):
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
