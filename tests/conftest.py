"""Plumbing for every test: what is missing on this machine is skipped aloud, never silently.

Which database the tests use is a matter of settings (KYCUONG_DATABASE): `scripts/pg.py run -- pytest ...` brings a
PostgreSQL, without it the tests run on SQLite. That is a file in memory (/dev/shm) and not `:memory:`, because a
browser test has several threads, and only a file gives each of them a connection and a lock of its own, as in life.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TOP = Path(__file__).resolve().parent.parent
SHARED = TOP.parent / "shared"
NO_DOCUMENTS = "the real documents are not there (../shared)"
NO_BROWSER = "no Chromium on this machine (apt install chromium)"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: Nothing but the page under test: no background traffic, no first-run pages, no QUIC.
BROWSER_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: A gate gives the same answer twice and does not depend on a busy machine. To hunt for new cases:
#: `pytest --hypothesis-profile=search tests/core`.
hypothesis_settings.register_profile("gate", deadline=None, derandomize=True, database=None)
hypothesis_settings.register_profile("search", deadline=None, max_examples=2000, database=None)
hypothesis_settings.load_profile("gate")


def pytest_configure(config: pytest.Config) -> None:
    """Point the test database and stored files to a folder that goes away; make passwords cheap."""
    if not config.pluginmanager.hasplugin("django"):
        return
    from django.conf import settings

    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="kycuong-tests-", dir=memory if os.access(memory, os.W_OK) else None))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    settings.FILES_DIR = folder / "files"
    settings.FILES_DIR.mkdir()
    settings.SEAL_KEY_FILE = folder / "keys" / "seal.pem"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _let_the_flush_through()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what is loaded by now out of the search for garbage: it stays to the end, and looking through it cost a sixth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _let_the_flush_through() -> None:
    """Let Django empty append-only tables between tests that commit, and only there; the triggers are back at once."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    original = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        before, after = ["SET session_replication_role = replica"], ["SET session_replication_role = origin"]
        if self.connection.vendor == "sqlite":
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'")
                triggers = cursor.fetchall()
            before, after = [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]
        original(self, [*before, *sql_list, *after])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]


#: The doors of a story that are pages: gone through on one database, as the tests of single pages are.
PAGES = frozenset({"pages", "web"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the real documents, or a browser, when there is none; mark the stories told through pages."""
    for item in items:
        told_by = getattr(item, "callspec", None)
        if told_by and PAGES & set(told_by.id.lower().split("-")) and "stories" in item.path.parts:
            item.add_marker("once")
    missing = {} if SHARED.is_dir() else {"real": NO_DOCUMENTS}
    if any(item.get_closest_marker("browser") for item in items) and find_browser() is None:
        missing["browser"] = NO_BROWSER
    for item in items:
        for marker, reason in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say every skip and its reason in a block of its own; hand it to `scripts/test.py` for the last summary."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple):
            reasons[re.sub(r"^Skipped:?\s*", "", str(report.longrepr[2])) or "no reason given"] += 1
    if not reasons:
        return
    lines = [f"{count} test{'s' if count > 1 else ''}: {reason}" for reason, count in sorted(reasons.items())]
    terminalreporter.section("SKIPPED ALOUD")
    for line in lines:
        terminalreporter.write_line(f"SKIPPED ALOUD: {line}")
    collector = os.environ.get("SKIPPED_ALOUD")
    if collector:
        phase = os.environ.get("SKIPPED_ALOUD_ON", "tests")
        with Path(collector).open("a", encoding="utf-8") as file:
            file.writelines(f"{phase}: {line}\n" for line in lines)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the real documents, or skip aloud."""
    if not SHARED.is_dir():
        pytest.skip(NO_DOCUMENTS)
    return SHARED


@pytest.fixture(scope="session")
def provider_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an installed provider of single sign-on, or skip aloud."""
    from tests import provider

    folder = tmp_path_factory.mktemp("provider")
    if not provider.install(folder):
        pytest.skip(provider.MISSING)
    return folder


@cache
def find_browser() -> str | None:
    """Return the path of a Chromium that starts on this machine, or None; Ubuntu's is a stub that asks for a snap."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found and subprocess.run([found, "--version"], capture_output=True, check=False, timeout=30).returncode == 0:
            return found
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium once a session, or skip aloud."""
    executable = find_browser()
    if executable is None:
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; Django would take it for async code and refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGS)
        yield started
        started.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a fresh visitor: Vietnamese, in Việt Nam, with an office screen."""
    context = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def browser_page(browser_context: BrowserContext) -> Page:
    """Open an empty page in a fresh visitor's browser."""
    return browser_context.new_page()


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    """Open an empty page on a phone, for everything that is done outside an office."""
    context = browser.new_context(
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
