"""The orders of registered documents as the comparison takes them: as reviewed, with who leads and by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from kycuong.models import DocumentText, Order
from kycuong.models.directives import OrderStatus
from kycuong.reader.comparing import Charge, Limit, loose
from kycuong.reader.coverage import Stretch, cover

LEAD = "lead"


def charges_of(documents: Collection[int]) -> dict[int, tuple[Charge, ...]]:
    """Return the orders of some documents that were not dropped, in the order of the text (two queries)."""
    found: dict[int, list[Charge]] = defaultdict(list)
    orders = Order.objects.filter(document__in=list(documents)).exclude(status=OrderStatus.DROPPED)
    for order in orders.order_by("document", "start", "id").prefetch_related("parties"):
        found[order.document_id].append(charge_of(order))
    return {pk: tuple(found[pk]) for pk in documents}


def charge_of(order: Order) -> Charge:
    """Return one order as the comparison takes it; its parties are to be fetched before."""
    parties = sorted(order.parties.all(), key=lambda party: party.position)
    leads = tuple(party.printed for party in parties if party.role == LEAD)
    return Charge(
        order.text,
        order.start,
        order.end,
        order.path,
        leads,
        _limits(order),
        tuple(order.targets),
        str(order.public_id),
    )


def _limits(order: Order) -> tuple[Limit, ...]:
    if order.deadline_on is None and not order.rrule and order.deadline_kind == "none":
        return ()
    return (Limit(order.deadline_text, order.deadline_on, order.rrule, order.bound),)


def with_loose(document: int, charges: tuple[Charge, ...]) -> tuple[Charge, ...]:
    """Return the orders of a document and the sentences that demand something though they are no order of it."""
    row = DocumentText.objects.filter(document=document).first()
    if row is None or not row.text:
        return charges
    found = cover(row.text, row.reading, [Stretch(one.start, one.end, one.path, ("",)) for one in charges])
    return (*charges, *loose(row.text, found))
