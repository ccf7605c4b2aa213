"""The real documents beside the project, scored with the script that stands there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reading"


@pytest.mark.real
def test_scores_stay_above_the_floor() -> None:
    if not (SHARED / "score.py").exists():
        pytest.skip("the real documents are not there (../shared/reading)")
    texts = f"{SHARED / 'texts'}:{SHARED.parent / 'seeds'}"
    command = [
        sys.executable,
        str(SHARED / "score.py"),
        str(SHARED / "gold"),
        texts,
        "--batch",
        "--floor",
        "0.97",
        "--each",
        "0.95",
    ]
    reader = [sys.executable, "-m", "kycuong", "read", "--json"]
    done = subprocess.run([*command, "--", *reader], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
