"""Phrases with a figure, numbers as people write them, and the gap between plan and actual."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kycuong.core import targets
from kycuong.core.errors import Invalid


@pytest.mark.parametrize(
    ("phrase", "plan", "measure", "direction"),
    [
        ("đạt ít nhất 95% kế hoạch vốn", "95", "%", "at_least"),
        ("tỷ lệ hồ sơ quá hạn không quá 2,5%", "2.5", "%", "at_most"),
        ("không dưới 80 phần trăm số xã", "80", "%", "at_least"),
        ("hoàn thành tối thiểu 1.200 căn nhà ở", "1200", "căn nhà", "at_least"),
        ("giảm ít nhất 20% thời gian", "20", "%", "at_least"),
        ("dưới 3% tổng số", "3", "%", "at_most"),
    ],
)
def test_a_phrase_sets_a_goal(phrase: str, plan: str, measure: str, direction: str) -> None:
    goal = targets.read(phrase)
    assert goal is not None
    assert (goal.plan, goal.measure, goal.direction) == (Decimal(plan), measure, direction)


ORDER = (
    "Giao Sở Nội vụ tổ chức kiểm tra kỷ luật lao động tại ít nhất 20% số đơn vị, trong đó bảo đảm tỷ lệ đột xuất đạt ít nhất 50% số "
    "cuộc kiểm tra theo kế hoạch được Chủ tịch Ủy ban nhân dân tỉnh phê duyệt hằng năm cho từng ngành và từng địa phương; xong trong năm."
)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        (
            "tra kỷ luật lao động tại ít nhất 20% số đơn vị",
            "Tổ chức kiểm tra kỷ luật lao động tại ít nhất 20% số đơn vị",
        ),
        (
            "lệ đột xuất đạt ít nhất 50% số cuộc kiểm tra theo kế hoạch được Chủ tịch Ủy ban nhân dân tỉnh phê duyệt hằng năm cho t",
            "Tỷ lệ đột xuất đạt ít nhất 50% số cuộc kiểm tra theo kế hoạch được Chủ tịch Ủy ban nhân dân tỉnh phê duyệt hằng năm cho "
            "từng ngành và từng địa phương",
        ),
        ("ít nhất 20% số đơn vị", "Tổ chức kiểm tra kỷ luật lao động tại ít nhất 20% số đơn vị"),
        ("một câu nằm ở nơi khác, 7% tổng số", "một câu nằm ở nơi khác, 7% tổng số"),
    ],
)
def test_a_name_is_the_whole_clause_and_not_where_the_reader_cut(phrase: str, name: str) -> None:
    goal = targets.read(phrase, ORDER, "Sở Nội vụ")
    assert goal is not None
    assert goal.name == name


def test_the_second_figure_of_a_clause_does_not_take_the_words_of_the_first() -> None:
    text = "Sở Nội vụ bớt ít nhất 20% số bước và 25% thời gian thực hiện của mỗi thủ tục."
    goals = [
        targets.read(phrase, text, "Sở Nội vụ")
        for phrase in ("bớt ít nhất 20% số bước và", "25% thời gian thực hiện của mỗi thủ tục")
    ]
    assert [goal.name for goal in goals if goal] == [
        "Bớt ít nhất 20% số bước",
        "25% thời gian thực hiện của mỗi thủ tục",
    ]


def test_a_phrase_without_a_measure_sets_none() -> None:
    assert targets.read("theo Kế hoạch số 12") is None


@pytest.mark.parametrize(
    ("typed", "value"), [("95,5", "95.5"), ("1.200", "1200"), ("1.200,5", "1200.5"), ("12.5 %", "12.5"), (" 7 ", "7")]
)
def test_numbers_as_people_write_them(typed: str, value: str) -> None:
    assert targets.number(typed) == Decimal(value)
    assert targets.number(targets.written(Decimal(value))) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "nhiều", "NaN", "1e400", "9" * 20])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        targets.number(typed)


def test_the_gap_is_never_negative() -> None:
    assert targets.gap(Decimal(95), Decimal(96), "at_least") == 0
    assert targets.gap(Decimal(2), Decimal("2.5"), "at_most") == Decimal("0.5")
    assert targets.reached(Decimal(2), Decimal(2), "at_most")
