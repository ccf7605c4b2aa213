"""What one search looks for, tier by tier, and the pieces of statements in which either database is asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from kycuong.core.search import Query
from kycuong.models.search import SearchKind


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
    """What one tier looks for: words, marks of the filters (all must stand), rows; not the number `but`.

    `deep`: of open tasks in a state the same rows by their duties; the newest have few of them, and few are open at all.
    `few`: the rows are so few that each is looked at, whatever its words are.
    `seats`: one of these marks stands on every row that the scope may let the person see; none for those who see all.
    """

    query: Query
    marks: tuple[str, ...]
    seats: tuple[str, ...]
    rows: Rows
    but: str = ""
    deep: Rows | None = None
    few: bool = False


def select(tables: str, where: Sequence[Statement], order: str, size: int) -> Statement:
    """Return the statement that gives up to `size` keys of rows, the highest first."""
    sql = " AND ".join(f"({one.sql})" for one in where)
    params = [value for one in where for value in one.params]
    return Statement(
        f"SELECT kycuong_searchrow.id FROM {tables} WHERE {sql} ORDER BY {order} DESC LIMIT %s",  # noqa: S608
        (*params, size),
    )
