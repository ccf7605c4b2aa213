"""Webhooks: subscriptions of the caller, their deliveries, replays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import hooks as shapes
from kycuong.api.shapes.plain import Done, Key, Paged
from kycuong.core.hooks import kinds
from kycuong.core.tokens import Right
from kycuong.queries import hooks as queries
from kycuong.services import hooks as services

router = Router(tags=["webhooks"])
HOOK = may(Right.HOOK)
ONE = "/subscriptions/{public_id}"


@router.get(
    "/event-kinds",
    operation_id="list_event_kinds",
    auth=HOOK,
    response=dict[str, str],
    summary="Các loại sự kiện | Kinds of events",
)
def event_kinds(request: Request) -> dict[str, str]:
    """List every kind of event with its label."""
    return kinds()


@router.get(
    "/subscriptions", operation_id="list_subscriptions", auth=HOOK, response=list[shapes.SubscriptionShown],
    summary="Các nơi nhận sự kiện | Subscriptions",
)  # fmt: skip
def subscriptions(request: Request) -> list[queries.SubscriptionRow]:
    """List the subscriptions that the caller may manage."""
    return queries.subscriptions(request.actor)


@router.post(
    "/subscriptions",
    operation_id="subscribe",
    auth=HOOK,
    response={201: shapes.Subscribed},
    summary="Đăng ký nhận sự kiện | Subscribe to events",
)
def subscribe(request: Request, body: shapes.Subscribing, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Subscribe to events from now on that the caller's officer sees; the secret is shown this once, the token's end ends it."""

    def call() -> dict[str, Any]:
        made = services.subscribe(
            actor=request.actor,
            at=request.at,
            name=body.name,
            url=body.url,
            kinds=body.kinds,
            token=request.caller.token,
        )
        return {"public_id": str(made.public_id)}  # kept for repeating, the secret is not

    kept = once(request, key, call, body.dict())
    secret = services.secret_of(actor=request.actor, subscription=UUID(kept["public_id"]))
    return Status(201, kept | {"secret": secret})


@router.get(
    f"{ONE}/deliveries",
    operation_id="list_deliveries",
    auth=HOOK,
    response=Paged[shapes.DeliveryShown],
    summary="Sự kiện đã gửi, chờ gửi | Deliveries",
)
def deliveries(request: Request, public_id: UUID, after: Key | None = None) -> dict[str, Any]:
    """List what was sent and what waits, the newest first."""
    page = queries.deliveries(request.actor, public_id, after=after)
    return {"items": page.rows, "next": page.next_key}


@router.post(
    f"{ONE}/pause", operation_id="pause_subscription", auth=HOOK, response={204: None}, summary="Tạm dừng gửi | Pause"
)
def pause(request: Request, public_id: UUID) -> Status[None]:
    """Send nothing for a while; events wait."""
    services.pause(actor=request.actor, at=request.at, subscription=public_id)
    return Status(204, None)


@router.post(
    f"{ONE}/resume", operation_id="resume_subscription", auth=HOOK, response={204: None}, summary="Gửi tiếp | Resume"
)
def resume(request: Request, public_id: UUID) -> Status[None]:
    """Send again, beginning with what waits."""
    services.resume(actor=request.actor, at=request.at, subscription=public_id)
    return Status(204, None)


@router.post(
    f"{ONE}/secret",
    operation_id="renew_secret",
    auth=HOOK,
    response=shapes.Secret,
    summary="Đổi khóa ký | Renew the secret",
)
def renew(request: Request, public_id: UUID) -> dict[str, str]:
    """Give a subscription another secret; the old one signs nothing any more."""
    return {"secret": services.renew(actor=request.actor, at=request.at, subscription=public_id)}


@router.post(
    f"{ONE}/replay",
    operation_id="replay_range",
    auth=HOOK,
    response=Done,
    summary="Gửi lại một khoảng thời gian | Send a range again",
)
def replay(request: Request, public_id: UUID, body: shapes.Replaying) -> dict[str, int]:
    """Send again what was made between two instants, each under its own id."""
    span = body.since, body.until
    return {
        "count": services.replay(
            actor=request.actor, at=request.at, subscription=public_id, since=span[0], until=span[1]
        )
    }


@router.post(
    f"{ONE}/deliveries/{{delivery}}/replay",
    operation_id="replay_delivery",
    auth=HOOK,
    response=Done,
    summary="Gửi lại một sự kiện | Send one again",
)
def replay_one(request: Request, public_id: UUID, delivery: UUID) -> dict[str, int]:
    """Send one message again under its own id."""
    count = services.replay(actor=request.actor, at=request.at, subscription=public_id, delivery=delivery)
    return {"count": count}


@router.api_operation(
    ["DELETE"],
    ONE,
    operation_id="end_subscription",
    auth=HOOK,
    response={204: None},
    summary="Kết thúc nhận sự kiện | End",
)
def end(request: Request, public_id: UUID) -> Status[None]:
    """End a subscription for good."""
    services.end(actor=request.actor, at=request.at, subscription=public_id)
    return Status(204, None)
