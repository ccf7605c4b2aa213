"""Programmes of work: lines typed, from a table, from a text; approved by the head, they are duties like any other."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import openpyxl
import pytest
from tests import make
from tests.make import at, who

from kycuong.core.errors import Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Document, Duty, Order, Programme, ProgrammeLine
from kycuong.queries import programmes as queries
from kycuong.queries.programmes.progress import BUCKETS
from kycuong.services import programmes, themes

HEADS = ["Nội dung công việc", "Chủ trì", "Phối hợp", "Quý", "Thời hạn", "Sản phẩm"]
ROWS = [
    ["Rà soát các dự án chậm tiến độ, giải ngân đạt ít nhất 95% kế hoạch vốn", "", "Sở Tài chính", "IV", "30/11/2026", "Báo cáo"],
    ["Kiểm tra trật tự xây dựng đô thị", "Phòng Quản lý đô thị", "", "IV", "", "Biên bản"],
    ["Công bố giá vật liệu xây dựng", "", "", "", "hằng quý", "Công bố giá"],
]  # fmt: skip
NEXT = "2026-11-03 09:00"


def table(rows: list[list[str]]) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADS, *rows]:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return "chuong-trinh.xlsx", stream.getvalue()


def started(login: str = "cvqldt", code: str = "SXD", year: int = 2026) -> UUID:
    return programmes.start(actor=who(login), at=at(make.MONDAY), unit=make.unit(code).public_id, year=year)


def taken(programme: UUID, rows: list[list[str]] = ROWS, login: str = "cvqldt") -> tuple[int, int]:
    return programmes.take_file(actor=who(login), at=at(make.MONDAY), programme=programme, file=table(rows))


def submitted() -> UUID:
    programme = started()
    taken(programme)
    programmes.accept(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme)
    programmes.submit(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme)
    return programme


def approved() -> UUID:
    programme = submitted()
    programmes.approve(actor=who("gdsxd"), at=at(NEXT), programme=programme)
    return programme


def test_approved_lines_are_orders_of_a_document_and_duties_on_a_clock() -> None:
    theme = themes.add(actor=who("vanthu"), at=at(make.MONDAY), name="Năm kỷ cương", kind="year", year=2026)
    programme = approved()
    document = Document.objects.get(doc_type="Chương trình công tác")
    assert (document.state, document.giver_post and document.giver_post.code) == ("issued", "SXD.1")
    orders = list(Order.objects.filter(document=document).order_by("start"))
    assert [document.text_row.text[order.start : order.end] for order in orders] == [order.text for order in orders]
    duties = Duty.objects.filter(document=document, kind="task")
    assert {(duty.term, duty.holder_unit.code) for duty in duties} == {("dated", "SXD"), ("periodic", "SXD")}
    checked = duties.get(task__order__text__startswith="Kiểm tra")
    assert checked.holder_officer and checked.holder_officer.login == "tpqldt"  # the division that the line names
    assert checked.due_at == at("2027-01-01 00:00")
    assert next(order for order in orders if order.targets).text.startswith("Rà soát")
    page = queries.programme(who("gdsxd"), programme, at(NEXT))
    assert [(part.quarter, part.progress.total) for part in page.quarters] == [(4, 2), (0, 2)]
    assert page.total.not_begun == 4  # given to a division with the programme is not work begun
    assert queries.theme(who("gdsxd"), theme, at(NEXT)).theme.documents == 1


def test_the_same_table_again_adds_nothing() -> None:
    programme = started()
    assert taken(programme) == (3, 0)
    assert taken(programme, [*ROWS, ROWS[0], ["Tập huấn cấp phép xây dựng", "", "", "IV", "", ""]]) == (1, 4)
    programmes.accept(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme)
    programmes.submit(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme)
    programmes.approve(actor=who("gdsxd"), at=at(NEXT), programme=programme)
    assert taken(programme) == (0, 3)
    assert ProgrammeLine.objects.count() == 4


def test_a_line_that_cannot_be_read_waits_for_a_person() -> None:
    programme = started()
    taken(
        programme,
        [["Phối hợp thu ngân sách", "Sở Tài chính", "", "", "", ""], ["Việc khác", "Ban Chưa Có", "", "9", "", ""]],
    )
    page = queries.programme(who("cvqldt"), programme, at(make.MONDAY))
    assert [[one.code for one in line.problems] for line in page.proposed] == [
        ["programme_lead_other"],
        ["programme_lead_unknown", "programme_quarter_unknown"],
    ]
    assert programmes.accept(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme) == 0
    typed = programmes.Typed(text="Việc khác", term="quý IV")
    programmes.put(
        actor=who("cvqldt"), at=at(make.MONDAY), programme=programme, typed=typed, line=page.proposed[1].public_id
    )
    assert ProgrammeLine.objects.get(status="kept").due_on == date(2026, 12, 31)


def test_a_pasted_text_is_read_for_leads_terms_and_products() -> None:
    programme = started()
    text = (
        "1. Phòng Quản lý đô thị chủ trì rà soát quy hoạch phân khu, hoàn thành trước ngày 15/12/2026.\n"
        "2. Xây dựng kế hoạch kiểm tra công trình trong quý IV.\n"
        "3. Thường xuyên kiểm tra trật tự xây dựng."
    )
    assert programmes.take_text(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme, text=text) == (3, 0)
    first, second, standing = (
        ProgrammeLine.objects.get(text__contains=word) for word in ("phân khu", "công trình", "trật tự")
    )
    assert (first.division and first.division.code, first.due_on, first.bound) == ("QLDT", date(2026, 12, 15), "before")
    assert (second.lead and second.lead.code, second.quarter) == ("SXD", 4)
    assert (standing.kind, standing.due_on) == ("standing", None)


def test_what_a_pasted_line_names_itself_leaves_its_text() -> None:
    programme = started()
    text = (
        "1. Rà soát quy hoạch phân khu; chủ trì: Phòng Không Có; phối hợp: Sở Tài chính; thời hạn: 15/12/2026; sản phẩm: Báo cáo rà soát.\n"
        "2. Kiểm tra công trình; chủ trì: Phòng Quản lý đô thị; sản phẩm: Biên bản"
    )
    programmes.take_text(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme, text=text)
    unknown, known = ProgrammeLine.objects.order_by("id")
    assert (unknown.text, unknown.lead_printed, unknown.product) == (
        "Rà soát quy hoạch phân khu",
        "Phòng Không Có",
        "Báo cáo rà soát",
    )
    assert (unknown.due_on, unknown.participants) == (date(2026, 12, 15), [make.unit("STC").pk])
    assert ["programme_lead_unknown", "Phòng Không Có"] in unknown.problems
    assert (known.text, known.division and known.division.code, known.product) == (
        "Kiểm tra công trình",
        "QLDT",
        "Biên bản",
    )


def test_every_figure_opens_to_its_rows() -> None:
    programme = approved()
    someone, then = who("gdsxd"), at(NEXT)
    page = queries.programme(someone, programme, then)
    for bucket in BUCKETS:
        assert len(queries.of_programme(someone, programme, then, bucket)) == getattr(page.total, bucket)
        assert len(queries.of_year(someone, 2026, then, bucket)) == getattr(page.total, bucket)
    for part in page.quarters:
        assert len(queries.of_programme(someone, programme, then, "", part.quarter)) == part.progress.total > 0
    with pytest.raises(NotVisible):
        queries.of_programme(who("gdstc"), programme, then)
    with pytest.raises(Invalid):
        queries.of_year(someone, 2026, then, "nothing")


def test_a_line_added_later_is_approved_on_its_own() -> None:
    programme = approved()
    before = Duty.objects.filter(kind="task").count()
    typed = programmes.Typed(text="Sơ kết phân cấp cấp phép", term="20/12/2026")
    programmes.put(actor=who("cvqldt"), at=at(NEXT), programme=programme, typed=typed)
    assert Programme.objects.get().state == "draft"
    programmes.submit(actor=who("cvqldt"), at=at(NEXT), programme=programme)
    assert programmes.approve(actor=who("gdsxd"), at=at(NEXT), programme=programme) == 1
    assert Duty.objects.filter(kind="task").count() == before + 1
    assert Document.objects.order_by("-id")[0].subject.endswith("(bổ sung)")


def test_who_has_no_programme_is_said() -> None:
    approved()
    page = queries.year(who("chanhvp"), at(NEXT), 2026)
    assert [row.unit_name for row in page.rows] == ["Sở Xây dựng"]
    assert "Sở Tài chính" in [one.unit_name for one in page.missing]
    assert len(page.missing) == page.expected - 1
    own = queries.year(who("gdstc"), at(NEXT), 2026)
    assert (own.rows, [one.unit_name for one in own.missing]) == ([], ["Sở Tài chính"])


def test_who_may_draft_submit_and_approve() -> None:
    programme = submitted()
    with make.refused(NotAllowed, "programme_not_approver"):
        programmes.approve(actor=who("cvqldt"), at=at(NEXT), programme=programme)
    with make.refused(NotVisible, "programme_not_visible"):
        programmes.approve(actor=who("gdstc"), at=at(NEXT), programme=programme)
    with make.refused(NotAllowed, "programme_not_allowed"):
        programmes.put(actor=who("chanhvp"), at=at(NEXT), programme=programme, typed=programmes.Typed("Việc"))
    with make.refused(TransitionNotAllowed, "programme_submitted"):
        programmes.put(actor=who("cvqldt"), at=at(NEXT), programme=programme, typed=programmes.Typed("Việc"))
    with make.refused(Invalid, "programme_return_reason"):
        programmes.send_back(actor=who("gdsxd"), at=at(NEXT), programme=programme, note=" ")
    with make.refused(NotAllowed, "programme_not_allowed"):
        started(login="gdstc")
    programmes.send_back(actor=who("gdsxd"), at=at(NEXT), programme=programme, note="Bổ sung việc quý I")
    with make.refused(TransitionNotAllowed, "programme_not_submitted"):
        programmes.approve(actor=who("gdsxd"), at=at(NEXT), programme=programme)
    assert queries.programme(who("cvqldt"), programme, at(NEXT)).returned == "Bổ sung việc quý I"


def test_an_issued_line_is_not_dropped_and_a_secret_table_leaves_nothing() -> None:
    programme = approved()
    line = ProgrammeLine.objects.order_by("id")[0].public_id
    with make.refused(Invalid, "programme_line_issued"):
        programmes.drop(actor=who("cvqldt"), at=at(NEXT), programme=programme, lines=[line])
    with make.refused(Invalid, "programme_file_secret"):
        taken(programme, [["Kế hoạch MẬT về phòng thủ", "", "", "", "", ""]])
    with make.refused(Invalid, "programme_file_missing"):
        programmes.take_file(actor=who("cvqldt"), at=at(NEXT), programme=programme, file=None)


@pytest.mark.parametrize(
    ("term", "quarter", "due", "of"),
    [
        ("30/9", "", date(2026, 9, 30), 3),
        ("6 tháng đầu năm", "", date(2026, 6, 30), 2),
        ("", "II", date(2026, 6, 30), 2),
        ("", "", date(2026, 12, 31), 0),
        ("tháng 11", "", date(2026, 11, 30), 4),
    ],
)
def test_terms_as_people_write_them(term: str, quarter: str, due: date, of: int) -> None:
    programme = started()
    typed = programmes.Typed("Việc của năm", term=term, quarter=quarter)
    programmes.put(actor=who("cvqldt"), at=at(make.MONDAY), programme=programme, typed=typed)
    line = ProgrammeLine.objects.get()
    assert (line.due_on, line.quarter) == (due, of)
