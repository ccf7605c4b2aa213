"""Subscribe to events, pause, resume, end, renew the secret, send again what was sent before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from kycuong.core import hooks
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.models import Appointment, AuditEntry, DutyEvent, EventDelivery, Subscription, SystemToken
from kycuong.queries import scope
from kycuong.queries.hooks import subscription_to_manage
from kycuong.queries.tokens import must_administer
from kycuong.services import audit, watermark

State = Subscription.State


@dataclass(frozen=True, slots=True)
class Made:
    """A subscription with its secret, as it is shown this once."""

    public_id: UUID
    secret: str


def subscribe(
    *, actor: scope.Actor, at: datetime, name: str, url: str, kinds: list[str], login: str = "", post: str = "",
    token: int | None = None,
) -> Made:  # fmt: skip
    """Subscribe to events from now on: as oneself in one's own post, or as somebody else for the administrator.

    A subscription made with a token ends with it. Raises: NotAllowed, Invalid.
    """
    if not name.strip():
        raise Invalid("system_missing")
    hooks.read_url(url)
    wanted = hooks.read_kinds(kinds)
    if token is not None:
        hooks.check_rights(wanted, SystemToken.objects.values_list("rights", flat=True).get(pk=token))
    officer, place = _whose(actor, login, post, at)
    with transaction.atomic():
        watermark.hold_all()  # an act under way is either before this, or is told: never neither, never both
        last = DutyEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
        entry = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        row = Subscription.objects.create(
            name=name.strip()[:120], url=url.strip(), kinds=wanted, officer_id=officer, post_id=place,
            token_id=token, made_by_id=actor.officer_id, made_at=at, after_event=last, after_entry=entry, next_try_at=at,
        )  # fmt: skip
        _record(actor, at, "subscribe", row, officer=officer, post=place)
    return Made(row.public_id, _secret(row))


def _whose(actor: scope.Actor, login: str, post: str, at: datetime) -> tuple[int, int]:
    if not login:
        return actor.officer_id, actor.hats[0].post_id
    must_administer(actor)
    rows = Appointment.objects.filter(scope.held_on(local_date(at)), officer__login=login, officer__is_active=True)
    found = rows.filter(post__code=post).values_list("officer", "post").first()
    if found is None:
        raise Invalid("post_not_held", officer=login)
    return found


def _secret(row: Subscription) -> str:
    return hooks.told_secret(hooks.secret_of(settings.SECRET_KEY, row.public_id, row.secret_no))


def secret_of(*, actor: scope.Actor, subscription: UUID) -> str:
    """Return the secret of a subscription, for the answer that tells it; no table keeps it. Raises: NotVisible."""
    return _secret(subscription_to_manage(actor, subscription))


def renew(*, actor: scope.Actor, at: datetime, subscription: UUID) -> str:
    """Give a subscription another secret and return it; the old one signs nothing any more. Raises: NotVisible."""
    row = subscription_to_manage(actor, subscription)
    with transaction.atomic():
        Subscription.objects.filter(pk=row.pk).update(secret_no=F("secret_no") + 1)
        row.refresh_from_db(fields=["secret_no"])
        _record(actor, at, "renew_secret", row)
    return _secret(row)


def pause(*, actor: scope.Actor, at: datetime, subscription: UUID) -> None:
    """Send nothing for a while; events wait. Raises: NotVisible, Conflict."""
    _switch(actor, at, subscription, State.ACTIVE, State.PAUSED, "pause_subscription", code="by_hand")


def resume(*, actor: scope.Actor, at: datetime, subscription: UUID) -> None:
    """Send again, beginning with what waits. Raises: NotVisible, Conflict."""
    _switch(actor, at, subscription, State.PAUSED, State.ACTIVE, "resume_subscription")


def end(*, actor: scope.Actor, at: datetime, subscription: UUID) -> None:
    """End a subscription for good; what was delivered stays to be seen for a month. Raises: NotVisible, Conflict."""
    row = subscription_to_manage(actor, subscription)
    _switch(actor, at, subscription, State(row.state), State.ENDED, "end_subscription")


def _switch(
    actor: scope.Actor, at: datetime, subscription: UUID, before: State, after: State, act: str, *, code: str = ""
) -> None:
    row = subscription_to_manage(actor, subscription)
    with transaction.atomic():
        rows = Subscription.objects.filter(pk=row.pk, state=before).exclude(state=State.ENDED)
        if not rows.update(state=after, paused_code=code, next_try_at=at, failing_since=None, failures=0):
            raise Conflict("subscription_moved")
        _record(actor, at, act, row)


def replay(
    *, actor: scope.Actor, at: datetime, subscription: UUID, delivery: UUID | None = None, since: datetime | None = None,
    until: datetime | None = None,
) -> int:  # fmt: skip
    """Send again one message, or those made between two instants, under their ids; return how many. Raises: NotVisible, Invalid."""
    row = subscription_to_manage(actor, subscription)
    rows = EventDelivery.objects.filter(subscription=row).exclude(state=EventDelivery.State.WAITING)
    if delivery is not None:
        rows = rows.filter(public_id=delivery)
    elif since is None or until is None or since >= until:
        raise Invalid("replay_range")
    else:
        rows = rows.filter(made_at__gte=since, made_at__lt=until)
    with transaction.atomic():
        count = rows.update(
            state=EventDelivery.State.WAITING, sent_at=None, next_try_at=at, attempt=0, error_code="", status=None
        )
        if delivery is not None and not count:
            raise Invalid("replay_range")
        Subscription.objects.filter(pk=row.pk).update(next_try_at=at)
        _record(actor, at, "replay", row, count=count)
    return count


def _record(actor: scope.Actor, at: datetime, act: str, row: Subscription, **data: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="subscription", subject_id=row.public_id, **data
    )
