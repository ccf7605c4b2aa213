"""`kycuong read` and `kycuong when`, as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kycuong.cli import read as read_verb
from kycuong.cli import when as when_verb

SAMPLES = Path(__file__).parent / "samples"


def test_json_one_object_a_line_and_a_bad_file_in_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "rong.txt"
    bad.write_bytes(b"")
    files = [str(SAMPLES / "cong_dien.txt"), str(bad), str(SAMPLES / "bao_cao.txt")]
    assert read_verb.main(["--json", *files]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == files
    assert "rỗng" in lines[1]["error"]
    assert lines[0]["code"] == "03/CĐ-UBND"
    assert lines[0]["orders"][0]["deadline"]["date"] == "2026-09-07"


def test_text_is_the_canonical_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Giao Sở Y tế\r\nbáo cáo.".encode())
    assert read_verb.main(["--text", str(path)]) == 0
    assert capsys.readouterr().out == "Giao Sở Y tế\nbáo cáo."


def test_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_verb.main([str(SAMPLES / "chi_thi_tinh.txt")]) == 0
    out = capsys.readouterr().out
    assert "II.1.đ" in out
    assert "phối hợp: Công an tỉnh" in out


@pytest.mark.parametrize("argv", [[], ["--json"], ["--yaml", "x"], ["--json", "--text", "x"]])
def test_usage(argv: list[str]) -> None:
    assert read_verb.main(argv) == 2


def test_missing_file_and_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_verb.main([str(tmp_path / "khong-co.txt")]) == 1
    assert read_verb.main([str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert "Không tìm thấy" in err
    assert "thư mục" in err


@pytest.mark.parametrize(
    ("argv", "status", "plain"),
    [
        (["trước ngày 25 hằng tháng", "--issued", "2026-03-01", "--json"], 0,
         {"kind": "recurring", "date": None, "rrule": "FREQ=MONTHLY;BYMONTHDAY=25", "bound": "before", "text": "trước ngày 25 hằng tháng"}),
        (["khẩn trương", "--json"], 0, {"kind": "none"}),
    ],
)  # fmt: skip
def test_when(argv: list[str], status: int, plain: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    assert when_verb.main(argv) == status
    assert json.loads(capsys.readouterr().out) == plain


def test_when_refuses_a_day_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert when_verb.main(["trước ngày 31/6/2026", "--json"]) == 1
    assert "không có trong lịch" in capsys.readouterr().err
    assert when_verb.main([]) == 2
    assert when_verb.main(["a", "--issued", "2026-02-30"]) == 2


def test_reading_needs_neither_django_nor_heavy_libraries() -> None:
    code = (
        "import sys; from kycuong.cli import main; main(['read', '--json', sys.argv[1]]);"
        "bad = {'django', 'trafilatura', 'docx', 'pypdfium2', 'lxml', 'holidays', 'dateutil'} & set(sys.modules); sys.exit(bool(bad))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(SAMPLES / "bao_cao.txt")], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
