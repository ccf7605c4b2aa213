"""Subscriptions to events and their deliveries, as other systems manage them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from kycuong.api.shapes.plain import Given, Line, Moment


class SubscriptionShown(Schema):
    """One subscription, with how much waits and failed."""

    public_id: UUID
    name: str
    url: str
    kinds: list[str]
    officer_name: str
    title: str
    state: str
    why: str = Field(description="why it is paused")
    made_at: datetime
    failing_since: datetime | None
    next_try_at: datetime
    waiting: int
    failed: int


class DeliveryShown(Schema):
    """One event for one subscription: an act on a duty, or what happened to another record (`subject_id`)."""

    public_id: UUID
    kind: str
    duty_id: UUID | None
    subject_id: UUID | None
    seq: int
    state: str
    made_at: datetime
    sent_at: datetime | None
    next_try_at: datetime
    attempt: int
    status: int | None
    error_code: str


class Subscribing(Given):
    """Which events are wanted where; no kinds stand for all of them."""

    name: Annotated[Line, StringConstraints(min_length=1, max_length=120, pattern=r"\S")]
    url: Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[!-~]+$")]
    kinds: list[Line] = Field([], max_length=100)


class Subscribed(Schema):
    """A new subscription; the secret is shown this once."""

    public_id: UUID
    secret: str


class Secret(Schema):
    """The new secret, shown this once."""

    secret: str


class Replaying(Given):
    """What is sent again: what was made between two instants."""

    since: Moment
    until: Moment


class Event(Schema):
    """What a message says: ids, kinds, states and links. Whoever may see more asks the API."""

    type: str
    timestamp: datetime
    data: EventData | RecordData


class RecordData(Schema):
    """What a message says of a document, period, report, letter or review; `by` is what takes a document's place."""

    record: UUID
    by: UUID | None
    api: str
    page: str


class EventData(Schema):
    """What a message says of a duty."""

    duty: UUID
    seq: int
    phase: str
    outcome: str | None
    document: UUID | None
    about: UUID | None
    api: str
    page: str


Event.model_rebuild()


def webhook(kinds: dict[str, str]) -> dict[str, Any]:
    """Return what the description says of the messages that are sent out (OpenAPI 3.1, webhooks)."""
    told = "Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature. Kinds: " + ", ".join(kinds)
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}
    return {
        "post": {
            "operationId": "receive_event", "summary": "An event", "description": told, "requestBody": {"content": content},
            "responses": {"2XX": {"description": "taken"}, "410": {"description": "no longer wanted: it is paused"}},
        }
    }  # fmt: skip
