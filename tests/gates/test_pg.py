"""The private PostgreSQL of the tests: it is there while the command runs, hands on its status, and leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts" / "pg.py"


def play(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), "run", "--", sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


@pytest.fixture(scope="module", autouse=True)
def _server_is_here() -> None:
    if subprocess.run([sys.executable, str(SCRIPT), "version"], capture_output=True, check=False).returncode:
        pytest.skip("no PostgreSQL on this machine (apt install postgresql)")


def test_a_command_finds_its_database_and_its_status_comes_back(tmp_path: Path) -> None:
    code = (
        "import os, psycopg, sys\n"
        "url = os.environ['KYCUONG_DATABASE']\n"
        "print(psycopg.connect(url).execute('select current_database()').fetchone()[0], url.partition('host=')[2])\n"
        "sys.exit(7)"
    )
    done = play(code, TMPDIR=str(tmp_path))
    assert done.returncode == 7, done.stderr
    name, folder = done.stdout.split()
    assert name == "kycuong"
    assert not Path(folder).exists()


def test_the_server_is_not_run_by_root(tmp_path: Path) -> None:
    code = (
        "import os, pathlib; print(pathlib.Path(os.environ['KYCUONG_DATABASE'].partition('host=')[2], 'data').owner())"
    )
    done = play(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != "root"


def test_without_binaries_it_says_so_and_asks_to_be_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    import pg

    monkeypatch.setattr(pg.shutil, "which", lambda name: None)
    monkeypatch.setattr(pg.Path, "glob", lambda self, pattern: iter(()))
    assert pg.main(["run", "--", "true"]) == pg.NO_POSTGRESQL
    assert "SKIPPED ALOUD: PostgreSQL" in capsys.readouterr().err
