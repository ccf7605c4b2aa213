"""The tasks behind one figure of the programmes of work: of one programme, or of all of a year."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from kycuong.core.errors import Invalid
from kycuong.queries import scope
from kycuong.queries.duties import DutyRow
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.programmes import rights
from kycuong.queries.programmes.overview import expected_units
from kycuong.queries.programmes.progress import BUCKETS, keys_of

#: How many of the tasks behind a figure are shown at once.
ROWS_SHOWN: Final = 500


def of_programme(
    who: scope.Actor, public_id: UUID, at: datetime, bucket: str = "", quarter: int | None = None
) -> list[DutyRow]:
    """Return the tasks behind a figure of one programme. Raises: NotVisible, Invalid for a figure that there is not."""
    return _rows(who, at, bucket, quarter, task__order__programme_line__programme=rights.to_read(who, public_id))


def of_year(who: scope.Actor, year: int, at: datetime, bucket: str = "") -> list[DutyRow]:
    """Return the tasks behind the sum of a year. Raises: Invalid for a figure that there is not."""
    line = "task__order__programme_line__programme__"
    return _rows(who, at, bucket, None, **{f"{line}year": year, f"{line}unit__in": expected_units(who, at)})


def _rows(who: scope.Actor, at: datetime, bucket: str, quarter: int | None, **where: object) -> list[DutyRow]:
    if bucket and bucket not in BUCKETS:
        raise Invalid("kind_unknown", text=bucket)
    seen = scope.visible_duties(who).filter(kind="task", **where)
    return lines_of(keys_of(seen, at, bucket, quarter)[:ROWS_SHOWN], at)
