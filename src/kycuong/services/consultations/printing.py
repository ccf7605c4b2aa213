"""Keep the fingerprints of an answer: of its words to each point and of the paragraphs of its letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kycuong.core.boilerplate import prints
from kycuong.core.consultations import Said
from kycuong.models import Opinion, OpinionPrint
from kycuong.services.tasks.papers import Returned


def keep_prints(opinion: Opinion, said: Mapping[int, Said], letter: Returned, at: datetime) -> None:
    """Write the fingerprints of an answer anew; a scan that nobody has read yet gives those of its points only."""
    body, row = opinion.unit, opinion.consultation
    names = (row.title, row.lead_unit.name, row.lead_unit.short_name, body.name, body.short_name)
    text = letter.paper.reading.text if letter.paper.reading else ""
    asked = opinion.proposed.points.values_list("words", flat=True)
    found = prints([*(one.words for one in said.values()), *text.splitlines()], names=names, asked=list(asked))
    OpinionPrint.objects.filter(opinion=opinion).delete()
    OpinionPrint.objects.bulk_create(
        [OpinionPrint(opinion=opinion, unit_id=opinion.unit_id, fingerprint=one, at=at) for one in found]
    )
