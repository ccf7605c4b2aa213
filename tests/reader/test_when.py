"""Phrases of time, as they are written in directives."""

from __future__ import annotations

import datetime as dt

import pytest

from kycuong.reader import when

ISSUED = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("phrase", "date", "bound"),
    [
        ("trước ngày 30/11/2026", "2026-11-30", "before"),
        ("trước ngày 30 tháng 11 năm 2026", "2026-11-30", "before"),
        ("chậm nhất là 17 giờ 00 ngày 05/6/2026", "2026-06-05", "by"),
        ("hoàn thành trong tháng 4", "2026-04-30", "by"),
        ("trong tháng 02/2028", "2028-02-29", "by"),
        ("giữa tháng 5/2026", "2026-05-15", "by"),
        ("quý III/2026", "2026-09-30", "by"),
        ("trong quý 2 năm 2027", "2027-06-30", "by"),
        ("cuối năm 2026", "2026-12-31", "by"),
        ("giữa năm 2026", "2026-06-30", "by"),
        ("cuối năm", "2026-12-31", "by"),
        ("6 tháng đầu năm 2026", "2026-06-30", "by"),
        ("từ ngày 01/7/2026 đến hết ngày 15/7/2026", "2026-07-15", "by"),
        ("năm 2026 - 2027", "2027-12-31", "by"),
        ("trước 15/4", "2026-04-15", "before"),
        ("trước ngày 15/01", "2027-01-15", "before"),
        ("truoc ngay 30/11/2026", "2026-11-30", "before"),
    ],
)
def test_absolute(phrase: str, date: str, bound: str) -> None:
    limit = when(phrase, ISSUED)
    assert (limit.kind, limit.date, limit.bound) == ("absolute", dt.date.fromisoformat(date), bound)


@pytest.mark.parametrize(
    ("phrase", "rrule"),
    [
        ("trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("hàng tháng, trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("trước ngày 01/12 hàng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"),
        ("hằng năm, trước ngày 15 tháng 12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ("ngày 15/6 và ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
        ("trước ngày 20 của tháng cuối quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"),
        ("thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ("định kỳ 06 tháng", "FREQ=MONTHLY;INTERVAL=6"),
        ("hằng năm", "FREQ=YEARLY"),
        ("mỗi tuần", "FREQ=WEEKLY"),
    ],
)
def test_recurring(phrase: str, rrule: str) -> None:
    limit = when(phrase, ISSUED)
    assert (limit.kind, limit.rrule) == ("recurring", rrule)


@pytest.mark.parametrize(
    "phrase",
    [
        "trong thời hạn 10 ngày kể từ ngày nhận được văn bản",
        "trong 05 ngày làm việc",
        "sau khi Nghị quyết được ban hành",
        "theo lộ trình của Bộ Nội vụ",
        "chậm nhất 03 ngày làm việc sau khi kết thúc hội nghị",
    ],
)
def test_relative(phrase: str) -> None:
    limit = when(phrase, ISSUED)
    assert (limit.kind, limit.date) == ("relative", None)


@pytest.mark.parametrize(
    "phrase",
    [
        "khẩn trương",
        "kịp thời",
        "thường xuyên",
        "đúng thời hạn",
        "ngân sách hằng năm",
        "",
        "   ",
        "Công văn số 12/UBND-NC ngày 01/3/2026",
    ],
)
def test_none(phrase: str) -> None:
    assert when(phrase, ISSUED).to_json() == {"kind": "none"}


def test_no_such_date() -> None:
    assert when("trước ngày 30/02/2026", ISSUED).rule == "no_such_date"


def test_year_left_out_without_issue_stays_open() -> None:
    assert when("trước ngày 30/6", None).date is None
