"""Which rows match, best first, newest first among equals: one statement on either database, whatever there is to find.

Raw SQL, marked: full-text search. The conditions of the scope come from the ORM, asked of each row that matches.
Marks only narrow what must be looked at; they hold everybody whom the scope may let see a record, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from kycuong.core.search import Phrase, Query, Term
from kycuong.models import SearchRow, UnitClosure
from kycuong.models.search import SearchKind
from kycuong.queries import scope

#: So many of the newest rows are walked first: what is common is found there before its index would be read.
RECENT = 10_000


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
class Wanted:
    """What one tier looks for: words, marks that all must stand (each a choice of several), the scope's rows, below a key."""

    query: Query
    marks: tuple[tuple[str, ...], ...]
    rows: QuerySet[SearchRow]
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters."""

    sql: str
    params: tuple[Any, ...]


def seat_marks(who: scope.Actor) -> tuple[str, ...]:
    """Return the marks of the tasks that the person may see: their own, their units', their divisions'."""
    if who.sees_all:
        return ()
    below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True)
    units = {*who.body_ids, *who.division_ids, *scope.inherited([*who.body_ids, *who.division_ids])}
    units |= set(below.values_list("descendant", flat=True) if who.body_ids else ())
    officers = (who.officer_id, *(cover.officer_id for cover in who.covers))  # the scope looks at each row again
    return (*(f"=o{officer}" for officer in officers), *(f"=u{unit}" for unit in sorted(units)))


def unit_marks(who: scope.Actor) -> tuple[str, ...]:
    """Return the marks of the documents that the person may see."""
    if scope.sees_documents(who):
        return ()
    units = {*who.member_ids, *scope.inherited(who.member_ids)}
    return tuple(f"=u{unit}" for unit in sorted(units)) or ("=u0",)


def candidates(wanted: dict[Tier, Wanted], after: tuple[int, int] | None, size: int) -> list[tuple[Tier, int]]:
    """Return up to `size` rows of each tier as (tier, key of the row), in order; `after` is where a page ended."""
    parts = []
    for tier, whole in wanted.items():
        one = whole
        if after and tier < after[0]:
            continue
        if after and tier == after[0]:
            one = replace(one, rows=one.rows.filter(pk__lt=after[1]), before=after[1])
        parts.append((tier, _part(tier, one, size)))
    if not parts:
        return []
    selects = [f"SELECT {int(tier)} AS tier, id FROM ({part.sql}) AS t{int(tier)}" for tier, part in parts]  # noqa: S608
    sql = " UNION ALL ".join(selects)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY tier, id DESC", [value for _, part in parts for value in part.params])
        return [(Tier(tier), key) for tier, key in cursor.fetchall()]


def _part(tier: Tier, one: Wanted, size: int) -> Statement:
    if tier == Tier.CODE:
        rows = one.rows.filter(kind=SearchKind.DOCUMENT, code=one.query.code).exclude(code="")
        return _statement(rows.order_by("-pk")[:size])
    part = _postgresql if connection.vendor == "postgresql" else _sqlite
    return part(tier, one, size)


def _statement(rows: QuerySet[SearchRow]) -> Statement:
    sql, params = rows.values("id").query.sql_with_params()
    return Statement(sql, tuple(params))


# ---- SQLite: FTS5 walks the words of a query side by side from the newest row down, and stops when there is enough


def _sqlite(tier: Tier, one: Wanted, size: int) -> Statement:
    words = " AND ".join(_fts(term) for term in one.query.terms)
    columns = "{head}" if tier == Tier.HEAD else "{head body}"
    marks = " AND ".join(f"({' OR '.join(_quoted(mark) for mark in some)})" for some in _all_marks(tier, one))
    match = f"({columns} : ({words})) AND (marks : ({marks}))"
    if tier == Tier.TEXT:
        match = f"({match}) NOT ({{head}} : ({words}))"
    rows = one.rows.extra(
        tables=["kycuong_searchtext"],
        where=["kycuong_searchtext.kycuong_searchtext MATCH %s", "kycuong_searchrow.id = kycuong_searchtext.rowid"],
        params=[match],
    )
    return _statement(rows.order_by(RawSQL("kycuong_searchtext.rowid", ()).desc())[:size])


def _all_marks(tier: Tier, one: Wanted) -> tuple[tuple[str, ...], ...]:
    return ((f"=k{KIND[tier].value}",), *one.marks)


def _quoted(mark: str) -> str:
    return f'"{mark.removeprefix("=")}"'


def _fts(term: Term) -> str:
    star = " *" if term.prefix else ""
    phrases = ['"' + " ".join(phrase) + f'"{star}' for phrase in term.choices]
    return f"({' OR '.join(phrases)})"


# ---- PostgreSQL: the newest rows first, walked by key; only when they have too few is the whole index of words read


def _postgresql(tier: Tier, one: Wanted, size: int) -> Statement:
    weight = "A" if tier == Tier.HEAD else ""
    marks = [_any_of([f"'{mark}'" for mark in some]) for some in _all_marks(tier, one)]
    match = " & ".join([_tsquery(one.query, weight), *marks])
    where, params = ["kycuong_searchrow.words @@ %s::tsquery"], [match]
    if tier == Tier.TEXT:
        where, params = [*where, "NOT kycuong_searchrow.words @@ %s::tsquery"], [match, _tsquery(one.query, "A")]
    rows = one.rows.extra(where=where, params=params)  # noqa: S610 -- values are parameters
    deep = _statement(rows.order_by((F("pk") + 0).desc())[:size])  # a sum has no index: the words' own is used
    if KIND[tier] == SearchKind.DOCUMENT:
        return deep
    recent = rows.filter(kind=KIND[tier], pk__gt=_bound(KIND[tier], one.before))
    near = _statement(recent.order_by("-pk")[:size])
    sql = (
        f"WITH near AS MATERIALIZED ({near.sql}), deep AS MATERIALIZED (SELECT id FROM ({deep.sql}) AS d "  # noqa: S608
        "WHERE (SELECT count(*) FROM near) < %s) SELECT id FROM near UNION SELECT id FROM deep ORDER BY id DESC LIMIT %s"
    )
    return Statement(sql, (*near.params, *deep.params, size, size))


def _bound(kind: SearchKind, before: int | None) -> Any:
    """Return the key from which on rows of a kind count as recent: below where a page ended, or below the newest row."""
    if before is not None:
        return before - RECENT
    newest = SearchRow.objects.filter(kind=kind).order_by("-pk").annotate(bound=F("pk") - RECENT)
    return Subquery(newest.values("bound")[:1])


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
