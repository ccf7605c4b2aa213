"""Keep the tallies of closed and of open duties: a job counts what happened up to the watermark; no act writes what is counted here.

What a duty stands for in the tallies is kept beside them, so that a duty which changes after it was closed is taken out as
exactly what it was counted as. A reader adds what happened after the mark (queries.board.tallied), so that figures are exact
to the last committed act whether this job ran a second ago or never.

Raw SQL, marked: bulk aggregates, each one statement over thousands of rows, the same on both databases but for two words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import BigAutoField, Exists, OuterRef, QuerySet

from kycuong.core.duties import APART
from kycuong.models import Duty, DutyEvent, Tally, TallyDay, TallyDuty, TallyMark, TallyView, TallyViewDay
from kycuong.queries.kept import Slot, kept
from kycuong.services import circles, open_seats, open_tallies, watermark
from kycuong.services.circles import Some

#: The mark of the tallies of open duties.
OPEN: Final = 2
#: Events that one transaction counts, and duties of one step of the first building.
EVENTS, DUTIES = 4_000, 20_000
#: Steps of one round of the job, so that no rung waits for the whole of it.
STEPS: Final = 20

_OFF = ", ".join(f"'{outcome}'" for outcome in sorted(APART))
_COLUMNS = '"unit_id", "kind", "period", "outcome", "late", "dated"'


@dataclass(frozen=True, slots=True)
class Book:
    """Tallies with a mark of their own: how duties of a first building are counted, and how some are counted anew."""

    mark: int
    build: Callable[[int, int], None]
    recount: Callable[[list[int]], None]


def keep_up(steps: int = STEPS) -> int:
    """Count what happened since the last time; return how many steps were done. Runs twice, on two workers, killed: exact."""
    return sum(_keep_up(book, steps) for book in BOOKS)


def _keep_up(book: Book, steps: int) -> int:
    done = 0
    if _is_at_the_end(book.mark) == [True]:
        return 0
    upto = watermark.mark()
    if upto is None:
        return 0
    while done < steps and _step(book, upto.event):
        done += 1
    return done


@kept(BigAutoField())
def _is_at_the_end(mark: Slot) -> QuerySet[TallyMark, bool]:
    """Ask whether a book has counted every event (one query); no row, or none of a first building that goes on."""
    behind = DutyEvent.objects.filter(pk__gt=OuterRef("event"))
    counted = TallyMark.objects.filter(pk=mark, event__isnull=False)
    return counted.annotate(ended=~Exists(behind)).values_list("ended", flat=True)


def rebuild() -> None:
    """Throw the tallies away; the job builds them anew from the ledger, and figures are counted row by row meanwhile."""
    with transaction.atomic():
        for book in BOOKS:
            afresh = {"event": None, "target": 0, "built": 0, "edition": uuid4()}
            TallyMark.objects.update_or_create(pk=book.mark, defaults=afresh)
        for table in (Tally, TallyDay, TallyDuty, TallyView, TallyViewDay):
            table.objects.all().delete()
        circles.clear()
        open_tallies.clear()


def count_seats(keys: Collection[int]) -> None:
    """Note anew from where duties are seen to which no event happened, inside the transaction that changed who takes part.

    Nobody else counts until it ends. Duties that the first building has yet to come to are left to it.
    """
    mark = TallyMark.objects.select_for_update().filter(pk=OPEN).first()
    if mark is not None:
        open_seats.count([key for key in keys if mark.event is not None or key <= mark.built])


def _step(book: Book, upto: int) -> bool:
    """Do one step in one transaction; False when nothing is left, or another worker is at it."""
    TallyMark.objects.get_or_create(pk=book.mark)
    with transaction.atomic():
        marks = TallyMark.objects.filter(pk=book.mark)
        if connection.vendor == "postgresql":
            marks = marks.select_for_update(skip_locked=True)
        mark = marks.first()
        if mark is None:
            return False
        return _build(book, mark, upto) if mark.event is None else _follow(book, mark, mark.event, upto)


def _build(book: Book, mark: TallyMark, upto: int) -> bool:
    """Count the next duties of the first building; what happens to them meanwhile lies after its target, and is followed."""
    last = Duty.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if not mark.built:
        mark.target = upto
    ahead = Duty.objects.filter(pk__gt=mark.built).order_by("pk").values_list("pk", flat=True)
    until = next(iter(ahead[DUTIES - 1 : DUTIES]), last)
    book.build(mark.built, until)
    mark.built, mark.edition = until, uuid4()
    if until >= last:
        mark.event = mark.target
    mark.save()
    return True


def _follow(book: Book, mark: TallyMark, since: int, upto: int) -> bool:
    """Count the duties of the next events anew."""
    events = DutyEvent.objects.filter(pk__gt=since, pk__lte=upto).order_by("pk")
    rows = list(events.values_list("pk", "duty")[:EVENTS])
    if not rows:
        return False
    book.recount(sorted({duty for _, duty in rows}))
    mark.event, mark.edition = rows[-1][0], uuid4()
    mark.save()
    return True


def _build_closed(after: int, until: int) -> None:
    _add(Some("{column} > %s AND {column} <= %s", (after, until)))


def _recount_closed(keys: list[int]) -> None:
    keys = open_seats.asked_about(keys)
    if connection.vendor == "postgresql":
        some = Some("{column} = ANY(%s)", (keys,))
    else:
        some = Some("{column} IN (SELECT value FROM json_each(%s))", (json.dumps(keys),))
    _take_out(some)
    _add(some)


BOOKS: Final = (Book(1, _build_closed, _recount_closed), Book(OPEN, open_tallies.build, open_tallies.count))


def _add(some: Some) -> None:
    """Write as what the closed duties among some count, and count them."""
    circles.make(some)
    keyed, params = circles.keyed(some)
    _run(
        f'INSERT INTO "kycuong_tallyduty" ("duty_id", {_COLUMNS}, "took_days", "late_days", "circle") '  # noqa: S608 -- names are ours
        f"SELECT d.id, d.holder_unit_id, d.kind, {_month('d.closed_at')}, d.outcome, COALESCE(d.late_working_days, 0) > 0, "
        f"d.due_at IS NOT NULL, {_days()}, COALESCE(d.late_working_days, 0), COALESCE(c.id, 0) "
        f"FROM kycuong_duty d LEFT JOIN ({keyed}) k ON k.duty = d.id LEFT JOIN kycuong_tallycircle c ON c.key = k.key "
        f"WHERE d.phase = 'closed' AND {some.of('d.id')}",
        (*params, *some.params),
    )
    _count(some, _upsert)


def _take_out(some: Some) -> None:
    """Take some duties out of the tallies as what they were counted."""
    if not _any(some):
        return
    _count(some, _lower)
    _run(f'DELETE FROM "kycuong_tallyduty" WHERE {some.of("duty_id")}', some.params)  # noqa: S608


def _any(some: Some) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "kycuong_tallyduty" WHERE {some.of("duty_id")} LIMIT 1', some.params)  # noqa: S608
        return cursor.fetchone() is not None


Write = Callable[[str, str, str, Some], None]
#: What is measured in days of closed duties, and of which of them.
_MEASURES: Final = (("took", ""), ("late", " AND t.late_days > 0"))


def _count(some: Some, write: Write) -> None:
    """Count what some duties stand for, by month and by year, and their days."""
    from_ = f'FROM "kycuong_tallyduty" t WHERE {some.of("t.duty_id")}'
    done = f"{from_} AND t.outcome NOT IN ({_OFF})"
    for period in ("t.period", "t.period / 12"):
        rows = f"SELECT t.unit_id, t.kind, {period} AS period, t.outcome, t.late, t.dated, COUNT(*) AS n {from_}"
        write("kycuong_tally", _COLUMNS, f"{rows} GROUP BY 1, 2, 3, 4, 5, 6", some)
    seen = "SELECT t.circle, t.unit_id AS unit, t.kind, t.period / 12 AS period"
    rows = f"{seen}, t.outcome, t.late, t.dated, COUNT(*) AS n {from_} AND t.circle > 0 GROUP BY 1, 2, 3, 4, 5, 6, 7"
    write("kycuong_tallyview", '"circle", "unit", "kind", "period", "outcome", "late", "dated"', rows, some)
    for measure, more in _MEASURES:
        rows = f"{seen}, '{measure}' AS measure, t.{measure}_days AS days, COUNT(*) AS n {done}{more} AND t.circle > 0"
        columns = '"circle", "unit", "kind", "period", "measure", "days"'
        write("kycuong_tallyviewday", columns, f"{rows} GROUP BY 1, 2, 3, 4, 5, 6", some)
    for unit, period in (("0", "t.period"), ("0", "t.period / 12"), ("t.unit_id", "t.period / 12")):
        for measure, more in _MEASURES:
            rows = f"SELECT {unit} AS unit, t.kind, {period} AS period, '{measure}' AS measure, t.{measure}_days AS days, COUNT(*) AS n"
            columns = '"unit", "kind", "period", "measure", "days"'
            write("kycuong_tallyday", columns, f"{rows} {done}{more} GROUP BY 1, 2, 3, 4, 5", some)


def _upsert(table: str, columns: str, rows: str, some: Some) -> None:
    _run(
        f'INSERT INTO "{table}" ({columns}, "n") SELECT * FROM ({rows}) AS g WHERE true '  # noqa: S608 -- names are ours
        f'ON CONFLICT ({columns}) DO UPDATE SET n = "{table}".n + excluded.n',
        some.params,
    )


def _lower(table: str, columns: str, rows: str, some: Some) -> None:
    same = " AND ".join(f'"{table}".{name} = g.{name}' for name in columns.replace('"', "").split(", "))
    _run(f'UPDATE "{table}" SET n = "{table}".n - g.n FROM ({rows}) AS g WHERE {same}', some.params)  # noqa: S608


def _run(sql: str, params: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _month(instant: str) -> str:
    """Return the SQL of a month counted from year 0, in Việt Nam's time (UTC+7 the whole year)."""
    if connection.vendor == "postgresql":
        local = f"({instant} AT TIME ZONE 'Asia/Ho_Chi_Minh')"
        return f"CAST(EXTRACT(YEAR FROM {local}) * 12 + EXTRACT(MONTH FROM {local}) - 1 AS integer)"
    local = f"{instant}, '+7 hours'"
    return f"CAST(strftime('%%Y', {local}) AS integer) * 12 + CAST(strftime('%%m', {local}) AS integer) - 1"


def _days() -> str:
    """Return the SQL of the whole days from the opening of a duty to its answer, or to its end without one."""
    ended = "COALESCE(d.answered_at, d.closed_at)"
    if connection.vendor == "postgresql":
        seconds = [f"CAST(FLOOR(EXTRACT(EPOCH FROM {at})) AS bigint)" for at in (ended, "d.opened_at")]
        return f"GREATEST({seconds[0]} - {seconds[1]}, 0) / 86400"
    seconds = [f"CAST(strftime('%%s', {at}) AS integer)" for at in (ended, "d.opened_at")]
    return f"MAX({seconds[0]} - {seconds[1]}, 0) / 86400"
