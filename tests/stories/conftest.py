"""Every story begins in the small province; those that take a `door` are played through each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stories.doors import DOORS, Services, Web


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture(params=list(DOORS))
def door(request: pytest.FixtureRequest) -> Services | Web:
    """Give each door in turn."""
    return DOORS[request.param]()
