"""The register: words match with and without diacritics, pages by key, filters, what waits for the Office."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.models import Document
from kycuong.queries import documents
from kycuong.services import directives

NOW = make.at("2026-11-13 09:00")

SUBJECTS = {
    "21/CT-UBND": "nền hành chính hoà giải ở cơ sở",  # as older papers place the tone
    "22/CT-UBND": "hòa giải tranh chấp đất đai",
    "23/KH-UBND": "đường giao thông nông thôn",
    "24/CV-UBND": "thuỷ lợi và thủy sản",
}


@pytest.fixture
def register() -> dict[str, Document]:
    """Four papers, one a minute."""
    return {
        code: make.upload(make.paper(code, subject=subject), f"2026-11-02 08:0{minute}")
        for minute, (code, subject) in enumerate(SUBJECTS.items())
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("hoà giải", {"21/CT-UBND", "22/CT-UBND"}),
        ("hòa giải", {"21/CT-UBND", "22/CT-UBND"}),
        ("hoa giai", {"21/CT-UBND", "22/CT-UBND"}),
        ("HOÀ GIẢI", {"21/CT-UBND", "22/CT-UBND"}),
        ("giải hòa", {"21/CT-UBND", "22/CT-UBND"}),  # in any order
        ("dat dai", {"22/CT-UBND"}),
        ("đất đai", {"22/CT-UBND"}),
        ("duong", {"23/KH-UBND"}),
        ("đuong", {"23/KH-UBND"}),  # half typed
        ("thuy loi", {"24/CV-UBND"}),
        ("thuỷ sản", {"24/CV-UBND"}),
        ("24/cv", {"24/CV-UBND"}),
        ("le thi hoai an", set(SUBJECTS)),
        ("Lam Giang", set(SUBJECTS)),
        ("", set(SUBJECTS)),
        ("%", set()),
        ("_", set()),
        ("không có chữ này", set()),
    ],
)
def test_words_match_folded_and_in_any_order(register: dict[str, Document], text: str, codes: set[str]) -> None:
    assert {row.code for row in documents.register(make.who("vanthu"), NOW, text=text).rows} == codes


def test_a_search_finds_only_what_the_person_sees(register: dict[str, Document]) -> None:
    assert documents.register(make.who("gdsxd"), NOW, text="hoa giai").rows == []
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=register["22/CT-UBND"].public_id)
    assert [row.code for row in documents.register(make.who("gdsxd"), NOW, text="hoa giai").rows] == ["22/CT-UBND"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 50])
def test_pages_by_key_show_every_paper_once_newest_first(register: dict[str, Document], size: int) -> None:
    for _ in range(2):
        make.line(when="2026-11-02 08:02")  # at the same minute as another
    seen, key = [], None
    while True:
        page = documents.register(make.who("vanthu"), NOW, after=key, size=size)
        seen += page.rows
        key = page.next_key
        if key is None:
            break
    assert len({row.public_id for row in seen}) == len(seen) == 6
    moments = [row.registered_at for row in seen]
    assert moments == sorted(moments, reverse=True)


def test_filters_by_register_state_and_year(register: dict[str, Document]) -> None:
    who = make.who("vanthu")
    make.line()
    directives.triage(actor=who, at=make.at(make.MONDAY), document=register["21/CT-UBND"].public_id, has_orders=False)
    old = make.upload(make.paper("9/CT-UBND", signed="ngày 05 tháng 01 năm 2026"), "2026-01-01 00:30")
    assert {row.is_line for row in documents.register(who, NOW, register="outgoing").rows} == {True}
    assert [row.code for row in documents.register(who, NOW, state="for_info").rows] == ["21/CT-UBND"]
    assert len(documents.register(who, NOW, state="no such state").rows) == 6
    assert documents.register(who, NOW, year=2025).rows == []  # half past midnight here is still 2025 in UTC
    assert old.public_id in {row.public_id for row in documents.register(who, NOW, year=2026).rows}
    assert documents.known_years(who) == [2026]


def test_what_waits_is_shown_to_the_office_oldest_first_and_to_nobody_else(register: dict[str, Document]) -> None:
    directives.triage(
        actor=make.who("vanthu"), at=make.at(make.MONDAY), document=register["21/CT-UBND"].public_id, has_orders=False
    )
    waiting = [row.code for row in documents.waiting(make.who("theodoi"), NOW)]
    assert waiting == ["22/CT-UBND", "23/KH-UBND", "24/CV-UBND"]
    assert documents.waiting(make.who("chutich"), NOW) == []
    assert documents.waiting(make.who("gdsxd"), NOW) == []
