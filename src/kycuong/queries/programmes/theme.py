"""A theme with the tasks of its documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kycuong.core.duties import State
from kycuong.core.errors import NotVisible
from kycuong.queries import scope, themes
from kycuong.queries.documents import DocumentRow, register
from kycuong.queries.duties.states import counts_of

DOCUMENTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ThemePage:
    """A theme, its tasks by state, its newest documents."""

    theme: themes.ThemeRow
    counts: dict[State, int]
    documents: list[DocumentRow]


def theme(who: scope.Actor, public_id: UUID, at: datetime) -> ThemePage:
    """Return a theme with what the person sees under it. Raises: NotVisible."""
    row = next((one for one in themes.themes(who, at) if one.public_id == public_id), None)
    if row is None:
        raise NotVisible("theme_not_visible")
    tasks = scope.visible_duties(who).filter(kind="task", document__in=themes.of_theme(public_id))
    page = register(who, at, theme=public_id, size=DOCUMENTS_SHOWN)
    return ThemePage(row, counts_of(tasks, at), page.rows)
