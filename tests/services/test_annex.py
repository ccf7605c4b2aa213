"""The Phụ lục phân công nhiệm vụ: one line an order, as an office types it by hand; who sees the document downloads it."""

from __future__ import annotations

import io

import pytest
from docx import Document as read_docx
from tests import make

from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import AuditEntry
from kycuong.services import directives, papers

AT = make.at(make.MONDAY)


def cells(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_docx(io.BytesIO(data)).tables[0].rows]


def test_it_has_a_line_an_order_with_lead_participants_and_limit() -> None:
    document = make.upload()
    first, second = make.orders(document)
    unit = make.unit("SXD").pk
    directives.correct_order(
        actor=make.who("vanthu"), at=AT, order=second.public_id, leads=[f"unit:{unit}", "group:communes"],
        participants=["printed:Hội Làm vườn"], kind="periodic", rrule="FREQ=MONTHLY;BYMONTHDAY=25", bound="before",
        product="Báo cáo",
    )  # fmt: skip
    paper = papers.annex(actor=make.who("vanthu"), at=AT, document=document.public_id)
    head, one, two = cells(paper.data)
    assert head == ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"]
    assert one[1].startswith(first.text)
    assert (one[0], *one[2:5]) == ("1", "Sở Xây dựng", "Sở Tài chính", "Trước ngày 20/11/2026")
    assert two[2:] == [
        "Sở Xây dựng\nUBND các xã, phường",
        "Hội Làm vườn",
        "Định kỳ trước ngày 25 hằng tháng",
        "Báo cáo",
    ]
    assert paper.name == "phu-luc-phan-cong-21-CT-UBND.docx"
    assert AuditEntry.objects.filter(act="annex").count() == 1


def test_what_is_dropped_is_left_out_and_an_empty_one_is_refused() -> None:
    document = make.upload()
    for number, order in enumerate(make.orders(document), 1):
        directives.drop_order(actor=make.who("vanthu"), at=AT, order=order.public_id, reason="Trùng")
        if number == 1:
            assert len(cells(papers.annex(actor=make.who("vanthu"), at=AT, document=document.public_id).data)) == 2
    with make.refused(Invalid, "document_without_order"):
        papers.annex(actor=make.who("vanthu"), at=AT, document=document.public_id)


@pytest.mark.parametrize("login", ["ctx1", "quantri", "gdsxd"])
def test_it_is_not_for_those_who_do_not_see_the_document(login: str) -> None:
    document = make.upload()
    with make.refused(NotVisible, "document_not_visible"):
        papers.annex(actor=make.who(login), at=AT, document=document.public_id)
