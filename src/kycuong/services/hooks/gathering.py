"""Read the events behind the watermark, and write down for each subscription what is to be sent of them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from kycuong.core.hooks import RECORD_KINDS, record_kind
from kycuong.models import AuditEntry, DutyEvent, EventDelivery, Subscription
from kycuong.queries import hook_records, scope
from kycuong.queries.hooks import listener, wanted
from kycuong.services import watermark
from kycuong.services.hooks.sending import stop

log = logging.getLogger("kycuong.hooks")
BATCH = 500
#: What was delivered stays to be seen for so long.
KEPT = timedelta(days=30)


class _Overtaken(Exception):
    """Another worker looked at the same events."""


def gather(at: datetime) -> int:
    """Write the deliveries of every event that no commit can precede any more; return how many.

    Each subscription has its own place in the sequence and moves it with its rows: killed anywhere, nothing is skipped and
    nothing is written twice. One that fails holds up no other; the first failure is raised once all have had their turn.
    """
    waiting = Subscription.objects.filter(state=Subscription.State.ACTIVE)
    event = DutyEvent.objects.aggregate(last=Max("id"))["last"] or 0
    entry = AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0
    behind = list(waiting.filter(Q(after_event__lt=event) | Q(after_entry__lt=entry)).select_related("token"))
    mark = watermark.mark() if behind else None
    if mark is None:
        return 0
    count, failed = 0, []
    for row in behind:
        try:
            count += _gather(row, mark, at)
        except Exception as error:
            log.exception("the events for the subscription %s could not be gathered; the others go on", row.public_id)
            failed.append(error)
    if failed:
        raise failed[0]
    return count


def _gather(row: Subscription, mark: watermark.Mark, at: datetime) -> int:
    who, why = listener(row, at)
    if who is None:
        stop(row, why, at)  # here too: nothing may wait that sending would look at
        return 0
    try:
        return _of_duties(row, who, mark.event, at) + _of_records(row, who, mark.entry, at)
    except _Overtaken:
        return 0


def _of_duties(row: Subscription, who: scope.Actor, upto: int, at: datetime) -> int:
    count = 0
    while row.after_event < upto:
        events = list(_events(row.after_event, upto))
        reached = events[-1][0] if len(events) == BATCH else upto
        made = _deliveries(row, who, events, at)
        _keep(row, "after_event", reached, made)
        count += len(made)
    return count


def _of_records(row: Subscription, who: scope.Actor, upto: int, at: datetime) -> int:
    count = 0
    while row.after_entry < upto:
        entries = list(_entries(row.after_entry, upto))
        reached = entries[-1].pk if len(entries) == BATCH else upto
        made = _told(row, who, entries, at)
        _keep(row, "after_entry", reached, made)
        count += len(made)
    return count


def _keep(row: Subscription, place: str, reached: int, made: list[EventDelivery]) -> None:
    """Write deliveries and move the place of the subscription with them. Raises: _Overtaken."""
    with transaction.atomic():
        EventDelivery.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
        same = Subscription.objects.filter(pk=row.pk, **{place: getattr(row, place)})
        if not same.update(**{place: reached}):
            raise _Overtaken
    setattr(row, place, reached)


def _entries(after: int, upto: int) -> QuerySet[AuditEntry]:
    acts = {one.act for one in RECORD_KINDS}
    return AuditEntry.objects.filter(id__gt=after, id__lte=upto, act__in=acts).order_by("id")[:BATCH]


def _told(row: Subscription, who: scope.Actor, entries: list[AuditEntry], at: datetime) -> list[EventDelivery]:
    """Return what is to be said of records: those that were chosen, and that the listener sees."""
    found = [
        (entry, kind, *_subjects(entry, kind))
        for entry in entries
        if (kind := record_kind(entry.subject_kind, entry.act, entry.data)) and wanted(row, kind)
    ]
    ids = {kind: {one[2] for one in found if one[1] == kind} for kind in {one[1] for one in found}}
    seen = {(kind, key) for kind, keys in ids.items() for key in hook_records.seen(who, kind, keys, at)}
    return [
        EventDelivery(
            subscription=row, entry=entry.pk, subject=subject, other=other, kind=kind, made_at=at, next_try_at=at
        )
        for entry, kind, subject, other in found
        if (kind, subject) in seen
    ]


def _subjects(entry: AuditEntry, kind: str) -> tuple[UUID, UUID | None]:
    """Return which record an entry is about; of a document that was replaced also which one takes its place."""
    subject = UUID(entry.subject_id)
    return (UUID(str(entry.data["other"])), subject) if kind == "document.replaced" else (subject, None)


def _events(after: int, upto: int) -> list[tuple[int, int, int, str, str]]:
    rows = DutyEvent.objects.filter(id__gt=after, id__lte=upto).order_by("id")
    return list(rows.values_list("id", "duty_id", "seq", "act", "duty__kind")[:BATCH])


def _deliveries(
    row: Subscription, who: scope.Actor, events: list[tuple[int, int, int, str, str]], at: datetime
) -> list[EventDelivery]:
    chosen = [one for one in events if wanted(row, f"{one[4]}.{one[3]}")]
    ids = {one[1] for one in chosen}
    seen = set(scope.visible_duties(who).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [
        EventDelivery(
            subscription=row, event=event, duty_id=duty, seq=seq, kind=f"{kind}.{act}", made_at=at, next_try_at=at
        )
        for event, duty, seq, act, kind in chosen
        if duty in seen
    ]


def forget(at: datetime) -> int:
    """Forget what was delivered more than a month ago, and what waited for a subscription that has ended; return how many."""
    waits = Q(state=EventDelivery.State.WAITING) & ~Q(subscription__state=Subscription.State.ENDED)
    old = EventDelivery.objects.filter(made_at__lt=at - KEPT).exclude(waits)
    ids = list(old.order_by("made_at").values_list("pk", flat=True)[: 10 * BATCH])
    return EventDelivery.objects.filter(pk__in=ids).delete()[0]
