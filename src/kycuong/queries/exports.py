"""The complete exports that were asked for, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kycuong.models import ExportRun
from kycuong.queries import scope
from kycuong.queries.imports import must_administer


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One export in the list."""

    public_id: UUID
    state: str
    state_label: str
    officer_name: str
    at: datetime
    rows: int
    tables: int
    files: int
    size: int
    sha256: str
    said: str


def exports(who: scope.Actor, *, size: int = 10) -> list[ExportLine]:
    """Return the newest exports. Raises: NotAllowed."""
    must_administer(who)
    rows = ExportRun.objects.select_related("officer").order_by("-id")[:size]
    return [
        ExportLine(
            row.public_id, row.state, str(ExportRun.State(row.state).label), row.officer.full_name, row.at, row.rows_done,
            row.tables_done, row.files, row.size, row.sha256, row.said,
        )
        for row in rows
    ]  # fmt: skip
