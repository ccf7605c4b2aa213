"""A document with its points: who was charged, how each task stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import State, ended
from kycuong.models import Document, Duty
from kycuong.queries import calendars, scope
from kycuong.queries.addressees import directory
from kycuong.queries.documents.register import DocumentRow, row_of
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
from kycuong.queries.duties.fetching import lines_by_order
from kycuong.queries.duties.lists import state_case
from kycuong.queries.duties.rows import DutyRow
from kycuong.queries.themes import DocumentThemes, of_document

TASKS_OF_A_POINT = 5
TASKS_OF_THE_CHOSEN_POINT = 1000


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
    point: UUID | None
    themes: DocumentThemes


def document(who: scope.Actor, public_id: UUID, at: datetime, point: UUID | None = None) -> DocumentPage:
    """Return the page of a document for a person who sees it (a fixed number of queries whatever its tasks).

    `point` is the order whose tasks are listed in full; of the others the first few, what hurts first.

    Raises: NotVisible.
    """
    row = scope.document_to_read(
        who, public_id, "text_row", "giver_post", "follower_unit", "confirmer_unit", "follower_post"
    )
    orders = order_rows(row, directory(local_date(at)))
    points = _points(who, row, orders, at, point)
    reading = row.text_row.reading
    totals: Counter[State] = Counter()
    for line in points:
        totals.update(line.counts)
    return DocumentPage(
        document=_line(row, orders, totals),
        giver=row.giver_post.title if row.giver_post else "",
        follower=row.follower_unit.name if row.follower_unit else "",
        confirmer=row.follower_post.title if row.follower_post else "",
        addressees=list(row.addressees),
        cites=list(row.cites),
        pieces=pieces(row.text_row.text, reading, orders),
        points=points,
        counts=dict(totals),
        coverage=coverage(row.text_row.text, reading, orders),
        files=files(row),
        links=links(who, row, at),
        may_review=who.may("intake"),
        may_download=True,
        point=point,
        themes=of_document(row, at),
    )


def _line(row: Document, orders: list[OrderRow], counts: Counter[State]) -> DocumentRow:
    """Return the document as a line of the register, with numbers that are counted here anyway."""
    kept = sum(1 for order in orders if order.status != "dropped")
    return replace(row_of(row), orders=kept, tasks=counts.total(), overdue=counts[State.OVERDUE])


def _points(
    who: scope.Actor, row: Document, orders: list[OrderRow], at: datetime, point: UUID | None
) -> list[PointRow]:
    """Return the points with the first tasks of each, what hurts first, and exact counts by state."""
    calendar = calendars.current(row.giver_unit_id)
    seen = scope.visible_duties(who).filter(document=row, kind="task")
    counted = (
        seen.annotate(state=state_case(at, calendar)).order_by()
        .values("phase", "outcome", "state", order=F("task__order__public_id")).annotate(n=Count("pk"))
    )  # fmt: skip
    counts: dict[UUID | None, Counter[State]] = defaultdict(Counter)
    for line in counted:
        done = ended(line["outcome"], late=line["outcome"] == "done_late")
        counts[line["order"]][done if line["phase"] == "closed" else State(line["state"])] += line["n"]
    tasks = _tasks(seen, at, calendar, point)
    points = [_point(order, counts[order.public_id], tasks[order.public_id]) for order in orders]
    if counts[None]:
        taken = any(task.taken_over for task in tasks[None])
        title = "Nhiệm vụ tiếp nhận từ hệ thống cũ" if taken else "Báo cáo định kỳ kết quả thực hiện"
        points.append(PointRow(None, title, tasks[None], dict(counts[None]), counts[None].total()))
    return points


def _point(order: OrderRow, counts: Counter[State], tasks: list[DutyRow]) -> PointRow:
    return PointRow(order, order.text, tasks, dict(counts), counts.total())


def _tasks(
    seen: QuerySet[Duty], at: datetime, calendar: Calendar, point: UUID | None
) -> dict[UUID | None, list[DutyRow]]:
    """Return the first tasks of each point, what hurts first and what is done last; all of the chosen point (two queries)."""
    done_last = Case(When(phase="closed", then=Value(1)), default=Value(0))
    rank = Window(RowNumber(), partition_by=F("task__order"), order_by=[done_last, F("due_at"), F("id")])
    ranked = seen.annotate(rank=rank, point=F("task__order__public_id")).values("pk", "rank", "point")
    shown = Q(rank__lte=TASKS_OF_A_POINT)
    if point:
        shown |= Q(point=point, rank__lte=TASKS_OF_THE_CHOSEN_POINT)
    keys = [row["pk"] for row in ranked.filter(shown).order_by("point", "rank")]
    rows: dict[UUID | None, list[DutyRow]] = defaultdict(list)
    for order, line in lines_by_order(keys, at, calendar):
        rows[order].append(line)
    return rows
