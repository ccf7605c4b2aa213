"""The Phụ lục phân công nhiệm vụ: what goes out with a directive, one line an order."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.errors import Invalid
from kycuong.core.letters import Annex, Column, Paragraph, Table
from kycuong.queries import annexes, scope
from kycuong.services import audit
from kycuong.services.papers.printing import Paper, write

COLUMNS = (
    Column("TT", 1.1, "center"), Column("Nhiệm vụ", 9.4, "justify"), Column("Cơ quan chủ trì", 4.0),
    Column("Cơ quan phối hợp", 3.8), Column("Thời hạn", 3.2), Column("Sản phẩm", 3.4),
)  # fmt: skip


def annex(*, actor: scope.Actor, at: datetime, document: UUID, form: str = "docx") -> Paper:
    """Write the Phụ lục phân công nhiệm vụ of a document: task, lead, participants, time limit, product.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I (layout of annexes). Raises: NotVisible, Invalid.
    """
    content = annexes.annex(actor, document, at)
    if not content.rows:
        raise Invalid("document_without_order")
    paper = write(content.file_name, [_laid_out(content)], form=form)
    audit.record(actor_id=actor.officer_id, at=at, act="annex", subject_kind="document", subject_id=document)
    return paper


def _laid_out(content: annexes.Annex) -> Annex:
    rows = [(row.number, row.task, row.leads, row.participants, row.limit, row.product) for row in content.rows]
    return Annex(
        titles=("PHÂN CÔNG NHIỆM VỤ", content.purpose),
        belongs_to=content.belongs_to,
        content=(Table(COLUMNS, rows), *(Paragraph(note, italic=True, indent=False) for note in content.notes)),
        landscape=True,
    )
