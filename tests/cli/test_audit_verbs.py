"""`kycuong audit seal|verify|export`, and the independent verifier on what they wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests import make

from kycuong.cli import audit as verb
from kycuong.models import AuditEntry, Checkpoint, Duty
from kycuong.services import seals, watermark
from kycuong.services.seals import keys

VERIFIER = Path(__file__).resolve().parent.parent.parent / "verifier" / "kycuong_verify.py"
AT = make.at("2026-11-20 08:00")


@pytest.fixture(autouse=True)
def _province(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.SEAL_KEY_FILE = tmp_path / "keys" / "seal.pem"
    make.province()
    make.issued(make.TWO_ORDERS)


def outside(*words: object) -> tuple[int, str]:
    """Run the verifier as an outsider does: isolated, nothing of ours on its path."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, encoding="utf-8", env={"PYTHONUTF8": "1"}
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_seal_then_verify(capsys: pytest.CaptureFixture[str]) -> None:
    assert verb.main(["seal", "--json"]) == 0
    sealed = json.loads(capsys.readouterr().out)
    assert verb.main(["seal"]) == 0
    assert "Không có dòng mới" in capsys.readouterr().out
    assert verb.main(["verify", "--json"]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["intact"] is True
    assert verdict["leaves"] == sealed["leaves"] > 0
    assert verb.main(["verify"]) == 0
    assert "Nguyên vẹn: 1 mốc" in capsys.readouterr().out


def test_verify_names_what_was_changed(capsys: pytest.CaptureFixture[str]) -> None:
    verb.main(["seal"])
    capsys.readouterr()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER kycuong_auditentry_no_update")
        cursor.execute("UPDATE kycuong_auditentry SET subject_id = 'x' WHERE act = 'register'")
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
    assert verb.main(["verify"]) == 1
    first, last, _ = capsys.readouterr().out.splitlines()
    assert first.startswith("Dòng nhật ký số ")
    assert "(register) đã bị sửa sau khi ghi (mốc niêm phong số 1)." in first
    assert last.startswith("KHÔNG nguyên vẹn, 1 điểm sai")
    assert verb.main(["verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "row_changed"


def test_a_key_that_cannot_be_made_is_one_sentence(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tep").write_text("")
    settings.SEAL_KEY_FILE = tmp_path / "tep" / "seal.pem"
    assert verb.main(["seal"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_export_into_no_folder_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verb.main(["seal"])
    assert verb.main(["export", str(tmp_path / "khong-co" / "x.jsonl")]) == 1
    assert "Không ghi được tệp" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["try"], ["export"]])
def test_wrong_usage(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        verb.main(argv)
    assert stopped.value.code == 2


def test_an_outsider_verifies_the_export(tmp_path: Path) -> None:
    seals.seal(AT)
    old, new, full = tmp_path / "old.jsonl", tmp_path / "new.jsonl", tmp_path / "full.jsonl"
    assert verb.main(["export", str(old)]) == 0
    make.issued()
    seals.seal(AT)
    assert verb.main(["export", str(new)]) == 0
    assert verb.main(["export", "--rows", str(full)]) == 0
    for words in (
        [old],
        [new],
        [new, "--was", old],
        [full, "--was", old],
        [new, "--key", *lines(new)[0]["keys"].values()],
    ):
        status, told = outside(*words)
        assert (status, told.startswith("Nguyên vẹn")) == (0, True), told
    leaves = sum(row["type"] == "leaf" for row in lines(full))
    assert f"2 mốc niêm phong, {leaves} lá, {leaves} nội dung" in outside(full)[1]
    assert outside(old, "--was", new)[0] == 1
    assert outside(new, "--key", "00" * 32)[0] == 1


def test_an_outsider_sees_every_forgery(tmp_path: Path) -> None:
    for _ in range(2):
        make.issued()
        seals.seal(AT)
    path = tmp_path / "proof.jsonl"
    verb.main(["export", "--rows", str(path)])
    rows = lines(path)
    second = next(i for i, row in enumerate(rows) if row["type"] == "checkpoint" and row["body"]["no"] == 2)
    event = next(i for i, row in enumerate(rows) if row.get("kind") == "event")

    def forged(change: Any) -> list[dict[str, Any]]:
        copy = json.loads(json.dumps(rows))
        change(copy)
        return copy  # type: ignore[no-any-return]

    forgeries = {
        "record": forged(lambda all_: all_[event].update(record=all_[event + 1]["record"])),
        "row": forged(lambda all_: all_[event]["row"].update(actor=99)),
        "deleted": forged(lambda all_: all_.pop(event)),
        "swapped": forged(lambda all_: all_.insert(event, all_.pop(event + 1))),
        "root": forged(lambda all_: all_[second]["body"].update(root="0" * 64)),
        "signature": forged(lambda all_: all_[second].update(signature="0" * 128)),
        "first batch gone": [rows[0], *rows[second:]],
    }
    for name, forgery in forgeries.items():
        assert outside(write(tmp_path / "forged.jsonl", forgery))[0] == 1, name
    cut = write(tmp_path / "cut.jsonl", rows[:second])
    assert outside(cut)[0] == 0  # a shorter file is whole in itself: only an older, longer one shows the cut
    assert outside(cut, "--was", path)[0] == 1


@pytest.mark.parametrize("text", ["", "không phải json", "{}", '{"type":"kycuong-proof","version":1}', "[1]"])
def test_an_outsider_is_told_when_it_is_no_proof(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text, "utf-8")
    status, told = outside(path)
    assert status == 1
    assert told.startswith("Không đọc được tệp")


def test_the_old_key_announces_the_new_one_and_all_still_verifies(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert verb.main(["seal", "--json"]) == 0
    capsys.readouterr()
    assert verb.main(["rotate", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["old"] != told["new"]
    make.Road(Duty.objects.filter(kind="task", term="dated")[0]).send("gdsxd", "2026-11-20 09:00")
    assert verb.main(["seal"]) == 0
    assert verb.main(["verify"]) == 0
    signed = [(row.no, row.key) for row in Checkpoint.objects.order_by("no")]
    assert signed == [(1, told["old"]), (told["announced_in"], told["old"]), (3, told["new"])]
    announced = AuditEntry.objects.get(act="announce_key")
    assert announced.subject_id == told["new"]
    assert announced.pk <= Checkpoint.objects.get(no=told["announced_in"]).upto_entry
    capsys.readouterr()
    assert verb.main(["export", str(tmp_path / "proof.jsonl")]) == 0
    assert outside(tmp_path / "proof.jsonl")[0] == 0


def test_writers_that_never_pause_keep_the_old_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    verb.main(["seal"])
    before = keys.key_file().read_bytes()
    monkeypatch.setattr(watermark, "mark", lambda: None)
    assert verb.main(["rotate"]) == 1
    assert "chạy lại" in capsys.readouterr().err
    assert keys.key_file().read_bytes() == before


def test_a_collector_takes_every_line_once_and_none_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert verb.main(["follow", "--most", "2"]) == 0
    first = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert verb.main(["follow", "--after", str(first[-1]["id"])]) == 0
    rest = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    written = list(AuditEntry.objects.order_by("pk").values_list("pk", "act", "actor__login", "leaf"))
    assert [(one["id"], one["act"], one["actor"], one["leaf"]) for one in first + rest] == written
    assert len(first) == 2
    assert len(rest) > 0


def test_a_collector_waits_while_somebody_writes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watermark, "mark", lambda: None)
    assert verb.main(["follow"]) == 1
    assert capsys.readouterr().out == ""
