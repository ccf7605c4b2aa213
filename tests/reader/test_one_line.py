"""One typed line goes through the same reader."""

from __future__ import annotations

import datetime as dt

from kycuong.reader import read_text


def test_one_typed_line_is_one_order() -> None:
    (one,) = read_text("Giao Sở Xây dựng chủ trì, phối hợp Sở Tài chính báo cáo tiến độ trước ngày 30/11/2026").orders
    assert one.path == "1"
    assert [p.name for p in one.assignees] == ["Sở Xây dựng"]
    assert [p.name for p in one.coordinating] == ["Sở Tài chính"]
    assert one.deadline.date == dt.date(2026, 11, 30)
    assert one.deadline.bound == "before"
    assert one.kind == "dated"
    assert one.doubts == ()


def test_doubts_say_what_to_look_at() -> None:
    (one,) = read_text(
        "Giao Sở Y tế, Sở Nội vụ rà soát quy trình trong thời hạn 05 ngày kể từ ngày nhận được văn bản"
    ).orders
    assert set(one.doubts) >= {"several_leads", "relative_deadline"}
    (two,) = read_text("Khẩn trương rà soát quy trình tiếp dân tại trụ sở").orders
    assert "no_assignee" in two.doubts


def test_date_that_does_not_exist_is_a_doubt_not_a_date() -> None:
    (one,) = read_text("Giao Sở Y tế báo cáo trước ngày 31/02/2026").orders
    assert one.deadline.kind == "none"
    assert "no_such_date" in one.doubts
