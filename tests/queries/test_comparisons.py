"""The family of a document: who sees what of it, which units have followed, what one seems to implement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import families, make

from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import Document, DocumentLink
from kycuong.queries import comparisons

WHEN = "2026-11-12 08:00"


def test_both_ends_show_the_same_pair_the_right_way_round() -> None:
    above, below = families.linked()
    who = make.who("chanhvp", WHEN)
    for document in (above, below):
        page = comparisons.genealogy(who, document.public_id, make.at(WHEN))
        assert page.pair is not None
        assert (page.pair.parent.public_id, page.pair.child.public_id) == (above.public_id, below.public_id)
        assert page.pair.counts == {"carried": 1, "softened": 2, "missing": 1}
    assert [row.line.lost for row in page.pair.rows] == [(), ("target",), (), ()]


def test_a_unit_sees_its_document_and_not_the_family_that_it_may_not_see() -> None:
    above, below = families.linked()
    page = comparisons.genealogy(make.who("ctx2", WHEN), above.public_id, make.at(WHEN))
    assert [one.public_id for one in page.family.members] == [above.public_id]
    assert page.pair is None
    assert [unit.name for unit in page.units.without] == ["Ủy ban nhân dân phường Bến Ngự"]
    assert not page.units.having
    with pytest.raises(NotVisible):
        comparisons.genealogy(make.who("ctx2", WHEN), above.public_id, make.at(WHEN), below.public_id)
    with pytest.raises(Invalid):
        comparisons.of_registered(make.who("ctx2", WHEN), "44/KH-UBND")


def test_units_that_have_not_followed_are_named_with_their_days() -> None:
    above, below = families.linked()
    page = comparisons.units(make.who("chanhvp", WHEN), above, make.at(WHEN))
    assert [(unit.name, unit.days, unit.document) for unit in page.having] == [
        ("Ủy ban nhân dân xã Khe Sim", 7, below.public_id)
    ]
    assert {(unit.name, unit.days) for unit in page.without} == {
        ("Sở Xây dựng", 10), ("Ủy ban nhân dân phường Bến Ngự", 10),
    }  # fmt: skip


def test_a_family_of_three_generations_and_a_circle_end() -> None:
    above, below = families.linked()
    third = families.plan(code="45/KH-UBND")
    for document, other in ((third, below), (above, third)):
        DocumentLink.objects.create(document=document, other=other, kind="implements")
    found = comparisons.family(make.who("chanhvp", WHEN), below)
    assert {one.code for one in found.members} == {"21/CT-UBND", "44/KH-UBND", "45/KH-UBND"}
    assert len(found.ties) == 3


def test_asking_costs_the_same_for_one_child_and_for_many() -> None:
    above, _ = families.linked()
    who = make.who("chanhvp", WHEN)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            comparisons.family(who, above)
            comparisons.units(who, above, make.at(WHEN))
        return len(queries)

    asked()  # the names of units are read once and kept
    few = asked()
    for no in range(5):
        child = Document.objects.get(pk=families.plan(code=f"{50 + no}/KH-UBND").pk)
        DocumentLink.objects.create(document=child, other=above, kind="implements")
    assert asked() == few


@pytest.mark.parametrize(("basis", "said"), [("Thực hiện", True), ("Căn cứ", False)])
def test_a_cited_document_that_one_carries_out_is_suggested(basis: str, *, said: bool) -> None:
    above, below = families.directive(), families.plan(basis=basis)
    found = comparisons.suggestions(make.who("vanthu", WHEN), below.public_id)
    assert [(one.public_id, one.said, one.carried, one.demands) for one in found] == [(above.public_id, said, 3, 4)]
    DocumentLink.objects.create(document=below, other=above, kind="implements")
    assert comparisons.suggestions(make.who("vanthu", WHEN), below.public_id) == []


def test_a_report_answers_and_implements_nothing() -> None:
    below = families.plan(basis="Thực hiện")
    families.directive()
    Document.objects.filter(pk=below.pk).update(doc_type="Báo cáo")
    assert comparisons.suggestions(make.who("vanthu", WHEN), below.public_id) == []


def test_a_cited_document_of_another_matter_is_not_suggested() -> None:
    make.upload(make.paper(code="21/CT-UBND"))
    below = families.plan(basis="Căn cứ")
    assert comparisons.suggestions(make.who("vanthu", WHEN), below.public_id) == []
