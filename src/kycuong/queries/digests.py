"""What a person is told of a morning: the same lines and states as *my duties* and the notices, of many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import BigAutoField, DateTimeField, F, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.duties import State, morning, near_boundary
from kycuong.core.mails import Digest, Line, link
from kycuong.models import Duty, Notice
from kycuong.queries import calendars, notices, scope
from kycuong.queries.duties.rows import DutyRow, rows_of, with_row_data
from kycuong.queries.kept import Several, Slot, among, kept

#: What the lines of one's own desk say already.
OWN = ("rung_near", "rung_due")
ANSWERS = ("confirmation", "proposal")


def digests(officer_ids: Sequence[int], at: datetime, *, site: str) -> dict[int, Digest]:
    """Return what each person is told this morning; whoever has nothing to hear is left out."""
    calendar = calendars.current()
    duties = _lying(officer_ids, near_boundary(at, calendar))
    found: dict[int, Digest] = defaultdict(Digest)
    for duty, row in zip(duties, rows_of(duties, at, calendar), strict=True):
        _sort(found[getattr(duty, "whose")], row, at, site)  # noqa: B009 -- annotated
    for officer_id, lines in _news(officer_ids, at, site).items():
        found[officer_id].news = lines
    return dict(found)


@kept(Several(BigAutoField()), DateTimeField())
def _lying(officers: Slot, near: Slot) -> QuerySet[Duty]:
    urgent = Q(due_at__lte=near) | Q(kind__in=ANSWERS)
    lying = Duty.objects.filter(urgent, among("holder_officer_id", officers))
    open_ones = lying.exclude(phase="closed").exclude(phase="answered")  # as its index says it
    return with_row_data(open_ones).annotate(whose=F("holder_officer")).order_by("due_at", "id")


def _sort(told: Digest, row: DutyRow, at: datetime, site: str) -> None:
    line = Line(row.title, _about(row, at), link(site, row.public_id))
    if row.kind in ANSWERS and row.state != State.OVERDUE:
        told.waiting.append(line)
    elif row.state == State.OVERDUE:
        told.late.append(line)
    elif row.last_date == local_date(at):
        told.today.append(line)
    else:
        told.soon.append(line)


def _about(row: DutyRow, at: datetime) -> str:
    parts = [row.about_unit] if row.about_unit else []
    if row.state == State.OVERDUE:
        parts.append(f"quá hạn {row.days} ngày làm việc" if row.days else "quá hạn")
    elif row.last_date == local_date(at):
        parts.append("hạn hôm nay")
    elif row.last_date:
        parts.append(f"hạn hết ngày {row.last_date:%d/%m/%Y}")
    return "; ".join(parts)


def _named(row: notices.NoticeRow) -> str:
    """Return what a notice is about, and of how many further duties it tells."""
    return f"{row.duty_title} (và {len(row.others)} nhiệm vụ khác)" if row.others else row.duty_title


def _news(officer_ids: Sequence[int], at: datetime, site: str) -> dict[int, list[Line]]:
    """Return what people were told since the last working morning and have not read, of what they still see."""
    calendar, day = calendars.current(), local_date(at)
    since = morning(calendar.add_working_days(day, -1), calendar)
    new = Notice.objects.filter(notices.told_by(at), recipient__in=officer_ids, told_at__gt=since, read_at__isnull=True)
    told: dict[int, list[Line]] = {}
    for officer_id in new.exclude(topic__in=OWN).values_list("recipient", flat=True).distinct():
        rows = notices.notices(scope.actor(officer_id, at), at, size=30).rows
        fresh = [row for row in rows if row.unread and row.topic not in OWN and row.at > since]
        told[officer_id] = [Line(_named(row), row.label, f"{site}/{row.path}") for row in fresh]
    return told
