"""`kycuong intake`: a folder taken in by a command; the same again goes on, and says what was refused and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from tests import make

from kycuong.cli.intake import main
from kycuong.models import Batch, Document
from kycuong.services import intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    make.province()
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    place = tmp_path / "van-ban-den"
    (place / "thang-11").mkdir(parents=True)
    for n in (1, 2, 3):
        (place / "thang-11" / f"{n}.txt").write_bytes(make.paper(f"{n}/CT-UBND")[1])
    (place / "~$tam.docx").write_bytes(b"x")
    return place


def run(folder: Path, *more: str) -> int:
    return main([str(folder), "--as", "vanthu", *more])


def test_a_folder_is_taken_in_and_the_same_again_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"done": 3}
    assert {row["name"] for row in told["items"]} == {"thang-11/1.txt", "thang-11/2.txt", "thang-11/3.txt"}
    (folder / "4.txt").write_bytes(make.paper("4/CT-UBND")[1])
    assert run(folder) == 0
    assert "4 đã vào sổ" in capsys.readouterr().out
    assert Batch.objects.count() == 1
    assert Document.objects.count() == 4


def test_killed_in_the_middle_the_next_run_ends_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, real = [], intake.take

    def die_at_the_third(**given: object) -> object:
        if len(taken) == 2:
            raise KeyboardInterrupt
        taken.append(given)
        return real(**given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("kycuong.cli.intake.intake.take", die_at_the_third)
        run(folder)
    assert Document.objects.count() == 2
    assert run(folder) == 0
    assert Document.objects.count() == 3
    assert Batch.objects.get().state == "done"


def test_a_secret_paper_is_named_and_no_byte_of_it_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mat.txt").write_text("TỐI MẬT\nSố: 2/UBND-NC\nnội dung", "utf-8")
    assert run(folder) == 1
    told = capsys.readouterr()
    assert "1 không nhận" in told.out
    assert "mat.txt: Tệp “mat.txt” đóng dấu TỐI MẬT" in told.err
    kept = [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    assert len(kept) == 3


def test_a_file_beyond_the_limit_is_refused_unread(
    folder: Path, capsys: pytest.CaptureFixture[str], settings: object
) -> None:
    settings.UPLOAD_LIMIT_MB = 1  # type: ignore[attr-defined]
    with (folder / "lon.pdf").open("wb") as stream:
        stream.truncate(2_000_000)
    assert run(folder) == 1
    assert "lon.pdf: Tệp “lon.pdf” lớn hơn 1 MB" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("place", "login", "said"),
    [
        ("khong-co", "vanthu", "Không tìm thấy"),
        ("van-ban-den", "gdsxd", "thuộc Văn thư"),
        ("van-ban-den", "ai-do", "Không có người dùng “ai-do”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], place: str, login: str, said: str
) -> None:
    assert main([str(folder.parent / place), "--as", login]) == 1
    assert said in capsys.readouterr().err
    assert not Document.objects.exists()
