"""Every test of a query begins in the small province, on an empty ledger, with its own folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import make


@pytest.fixture(autouse=True)
def _province(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    make.province()
