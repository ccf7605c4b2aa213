"""Subscriptions to events: whom they speak for now, and what their keepers see of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kycuong.core.errors import Invalid, NotVisible
from kycuong.core.hooks import ERROR_LABELS, PAUSED_LABELS, right_of
from kycuong.models import EventDelivery, Subscription
from kycuong.queries import scope, tokens

State = Subscription.State


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """One subscription in the list, with how much waits and failed."""

    public_id: UUID
    name: str
    url: str
    kinds: list[str]
    officer_name: str
    title: str
    state: str
    state_label: str
    why: str
    made_at: datetime
    failing_since: datetime | None
    next_try_at: datetime
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One event for one subscription."""

    public_id: UUID
    kind: str
    duty_id: UUID | None
    subject_id: UUID | None
    seq: int
    state: str
    state_label: str
    made_at: datetime
    sent_at: datetime | None
    next_try_at: datetime
    attempt: int
    status: int | None
    error_code: str
    error: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A subscription with one page of its deliveries, the newest first."""

    row: SubscriptionRow
    rows: list[DeliveryRow]
    next_key: str | None


def listener(row: Subscription, at: datetime) -> tuple[scope.Actor | None, str]:
    """Return for whom a subscription hears now, or none and why: the post was left, or its token ended."""
    if row.token_id is not None and not tokens.stands(row.token_id, at):
        return None, "token"
    found = tokens.acting(row.officer_id, row.post_id, at)
    return found, "" if found else "vacant"


def heard(row: Subscription) -> frozenset[str] | None:
    """Return the rights of the token that a subscription was made with; none for one that a person made."""
    return frozenset(row.token.rights) if row.token else None


def wanted(row: Subscription, kind: str) -> bool:
    """Return whether a subscription is told of a kind of event: it was chosen, and its token has the right to read it."""
    rights = heard(row)
    return (not row.kinds or kind in row.kinds) and (rights is None or right_of(kind) in rights)


def _managed(who: scope.Actor) -> QuerySet[Subscription]:
    """Return the subscriptions that a person may manage: an administrator all, anybody those of one's own post."""
    rows = Subscription.objects.exclude(state=State.ENDED)
    if who.may("administer"):
        return rows
    return rows.filter(officer=who.officer_id, post__in=[hat.post_id for hat in who.hats])


def subscription_to_manage(who: scope.Actor, public_id: UUID) -> Subscription:
    """Return a subscription that the person may manage. Raises: NotVisible."""
    found = _managed(who).filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("subscription_not_visible")
    return found


def subscriptions(who: scope.Actor) -> list[SubscriptionRow]:
    """Return the subscriptions that the person may manage, the newest first (one query)."""
    return [_row(row) for row in _counted(_managed(who)).order_by("-id")]


def _counted(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    waiting = Count("deliveries", filter=Q(deliveries__state=EventDelivery.State.WAITING))
    failed = Count("deliveries", filter=Q(deliveries__state=EventDelivery.State.FAILED))
    return rows.select_related("officer", "post__unit").annotate(n_waiting=waiting, n_failed=failed)


def _row(row: Subscription) -> SubscriptionRow:
    return SubscriptionRow(
        row.public_id, row.name, row.url, list(row.kinds), row.officer.full_name, f"{row.post.title}, {row.post.unit.name}",
        row.state, str(State(row.state).label), PAUSED_LABELS.get(row.paused_code, row.paused_code), row.made_at,
        row.failing_since, row.next_try_at, getattr(row, "n_waiting", 0), getattr(row, "n_failed", 0),
    )  # fmt: skip


def deliveries(
    who: scope.Actor, public_id: UUID, *, state: str = "", after: str | None = None, size: int = 50
) -> DeliveryPage:
    """Return a subscription with a page of its deliveries, the newest first. Raises: NotVisible, Invalid."""
    subscription = subscription_to_manage(who, public_id)
    rows = EventDelivery.objects.filter(subscription=subscription)
    if state in EventDelivery.State.values:
        rows = rows.filter(state=state)
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.select_related("duty").order_by("-pk")[: size + 1])
    told = _counted(Subscription.objects.filter(pk=subscription.pk)).get()
    more = str(found[size - 1].pk) if len(found) > size else None
    return DeliveryPage(_row(told), [_delivery(one) for one in found[:size]], more)


def _delivery(row: EventDelivery) -> DeliveryRow:
    return DeliveryRow(
        row.public_id, row.kind, row.duty.public_id if row.duty else None, row.subject, row.seq, row.state,
        str(EventDelivery.State(row.state).label),
        row.made_at, row.sent_at, row.next_try_at, row.attempt, row.status, row.error_code,
        ERROR_LABELS.get(row.error_code, row.error_code),
    )  # fmt: skip
