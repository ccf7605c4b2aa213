"""From a reading to order rows: whom each order charges, which points a reviewer should look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kycuong.models import Document, Order, OrderParty
from kycuong.models.directives import Term
from kycuong.queries.addressees import Directory, directory
from kycuong.reader import Order as ReadOrder
from kycuong.reader import Party, Reading

SURE = 0.7


def propose(document: Document, reading: Reading, on: date) -> list[Order]:
    """Write the orders of a reading as proposals, with their parties resolved in the organisation of the day."""
    names = directory(on)
    orders, parties = [], []
    for found in reading.orders:
        order = order_row(document, found)
        made = party_rows(order, found, names)
        order.doubts = doubts(found, made, names)
        orders.append(order)
        parties.append(made)
    Order.objects.bulk_create(orders)
    OrderParty.objects.bulk_create([party for made in parties for party in made])
    return orders


def order_row(document: Document, found: ReadOrder) -> Order:
    """Return an unsaved order row of a found order; a dated kind without a date is standing until its date is entered."""
    deadline = found.deadline
    kind = found.kind
    if (kind == Term.DATED and deadline.date is None) or (kind == Term.PERIODIC and not deadline.rrule):
        kind = Term.STANDING
    return Order(
        document=document,
        path=found.path[:40],
        text=found.text,
        start=found.start,
        end=found.end,
        kind=kind,
        deadline_kind=deadline.kind,
        deadline_text=(deadline.text or "")[:300],
        deadline_on=deadline.date,
        bound=deadline.bound or "",
        rrule=(deadline.rrule or "")[:120],
        product=(found.product.value if found.product else "")[:300],
        channel=(found.channel.value if found.channel else "")[:200],
        targets=[target.value for target in found.targets],
        confidence=found.confidence,
        rule=found.rule[:60],
    )


def party_rows(order: Order, found: ReadOrder, names: Directory) -> list[OrderParty]:
    """Return the unsaved parties of an order: each unit once, a group as a group, an unknown name as printed."""
    rows = list(_parties(order, OrderParty.Role.LEAD, found.assignees, names))
    leads = {(row.unit_id, row.group) for row in rows if row.unit_id or row.group}
    for row in _parties(order, OrderParty.Role.PARTICIPANT, found.coordinating, names):
        if (row.unit_id, row.group) not in leads:
            rows.append(row)
    return rows


def _parties(order: Order, role: OrderParty.Role, found: Iterable[Party], names: Directory) -> Iterable[OrderParty]:
    seen: set[tuple[int | None, str]] = set()
    position = 0
    for party in found:
        resolved = names.resolve(party.name, order.document.issued_on)
        for one in resolved:
            if (one.unit_id, one.group) in seen:
                continue
            seen.add((one.unit_id, one.group))
            yield OrderParty(
                order=order, role=role, position=position, printed=party.name[:400], unit_id=one.unit_id,
                group=one.group, confidence=min(one.confidence, party.confidence),
            )  # fmt: skip
            position += 1
        if not resolved:
            yield OrderParty(order=order, role=role, position=position, printed=party.name[:400], confidence=0.0)
            position += 1


def doubts(found: ReadOrder, parties: list[OrderParty], names: Directory) -> list[str]:
    """Return the codes of what a reviewer should look at, most serious first."""
    codes = _about_leads([party for party in parties if party.role == OrderParty.Role.LEAD], names)
    if "no_such_date" in found.doubts:
        codes.append("no_such_date")
    if found.deadline.kind == "relative":
        codes.append("relative_deadline")
    if found.confidence < SURE:
        codes.append("uncertain_order")
    if found.deadline.kind in {"absolute", "recurring"} and found.deadline.confidence < SURE:
        codes.append("uncertain_deadline")
    return codes


def _about_leads(leads: list[OrderParty], names: Directory) -> list[str]:
    codes = []
    if not any(party.unit_id or party.group for party in leads):
        codes.append("no_lead")
    elif any(not (party.unit_id or party.group) for party in leads):
        codes.append("unknown_name")
    old = {party.printed for party in leads if names.inheriting(party.printed, party.order.document.issued_on)}
    if old:
        codes.append("ended_unit")
    if any(0 < party.confidence < SURE and party.printed not in old for party in leads):
        codes.append("uncertain_lead")
    return codes
