"""What a message says: ids, kinds, states and links of one event, to whoever may still see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings

from kycuong.core import hooks
from kycuong.models import AuditEntry, DutyEvent, EventDelivery, Subscription
from kycuong.queries import hook_records, scope

Written = tuple[EventDelivery, str, bytes]


def split(
    who: scope.Actor, found: Sequence[EventDelivery], at: datetime
) -> tuple[list[EventDelivery], list[EventDelivery]]:
    """Return the deliveries whose duty or record somebody still sees, and the others."""
    duties = scope.seen_of(who, {one.duty.public_id for one in found if one.duty})
    records = [one for one in found if one.subject]
    seen = {
        (kind, key)
        for kind in {one.kind for one in records}
        for key in hook_records.seen(
            who, kind, {one.subject for one in records if one.kind == kind and one.subject}, at
        )
    }
    shown, hidden = list[EventDelivery](), list[EventDelivery]()
    for one in found:
        is_seen = one.duty.public_id in duties if one.duty else (one.kind, one.subject) in seen
        (shown if is_seen else hidden).append(one)
    return shown, hidden


def messages(row: Subscription, shown: Sequence[EventDelivery], at: datetime) -> Iterator[Written]:
    """Yield each delivery with the id and the body of its message."""
    events = DutyEvent.objects.in_bulk([one.event for one in shown if one.event])
    entries = AuditEntry.objects.in_bulk([one.entry for one in shown if one.entry])
    places = hook_records.places([(one.kind, one.subject) for one in shown if one.subject], at)
    for one in shown:
        if one.event:
            event = events[one.event]
            yield one, hooks.message_id(row.public_id, one.event), hooks.body(one.kind, event.at, _of_duty(one, event))
        elif one.entry and one.subject:
            name = hooks.message_id(row.public_id, f"entry|{one.entry}")
            yield one, name, hooks.body(one.kind, entries[one.entry].at, _of_record(one, *places[one.subject]))


def _of_duty(one: EventDelivery, event: DutyEvent) -> dict[str, object]:
    duty = one.duty
    assert duty is not None
    return {
        "duty": str(duty.public_id),
        "seq": one.seq,
        "phase": event.phase_to,
        "outcome": event.outcome,
        "document": str(duty.document.public_id) if duty.document else None,
        "about": str(duty.parent.public_id) if duty.parent else None,
        "api": f"{settings.SITE_URL}/api/v1/duties/{duty.public_id}",
        "page": f"{settings.SITE_URL}/viec/{duty.public_id}/",
    }


def _of_record(one: EventDelivery, api: str, page: str) -> dict[str, object]:
    return {
        "record": str(one.subject),
        "by": str(one.other) if one.other else None,
        "api": f"{settings.SITE_URL}/api/v1/{api}",
        "page": f"{settings.SITE_URL}/{page}",
    }
