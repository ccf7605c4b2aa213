"""Read the events behind the watermark, and write down for each subscription what is to be sent of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from kycuong.models import DutyEvent, EventDelivery, Subscription
from kycuong.queries import scope
from kycuong.queries.hooks import listener
from kycuong.services import watermark
from kycuong.services.hooks.sending import stop

BATCH = 500
#: What was delivered stays to be seen for so long.
KEPT = timedelta(days=30)


class _Overtaken(Exception):
    """Another worker looked at the same events."""


def gather(at: datetime) -> int:
    """Write the deliveries of every event that no commit can precede any more; return how many.

    Each subscription has its own place in the sequence and moves it with its rows: killed anywhere, nothing is skipped and
    nothing is written twice.
    """
    waiting = Subscription.objects.filter(state=Subscription.State.ACTIVE)
    newest = DutyEvent.objects.aggregate(last=Max("id"))["last"] or 0
    behind = list(waiting.filter(after_event__lt=newest))
    mark = watermark.mark() if behind else None
    if mark is None:
        return 0
    return sum(_gather(row, mark.event, at) for row in behind)


def _gather(row: Subscription, upto: int, at: datetime) -> int:
    who, why = listener(row, at)
    if who is None:
        stop(row, why, at)  # here too: nothing may wait that sending would look at
        return 0
    count = 0
    while row.after_event < upto:
        events = list(_events(row.after_event, upto))
        reached = events[-1][0] if len(events) == BATCH else upto
        made = _deliveries(row, who, events, at)
        try:
            with transaction.atomic():
                EventDelivery.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
                moved = Subscription.objects.filter(pk=row.pk, after_event=row.after_event)
                if not moved.update(after_event=reached):
                    raise _Overtaken
        except _Overtaken:
            return count
        row.after_event, count = reached, count + len(made)
    return count


def _events(after: int, upto: int) -> list[tuple[int, int, int, str, str]]:
    rows = DutyEvent.objects.filter(id__gt=after, id__lte=upto).order_by("id")
    return list(rows.values_list("id", "duty_id", "seq", "act", "duty__kind")[:BATCH])


def _deliveries(
    row: Subscription, who: scope.Actor, events: list[tuple[int, int, int, str, str]], at: datetime
) -> list[EventDelivery]:
    wanted = [one for one in events if not row.kinds or f"{one[4]}.{one[3]}" in row.kinds]
    ids = {one[1] for one in wanted}
    seen = set(scope.visible_duties(who).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [
        EventDelivery(
            subscription=row, event=event, duty_id=duty, seq=seq, kind=f"{kind}.{act}", made_at=at, next_try_at=at
        )
        for event, duty, seq, act, kind in wanted
        if duty in seen
    ]


def forget(at: datetime) -> int:
    """Forget what was delivered more than a month ago, and what waited for a subscription that has ended; return how many."""
    waits = Q(state=EventDelivery.State.WAITING) & ~Q(subscription__state=Subscription.State.ENDED)
    old = EventDelivery.objects.filter(made_at__lt=at - KEPT).exclude(waits)
    ids = list(old.order_by("made_at").values_list("pk", flat=True)[: 10 * BATCH])
    return EventDelivery.objects.filter(pk__in=ids).delete()[0]
