"""Tables in files: Vietnamese letters however they were stored, separators, dates, and files that mean harm."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date

import openpyxl
import pytest

from kycuong.core.errors import Invalid
from kycuong.core.imports import armed, parse_day
from kycuong.reader import Unreadable
from kycuong.reader.legacy import encode
from kycuong.reader.sheets import MAX_LINES, read_book

ROWS = [
    ["Mã đơn vị", "Tên đơn vị", "Người đứng đầu"],
    ["SNV", "Sở Nội vụ", "Nguyễn Thị Hường"],
    ["VP", "VĂN PHÒNG ỦY BAN NHÂN DÂN", "Đỗ Quýnh"],
]
TEXT = "".join(";".join(row) + "\r\n" for row in ROWS)


def tcvn3(text: str) -> bytes:
    return encode(text, "tcvn3")


def cp1258(text: str) -> bytes:
    made = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        made += (base + tones).encode("cp1258")
    return made


def cells(data: bytes, name: str = "a.csv", encoding: str = "") -> list[list[str]]:
    return [list(line.cells) for line in read_book(data, name, encoding).sheets[0].lines]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


STORED = {
    "utf-8": TEXT.encode(),
    "utf-8 with its mark": TEXT.encode("utf-8-sig"),
    "decomposed": unicodedata.normalize("NFD", TEXT).encode(),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 without its mark": TEXT.encode("utf-16-le"),
    "windows-1258": cp1258(TEXT),
    "tcvn3": tcvn3(TEXT),
    "vni": encode(TEXT, "vni"),
    "tcvn3 as unicode letters": tcvn3(TEXT).decode("latin-1").encode(),
    "utf-8 read as windows-1252": TEXT.encode().decode("latin-1").encode(),
}


@pytest.mark.parametrize("how", STORED)
def test_names_are_read_however_they_were_stored(how: str) -> None:
    assert cells(STORED[how]) == ROWS


def test_a_wrong_encoding_put_right_is_said() -> None:
    assert read_book(STORED["tcvn3"], "a.csv").repaired
    assert not read_book(STORED["utf-8"], "a.csv").repaired


@pytest.mark.parametrize(
    "lost", [TEXT.encode("ascii", "replace"), TEXT.encode("cp1252", "replace"), (TEXT + "S\ufffd").encode()]
)
def test_letters_that_are_lost_are_refused(lost: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        read_book(lost, "a.csv")
    assert told.value.code == "letters_lost"


def test_an_unknown_encoding_is_refused_and_a_chosen_one_used() -> None:
    russian = "Код;Название;Область\r\n".encode("cp1251") * 3
    with pytest.raises(Unreadable) as told:
        read_book(russian, "a.csv")
    assert told.value.code == "encoding_unknown"
    assert cells(tcvn3("Mã;Tên\nA;Sở\n"), encoding="tcvn3") == [["Mã", "Tên"], ["A", "Sở"]]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_every_separator_is_found(mark: str) -> None:
    text = f'Mã{mark}Tên{mark}Ghi chú\nA{mark}"Sở; Ban, ngành"{mark}\n\nB{mark}"hai\ndòng"{mark}x\n'
    lines = read_book(text.encode(), "a.csv").sheets[0].lines
    assert [(line.number, line.cells[1]) for line in lines] == [(1, "Tên"), (2, "Sở; Ban, ngành"), (4, "hai\ndòng")]


def test_a_workbook_gives_values_dates_and_numbers_as_text() -> None:
    assert cells(workbook(["Tên", "Ngày", "Số"], ["Sở", date(2026, 11, 5), 3.0], [True, None, 45.5]), "a.xlsx") == [
        ["Tên", "Ngày", "Số"],
        ["Sở", "05/11/2026", "3"],
        ["có", "", "45.5"],
    ]


def test_merged_cells_are_filled_down_and_blank_lines_left_out() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Đơn vị", "Việc"], ["Sở Nội vụ", "a"], [None, "b"], [None, None], ["Sở Tài chính", "c"]]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    lines = read_book(stream.getvalue(), "a.xlsx").sheets[0].lines
    assert [(line.number, line.cells[:2]) for line in lines][1:] == [
        (2, ("Sở Nội vụ", "a")), (3, ("Sở Nội vụ", "b")), (5, ("Sở Tài chính", "c")),
    ]  # fmt: skip


def test_a_formula_without_a_saved_value_is_noticed() -> None:
    sheet = read_book(workbook(["Tên", "Số"], ["Sở", "=1+1"]), "a.xlsx").sheets[0]
    assert sheet.unsaved == {(2, 2)}


def test_a_workbook_of_an_old_font_is_put_right() -> None:
    found = read_book(workbook(["M· ®¬n vÞ", "Tªn ®¬n vÞ"], ["SNV", "Së Néi vô"], ["X", "x· Khe Sim"]), "a.xlsx")
    assert (found.encoding, found.sheets[0].lines[1].cells[1]) == ("tcvn3", "Sở Nội vụ")


@pytest.mark.parametrize(
    "text",
    ["5/11/2026", "05-11-2026", "05.11.2026", "2026-11-05", "46331", "ngày 5 tháng 11 năm 2026", "05/11/2026 00:00"],
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 5)


@pytest.mark.parametrize("text", ["31/02/2026", "05/11/26", "mai", "11/2026", "05/11/1026"])
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_day(text)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (120 * 1024 * 1024))
    return stream.getvalue()


HOSTILE = {
    "a bomb": (bomb, "too_large"),
    "too many lines": (lambda: b"a;b\n" * (MAX_LINES + 1), "too_long"),
    "a million columns": (lambda: b"a;" * 1_000_000, "too_wide"),
    "an open quote": (lambda: b'a;b\n"' + b"x" * 200_000, "broken_table"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_workbook"),
    "a zip that is no workbook": (lambda: _zip("word/document.xml"), "not_a_workbook"),
    "half a workbook": (lambda: workbook(["a"])[:900], "broken_workbook"),
    "nothing": (lambda: b" \r\n", "empty"),
}  # fmt: skip


def _zip(member: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_means_harm_is_refused_with_a_sentence(kind: str) -> None:
    made, code = HOSTILE[kind]
    with pytest.raises(Unreadable) as told:
        read_book(made(), "a.xlsx")
    assert told.value.code == code
    assert told.value.message_vi.endswith(".")


def test_an_armed_text_comes_back_as_it_was() -> None:
    text = armed("=HYPERLINK(1)")
    assert text.startswith("'")
    assert cells(f"Tên;Số\n{text};'-\n".encode())[1] == ["=HYPERLINK(1)", "-"]
