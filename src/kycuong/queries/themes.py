"""Themes of steering as people see them: the list, and what a document belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.models import Document, DocumentTheme, Theme
from kycuong.queries import scope
from kycuong.queries.kept import kept

#: What the document page says of the past; older lines stay in the table.
HISTORY_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme as a line: with how many documents and tasks of it the person sees."""

    public_id: UUID
    kind: str
    year: int | None
    name: str
    ended: bool
    documents: int = 0
    tasks: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A document was put under a theme, and perhaps taken from it."""

    name: str
    set_by: str
    set_at: datetime
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentThemes:
    """The themes of a document, those to choose from, and the history."""

    now: list[ThemeRow]
    choices: list[ThemeRow]
    history: list[ThemeLine]


def of_theme(public_id: UUID) -> QuerySet[DocumentTheme, int]:
    """Return the keys of the documents that belong to a theme now, for `document__in`."""
    rows = DocumentTheme.objects.filter(theme__public_id=public_id, ended_at__isnull=True)
    return rows.values_list("document", flat=True)


def choices(*, ended: bool = False) -> list[ThemeRow]:
    """Return the themes to choose from: of the newest year first, then topics by name (one query)."""
    return [_row(theme) for theme in (_all() if ended else _living())]


@kept()
def _all() -> QuerySet[Theme]:
    return Theme.objects.order_by("kind", "-year", "folded")


@kept()
def _living() -> QuerySet[Theme]:
    return Theme.objects.filter(ended_at__isnull=True).order_by("kind", "-year", "folded")


def _row(theme: Theme) -> ThemeRow:
    return ThemeRow(theme.public_id, theme.kind, theme.year, theme.name, theme.ended_at is not None)


def of_year(year: int) -> list[ThemeRow]:
    """Return the themes of a year, ended ones too (one query)."""
    return [_row(theme) for theme in Theme.objects.filter(year=year).order_by("folded")]


def themes(who: scope.Actor, at: datetime) -> list[ThemeRow]:
    """Return every theme with the numbers of documents and tasks that the person sees (three queries)."""
    belongs = Q(theme_rows__ended_at__isnull=True, theme_rows__isnull=False)
    seen = scope.visible_documents(who).filter(belongs).order_by().values("theme_rows__theme")
    n_documents = dict(seen.annotate(n=Count("pk")).values_list("theme_rows__theme", "n"))
    open_late = Count("pk", filter=Q(phase="open", due_at__lte=at))
    duties = scope.visible_duties(who).filter(
        kind="task", document__theme_rows__ended_at__isnull=True, document__theme_rows__isnull=False
    )
    grouped = duties.order_by().values("document__theme_rows__theme").annotate(n=Count("pk"), late=open_late)
    n_tasks = {row["document__theme_rows__theme"]: (row["n"], row["late"]) for row in grouped}
    found = []
    for theme in Theme.objects.order_by("kind", "-year", "folded"):
        tasks, late = n_tasks.get(theme.pk, (0, 0))
        found.append(
            ThemeRow(
                theme.public_id, theme.kind, theme.year, theme.name, theme.ended_at is not None,
                n_documents.get(theme.pk, 0), tasks, late,
            )
        )  # fmt: skip
    return sorted(found, key=lambda row: (row.ended, row.kind == "topic", -(row.year or 0)))


def of_document(document: Document | int, at: datetime) -> DocumentThemes:
    """Return the themes of a document, what can be chosen, and the history (two queries)."""
    rows = DocumentTheme.objects.filter(document=document).select_related("theme", "set_by", "ended_by")
    lines = list(rows.order_by("-set_at", "-id")[:HISTORY_SHOWN])
    now = [_row(line.theme) for line in lines if line.ended_at is None]
    known = {row.public_id for row in now}
    year = local_date(at).year
    others = [
        row for row in choices() if row.public_id not in known and (row.year is None or abs(row.year - year) <= 1)
    ]
    history = [
        ThemeLine(
            line.theme.name, line.set_by.full_name, line.set_at, line.ended_by.full_name if line.ended_by else "",
            line.ended_at,
        )
        for line in lines
    ]  # fmt: skip
    return DocumentThemes(now, others, history)
