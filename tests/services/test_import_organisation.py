"""Units, posts and officers from a table: looked at first, applied as one act, the same file twice changes nothing."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import Appointment, AuditEntry, ImportRun, Officer, Post, Unit, UnitClosure
from kycuong.queries import imports as queries
from kycuong.reader.sheets import read_book
from kycuong.services import imports, workbooks

WHEN = "2026-11-03 09:00"
HEADS = {
    "Đơn vị": ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Tên gọi khác", "Hết hiệu lực từ ngày"),
    "Chức danh": ("Mã chức danh", "Mã đơn vị", "Loại chức danh", "Tên chức danh"),
    "Cán bộ": ("Tên đăng nhập", "Họ và tên", "Mã chức danh", "Giữ chức từ ngày", "Thôi giữ chức từ ngày"),
}
GOOD = {
    "Đơn vị": [("STP", "Sở Tư pháp", "Sở", "T", "", ""), ("PTP1", "Phòng Bổ trợ", "Phòng", "STP", "", "")],
    "Chức danh": [("STP.1", "STP", "Giám đốc", "Giám đốc Sở Tư pháp")],
    "Cán bộ": [("gdstp", "Hà Văn Tường", "STP.1", "01/08/2026", "")],
}


def workbook(sheets: dict[str, list[tuple[Any, ...]]], heads: dict[str, tuple[str, ...]] = HEADS) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in [heads[title], *rows]:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def check(data: bytes, name: str = "to-chuc.xlsx", login: str = "quantri", encoding: str = "") -> UUID:
    file = imports.Check(name, data, encoding=encoding)
    return imports.check(actor=make.who(login, WHEN), at=make.at(WHEN), file=file)


def apply(run: UUID, reason: str = "QĐ kiện toàn", when: str = WHEN, **more: Any) -> dict[str, int]:
    return imports.apply(actor=make.who("quantri", when), at=make.at(when), run=run, reason=reason, **more)


def problems(data: bytes, name: str = "to-chuc.xlsx") -> list[tuple[int, str, str]]:
    made = queries.plan(read_book(data, name), date(2026, 11, 3))
    return [(row.number, heading, fact.code) for row in made.rows for heading, fact in row.problems]


def test_units_posts_and_people_come_as_one_act() -> None:
    counts = apply(check(workbook(GOOD)))
    assert counts == {"new": 4, "changed": 0, "unchanged": 0, "error": 0}
    division = Unit.objects.get(code="PTP1")
    assert division.parent == make.unit("STP")
    above = UnitClosure.objects.filter(descendant=division).order_by("depth")
    assert [row.ancestor.code for row in above] == ["PTP1", "STP", "T"]
    person = Officer.objects.get(login="gdstp")
    assert not person.has_usable_password()
    assert [one.post.code for one in person.appointments.all()] == ["STP.1"]
    entry = AuditEntry.objects.get(act="import_organisation")
    assert (entry.data["new"], entry.data["error"]) == (4, 0)
    assert "kiện toàn" not in str(entry.data)


def test_the_same_file_twice_changes_nothing() -> None:
    apply(check(workbook(GOOD)))
    before = [list(table.objects.order_by("pk").values()) for table in (Unit, UnitClosure, Post, Officer, Appointment)]
    assert apply(check(workbook(GOOD))) == {"new": 0, "changed": 0, "unchanged": 4, "error": 0}
    after = [list(table.objects.order_by("pk").values()) for table in (Unit, UnitClosure, Post, Officer, Appointment)]
    assert after == before


def test_what_is_exported_and_taken_in_again_changes_nothing() -> None:
    apply(check(workbook(GOOD)))
    exported = workbooks.organisation(actor=make.who("quantri", WHEN), at=make.at(WHEN))
    made = queries.plan(read_book(exported.data, exported.name), date(2026, 11, 4))
    assert {row.state for row in made.rows} == {"unchanged"}
    assert len(made.rows) > 30
    for table in ("units", "posts", "officers"):
        one = workbooks.organisation(actor=make.who("quantri", WHEN), at=make.at(WHEN), table=table)
        assert {row.state for row in queries.plan(read_book(one.data, one.name), date(2026, 11, 4)).rows} == {
            "unchanged"
        }


def test_the_template_can_be_taken_in_as_it_is() -> None:
    template = workbooks.template(actor=make.who("quantri", WHEN), at=make.at(WHEN))
    text = read_book(template.data, template.name)
    assert [sheet.title for sheet in text.sheets] == ["Đơn vị", "Chức danh", "Cán bộ", "Hướng dẫn"]
    assert {(number, code) for number, _, code in problems(template.data)} == {
        (2, "reference_unknown")
    }  # UBND: an example


def test_a_change_shows_before_and_after_and_keeps_the_old_name() -> None:
    data = workbook({"Đơn vị": [("STC", "Sở Tài chính và Kế hoạch", "", "", "Sở TC-KH", "")]})
    row = queries.plan(read_book(data, "a.xlsx"), date(2026, 11, 3)).rows[0]
    assert [(one.heading, one.before, one.after) for one in row.changes] == [
        ("Tên đơn vị", "Sở Tài chính", "Sở Tài chính và Kế hoạch"),
        ("Tên gọi khác", "", "Sở TC-KH"),
    ]
    apply(check(data))
    unit = make.unit("STC")
    assert unit.name == "Sở Tài chính và Kế hoạch"
    assert unit.aliases == ["Sở TC-KH", "Sở Tài chính"]
    assert apply(check(data))["unchanged"] == 1


def test_a_unit_that_moves_has_its_old_place_until_that_day() -> None:
    apply(check(workbook({"Đơn vị": [("QLDT", "", "", "STC", "", "")]})))
    moved = make.unit("QLDT")
    rows = {(row.ancestor.code, row.valid_until) for row in UnitClosure.objects.filter(descendant=moved)}
    assert rows == {("QLDT", None), ("STC", None), ("T", None), ("SXD", date(2026, 11, 3))}


def test_a_post_passes_from_one_person_to_the_next() -> None:
    rows = [("gdstc", "Đặng Hữu Phúc", "STC.1", "", "01/11/2026"), ("moi", "Tô Thị Lan", "STC.1", "01/11/2026", "")]
    apply(check(workbook({"Cán bộ": rows})))
    held = Appointment.objects.filter(post__code="STC.1").order_by("valid_from")
    assert [(one.officer.login, one.valid_until) for one in held] == [("gdstc", date(2026, 11, 1)), ("moi", None)]


def test_each_mistake_is_named_by_row_and_column() -> None:
    data = workbook({
        "Đơn vị": [
            ("A", "Sở A", "Sở", "KHONGCO", "", ""),
            ("B", "Sở B", "Tổng cục", "T", "", ""),
            ("C", "", "Sở", "T", "", ""),
            ("D", "Phòng D", "Phòng", "E", "", ""),
            ("E", "Phòng E", "Phòng", "D", "", ""),
            ("STC", "Sở Tài chính", "Sở", "T", "", ""),
            ("STC", "Sở Tài chính", "Sở", "T", "", ""),
            ("F", "Phòng F", "Phòng", "A", "", ""),
            ("SXD", "", "", "", "", "31/31/2026"),
        ],
        "Chức danh": [("P1", "ZZZ", "Chuyên viên", "Chuyên viên")],
        "Cán bộ": [("x1", "Lò Thị X", "KHONG.1", "", ""), ("x2", "Lò Thị Y", "SNV.1", "", "")],
    })  # fmt: skip
    assert problems(data) == [
        (2, "Mã đơn vị cấp trên", "reference_unknown"),
        (3, "Loại đơn vị", "cell_choice"),
        (4, "Tên đơn vị", "cell_missing"),
        (5, "Mã đơn vị cấp trên", "unit_cycle"),
        (6, "Mã đơn vị cấp trên", "unit_cycle"),
        (8, "Mã đơn vị", "row_double"),
        (9, "Mã đơn vị cấp trên", "reference_wrong"),
        (10, "Hết hiệu lực từ ngày", "cell_date"),
        (2, "Mã đơn vị", "reference_unknown"),
        (2, "Mã chức danh", "reference_unknown"),
        (3, "Mã chức danh", "post_taken"),
    ]


def test_a_unit_with_duties_is_not_ended_by_a_table() -> None:
    make.issued()
    data = workbook({"Đơn vị": [("SXD", "", "", "", "", "01/12/2026"), ("X1", "", "", "", "", "01/12/2026")]})
    assert [(number, code) for number, _, code in problems(data)] == [(2, "unit_has_duties")]
    apply(check(data), good_only=True)
    assert (make.unit("SXD").valid_until, make.unit("X1").valid_until) == (None, date(2026, 12, 1))


def test_errors_block_unless_only_the_good_rows_are_wanted() -> None:
    mixed = {"Đơn vị": [*GOOD["Đơn vị"], ("B", "Sở B", "Tổng cục", "T", "", "")]}
    run = check(workbook(mixed))
    with make.refused(Invalid, "import_has_errors"):
        apply(run)
    assert apply(run, good_only=True)["new"] == 2
    assert not Unit.objects.filter(code="B").exists()


def test_a_reason_and_a_fresh_look_are_asked() -> None:
    run = check(workbook(GOOD))
    with make.refused(Invalid, "import_reason_missing"):
        apply(run, reason=" ")
    make.division("PTP1", "SXD")
    with make.refused(Conflict, "import_stale"):
        apply(run)


def test_only_the_administrator_takes_in() -> None:
    with make.refused(NotAllowed, "administer_not_allowed"):
        check(workbook(GOOD), login="chanhvp")


def test_a_table_without_known_headings_is_refused() -> None:
    with make.refused(Invalid, "import_no_table"):
        check("Cột A;Cột B\n1;2\n".encode(), "la.csv")


def test_a_second_look_replaces_the_first() -> None:
    check(workbook(GOOD))
    check(workbook(GOOD))
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    "header", ["TÊN ĐƠN VỊ;mã;Loại (*)", "ten don vi;MA DON VI;loai hinh", "Tên cơ quan;Mã cơ quan;Loại cơ quan"]
)
def test_headings_are_found_folded_by_other_names_and_in_any_order(header: str) -> None:
    data = f"DANH SÁCH ĐƠN VỊ;;;\n\n{header};Trực thuộc\nSở Tư pháp;STP;sở;Ủy ban nhân dân tỉnh Lam Giang\n".encode()
    rows = queries.plan(read_book(data, "a.csv"), date(2026, 11, 3)).rows
    assert [(row.state, row.values["parent"], row.number) for row in rows] == [("new", "T", 4)]
