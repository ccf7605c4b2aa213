"""`kycuong due` as a person and a program see it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kycuong.cli import main

FROM = ["due", "--from", "2026-02-12T15:30", "--limit", "5 ngày làm việc"]


def test_json_has_the_four_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FROM, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["due", "last_day", "explanation", "calendar"]
    assert found["due"] == "2026-02-27T00:00:00+07:00"
    assert found["last_day"] == "2026-02-26"
    assert found["calendar"] == "VN-2026.11"
    assert sum("Tết Nguyên đán" in line for line in found["explanation"]) == 5


def test_the_table_names_calendar_end_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FROM) == 0
    out = capsys.readouterr().out
    assert "24:00 thứ Năm 26/02/2026" in out
    assert "VN-2026.11" in out
    assert "Không tính ngày đầu tiên thứ Năm 12/02/2026" in out


@pytest.mark.parametrize(
    "moment",
    ["2026-02-12 15:30", "2026-02-12T15:30:59", "12/02/2026 15:30", "15:30 ngày 12/02/2026", "2026-02-12T08:30Z",
     "2026-02-12T15:30+07:00", "2026-02-12"],
)  # fmt: skip
def test_ways_to_write_a_moment(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--from", moment, "--limit", "5 ngày làm việc", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["last_day"] == "2026-02-26"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "2026-02-30", "--limit", "5 ngày"], "Ngày 30/02/2026 không tồn tại: tháng 02/2026 chỉ có 28 ngày."),
        (["--from", "2026-13-01", "--limit", "5 ngày"], "Ngày 01/13/2026 không tồn tại: không có tháng 13."),
        (["--before", "31/11/2026"], "Ngày 31/11/2026 không tồn tại: tháng 11/2026 chỉ có 30 ngày."),
        (["--by", "32/11/2026"], "Ngày 32/11/2026 không tồn tại: không có ngày 32."),
        (["--from", "2026-02-12T25:00", "--limit", "5 ngày"], "Giờ 25:00 không tồn tại; giờ từ 00:00 đến 23:59."),
        (
            ["--from", "2035-01-01", "--limit", "5 ngày"],
            "nằm ngoài lịch làm việc VN-2026.11 (từ năm 2010 đến năm 2030)",
        ),
        (["--from", "hôm qua", "--limit", "5 ngày"], "Không hiểu ngày “hôm qua”"),
        (["--from", "2026-02-12", "--limit", "24 giờ"], "giờ làm việc"),
        (["--from", "2026-02-12", "--limit", ""], "Chưa ghi thời hạn."),
        (["--by", ""], "Không hiểu ngày"),
        (["--before", "0001-01-01"], "Năm 1 nằm ngoài các năm tính được (từ 1900 đến 2999)."),
        (["--from", "2026-02-12T08:00+99:00", "--limit", "5 ngày"], "Múi giờ +99:00 không tồn tại."),
        (["--from", "2026-02-12", "--limit", "9" * 5000 + " ngày"], "Không hiểu thời hạn"),
        (["--from", "2026-02-12", "--limit", "9999 giờ làm việc"], "nằm ngoài lịch làm việc"),
        (["--from", "1950-02-12", "--limit", "1 ngày làm việc"], "Ngày 12/02/1950 nằm ngoài lịch làm việc"),
        (["--from", "2026-02-12", "--limit", "5 ngày", "--hours", "17:00-08:00"], "Không hiểu giờ làm việc"),
        (["--from", "9999-12-31", "--limit", "9999 năm"], "Năm 9999 nằm ngoài"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exit_1(
    options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", *options]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize(
    "options", [[], ["--limit", "5 ngày"], ["--by", "2026-01-01", "--before", "2026-01-01"], ["--x"]]
)
def test_usage_is_exit_2(options: list[str]) -> None:
    assert main(["due", *options]) == 2


def test_fixed_dates_and_office_hours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--before", "2026-12-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-12-01T00:00:00+07:00"
    assert main(["due", "--by", "2026-09-02", "--roll", "next_working", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["last_day"] == "2026-09-03"
    hours = ["--from", "2026-11-16T08:00", "--limit", "5 giờ làm việc", "--hours", "08:00-12:00,13:00-17:00"]
    assert main(["due", *hours, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-11-16T14:00:00+07:00"


def test_starts_without_django_or_the_holidays_package() -> None:
    code = (
        "import sys; from kycuong.cli import main; main(sys.argv[1:]);"
        "sys.exit(sum(name in sys.modules for name in ('django', 'holidays', 'dateutil', 'numpy')))"
    )
    done = subprocess.run([sys.executable, "-c", code, *FROM], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
