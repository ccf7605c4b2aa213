"""Find the circle of seats from which each closed duty is seen: a step of services.tallies, inside its transactions.

Raw SQL, marked: one statement over thousands of rows, the same on both databases but for how the seats of a duty are joined.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from kycuong.core.tallies import DESK, OFFICER
from kycuong.models import TallyCircle, TallyCircleSeat

#: The seats of somebody who sees single duties, as queries.scope says it, of some duties.
_SAID: Final = " UNION ".join(
    (
        f"SELECT id AS duty, '{OFFICER}' AS seat, holder_officer_id AS number FROM kycuong_duty WHERE {{id}}",  # noqa: S608
        f"SELECT duty_id, '{OFFICER}', officer_id FROM kycuong_dutyholding WHERE {{duty_id}}",  # noqa: S608
        f"SELECT duty_id, '{DESK}', unit_id FROM kycuong_dutyholding WHERE {{duty_id}}",  # noqa: S608
        f"SELECT parent_id, '{OFFICER}', holder_officer_id FROM kycuong_duty "  # noqa: S608
        "WHERE {parent_id} AND parent_id IS NOT NULL AND kind <> 'opinion'",
    )
)
_COLUMNS: Final = ("id", "duty_id", "duty_id", "parent_id")
#: Duties that one question names.
CHUNK: Final = 500
#: Letters of a key at most; a duty that went through more hands than that has a circle of its own.
LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Some:
    """A condition that names some duties by their key, with its parameters."""

    sql: str
    params: tuple[Any, ...]

    def of(self, column: str) -> str:
        """Return the condition for a column."""
        return self.sql.format(column=column)


def keyed(some: Some) -> tuple[str, list[Any]]:
    """Return the statement that gives (duty, key of its circle) of the closed ones among some, with its parameters."""
    said, params = _said(some)
    joined = (
        "string_agg(s.seat || s.number, ',' ORDER BY s.seat, s.number)"
        if connection.vendor == "postgresql"
        else "group_concat(s.seat || s.number)"
    )
    rows = (
        f"SELECT s.duty, s.seat, s.number FROM ({said}) AS s JOIN kycuong_duty d ON d.id = s.duty "  # noqa: S608
        "WHERE d.phase = 'closed' AND s.number IS NOT NULL"
    )
    if connection.vendor == "sqlite":  # joins in the order in which it reads
        rows += " ORDER BY s.duty, s.seat, s.number"
    keys = f"SELECT s.duty, {joined} AS key FROM ({rows}) AS s GROUP BY s.duty"  # noqa: S608
    own = f"CASE WHEN length(k.key) > {LONGEST} THEN 'duty ' || k.duty ELSE k.key END"
    return f"SELECT k.duty AS duty, {own} AS key FROM ({keys}) AS k", params  # noqa: S608


def make(some: Some) -> None:
    """Make the circles of the closed ones among some that are not known yet, and anew those that a duty has of its own.

    The key of such a one does not name its seats, and more may see the duty since.
    """
    rows, params = keyed(some)
    new = (
        f"SELECT r.key, min(r.duty) FROM ({rows}) AS r WHERE r.key LIKE 'duty %%' OR NOT EXISTS "  # noqa: S608
        "(SELECT 1 FROM kycuong_tallycircle c WHERE c.key = r.key) GROUP BY r.key"
    )
    with connection.cursor() as cursor:
        cursor.execute(new, params)
        found = dict(cursor.fetchall())
    if not found:
        return
    own = list(TallyCircle.objects.filter(key__in=[key for key in found if key.startswith("duty ")]))
    TallyCircleSeat.objects.filter(circle__in=own).delete()
    known = {circle.key for circle in own}
    made = own + TallyCircle.objects.bulk_create([TallyCircle(key=key) for key in found if key not in known])
    seats = _seats(list(found.values()))
    TallyCircleSeat.objects.bulk_create(
        [
            TallyCircleSeat(circle=circle, seat=seat, number=number)
            for circle in made
            for seat, number in seats[found[circle.key]]
        ]
    )


def clear() -> None:
    """Forget all."""
    TallyCircleSeat.objects.all().delete()
    TallyCircle.objects.all().delete()


def _seats(keys: list[int]) -> dict[int, list[tuple[str, int]]]:
    """Return the seats of some duties, each once."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for first in range(0, len(keys), CHUNK):
        some = keys[first : first + CHUNK]
        said, params = _said(Some(f"{{column}} IN ({', '.join(['%s'] * len(some))})", tuple(some)))
        with connection.cursor() as cursor:
            cursor.execute(said, params)
            for duty, seat, number in cursor.fetchall():
                if number is not None:
                    found[duty].append((seat, number))
    return found


def _said(some: Some) -> tuple[str, list[Any]]:
    return _SAID.format(**{name: some.of(name) for name in _COLUMNS}), [*some.params] * len(_COLUMNS)
