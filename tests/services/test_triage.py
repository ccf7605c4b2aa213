"""Triage says whether a paper charges anybody; it can be changed until the paper is issued."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.core.errors import Conflict, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Document
from kycuong.services import directives


def triage(login: str, document: Document, *, has_orders: bool) -> str:
    directives.triage(
        actor=make.who(login), at=make.at(make.MONDAY), document=document.public_id, has_orders=has_orders
    )
    document.refresh_from_db()
    return document.state


def test_it_can_be_said_and_said_otherwise_until_issued() -> None:
    document = make.upload()
    assert triage("vanthu", document, has_orders=False) == "for_info"
    assert triage("theodoi", document, has_orders=True) == "review"
    states = AuditEntry.objects.filter(act="triage").order_by("id").values_list("data", flat=True)
    assert [row["state"] for row in states] == ["for_info", "review"]
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=document.public_id)
    with make.refused(Conflict, "document_moved_meanwhile"):
        triage("vanthu", document, has_orders=False)


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("chutich", NotAllowed, "intake_not_allowed"),
        ("gdsnv", NotAllowed, "intake_not_allowed"),
        ("gdsxd", NotVisible, "document_not_visible"),  # not issued yet: nobody outside the Office knows it
        ("quantri", NotVisible, "document_not_visible"),
    ],
)
def test_only_the_office_triages(login: str, kind: type[Exception], code: str) -> None:
    document = make.upload()
    with make.refused(kind, code):
        triage(login, document, has_orders=True)
