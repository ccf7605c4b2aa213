"""Absence cover: a desk is handed to a substitute for some days, and given back at their end or earlier."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kycuong.core.calendars import local_date, midnight
from kycuong.core.covers import check_period
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import Cover, Officer
from kycuong.queries import covers as queries
from kycuong.queries import scope
from kycuong.services import audit
from kycuong.services.leaves import keep_note


def plan(
    *, actor: scope.Actor, at: datetime, post: int, substitute: int, first: date | None, last: date | None,
    reason: str = "",
) -> UUID:  # fmt: skip
    """Hand the desk of a post to a substitute from the first to the last day; it ends by itself.

    `post` and `substitute` are posts. Raises: NotAllowed, Invalid, Conflict.
    """
    desk = queries.desk_of(post, at)
    if desk is None or desk.officer_id is None:
        raise Invalid("cover_post_unknown")
    if not queries.may_arrange(actor, desk):
        raise NotAllowed("cover_not_allowed")
    begins, ends = check_period(first, last, local_date(at))
    chosen = next((one for one in queries.substitutes(desk, at) if one.post_id == substitute), None)
    if chosen is None or chosen.officer_id is None:
        raise Invalid("cover_substitute_unknown")
    from_at = max(midnight(begins), at)
    until_at = midnight(ends + timedelta(days=1))
    with transaction.atomic():
        _take_turns(desk.officer_id, chosen.officer_id)
        _check_free(desk, chosen, from_at, until_at)
        note, _ = keep_note(reason)
        made = Cover.objects.create(
            post_id=post, officer_id=desk.officer_id, substitute_id=chosen.officer_id, substitute_post_id=substitute,
            from_at=from_at, until_at=until_at, planned_until_at=until_at, reason=note, made_by_id=actor.officer_id,
            made_at=at,
        )  # fmt: skip
        audit.record(
            actor_id=actor.officer_id, at=at, act="plan_cover", subject_kind="cover", subject_id=made.public_id, post=post,
            officer=desk.officer_id, substitute=chosen.officer_id, first=begins.isoformat(), last=ends.isoformat(),
        )  # fmt: skip
    return made.public_id


def _take_turns(*officers: int) -> None:
    """Lock the two people, so that what is checked of their covers still holds when the new one is written."""
    list(Officer.objects.select_for_update().filter(pk__in=officers).order_by("pk"))


def _check_free(desk: queries.Desk, chosen: queries.Desk, from_at: datetime, until_at: datetime) -> None:
    """Refuse two covers of one desk at a time, and covers that hang on each other. Raises: Conflict, Invalid."""
    planned = Cover.objects.exclude(until_at=F("from_at"))  # called off before it began
    meanwhile = planned.filter(from_at__lt=until_at, until_at__gt=from_at).select_related("officer", "substitute")
    taken = meanwhile.filter(post=desk.post_id).first()
    if taken:
        first, last = local_date(taken.from_at), local_date(taken.until_at - timedelta(microseconds=1))
        raise Conflict(
            "cover_overlap", name=taken.substitute.full_name, first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"
        )
    covering = meanwhile.filter(substitute=desk.officer_id).first()
    if covering:
        raise Invalid("cover_chain_absent", name=desk.officer_name, other=covering.officer.full_name)
    if meanwhile.filter(officer=chosen.officer_id).exists():
        raise Invalid("cover_chain_substitute", name=chosen.officer_name)


def end(*, actor: scope.Actor, at: datetime, cover: UUID) -> None:
    """End a cover now, or call off one that has not begun; what was done under it stays as it is.

    Raises: NotVisible, NotAllowed, Conflict.
    """
    row = queries.cover_to_read(actor, cover)
    if row is None:
        raise NotVisible("cover_not_visible")
    desk = queries.desk_of(row.post_id, at)
    if actor.officer_id != row.officer_id and not (desk and queries.may_arrange(actor, desk)):
        raise NotAllowed("cover_not_allowed")
    with transaction.atomic():
        now = max(at, row.from_at)
        running = Cover.objects.filter(pk=row.pk, until_at__gt=now)
        changed = running.update(until_at=now, ended_by=actor.officer_id)
        if not changed:
            raise Conflict("cover_ended")
        audit.record(
            actor_id=actor.officer_id, at=at, act="end_cover", subject_kind="cover", subject_id=cover,
            officer=row.officer_id, substitute=row.substitute_id,
        )  # fmt: skip
