"""The bundle for a place without the Internet holds what runs, by its hashes, and refuses to install when it is damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from house.project import TOP

sys.path.insert(0, str(TOP / "scripts"))
import bundle

LOCK = (TOP / "requirements.lock").read_text("utf-8")


def test_it_holds_what_runs_and_not_what_tests() -> None:
    names = bundle.needed()
    assert {"django", "psycopg-binary", "weasyprint", "python-docx", "trafilatura", "brotli", "cryptography"} <= names
    assert not names & {"pytest", "playwright", "mypy", "ruff", "schemathesis", "kycuong"}


def test_every_package_comes_with_its_hashes() -> None:
    lock = bundle.runtime(LOCK, bundle.needed())
    for name, entry in bundle.blocks(lock).items():
        assert "--hash=sha256:" in entry, name


def test_a_package_outside_the_lock_stops_the_packing() -> None:
    with pytest.raises(KeyError, match="khong-co"):
        bundle.runtime(LOCK, {"django", "khong-co"})


def test_a_damaged_bundle_installs_nothing(tmp_path: Path) -> None:
    (tmp_path / "install.sh").write_text(bundle.INSTALL, "utf-8")
    (tmp_path / "runtime.lock").write_text("six==1.17.0\n", "utf-8")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  runtime.lock\n", "utf-8")
    done = subprocess.run(
        ["sh", tmp_path / "install.sh", tmp_path / "app"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert not (tmp_path / "app").exists()
