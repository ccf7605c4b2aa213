"""`kycuong consultation`: lists as a person sees them, papers written, refusals with exit 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests import make

from kycuong import jobs
from kycuong.cli import consultation
from kycuong.models import Voting
from kycuong.services import consultations as services
from services.test_meeting import MEETING, dissenting, given, opinion
from services.test_voting import COUNTED, put


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    assert consultation.main(list(argv)) == code
    out, err = capsys.readouterr()
    return err if code else out


def test_dissents_and_their_minutes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    made = dissenting()
    duty = str(opinion(made).duty.public_id)
    assert "Thủ trưởng hai cơ quan chưa làm việc trực tiếp" in said(capsys, "dissents", "--by", "gdstc")
    assert "Chưa ghi kết quả" in said(capsys, "minutes", duty, "--by", "gdsxd", "--to", str(tmp_path), code=1)
    services.record_meeting(meeting=MEETING, **given(made))
    paper = json.loads(said(capsys, "minutes", duty, "--by", "gdsxd", "--to", str(tmp_path), "--json"))["file"]
    assert Path(paper).read_bytes()[:2] == b"PK"
    assert json.loads(said(capsys, "show", str(made), "--by", "gdsxd", "--json"))["owed"]
    assert "đã trả lời 1/1" in said(capsys, "list", "--by", "gdsxd")
    assert "Không tìm thấy" in said(capsys, "show", str(made), "--by", "ctx1", code=1)


def test_rounds_of_slips_and_their_tally(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    put()
    key = str(Voting.objects.get().public_id)
    assert "0/4" in said(capsys, "votings", "--by", "chanhvp")
    assert "chưa có biên bản" in said(capsys, "tally", key, "--by", "chanhvp", "--to", str(tmp_path), code=1)
    jobs.work_once(make.at(COUNTED))
    assert "Không quá nửa" in said(capsys, "count", key, "--by", "chanhvp")
    said(capsys, "tally", key, "--by", "chanhvp", "--to", str(tmp_path))
    assert len(list(tmp_path.iterdir())) == 1
