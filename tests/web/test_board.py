"""The pages of the board: figures that open, files of what is seen, charts with their tables, the wall and the phone."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.cli import board as verb
from kycuong.models import Officer
from kycuong.services import clocks
from web.visit import PHONE, scan

if TYPE_CHECKING:
    from web.visit import Site

ORDERS = (
    "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ giải ngân trước ngày 10/11/2026.",
    "Giao Sở Tài chính rà soát dự toán, hoàn thành trước ngày 27/11/2026.",
    "Giao UBND xã Khe Sim thường xuyên kiểm tra công trường.",
)


def life(when: str = make.MONDAY) -> None:
    made = [make.issued(text, when)[0] for text in ORDERS]
    road = make.Road(make.issued("Giao Sở Xây dựng lập danh mục, hoàn thành trước ngày 12/11/2026.", when)[0])
    road.send("gdsxd", when.replace("08:", "10:"))
    road.confirm("theodoi", when.replace("08:", "11:"))
    make.Road(made[1]).send("gdstc", when.replace("08:", "10:"))


@pytest.fixture
def province(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    make.province()
    life()
    clocks.start(at=make.at("2026-11-13 09:00"), real=datetime.now(UTC))


def browser(login: str) -> Client:
    found = Client()
    found.force_login(Officer.objects.get(login=login), "django.contrib.auth.backends.ModelBackend")
    return found


def page(login: str, address: str) -> str:
    answer = browser(login).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def links(text: str) -> dict[str, int]:
    """Return the addresses of figures with the number that each shows."""
    found = re.findall(r'<a href="(/bang-theo-doi/nhiem-vu/\?[^"]*)">(\d+)</a>', text)
    return {address.replace("&amp;", "&"): int(n) for address, n in found}


@pytest.mark.parametrize("login", ["chutich", "gdsxd", "cvqldt"])
@pytest.mark.parametrize("name", ["board", "board_desks", "board_charts"])
def test_every_figure_opens_to_as_many_rows(province: None, login: str, name: str) -> None:
    figures = links(page(login, reverse(name)))
    assert bool(figures) is (login != "cvqldt")
    for address, n in figures.items():
        rows = page(login, address)
        assert f"{n} nhiệm vụ" in rows
        assert rows.count("<tr data-row>") == n


def test_the_file_holds_exactly_what_is_seen(province: None) -> None:
    found = browser("chutich").get("/bang-theo-doi/bang.csv?nhom=department&xep=name")
    lines = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig")), delimiter=";"))
    assert [line[0] for line in lines[1:]] == ["Tổng số", "Sở Tài chính", "Sở Xây dựng"]
    assert lines[3][:3] == ["Sở Xây dựng", "2", "1"]
    book = openpyxl.load_workbook(io.BytesIO(browser("chutich").get("/bang-theo-doi/bang.xlsx").content))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=7)] == [
        "Sở Xây dựng", "Sở Tài chính", "Ủy ban nhân dân xã Khe Sim",
    ]  # fmt: skip
    shares = [book.worksheets[0].cell(6, column).value for column in (10, 11)]
    assert all(isinstance(one, int | float) for one in shares), shares
    narrowed = browser("chutich").get("/bang-theo-doi/bang.xlsx?nhom=department&loai=confirmation")
    above = openpyxl.load_workbook(io.BytesIO(narrowed.content)).worksheets[0]["A3"].value
    assert above == "Chỉ gồm: khối Sở, ban, ngành; loại Xác nhận kết quả."
    abroad = browser("chutich")
    abroad.cookies["django_language"] = "en"
    narrowed = abroad.get("/bang-theo-doi/bang.xlsx?nhom=department&loai=confirmation")
    assert openpyxl.load_workbook(io.BytesIO(narrowed.content)).worksheets[0]["A3"].value == above  # in one language
    assert browser("gdsxd").get("/bang-theo-doi/bang.csv").content.decode().count("\r\n") == 3


def test_a_saved_view_is_what_the_board_opens_with(province: None) -> None:
    visitor = browser("chutich")
    typed = {"ten": "Khối sở", "query": "nhom=department&xep=name&la=1", "mo-san": "1"}
    assert visitor.post("/bang-theo-doi/luu/", typed).status_code == 302
    opened = visitor.get("/bang-theo-doi/")
    assert opened.headers["Location"] == "/bang-theo-doi/?nhom=department&nam=2026&xep=name"
    shown = visitor.get(opened.headers["Location"]).content.decode()
    assert "Khối sở" in shown
    assert visitor.post("/bang-theo-doi/luu/", {"ten": " ", "query": ""}, follow=True).status_code == 200


def test_what_cannot_be_a_filter_filters_nothing_and_a_document_is_found_by_its_number(province: None) -> None:
    odd = "nam=abc&ky=x9&loai=zz&don-vi=1&chu-de=2&trang=-1&xep=7&nhom=khong"
    assert page("chutich", f"/bang-theo-doi/?{odd}")
    assert page("chutich", "/bang-theo-doi/nhiem-vu/?loc=zz&ban=x&han=9&tuoi=77")
    visitor = browser("chutich")
    refused = visitor.get("/bang-theo-doi/?so-ky-hieu=99/CT-UBND", follow=True).content.decode()
    assert "99/CT-UBND" in refused
    paper = make.upload()
    found = visitor.get(f"/bang-theo-doi/?so-ky-hieu={paper.number}/{paper.symbol}")
    assert f"van-ban={paper.public_id}" in found.headers["Location"]


def test_the_wall_and_the_phone_say_who_what_and_on_whose_desk(province: None) -> None:
    for address in ("/bang-theo-doi/giao-ban/", "/bang-theo-doi/hom-nay/"):
        shown = page("chutich", address)
        assert "Sở Xây dựng" in shown
        assert "Ngô Xuân Trường" in shown
        assert "từ 02/11/2026" in shown
        assert "Ngô Xuân Trường" not in page("ctx1", address)


def test_what_is_late_is_urged_from_where_it_is_seen(province: None) -> None:
    late = "/bang-theo-doi/nhiem-vu/?nam=2026&loc=overdue"
    for address in (late, "/bang-theo-doi/giao-ban/", "/bang-theo-doi/hom-nay/", "/viec/"):
        assert 'action="/don-doc/xem-truoc/"' in page("chutich", address), address
    for login in ("kiemtoan", "gdsxd"):
        assert "/don-doc/xem-truoc/" not in page(login, late)
    marked = re.findall(r'name="duty" value="([^"]+)"', page("chutich", late))
    seen = browser("chutich").post("/don-doc/xem-truoc/", {"duty": marked}).content.decode()
    assert seen.count('name="duty"') == len(marked) > 0


def test_the_verb_shows_what_the_page_shows(province: None, capsys: Any) -> None:
    assert verb.main(["--as", "chutich", "--year", "2026", "--desks", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {line["name"]: line["counted"] for line in found["lines"]}["Sở Xây dựng"] == 2
    assert verb.main(["--as", "chutich", "--unit", "SXD"]) == 0
    assert "Tổng số" in capsys.readouterr().out
    assert verb.main(["--as", "gdstc", "--unit", "SXD"]) == 1
    assert verb.main(["--as", "nobody"]) == 1


@pytest.mark.browser
def test_the_board_on_a_desk_a_wall_and_a_phone(site: Site) -> None:
    life("2026-09-28 08:30")
    visitor = site.visitor("chutich")
    for name, address in (("bang", ""), ("ban", "ban/"), ("bieu-do", "bieu-do/"), ("giao-ban", "giao-ban/")):
        visitor.goto(f"/bang-theo-doi/{address}")
        scan(visitor, name)
        _picture(visitor, f"board-{name}")
    visitor.keyboard.press("ArrowRight")
    visitor.wait_for_function("document.activeElement.id === 'trang-2'")
    visitor.set_viewport_size(PHONE)
    for name, address in (("bang", ""), ("hom-nay", "hom-nay/")):
        visitor.goto(f"/bang-theo-doi/{address}")
        scan(visitor, f"{name} on a phone")
        _picture(visitor, f"board-{name}-phone")


def _picture(visitor: Any, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        visitor.screenshot(path=f"{folder}/{name}.png", full_page=True)
