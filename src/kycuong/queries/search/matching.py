"""Which rows match, best first, newest first among equals: one statement on either database, whatever there is to find.

Raw SQL, marked: full-text search. The condition of the scope is the ORM's, asked of each row that matches; its wording
depends on the person alone, and is kept. Marks only narrow what must be looked at; they hold everybody whom the scope
may let see a record, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kycuong.core.search import Phrase, Query, Term
from kycuong.models import SearchRow, UnitClosure
from kycuong.models.search import SearchKind
from kycuong.queries import scope

#: So many of the newest rows are walked first: what is common is found there before its index would be read.
RECENT = {SearchKind.DOCUMENT: 100, SearchKind.ORDER: 2_000, SearchKind.TASK: 5_000}


class Tier(IntEnum):
    """How near a row is to what was asked, the nearest first."""

    CODE = 0
    HEAD = 1
    ORDER = 2
    TEXT = 3
    TASK = 4


KIND = {
    Tier.CODE: SearchKind.DOCUMENT,
    Tier.HEAD: SearchKind.DOCUMENT,
    Tier.ORDER: SearchKind.ORDER,
    Tier.TEXT: SearchKind.DOCUMENT,
    Tier.TASK: SearchKind.TASK,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A condition, or a statement, with its parameters."""

    sql: str
    params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one kind that a person may see: the tables and the condition as the ORM words them."""

    tables: str
    seen: Statement


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one tier looks for: words, marks that all must stand (each a choice of several), rows; not the number `but`."""

    query: Query
    marks: tuple[tuple[str, ...], ...]
    rows: Rows
    but: str = ""


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
    for tier, one in wanted.items():
        if not after or tier >= after[0]:
            before = after[1] if after and tier == after[0] else None
            parts.append((tier, _part(tier, one, before, size)))
    if not parts:
        return []
    selects = [f"SELECT {int(tier)} AS tier, id FROM ({part.sql}) AS t{int(tier)}" for tier, part in parts]  # noqa: S608
    sql = " UNION ALL ".join(selects)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY tier, id DESC", [value for _, part in parts for value in part.params])
        return [(Tier(tier), key) for tier, key in cursor.fetchall()]


def _part(tier: Tier, one: Wanted, before: int | None, size: int) -> Statement:
    rest = [one.rows.seen]
    if before is not None:
        rest.append(Statement("kycuong_searchrow.id < %s", (before,)))
    if one.but:
        rest.append(Statement("kycuong_searchrow.code <> %s", (one.but,)))
    if tier == Tier.CODE:
        # Said as the index of numbers says it, or SQLite walks the table.
        code = Statement("kycuong_searchrow.code = %s AND NOT (kycuong_searchrow.code = '')", (one.query.code,))
        return _select(one.rows.tables, [code, *rest], "kycuong_searchrow.id", size)
    if connection.vendor == "postgresql":
        return _postgresql(tier, one, rest, before, size)
    return _sqlite(tier, one, rest, size)


def _select(tables: str, where: Sequence[Statement], order: str, size: int) -> Statement:
    sql = " AND ".join(f"({one.sql})" for one in where)
    params = [value for one in where for value in one.params]
    return Statement(
        f"SELECT kycuong_searchrow.id FROM {tables} WHERE {sql} ORDER BY {order} DESC LIMIT %s",  # noqa: S608
        (*params, size),
    )


def _all_marks(tier: Tier, one: Wanted) -> tuple[tuple[str, ...], ...]:
    return ((f"=k{KIND[tier].value}",), *one.marks)


# ---- SQLite: FTS5 walks the words of a query side by side from the newest row down, and stops when there is enough


def _sqlite(tier: Tier, one: Wanted, rest: Sequence[Statement], size: int) -> Statement:
    words = " AND ".join(_fts(term) for term in one.query.terms)
    columns = "{head}" if tier == Tier.HEAD else "{head body}"
    marks = " AND ".join(f"({' OR '.join(_quoted(mark) for mark in some)})" for some in _all_marks(tier, one))
    match = f"({columns} : ({words})) AND (marks : ({marks}))"
    if tier == Tier.TEXT:
        match = f"({match}) NOT ({{head}} : ({words}))"
    matching = Statement("kycuong_searchtext.kycuong_searchtext MATCH %s", (match,))
    same = Statement("kycuong_searchrow.id = kycuong_searchtext.rowid", ())
    tables = f"kycuong_searchtext CROSS JOIN {one.rows.tables}"  # the words first, then the rows that have them
    return _statement(_select(tables, [matching, same, *rest], "kycuong_searchtext.rowid", size))


def _statement(part: Statement) -> Statement:
    """Wrap a part that has an order and a limit of its own, as a compound statement of SQLite wants it."""
    return Statement(f"SELECT id FROM ({part.sql})", part.params)  # noqa: S608


def _quoted(mark: str) -> str:
    return f'"{mark.removeprefix("=")}"'


def _fts(term: Term) -> str:
    star = " *" if term.prefix else ""
    phrases = ['"' + " ".join(phrase) + f'"{star}' for phrase in term.choices]
    return f"({' OR '.join(phrases)})"


# ---- PostgreSQL: the newest rows first, walked by key; only when they have too few is the whole index of words read


def _postgresql(tier: Tier, one: Wanted, rest: Sequence[Statement], before: int | None, size: int) -> Statement:
    words, marks = _words(tier, one), _marks(tier, one)
    whole = " & ".join([*words, *marks])
    walked = Statement(
        "COALESCE(kycuong_searchrow.words, '') @@ %s::tsquery", (whole,)
    )  # no index has this: rows are walked
    indexed = Statement("kycuong_searchrow.words @@ %s::tsquery", (whole,))
    if tier == Tier.TEXT and not _single(one.query):
        rest = [*rest, Statement("NOT kycuong_searchrow.words @@ %s::tsquery", (_tsquery(one.query, "A"),))]
    kind = Statement("kycuong_searchrow.kind = %s", (KIND[tier].value,))
    near = _select(one.rows.tables, [_recent(KIND[tier], before), walked, *rest], "kycuong_searchrow.id", size)
    # A sum has no index: that of the words is used.
    deep = _select(one.rows.tables, [indexed, kind, *rest], "kycuong_searchrow.id + 0", size)
    sql = (
        f"WITH near AS MATERIALIZED ({near.sql}), deep AS MATERIALIZED (SELECT id FROM ({deep.sql}) AS d "  # noqa: S608
        "WHERE (SELECT count(*) FROM near) < %s) SELECT id FROM near UNION SELECT id FROM deep ORDER BY id DESC LIMIT %s"
    )
    return Statement(sql, (*near.params, *deep.params, size, size))


def _words(tier: Tier, one: Wanted) -> list[str]:
    """Return what the words of a row must be, as parts of a question to PostgreSQL."""
    named = " & ".join(_named(term) for term in one.query.terms)
    if tier == Tier.HEAD:
        return [_tsquery(one.query, "A"), named]
    if tier == Tier.TEXT and _single(one.query):
        return [_tsquery(one.query, ""), f"!({named})"]
    return [_tsquery(one.query, "")]


def _marks(tier: Tier, one: Wanted) -> list[str]:
    """Return the marks of a row; that it is a task nearly every row says, so the column is asked and not the index."""
    marks = one.marks if tier == Tier.TASK else _all_marks(tier, one)
    return [_any_of([f"'{mark}'" for mark in some]) for some in marks]


def _recent(kind: SearchKind, before: int | None) -> Statement:
    """Return the condition of the rows of a kind just below where a page ended, or below the newest row."""
    newest = "(SELECT n.id FROM kycuong_searchrow n WHERE n.kind = %s ORDER BY n.id DESC LIMIT 1)"
    top = Statement("%s", (before,)) if before is not None else Statement(newest, (kind.value,))
    sql = (
        f"kycuong_searchrow.kind = %s AND kycuong_searchrow.id <= {top.sql} "
        f"AND kycuong_searchrow.id > {top.sql} - {RECENT[kind]}"
    )
    return Statement(sql, (kind.value, *top.params, *top.params))


def _single(query: Query) -> bool:
    """Return whether every term is one word, so that the marks of a document's name say exactly what it has."""
    return all(len(phrase) == 1 for term in query.terms for phrase in term.choices)


def _named(term: Term) -> str:
    """Return the marks of a document that has a term's words in its name: an index that keeps no weights finds it by them."""
    star = ":*" if term.prefix else ""
    phrases = [[f"'=w{word}'" for word in phrase[:-1]] + [f"'=w{phrase[-1]}'{star}"] for phrase in term.choices]
    return _any_of([f"({' & '.join(words)})" for words in phrases])


def _tsquery(query: Query, weight: str) -> str:
    return " & ".join(_ts(term, weight) for term in query.terms)


def _ts(term: Term, weight: str) -> str:
    return _any_of([_ts_phrase(phrase, weight, prefix=term.prefix) for phrase in term.choices])


def _any_of(choices: Sequence[str]) -> str:
    return f"({' | '.join(choices)})"


def _ts_phrase(phrase: Phrase, weight: str, *, prefix: bool) -> str:
    star = "*" if prefix else ""
    ends = [*[weight] * (len(phrase) - 1), f"{star}{weight}"]
    words = [f"'{word}':{end}" if end else f"'{word}'" for word, end in zip(phrase, ends, strict=True)]
    return f"({' <-> '.join(words)})"
