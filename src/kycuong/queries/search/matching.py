"""Which rows match, best first, newest first among equals: one statement on either database, whatever there is to find.

Raw SQL, marked: full-text search. The condition of the scope is the ORM's, asked of each row that matches; its wording
depends on the person alone, and is kept. Marks only narrow what must be looked at; they hold everybody whom the scope
may let see a record, and decide nothing.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from kycuong.models import SearchRow, UnitClosure
from kycuong.queries import scope
from kycuong.queries.search import fts5, tsvector
from kycuong.queries.search.sample import rows_about
from kycuong.queries.search.wanted import Rows, Statement, Tier, Wanted, select


def rows_of(rows: QuerySet[SearchRow]) -> Rows:
    """Return the tables and the condition of a queryset, to stand in a statement of our own."""
    sql, params = rows.values("id").query.sql_with_params()
    tables, _, where = sql.partition(" FROM ")[2].partition(" WHERE ")
    return Rows(tables, Statement(where or "1 = 1", tuple(params)))


def seat_marks(who: scope.Actor) -> tuple[str, ...]:
    """Return the marks of the tasks that the person may see: their own, their units', their divisions'."""
    if who.sees_all:
        return ()
    below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True)
    units = {*who.body_ids, *who.division_ids, *scope.inherited([*who.body_ids, *who.division_ids])}
    units |= set(below.values_list("descendant", flat=True) if who.body_ids else ())
    officers = (who.officer_id, *(cover.officer_id for cover in who.covers))  # the scope looks at each row again
    return (*(f"=o{officer}" for officer in officers), *(f"=s{unit}" for unit in sorted(units)))


def unit_marks(who: scope.Actor) -> tuple[str, ...]:
    """Return the marks of the documents that the person may see."""
    if scope.sees_documents(who):
        return ()
    units = {*who.member_ids, *scope.inherited(who.member_ids)}
    return tuple(f"=u{unit}" for unit in sorted(units)) or ("=u0",)


def candidates(wanted: dict[Tier, Wanted], after: tuple[int, int] | None, size: int) -> list[tuple[Tier, int]]:
    """Return up to `size` rows of each tier as (tier, key of the row), in order; `after` is where a page ended."""
    parts = []
    rows = 0 if connection.vendor == "postgresql" else rows_about()
    for tier, one in wanted.items():
        if not after or tier >= after[0]:
            before = after[1] if after and tier == after[0] else None
            parts.append((tier, _part(tier, one, before, size, rows)))
    if not parts:
        return []
    selects = [f"SELECT {int(tier)} AS tier, id FROM ({part.sql}) AS t{int(tier)}" for tier, part in parts]  # noqa: S608
    sql = " UNION ALL ".join(selects)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY tier, id DESC", [value for _, part in parts for value in part.params])
        return [(Tier(tier), key) for tier, key in cursor.fetchall()]


def _part(tier: Tier, one: Wanted, before: int | None, size: int, rows: int) -> Statement:
    rest = [one.rows.seen]
    if before is not None:
        rest.append(Statement("kycuong_searchrow.id < %s", (before,)))
    if one.but:
        rest.append(Statement("kycuong_searchrow.code <> %s", (one.but,)))
    if tier == Tier.CODE:
        # Said as the index of numbers says it, or SQLite walks the table.
        code = Statement("kycuong_searchrow.code = %s AND NOT (kycuong_searchrow.code = '')", (one.query.code,))
        return select(one.rows.tables, [code, *rest], "kycuong_searchrow.id", size)
    if connection.vendor == "postgresql":
        return tsvector.part(tier, one, rest, before, size)
    return fts5.part(tier, one, rest, before, size, rows)
