"""Documents that one seems to implement: it says so where it names them, or carries what they demand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from kycuong.models import DocumentLink, DocumentText
from kycuong.queries import scope
from kycuong.queries.comparisons.charging import charges_of
from kycuong.reader.comparing import compare
from kycuong.reader.fold import bare, lower

#: Words that say that a document carries out the one named after them.
_CARRIES_OUT = re.compile(
    r"\b(?:thuc hien|trien khai|to chuc thuc hien|cu the hoa|thi hanh|quan triet)\b[^.;\n]{0,200}$"
)
#: A cited document whose demands come back to this share is suggested without such words.
SHARE = 0.34
MOST = 6
#: Documents that tell what was done: they answer the one above and set no demand on anybody below.
ANSWERS = frozenset({"Báo cáo", "Tờ trình", "Biên bản", "Giấy mời"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A document that another seems to implement: how many of its demands come back, and whether the text says so."""

    public_id: UUID
    code: str
    subject: str
    carried: int
    demands: int
    said: bool


def suggestions(who: scope.Actor, public_id: UUID) -> list[Suggestion]:
    """Return the cited documents that a document seems to implement and is not yet linked to so (six queries).

    Raises: NotVisible.
    """
    document = scope.document_to_read(who, public_id)
    if document.doc_type in ANSWERS:
        return []
    linked = DocumentLink.objects.filter(document=document, other=OuterRef("other"))
    cited = DocumentLink.objects.filter(
        scope.seen_document(who, "other"), document=document, kind=DocumentLink.Kind.CITES
    )
    cited = cited.exclude(Exists(linked.exclude(kind=DocumentLink.Kind.CITES))).select_related("other")
    others = [link.other for link in cited.order_by("id")[:MOST]]
    if not others:
        return []
    text = DocumentText.objects.filter(document=document).values_list("text", flat=True).first() or ""
    charges = charges_of([document.pk, *(other.pk for other in others)])
    found = []
    for other in others:
        result = compare(charges[other.pk], charges[document.pk], issuer=document.issuer)
        back = len(result.lines) - result.count("missing")
        said = says_so(text, str(other))
        if said or (result.lines and back >= SHARE * len(result.lines)):
            found.append(Suggestion(other.public_id, str(other), other.subject, back, len(result.lines), said))
    return sorted(found, key=lambda one: (not one.said, -one.carried))


def says_so(text: str, code: str) -> bool:
    """Tell whether a text says that it carries out the document of a number."""
    folded, wanted = bare(lower(text)), bare(lower(code))
    at = folded.find(wanted)
    while at >= 0:
        if _CARRIES_OUT.search(folded[max(0, at - 260) : at]):
            return True
        at = folded.find(wanted, at + 1)
    return False
