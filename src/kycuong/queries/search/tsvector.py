"""PostgreSQL: the newest rows first, walked by key; only when they have too few is the whole index of words read."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.core.search import Phrase, Query, Term
from kycuong.models.search import SearchKind
from kycuong.queries.search.wanted import KIND, Statement, Tier, Wanted, select

#: So many of the newest rows are walked first: what is common is found there before its index would be read.
RECENT = {SearchKind.DOCUMENT: 100, SearchKind.ORDER: 2_000, SearchKind.TASK: 5_000}
#: Tasks in a state lie further back, the overdue ones by all that was given lately; the walk stops when there is enough.
RECENT_OPEN = 40_000


def part(tier: Tier, one: Wanted, rest: Sequence[Statement], before: int | None, size: int) -> Statement:
    """Return the statement of one tier."""
    whole = " & ".join([*_words(tier, one), *_marks(tier, one)])
    walked = Statement(
        "COALESCE(kycuong_searchrow.words, '') @@ %s::tsquery", (whole,)
    )  # no index has this: rows are walked
    if one.few:
        return select(one.rows.tables, [walked, *rest], "kycuong_searchrow.id", size)
    indexed = Statement("kycuong_searchrow.words @@ %s::tsquery", (whole,))
    if tier == Tier.TEXT and not _single(one.query):
        rest = [*rest, Statement("NOT kycuong_searchrow.words @@ %s::tsquery", (_tsquery(one.query, "A"),))]
    kind = Statement("kycuong_searchrow.kind = %s", (KIND[tier].value,))
    near = select(one.rows.tables, [_recent(KIND[tier], before, one), walked, *rest], "kycuong_searchrow.id", size)
    # A sum has no index: that of the words is used.
    rows = one.deep or one.rows
    further = [rows.seen if condition is one.rows.seen else condition for condition in rest]
    deep = select(rows.tables, [indexed, kind, *further], "kycuong_searchrow.id + 0", size)
    sql = (
        f"WITH near AS MATERIALIZED ({near.sql}), deep AS MATERIALIZED (SELECT id FROM ({deep.sql}) AS d "  # noqa: S608
        "WHERE (SELECT count(*) FROM near) < %s) SELECT id FROM near UNION SELECT id FROM deep ORDER BY id DESC LIMIT %s"
    )
    return Statement(sql, (*near.params, *deep.params, size, size))


def _words(tier: Tier, one: Wanted) -> list[str]:
    """Return what the words of a row must be, as parts of a question to PostgreSQL."""
    if not one.query.terms:
        return []
    named = " & ".join(_named(term) for term in one.query.terms)
    if tier == Tier.HEAD:
        return [_tsquery(one.query, "A"), named]
    if tier == Tier.TEXT and _single(one.query):
        return [_tsquery(one.query, ""), f"!({named})"]
    return [_tsquery(one.query, "")]


def _marks(tier: Tier, one: Wanted) -> list[str]:
    """Return the marks of a row; that it is a task nearly every row says, so the column is asked and not the index."""
    kind = [] if tier == Tier.TASK else [f"=k{KIND[tier].value}"]
    single = [f"('{mark}')" for mark in (*kind, *one.marks)]
    return [*single, _any_of([f"'{mark}'" for mark in one.seats])] if one.seats else single


def _recent(kind: SearchKind, before: int | None, one: Wanted) -> Statement:
    """Return the condition of the rows of a kind just below where a page ended, or below the newest row."""
    newest = "(SELECT n.id FROM kycuong_searchrow n WHERE n.kind = %s ORDER BY n.id DESC LIMIT 1)"
    top = Statement("%s", (before,)) if before is not None else Statement(newest, (kind.value,))
    sql = (
        f"kycuong_searchrow.kind = %s AND kycuong_searchrow.id <= {top.sql} "
        f"AND kycuong_searchrow.id > {top.sql} - {RECENT_OPEN if one.deep else RECENT[kind]}"
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
