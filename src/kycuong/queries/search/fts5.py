"""SQLite: an index of words for each kind of row; it is walked from the newest row down and stops when there is enough.

Of documents the index knows every place of a word and answers alone. Of orders and tasks, which are many and short, it knows
only which rows have a word: it proposes rows by the words and marks that narrow most, and the row itself, opened anyway,
says whether it has all that was asked. What stands in every second row is looked for in the row alone: in the index it would
be looked up once for each row that the others propose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from kycuong.core.search import Phrase, Term
from kycuong.models.search import SearchKind
from kycuong.queries.search.sample import Sample, sample_of
from kycuong.queries.search.wanted import KIND, Statement, Tier, Wanted, select

TABLES = {
    SearchKind.DOCUMENT: "kycuong_searchpaper",
    SearchKind.ORDER: "kycuong_searchorder",
    SearchKind.TASK: "kycuong_searchtask",
}
#: So many words that begin as typed are named one by one; of more the index makes one list before it looks at any row.
ENDINGS_NAMED = 128
#: What more than this share of the rows has is left to the row; of seats, on which the scope decides anyway, less.
SELDOM, SEATS_SELDOM, HALF = 0.2, 0.05, 0.5
#: When the rarest proposes more rows than this, all that excludes at least every second row is asked of the index.
MANY = 200_000


def part(
    tier: Tier, one: Wanted, rest: Sequence[Statement], before: int | None, size: int, total: int
) -> Statement:  # fmt: skip
    """Return the statement of one tier; total: about how many rows there are."""
    table = TABLES[KIND[tier]]
    if KIND[tier] == SearchKind.DOCUMENT:
        asked, rows = _of_papers(tier, one), []
    else:
        asked, rows = _of_short_rows(one, KIND[tier], sample_of(KIND[tier], total)), _said_by_row(one)
    matching = Statement(f"{table}.{table} MATCH %s", (asked,))
    same = Statement(f"kycuong_searchrow.id = {table}.rowid", ())
    older = [Statement(f"{table}.rowid < %s", (before,))] if before is not None else []
    tables = f"{table} CROSS JOIN {one.rows.tables}"  # the words first, then the rows that have them
    return select(tables, [matching, *older, same, *rows, *rest], f"{table}.rowid", size)


def _any_of(words: Iterable[str]) -> str:
    return f"({' OR '.join(words)})"


def _quoted(*words: str) -> str:
    return '"' + " ".join(words) + '"'


def endings(kind: SearchKind, prefix: str) -> list[str]:
    """Return the words of the index that begin so; more than ENDINGS_NAMED of them are not all."""
    table = f"{TABLES[kind]}_words"
    first = f"SELECT term FROM {table} WHERE term >= %s ORDER BY term LIMIT 1"  # noqa: S608
    # The next word is looked for behind the last one: the rows that have it are not gone through.
    further = first.replace("%s", "found.word || '0'")
    sql = (
        f"WITH RECURSIVE found(word) AS (SELECT ({first}) UNION ALL "  # noqa: S608
        f"SELECT ({further}) FROM found WHERE found.word < %s LIMIT %s) SELECT word FROM found WHERE word < %s"
    )
    end = f"{prefix}~"  # behind every letter and figure
    with connection.cursor() as cursor:
        cursor.execute(sql, [prefix, end, ENDINGS_NAMED + 2, end])
        return [word for (word,) in cursor.fetchall()]


# ---- documents: few and long


def _of_papers(tier: Tier, one: Wanted) -> str:
    words = " AND ".join(_in_papers(term) for term in one.query.terms)
    marks = [_quoted(mark) for mark in one.marks] + [_any_of(_quoted(seat) for seat in one.seats)] * bool(one.seats)
    columns = "{head}" if tier == Tier.HEAD else "{head body}"
    parts = [f"{columns} : ({words})"] * bool(words) + [f"marks : ({' AND '.join(marks)})"] * bool(marks)
    match = " AND ".join(f"({some})" for some in parts)
    return f"({match}) NOT ({{head}} : ({words}))" if tier == Tier.TEXT else match


def _in_papers(term: Term) -> str:
    """Return a term in the language of the index: one of its phrases."""
    if not term.prefix:
        return _any_of(_quoted(*phrase) for phrase in term.choices)
    (phrase,) = term.choices
    known = endings(SearchKind.DOCUMENT, phrase[-1])
    if len(known) > ENDINGS_NAMED:
        return f"{_quoted(*phrase)} *"
    return _any_of(_quoted(*phrase[:-1], word) for word in known or phrase[-1:])


# ---- orders and tasks: many and short


@dataclass(frozen=True, slots=True)
class _Key:
    """Something that every row in question has, in the language of the index; seldom: the share up to which it is asked."""

    asked: str
    share: float
    seldom: float = SELDOM


def _of_short_rows(one: Wanted, kind: SearchKind, sample: Sample) -> str:
    """Return what narrows most, the rarest first; the rest is left to the rows."""
    keys = [_key(kind, term, sample) for term in one.query.terms]
    keys += [_Key(_quoted(mark), sample.share([mark])) for mark in one.marks]
    if one.seats:
        keys.append(_Key(_any_of(_quoted(seat) for seat in one.seats), sample.share(one.seats), SEATS_SELDOM))
    first, *others = sorted(keys, key=lambda key: key.share)
    few = first.share * sample.total <= MANY
    return " AND ".join([first.asked, *(key.asked for key in others if key.share <= (key.seldom if few else HALF))])


def _key(kind: SearchKind, term: Term, sample: Sample) -> _Key:
    """Return the rarest word of each of a term's phrases: no row has a phrase without it."""
    if not term.prefix:
        words = [min(phrase, key=lambda word: sample.share([word])) for phrase in term.choices]
        return _Key(_any_of(_quoted(word) for word in words), sample.share(words))
    (phrase,) = term.choices
    known = endings(kind, phrase[-1])
    if len(known) > ENDINGS_NAMED:
        return _Key(f"{_quoted(phrase[-1])} *", 1 if len(phrase) > 1 else sample.share_beginning(phrase[-1]))
    words = known or [phrase[-1]]
    return _Key(_any_of(_quoted(word) for word in words), sample.share(words))


def _said_by_row(one: Wanted) -> list[Statement]:
    """Return the conditions that the row itself has every term and every mark of the filters."""
    return [
        *(_in_head(term.choices, "" if term.prefix else " ") for term in one.query.terms),
        *(Statement("instr(' ' || kycuong_searchrow.marks || ' ', %s)", (f" {mark} ",)) for mark in one.marks),
    ]


def _in_head(choices: Sequence[Phrase], end: str) -> Statement:
    """Return the condition that the folded words of a row have one of the phrases."""
    one = "instr(' ' || kycuong_searchrow.head || ' ', %s)"
    return Statement(" OR ".join([one] * len(choices)), tuple(f" {' '.join(phrase)}{end}" for phrase in choices))
