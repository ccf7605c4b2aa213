"""The tracker of tasks: what a page shows is what is written, under the same scope; no text becomes a formula."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from tests import make

from kycuong.core.duties import State
from kycuong.core.errors import NotVisible
from kycuong.models import AuditEntry, Duty, Task
from kycuong.queries import unit_duties
from kycuong.services import workbooks

WHEN = "2026-11-18 09:00"


def sheet(book: workbooks.Workbook) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).active.iter_rows())
    head = next(n for n, row in enumerate(rows) if row[0].value == "TT")
    names = [cell.value for cell in rows[head]]
    return [dict(zip(names, row, strict=True)) for row in rows[head + 1 :]]


def test_a_units_table_is_its_page() -> None:
    duty = make.issued()[0]
    make.issued("Giao Sở Tài chính báo cáo công nợ trước ngày 30/12/2026.")
    who = make.who("gdsxd", WHEN)
    book = workbooks.unit_tracker(actor=who, at=make.at(WHEN), unit=make.unit("SXD").public_id)
    (row,) = sheet(book)
    assert row["Nội dung nhiệm vụ"].value == duty.task.order.text
    assert row["Đơn vị phối hợp"].value == "Sở Tài chính"
    assert row["Trạng thái"].value == "Quá hạn 3 ngày làm việc"
    assert f"{row['Hạn hiện tại'].value:%d/%m/%Y}" == "15/11/2026"
    page = unit_duties.of_unit(who, make.at(WHEN), unit=make.unit("SXD").public_id)
    assert len(page.rows) == 1
    entry = AuditEntry.objects.get(act="export_tasks")
    assert entry.data == {"rows": 1}


def test_filters_are_those_of_the_page() -> None:
    make.issued()
    who, unit = make.who("gdsxd", WHEN), make.unit("SXD").public_id
    assert not sheet(workbooks.unit_tracker(actor=who, at=make.at(WHEN), unit=unit, state=State.AWAITING))
    assert len(sheet(workbooks.unit_tracker(actor=who, at=make.at(WHEN), unit=unit, text="giải ngân"))) == 1


def test_another_units_table_is_not_to_be_had() -> None:
    duty = make.issued()[0]
    with make.refused(NotVisible, "unit_not_visible"):
        workbooks.unit_tracker(actor=make.who("gdstc", WHEN), at=make.at(WHEN), unit=make.unit("SXD").public_id)
    with make.refused(NotVisible, "document_not_visible"):
        workbooks.document_tracker(actor=make.who("ctx1", WHEN), at=make.at(WHEN), document=duty.document.public_id)


def test_document_and_register_hold_what_the_person_sees() -> None:
    document = make.upload()
    from kycuong.services import directives

    clerk = make.who("vanthu", WHEN)
    directives.issue(actor=clerk, at=make.at(WHEN), document=document.public_id)
    whole = sheet(workbooks.document_tracker(actor=clerk, at=make.at(WHEN), document=document.public_id))
    assert len(whole) == Duty.objects.filter(kind="task").count() > 1
    own = workbooks.document_tracker(actor=make.who("gdsxd", WHEN), at=make.at(WHEN), document=document.public_id)
    assert {row["Đơn vị chủ trì"].value for row in sheet(own)} < {row["Đơn vị chủ trì"].value for row in whole} | {
        "Sở Xây dựng"
    }
    register = workbooks.register_tracker(actor=clerk, at=make.at(WHEN), register="incoming")
    assert len(sheet(register)) == len(whole)
    assert not sheet(workbooks.register_tracker(actor=clerk, at=make.at(WHEN), register="outgoing"))


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    duty = make.issued()[0]
    Task.objects.filter(duty=duty).update(product='=HYPERLINK("http://x","y")', order=None)
    Duty.objects.filter(pk=duty.pk).update(title="=1+1")
    (row,) = sheet(
        workbooks.unit_tracker(actor=make.who("gdsxd", WHEN), at=make.at(WHEN), unit=make.unit("SXD").public_id)
    )
    assert (row["Nội dung nhiệm vụ"].value, row["Nội dung nhiệm vụ"].data_type) == ("=1+1", "s")
    assert row["Sản phẩm"].data_type == "s"
    assert row["Sản phẩm"].hyperlink is None
