"""A province with real people behind a live server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests import make

from web.visit import Site, load_lam_giang, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def site(
    transactional_db: None, live_server: LiveServer, browser: Browser, settings: Any, tmp_path: Any
) -> Iterator[Site]:
    """Give the product with the small province of the builders, its clock standing in October 2026."""
    yield from serve(live_server, browser, settings, tmp_path, make.province)


@pytest.fixture
def lam_giang(
    transactional_db: None, live_server: LiveServer, browser: Browser, settings: Any, tmp_path: Any
) -> Iterator[Site]:
    """Give the product with the demo's whole province: every addressee of our own sample exists."""
    yield from serve(live_server, browser, settings, tmp_path, load_lam_giang)
