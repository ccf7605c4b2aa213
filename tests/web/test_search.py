"""The search page: by keyboard, escaped, on a phone, for every reader; and the verb beside it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.cli import search as verb
from kycuong.models import Officer
from kycuong.services import clocks, directives
from web.visit import follow, scan

if TYPE_CHECKING:
    from web.visit import Site

ORDER = "Giao Sở Xây dựng rà soát <b>kỷ luật</b> & kỷ cương, báo cáo trước ngày 16/11/2026."


@pytest.fixture
def province(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    make.province()
    clocks.start(at=make.at("2026-11-13 09:00"), real=datetime.now(UTC))


def get(login: str, **asked: str) -> str:
    browser = Client()
    browser.force_login(Officer.objects.get(login=login), "django.contrib.auth.backends.ModelBackend")
    answer = browser.get(reverse("search"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_are_marked_and_everything_else_escaped(province: None) -> None:
    make.issued(ORDER)
    page = get("gdsxd", q="ky luat")
    assert "<mark>kỷ</mark> <mark>luật</mark>" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "<script>" not in get("gdsxd", q="<script>alert(1)</script>")


def test_an_empty_question_teaches_and_an_unknown_word_gets_a_near_one(province: None) -> None:
    make.issued(ORDER)
    assert "12 ct ubnd" in get("gdsxd")
    assert "?q=k%E1%BB%B7+lu%E1%BA%ADt" in get("gdsxd", q="kỷ luậtt")
    assert "Không tìm thấy" in get("gdcat", q="kỷ luật")


def test_what_cannot_be_a_filter_filters_nothing(province: None) -> None:
    make.issued(ORDER)
    odd = {"loai": "x", "nam": "abc", "don-vi": "1", "van-ban": "zz"}
    assert "<mark>luật</mark>" in get("gdsxd", q="kỷ luật", **odd)


def test_the_verb_finds_what_the_page_finds(province: None, capsys: Any) -> None:
    make.issued(ORDER)
    assert verb.main(["ky luat", "--as", "gdsxd", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {row["kind"] for row in found["rows"]} == {"document", "order", "task"}
    assert verb.main(["ky luat", "--as", "gdcat", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["rows"] == []
    assert verb.main(["ky luat", "--as", "nobody"]) == 2
    assert verb.main(["rebuild", "--json"]) == 0
    assert verb.main(["kỷ luật", "--as", "gdsxd"]) == 0
    assert "*kỷ* *luật*" in capsys.readouterr().out


@pytest.mark.browser
def test_search_by_keyboard_on_a_desk_and_on_a_phone(site: Site) -> None:
    make.issued(ORDER, "2026-10-05 08:00")
    paper = make.upload(make.paper(subject="siết chặt kỷ luật, kỷ cương hành chính"), "2026-10-05 09:00")
    directives.issue(actor=make.who("vanthu"), at=make.at("2026-10-05 10:00"), document=paper.public_id)
    page = site.visitor("gdsxd")
    page.keyboard.press("/")
    page.keyboard.type("ky luat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=ky+luat")
    assert page.locator("mark").first.inner_text() == "kỷ"
    scan(page, "results")
    _picture(page, "tim-kiem")
    with page.expect_navigation():  # the keys are the next page's
        follow(page.get_by_role("link", name="Nhiệm vụ"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/*/")
    phone = site.phone("gdsxd")
    phone.goto("/tim/?q=ky+luat")
    scan(phone, "results on a phone")
    _picture(phone, "tim-kiem-dien-thoai")
    phone.goto("/tim/")
    scan(phone, "empty search")
    _picture(phone, "tim-kiem-trong")


def _picture(page: Any, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
