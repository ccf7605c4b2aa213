"""Themes of steering: add one, rename it, end it; say which themes a document belongs to, with history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import themes as law
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.folding import fold
from kycuong.models import Document, DocumentTheme, Theme
from kycuong.queries import scope
from kycuong.services import audit


def add(*, actor: scope.Actor, at: datetime, name: str, kind: str = "topic", year: int | None = None) -> UUID:
    """Add a theme of a year or a topic. Raises: NotAllowed, Invalid."""
    _must_intake(actor)
    name, sort, year = law.check(name, kind, year)
    made = Theme(
        kind=sort.value, year=year, name=name, folded=fold(name)[:300], made_by_id=actor.officer_id, made_at=at
    )
    with transaction.atomic():
        _save(made)
        _record(actor, at, "add_theme", made, kind=sort.value, year=year)
    return made.public_id


def _must_intake(actor: scope.Actor) -> None:
    if not actor.may("intake"):
        raise NotAllowed("intake_not_allowed")


def _save(theme: Theme) -> None:
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        raise Invalid("theme_known", name=theme.name) from error


def _record(actor: scope.Actor, at: datetime, act: str, theme: Theme, **data: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="theme", subject_id=theme.public_id, **data
    )  # fmt: skip


def _for_acting(actor: scope.Actor, theme: UUID) -> Theme:
    found = Theme.objects.filter(public_id=theme).first()
    if found is None:
        raise NotVisible("theme_not_visible")
    _must_intake(actor)
    return found


def rename(*, actor: scope.Actor, at: datetime, theme: UUID, name: str) -> None:
    """Correct the name of a theme. Raises: NotVisible, NotAllowed, Invalid."""
    row = _for_acting(actor, theme)
    name, _, _ = law.check(name, row.kind, row.year)
    if name == row.name:
        raise Invalid("theme_unchanged")
    row.name, row.folded = name, fold(name)[:300]
    with transaction.atomic():
        _save(row)
        _record(actor, at, "rename_theme", row)


def end(*, actor: scope.Actor, at: datetime, theme: UUID) -> None:
    """End a theme: no further document is put under it, those that belong to it stay. Raises: NotVisible, NotAllowed, Conflict."""
    _turn(actor, at, theme, "end_theme", ended_at=at)


def reopen(*, actor: scope.Actor, at: datetime, theme: UUID) -> None:
    """Use an ended theme again. Raises: NotVisible, NotAllowed, Conflict."""
    _turn(actor, at, theme, "reopen_theme", ended_at=None)


def _turn(actor: scope.Actor, at: datetime, theme: UUID, act: str, ended_at: datetime | None) -> None:
    row = _for_acting(actor, theme)
    with transaction.atomic():
        turned = Theme.objects.filter(pk=row.pk, ended_at__isnull=ended_at is not None).update(ended_at=ended_at)
        if not turned:
            raise Conflict("theme_unchanged")
        _record(actor, at, act, row)


def set_themes(*, actor: scope.Actor, at: datetime, document: UUID, themes: Collection[UUID]) -> None:
    """Say to which themes a document belongs, at its review or later; what it belonged to before stays in the history.

    Raises: NotVisible, NotAllowed, Invalid.
    """
    row = scope.document_to_review(actor, document)
    chosen = {theme.pk: theme for theme in Theme.objects.filter(public_id__in=themes)}
    if len(chosen) != len(set(themes)):
        raise NotVisible("theme_not_visible")
    with transaction.atomic():
        Document.objects.select_for_update(of=("self",)).get(pk=row.pk)
        now = {line.theme_id: line for line in DocumentTheme.objects.filter(document=row, ended_at__isnull=True)}
        added, ended = [chosen[pk] for pk in chosen if pk not in now], [pk for pk in now if pk not in chosen]
        for theme in added:
            if theme.ended_at:
                raise Invalid("theme_ended", name=theme.name)
        if not added and not ended:
            return
        DocumentTheme.objects.filter(pk__in=[now[pk].pk for pk in ended]).update(ended_at=at, ended_by=actor.officer_id)
        DocumentTheme.objects.bulk_create(
            [DocumentTheme(document=row, theme=theme, set_by_id=actor.officer_id, set_at=at) for theme in added]
        )
        audit.record(
            actor_id=actor.officer_id, at=at, act="set_themes", subject_kind="document", subject_id=document,
            added=sorted(theme.pk for theme in added), ended=sorted(ended),
        )  # fmt: skip


def join_year(*, actor: scope.Actor, at: datetime, document: Document, year: int) -> None:
    """Put a document that serves a year, as a unit's programme does, under the theme of that year, if there is one."""
    rows = Theme.objects.filter(kind="year", year=year, ended_at__isnull=True)
    DocumentTheme.objects.bulk_create(
        [DocumentTheme(document=document, theme=theme, set_by_id=actor.officer_id, set_at=at) for theme in rows]
    )
