"""The limits that the authority has decided: the one in force on a day, and all of them with their documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kycuong.core.calendars import local_date
from kycuong.core.limit_rules import RULED
from kycuong.core.limits import Limit, Unit
from kycuong.models import LimitRule


def current(code: str, on: date) -> Limit:
    """Return the limit in force on a day; before any is loaded, the one that the product starts with. KeyError for no code."""
    ruled = RULED[code]
    rows = LimitRule.objects.filter(code=code, in_force_from__lte=on).order_by("-in_force_from", "-id")
    row = rows.values_list("quantity", "unit", "document").first()
    return Limit(row[0], Unit(row[1]), source=row[2]) if row else ruled.default


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of a rule: how long, from when until when, by which document, whether that was verified."""

    quantity: int
    document: str
    article: str
    in_force_from: date
    in_force_until: date | None
    verified: bool
    number: str
    decided_on: date | None
    reason: str
    officer_name: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A limit with its rows, the latest first."""

    code: str
    label: str
    meaning: str
    quantity: int
    rows: list[RuleRow]


def rules(at: datetime) -> list[RuleCard]:
    """Return every limit that the authority may decide, with its history (one query)."""
    on = local_date(at)
    found = list(LimitRule.objects.select_related("reason", "officer").order_by("-in_force_from", "-id"))
    cards = []
    for ruled in RULED.values():
        rows = [row for row in found if row.code == ruled.code]
        lines = _lines(rows, on)
        quantity = next((line.quantity for line in lines if line.in_force), ruled.default.qty)
        cards.append(RuleCard(ruled.code, ruled.label, ruled.meaning, quantity, lines))
    return cards


def _lines(rows: list[LimitRule], on: date) -> list[RuleRow]:
    """Return rows, the latest first, as lines; each holds until the one after it."""
    lines: list[RuleRow] = []
    until: date | None = None
    for row in rows:
        holds = row.in_force_from <= on and (until is None or on < until)
        lines.append(
            RuleRow(
                row.quantity, row.document, row.article, row.in_force_from, until, row.verified, row.number, row.decided_on,
                row.reason.text if row.reason else "", row.officer.full_name if row.officer else "", holds,
            )
        )  # fmt: skip
        until = row.in_force_from
    return lines
