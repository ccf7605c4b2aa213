"""Targets: a phrase with a figure becomes a plan value with its measure; whether an actual value reaches it; the gap.

Basis: clause 3.0 of the source documents: an order with a figure is closed by the number, not by a report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.folding import fold

AT_LEAST: Final = "at_least"
AT_MOST: Final = "at_most"
_NUMBER: Final = re.compile(r"\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_LESS: Final = re.compile(r"khong qua|khong vuot|toi da|duoi|<=|≤|<|khong cao hon|giam con|giam xuong")
_NOT_LESS: Final = re.compile(r"khong duoi|tro len")
_MEASURE: Final = re.compile(r"\s*(%|phần trăm|[^\W\d_]+(?: [^\W\d_]+)?)")
#: How far back the name of a target is looked for, in words; after how many characters the reader cuts the words behind it.
MOST_WORDS: Final = 16
LONG_TAIL: Final = 80
#: Everything up to what only introduces a figure, where words of a name still follow before the number.
_INTRODUCED: Final = re.compile(
    r"^(?:[^\d%]*\b)?(?:bảo đảm|đảm bảo|phấn đấu|trong đó)\s+(?:(?:đến|hết)\s+)?(?=[^\W\d]+\s+[^\W\d]+)", re.IGNORECASE
)
LARGEST: Final = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Goal:
    """What a phrase sets: its words, the plan value, in which measure, and on which side of it the actual must lie."""

    name: str
    plan: Decimal
    measure: str
    direction: str


def whole(phrase: str, text: str, lead: str = "") -> str:
    """Return a phrase widened to the clause in which it stands: a name begins and ends with whole words of its sentence.

    What only introduces the figure (“bảo đảm”, “phấn đấu”) and the unit that is charged are left out; where the text has no
    such phrase it stays as it is.
    """
    text, phrase = " ".join(text.split()), " ".join(phrase.split())
    begin = text.find(phrase)
    if begin < 0 or not phrase:
        return phrase
    before = re.split(r"[,;:.](?=\s)|\(", text[:begin])[-1].split()[-MOST_WORDS:]
    if any(_NUMBER.search(word) for word in before):  # another figure of the same clause is a target of its own
        before = []
    glue = "" if text[begin - 1 : begin].isalnum() else " "
    found = glue.join([" ".join(before), phrase + _tail(phrase, text[begin + len(phrase) :])]).strip()
    found = re.sub(rf"^(?:giao )?{re.escape(lead)} (?:chủ trì )?", "", found, count=1, flags=re.I) if lead else found
    found = re.sub(r" (?:và|hoặc)$", "", _INTRODUCED.sub("", found, count=1))
    return found[:1].upper() + found[1:]


def _tail(phrase: str, rest: str) -> str:
    """Return what follows a phrase to the end of its clause, where the reader cut a long one anywhere."""
    if len(phrase) - _figure_end(phrase) < LONG_TAIL:
        return ""
    clause = re.split(r"[,;:.)]", rest)[0]
    return clause if len(clause) <= LONG_TAIL else clause[:LONG_TAIL].rpartition(" ")[0]


def _figure_end(phrase: str) -> int:
    found = _NUMBER.search(phrase)
    return found.end() if found else len(phrase)


def read(phrase: str, order: str = "", lead: str = "") -> Goal | None:
    """Return what a phrase of an order sets, None when no number with a measure stands in it; `lead` is the unit charged."""
    name, text = whole(phrase, order or phrase, lead), " ".join(phrase.split())
    for found in _NUMBER.finditer(text):
        measure = _MEASURE.match(text, found.end())
        if measure is None:
            continue
        before, after = fold(text[: found.start()])[-40:], fold(text[found.end() :])[:30]
        less = _LESS.search(before) and not _NOT_LESS.search(f"{before} {after}")
        return Goal(name[:500], number(found[0]), _short(measure[1]), AT_MOST if less else AT_LEAST)
    return None


def _short(measure: str) -> str:
    return "%" if fold(measure) == "phan tram" else measure[:60]


def number(text: str) -> Decimal:
    """Return a number as people write it in Việt Nam: 95,5 or 1.200 or 1.200,5 or 95.5. Raises: Invalid."""
    bare = text.strip().replace(" ", "").rstrip("%")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare):
        bare = bare.replace(".", "")
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation as wrong:
        raise Invalid("target_number_unknown", text=text) from wrong
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Invalid("target_number_unknown", text=text)
    return round(value, 4)


def reached(plan: Decimal, actual: Decimal, direction: str) -> bool:
    """Return whether an actual value reaches the plan."""
    return actual <= plan if direction == AT_MOST else actual >= plan


def gap(plan: Decimal, actual: Decimal, direction: str) -> Decimal:
    """Return by how much an actual value falls short of the plan; never negative."""
    return max(actual - plan if direction == AT_MOST else plan - actual, Decimal(0))


def written(value: Decimal) -> str:
    """Return a number as people write it: thousands by dots, decimals after a comma, no idle zeros."""
    whole, _, rest = f"{value:,.4f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def check_day(as_of: date | None, today: date) -> date:
    """Return the day of a value, today when nothing is said. Raises: Invalid for a day to come."""
    if as_of is not None and as_of > today:
        raise Invalid("target_day_ahead", day=f"{as_of:%d/%m/%Y}")
    return as_of or today
