"""What a document asks again that the ledger asks already, and reports that could be one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from kycuong.models import Document, Duty, Order
from kycuong.models.duties import Phase
from kycuong.queries.burden.reports import Report
from kycuong.queries.comparisons.charging import charge_of
from kycuong.reader.comparing import Charge, near, nearest

#: How near an open order must be to count as the same matter; above the floor of the comparison, for here it is a reproach.
AGAIN = 0.55
#: Two reports of one matter are near at this score; they fall in the same period anyway.
SAME_REPORT = 0.45
#: The newest open orders that are looked through.
MOST = 1500
#: Reports due within so many days of each other could be one.
CLOSE_DAYS = 20
_ASKED = re.compile(
    r"\b(?:báo cáo|gửi|số liệu|kết quả|tổng hợp|thống kê|định kỳ|tình hình)\b"
    r"|\b(?:trước|chậm nhất|hằng|hàng|mỗi) (?:ngày|tháng|quý|năm|tuần)[^,;.]*"
    r"|\b(?:chủ tịch |giám đốc |thủ trưởng )?(?:ubnd |ủy ban nhân dân )?(?:các|cấp) (?:xã|sở|cơ quan|đơn vị|ban)[^;.]{0,30}?phường\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """An order of the document and the open order that asks the same already; `units` owe both."""

    no: int
    text: str
    other: str
    document: UUID
    code: str
    order: UUID
    units: int
    score: float


@dataclass(frozen=True, slots=True)
class Merger:
    """Two reports that could be one: which, for how many units, and by which day."""

    first: Report
    second: Report
    units: int
    on: date
    rrule: str


def repeats(
    duties: QuerySet[Duty], document: Document, charges: Sequence[Charge], units: Sequence[frozenset[int]]
) -> list[Repeat]:
    """Return the orders that ask what an open order asks of the same units (three queries)."""
    everybody = frozenset().union(*units) if units else frozenset()
    known = _open_orders(duties, document, everybody)
    if not known:
        return []
    below = [charge_of(order) for order in known]
    hits = [(index, known[place], score) for index, place, score in nearest(charges, below, AGAIN)]
    owing = _owing(duties, {order.pk for _, order, _ in hits})
    found = []
    for index, order, score in hits:
        both = units[index] & owing.get(order.pk, frozenset())
        if both:
            found.append(
                Repeat(
                    index + 1, charges[index].text, order.text, order.document.public_id, str(order.document),
                    order.public_id, len(both), round(score, 3),
                )
            )  # fmt: skip
    return found


def _open_orders(duties: QuerySet[Duty], document: Document, units: Collection[int]) -> list[Order]:
    owed = duties.filter(kind="task", task__order=OuterRef("pk"), holder_unit__in=list(units)).exclude(
        phase=Phase.CLOSED
    )
    orders = Order.objects.filter(Exists(owed)).exclude(document=document).select_related("document")
    return list(orders.order_by("-id").prefetch_related("parties")[:MOST])


def _owing(duties: QuerySet[Duty], orders: Collection[int]) -> dict[int, frozenset[int]]:
    rows = duties.filter(kind="task", task__order__in=list(orders)).exclude(phase=Phase.CLOSED).order_by()
    found: dict[int, set[int]] = {}
    for order, unit in (
        rows.values("task__order", "holder_unit").annotate(n=Count("pk")).values_list("task__order", "holder_unit")
    ):
        found.setdefault(order, set()).add(unit)
    return {order: frozenset(holders) for order, holders in found.items()}


def mergers(new: Sequence[Report], known: Sequence[Report]) -> list[Merger]:
    """Return pairs of reports that the same units owe at about the same time, and that could be one."""
    everything = [*new, *known]
    alike = near([_matter(one) for one in new], [_matter(one) for one in everything], SAME_REPORT)
    found = []
    for index, one in enumerate(new):
        for place, other in enumerate(everything):
            units, day = one.units & other.units, _meeting(one, other)
            same = one.whole and other.whole if one.whole or other.whole else (index, place) in alike
            if place > index and units and day and same:
                found.append(Merger(one, other, len(units), day, one.rrule or other.rrule))
    return sorted(found, key=lambda pair: (-pair.units, pair.on))


def _matter(report: Report) -> Charge:
    """Return what a report is about: that it is a report, to whom and by when say nothing of its matter."""
    text = "" if report.whole else _ASKED.sub(" ; ", report.text)
    return Charge(text, 0, len(text))


def _meeting(one: Report, other: Report) -> date | None:
    """Return the earlier of the first two days that lie near each other; None when they never do."""
    near = [(min(a, b), max(a, b)) for a in one.days for b in other.days if abs((a - b).days) <= CLOSE_DAYS]
    return min(near)[0] if near else None
