"""Open a kept file for someone who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from kycuong.core.errors import NotVisible
from kycuong.models import DocumentFile, Duty, HeadCase, TargetActual
from kycuong.queries import consultations, scope, signs, voting
from kycuong.queries.backlog.seeing import visible_reviews
from kycuong.queries.chasing.seeing import readable_letters


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file ready to be sent; the caller closes the stream."""

    name: str
    media_type: str
    size: int
    stream: BinaryIO


def path_of(digest: str) -> Path:
    """Return where the bytes of a hash lie."""
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest


def open_file(who: scope.Actor, public_id: UUID) -> OpenFile:
    """Open a file of a document or of a result that the person sees.

    Raises: NotVisible.
    """
    row = visible(who, public_id)
    try:
        stream = path_of(row.sha256).open("rb")
    except FileNotFoundError as error:
        raise NotVisible("file_not_visible") from error
    return OpenFile(row.name, row.media_type, row.size, stream)


def visible(who: scope.Actor, public_id: UUID) -> DocumentFile:
    """Return the row of a file of a document or of a result that the person sees. Raises: NotVisible."""
    row = DocumentFile.objects.filter(public_id=public_id).first()
    if row is None or not _visible(who, row):
        raise NotVisible("file_not_visible")
    return row


def _visible(who: scope.Actor, row: DocumentFile) -> bool:
    if row.document_id is not None:
        return scope.visible_documents(who).filter(pk=row.document_id).exists()
    if readable_letters(who).filter(file=row).exists():
        return True
    if visible_reviews(who).filter(file=row).exists():
        return True
    if HeadCase.objects.filter(file=row, decision__in=scope.visible_duties(who)).exists():
        return True
    if consultations.reads(who, row.pk) or signs.read_file(who, row.pk) or voting.reads(who, row.pk):
        return True
    figures = TargetActual.objects.filter(file=row).values("duty")
    about = Q(task__results__file=row) | Q(explanation__file=row) | Q(pk__in=figures)
    duties = Duty.objects.filter(about)
    return scope.visible_duties(who).filter(pk__in=duties.values("pk")).exists()
