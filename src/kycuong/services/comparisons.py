"""Comparing a document with one below it: a person corrects a counterpart, and the numbers of each link are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import Document, DocumentLink, MatchCorrection
from kycuong.queries import comparisons, scope
from kycuong.services import audit

#: Links counted in one round of the jobs.
BATCH = 40
#: What was done so short before a count may not have been seen by it: it is looked at once more.
UNSEEN = timedelta(minutes=1)


def correct_match(
    *, actor: scope.Actor, at: datetime, parent: UUID, child: UUID, demand: tuple[int, int], status: str,
    spans: list[tuple[int, int]] | None = None, reason: str = "",
) -> UUID:  # fmt: skip
    """Say what became of a demand of the parent, and which demands of the child carry it; the newest word holds.

    `demand` is its span in the parent's text, `spans` those chosen in the child's. Raises: NotVisible, NotAllowed, Invalid.
    """
    above, below = scope.document_to_read(actor, parent), scope.document_to_review(actor, child)
    page = comparisons.pair(actor, parent, child)
    row = next((one for one in page.rows if (one.line.demand.start, one.line.demand.end) == demand), None)
    if row is None:
        raise Invalid("demand_unknown")
    known = {(one.start, one.end) for one in page.choices}
    chosen = [list(span) for span in spans or [] if span in known]
    if status not in MatchCorrection.Status.values:
        raise Invalid("kind_unknown", text=status)
    if status != MatchCorrection.Status.MISSING and not chosen and not row.line.match:
        raise Invalid("match_missing")
    with transaction.atomic():
        made = MatchCorrection.objects.create(
            parent=above, child=below, start=demand[0], end=demand[1], status=status, spans=chosen,
            reason=reason.strip()[:300], before=row.line.status, officer_id=actor.officer_id, at=at,
        )  # fmt: skip
        _record(actor, at, "correct_match", above, below, status=status, before=row.line.status)
        count_pair(above, below, at)
    return made.public_id


def undo_match(*, actor: scope.Actor, at: datetime, correction: UUID) -> None:
    """Take a person's word on a demand back; what stood before it holds again. Raises: NotVisible, NotAllowed."""
    row = MatchCorrection.objects.select_related("parent", "child").filter(public_id=correction, undone=False).first()
    if row is None:
        raise NotVisible("match_not_visible")
    scope.document_to_read(actor, row.parent.public_id)
    scope.document_to_review(actor, row.child.public_id)
    with transaction.atomic():
        MatchCorrection.objects.filter(pk=row.pk).update(undone=True)
        _record(actor, at, "undo_match", row.parent, row.child, status=row.status)
        count_pair(row.parent, row.child, at)


def _record(actor: scope.Actor, at: datetime, act: str, above: Document, below: Document, **told: str) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="document", subject_id=below.public_id,
        other=str(above.public_id), **told,
    )  # fmt: skip


def count_pair(above: Document, below: Document, at: datetime) -> None:
    """Count the demands of one link anew; of two documents that are not linked nothing is kept."""
    links = DocumentLink.objects.filter(document=below, other=above, kind=DocumentLink.Kind.IMPLEMENTS)
    _count(list(links.select_related("document", "other")), at)


def renew(at: datetime) -> int:
    """Count the demands of links that are new or whose documents were changed since; return how many were counted."""
    return _count(comparisons.stale(BATCH), at)


def _count(links: list[DocumentLink], at: datetime) -> int:
    for link in comparisons.counted(links):
        rows = DocumentLink.objects.filter(pk=link.pk)
        numbers = {"carried": link.carried, "softened": link.softened, "missing": link.missing}
        if not rows.filter(compared_at=link.compared_at).update(compared_at=at - UNSEEN, **numbers):
            rows.update(compared_at=None)  # somebody counted meanwhile, from other words: the job counts once more
    return len(links)
