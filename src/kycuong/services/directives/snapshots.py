"""The state of an order as plain data: what a change keeps before and after, and what undo puts back."""

from __future__ import annotations

from datetime import date
from typing import Any

from kycuong.models import Order, OrderParty

FIELDS = (
    "path", "text", "start", "end", "kind", "status", "drop_reason", "deadline_kind", "deadline_text", "bound", "rrule",
    "product", "channel", "targets", "doubts", "confidence", "rule", "is_key", "added",
)  # fmt: skip


def take(order: Order) -> dict[str, Any]:
    """Return the order with its parties as plain data."""
    state: dict[str, Any] = {name: getattr(order, name) for name in FIELDS}
    state["public_id"] = str(order.public_id)
    state["deadline_on"] = order.deadline_on.isoformat() if order.deadline_on else None
    state["parties"] = [
        {
            "role": party.role,
            "position": party.position,
            "printed": party.printed,
            "unit": party.unit_id,
            "group": party.group,
            "confidence": party.confidence,
        }
        for party in order.parties.order_by("role", "position")
    ]
    return state


def put_back(document_id: int, state: dict[str, Any]) -> None:
    """Make the order what the state says, whether it exists now or not."""
    order = Order.objects.filter(public_id=state["public_id"]).first() or Order(
        public_id=state["public_id"], document_id=document_id
    )
    for name in FIELDS:
        setattr(order, name, state[name])
    order.deadline_on = date.fromisoformat(state["deadline_on"]) if state["deadline_on"] else None
    order.save()
    order.parties.all().delete()
    OrderParty.objects.bulk_create(
        [
            OrderParty(
                order=order,
                role=row["role"],
                position=row["position"],
                printed=row["printed"],
                unit_id=row["unit"],
                group=row["group"],
                confidence=row["confidence"],
            )
            for row in state["parties"]
        ]
    )
