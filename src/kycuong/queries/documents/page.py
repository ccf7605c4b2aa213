"""A document with its points: who was charged, how each task stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import State
from kycuong.models import Document, Duty
from kycuong.queries import calendars, scope
from kycuong.queries.addressees import directory
from kycuong.queries.documents.register import DocumentRow, row_of, with_counts
from kycuong.queries.documents.review import (
    FileRow,
    LinkRow,
    OrderRow,
    Piece,
    coverage,
    files,
    links,
    order_rows,
    pieces,
)
from kycuong.queries.duties.lists import state_case
from kycuong.queries.duties.rows import DutyRow, rows_of, with_row_data

TASKS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PointRow:
    """One order of the document with the tasks it opened that the person sees."""

    order: OrderRow | None
    title: str
    tasks: list[DutyRow]
    counts: dict[State, int]
    total: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the page of a document shows."""

    document: DocumentRow
    giver: str
    follower: str
    confirmer: str
    addressees: list[str]
    cites: list[str]
    pieces: list[Piece]
    points: list[PointRow]
    counts: dict[State, int]
    coverage: tuple[int, int]
    files: list[FileRow]
    links: list[LinkRow]
    may_review: bool
    may_download: bool
    shown_all: bool


def document(who: scope.Actor, public_id: UUID, at: datetime) -> DocumentPage:
    """Return the page of a document for a person who sees it (a fixed number of queries whatever its tasks).

    Raises: NotVisible.
    """
    scope.document_to_read(who, public_id)
    found = with_counts(Document.objects.filter(public_id=public_id), at)
    row = found.select_related("text_row", "giver_post", "follower_unit", "confirmer_unit", "follower_post").get()
    orders = order_rows(row, directory(local_date(at)))
    points, shown_all = _points(who, row, orders, at)
    reading = row.text_row.reading
    totals: Counter[State] = Counter()
    for point in points:
        totals.update(point.counts)
    return DocumentPage(
        document=row_of(row),
        giver=row.giver_post.title if row.giver_post else "",
        follower=row.follower_unit.name if row.follower_unit else "",
        confirmer=row.follower_post.title if row.follower_post else "",
        addressees=list(row.addressees),
        cites=list(row.cites),
        pieces=pieces(row.text_row.text, reading, orders),
        points=points,
        counts=dict(totals),
        coverage=coverage(reading, orders),
        files=files(row),
        links=links(who, row, at),
        may_review=who.may("intake"),
        may_download=True,
        shown_all=shown_all,
    )


def _points(who: scope.Actor, row: Document, orders: list[OrderRow], at: datetime) -> tuple[list[PointRow], bool]:
    """Return the points with the first tasks of each, what hurts first, and exact counts by state."""
    calendar = calendars.current(row.giver_unit_id)
    seen = scope.visible_duties(who).filter(document=row, kind="task")
    counted = (
        seen.exclude(phase="closed").annotate(state=state_case(at, calendar)).order_by()
        .values("state", order=F("task__order__public_id")).annotate(n=Count("pk"))
    )  # fmt: skip
    counts: dict[UUID | None, Counter[State]] = defaultdict(Counter)
    for line in counted:
        counts[line["order"]][State(line["state"])] += line["n"]
    closed = (
        seen.filter(phase="closed")
        .order_by()
        .values("outcome", order=F("task__order__public_id"))
        .annotate(n=Count("pk"))
    )
    for ended in closed:
        done = State.DONE_LATE if ended["outcome"] == "done_late" else State.DONE_ON_TIME
        counts[ended["order"]][done] += ended["n"]
    tasks, shown_all = _tasks(seen, at, calendar)
    points = [_point(order, counts[order.public_id], tasks[order.public_id]) for order in orders]
    if counts[None]:
        points.append(
            PointRow(None, "Báo cáo định kỳ kết quả thực hiện", tasks[None], dict(counts[None]), counts[None].total())
        )
    return points, shown_all


def _point(order: OrderRow, counts: Counter[State], tasks: list[DutyRow]) -> PointRow:
    return PointRow(order, order.text, tasks, dict(counts), counts.total())


def _tasks(seen: QuerySet[Duty], at: datetime, calendar: Calendar) -> tuple[dict[UUID | None, list[DutyRow]], bool]:
    found = list(with_row_data(seen).order_by("due_at", "id")[: TASKS_SHOWN + 1])
    rows: dict[UUID | None, list[DutyRow]] = defaultdict(list)
    shown = found[:TASKS_SHOWN]
    for duty, line in zip(shown, rows_of(shown, at, calendar), strict=True):
        rows[duty.task.order.public_id if duty.task.order else None].append(line)
    return rows, len(found) <= TASKS_SHOWN
