"""Which of the charged units have issued a document of their own that implements the one from above, and which not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min

from kycuong.core.calendars import local_date
from kycuong.models import Document, DocumentLink, Duty, Unit
from kycuong.queries import scope
from kycuong.queries.addressees import directory


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A charged unit: its own document with the day it was issued, or how many days it has had."""

    public_id: UUID
    name: str
    charged_on: date
    days: int
    document: UUID | None = None
    code: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The charged units that the person sees, those without a document of their own first, the longest waiting first."""

    without: list[UnitRow]
    having: list[UnitRow]

    @property
    def total(self) -> int:
        """Return how many units were charged."""
        return len(self.without) + len(self.having)


def units(who: scope.Actor | None, document: Document, at: datetime) -> UnitsPage:
    """Return the charged units of a document, with and without a document of their own (four queries)."""
    on = local_date(at)
    duties = scope.visible_duties(who) if who else Duty.objects.all()
    charged = duties.filter(document=document, kind="task").order_by().values("holder_unit")
    since = dict(charged.annotate(first=Min("anchor_at")).values_list("holder_unit", "first"))
    own = _own(who, document, on)
    rows = []
    for unit in Unit.objects.filter(pk__in=since).order_by("id"):
        first = local_date(since[unit.pk])
        issued = own.get(unit.pk)
        until = issued.issued_on if issued and issued.issued_on else on
        rows.append(
            UnitRow(
                unit.public_id, unit.name, first, max(0, (until - first).days), issued.public_id if issued else None,
                str(issued) if issued else "", issued.issued_on if issued else None,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (-row.days, row.name))
    return UnitsPage([row for row in rows if not row.document], [row for row in rows if row.document])


def _own(who: scope.Actor | None, document: Document, on: date) -> dict[int, Document]:
    """Return the first document that each unit issued to implement another, by unit."""
    links = DocumentLink.objects.filter(other=document, kind=DocumentLink.Kind.IMPLEMENTS).select_related("document")
    if who is not None:
        links = links.filter(scope.seen_document(who, "document"))
    names = directory(on)
    found: dict[int, Document] = {}
    for link in links.order_by("document__issued_on", "id"):
        for resolved in names.resolve(link.document.issuer, link.document.issued_on):
            if resolved.unit_id is not None:
                found.setdefault(resolved.unit_id, link.document)
    return found
