"""Time in human words with the exact day beside it; the catalogue covers every string of the pages."""

from __future__ import annotations

import gettext
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from tests import make

from house.project import SRC
from kycuong.core.duties import State
from kycuong.queries.duties import DutyRow
from kycuong.web import consultation_words, words

NOW = make.at("2026-11-24 09:00")
ROW = DutyRow(
    public_id=uuid4(), title="Báo cáo", kind="task", term="dated", document_code="12/CT-UBND", document_id=uuid4(), path="1",
    unit_name="Sở Nội vụ", desk_name="Vũ Đình Khoát", desk_title="Giám đốc", state=State.NEAR_DUE, days=3, due_at=NOW,
    last_date=date(2026, 11, 27), original_last_date=None, bound="by", attempt=0, attempt_waiting=False, waits_for="",
    opened_at=NOW, since_at=NOW, is_key=False, phase="open", parent_id=None,
    about_unit="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "days", "last", "chip", "when"),
    [
        (State.NEAR_DUE, 3, date(2026, 11, 27), "Sắp đến hạn", "còn 3 ngày làm việc · hết thứ Sáu 27/11"),
        (State.NEAR_DUE, 0, date(2026, 11, 24), "Sắp đến hạn", "hạn hôm nay · hết thứ Ba 24/11"),
        (
            State.NEAR_DUE,
            0,
            date(2026, 11, 28),
            "Sắp đến hạn",
            "không còn ngày làm việc nào sau hôm nay · hết thứ Bảy 28/11",
        ),
        (State.NOT_DUE, 30, date(2027, 1, 8), "Chưa đến hạn", "còn 30 ngày làm việc · hết thứ Sáu 8/1/2027"),
        (State.OVERDUE, 2, date(2026, 11, 20), "Quá hạn 2 ngày làm việc", "hạn đã hết thứ Sáu 20/11"),
        (State.NO_TERM, None, None, "Không thời hạn", ""),
    ],
)
def test_a_due_date_in_human_words(state: State, days: int | None, last: date | None, chip: str, when: str) -> None:
    row = replace(ROW, state=state, days=days, last_date=last)
    assert words.state(row) == chip
    assert words.due(row, NOW) == when


def test_in_english_too() -> None:
    with translation.override("en"):
        assert words.due(ROW, NOW) == "3 working days left · until the end of Friday 27/11"


def test_a_post_names_its_unit_once() -> None:
    assert words.post("Giám đốc Sở Nội vụ", "Sở Nội vụ") == "Giám đốc Sở Nội vụ"
    assert words.post("Trưởng phòng", "Phòng Cải cách hành chính") == "Trưởng phòng, Phòng Cải cách hành chính"
    assert (
        words.post("Chủ tịch Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Lam Giang") == "Chủ tịch Ủy ban nhân dân tỉnh"
    )


def test_every_string_of_the_templates_is_in_the_compiled_catalogue() -> None:
    with (SRC / "locale" / "en" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    known = {key[0] if isinstance(key, tuple) else key for key in known}
    found = {
        (path.name, text)
        for path in (SRC / "templates").rglob("*.html")
        for text in re.findall(r"""\{% *trans +["']([^"']+)["']""", Path(path).read_text("utf-8"))
    }
    assert found
    assert {one for one in found if one[1] not in known} == set()


def test_bodies_to_ask_stand_by_kind_the_departments_first_and_a_heading_with_a_chosen_one_is_open() -> None:
    commune, other, department = uuid4(), uuid4(), uuid4()
    rows = [
        (other, "Hội Nông dân tỉnh", "mass"),
        (commune, "UBND xã Khe Sim", "commune"),
        (department, "Sở Tài chính", "department"),
    ]
    found = consultation_words.by_kind(rows, [commune])
    assert [([name for _, name in its], is_open) for _, its, is_open in found] == [
        (["Sở Tài chính"], True), (["Hội Nông dân tỉnh"], False), (["UBND xã Khe Sim"], True),
    ]  # fmt: skip
