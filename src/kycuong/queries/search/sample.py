"""How common words and marks are among the rows of search, by a sample spread over all of them.

The sample decides how a question is put, never what is found: an old one costs time and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from kycuong.models.search import SearchKind

SAMPLED = 256
STEPS = 4


@dataclass(frozen=True, slots=True)
class Sample:
    """Some rows as the words and marks that they have, and about how many rows there are."""

    rows: tuple[frozenset[str], ...]
    total: int

    def share(self, words: Iterable[str]) -> float:
        """Return which share of the rows has one of these."""
        some = frozenset(words)
        return self._share(sum(not row.isdisjoint(some) for row in self.rows))

    def share_beginning(self, prefix: str) -> float:
        """Return which share of the rows has a word that begins so."""
        return self._share(sum(any(word.startswith(prefix) for word in row) for row in self.rows))

    def _share(self, number: int) -> float:
        return number / len(self.rows) if self.rows else 0


def rows_about() -> int:
    """Return about how many rows there are; the number changes when they have grown by a sixteenth to an eighth (one query)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM kycuong_searchrow")
        ((newest,),) = cursor.fetchall()
    total = newest or 0
    step = 1 << max(total.bit_length() - STEPS, 0)
    return total // step * step


@lru_cache(maxsize=8)
def sample_of(kind: SearchKind, total: int) -> Sample:
    """Return a sample of the rows of a kind, at even distances. Raw SQL, marked: on SQLite alone, by its index of kinds."""
    places = sorted({1 + total * n // SAMPLED for n in range(SAMPLED)})
    sql = (
        "SELECT s.head, s.marks FROM kycuong_searchrow s WHERE s.id IN (SELECT (SELECT n.id FROM kycuong_searchrow n "
        "WHERE n.kind = %s AND n.id >= place.value ORDER BY n.id LIMIT 1) FROM json_each(%s) place)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [kind.value, json.dumps(places)])
        return Sample(tuple(frozenset(f"{head} {marks}".split()) for head, marks in cursor.fetchall()), total)
