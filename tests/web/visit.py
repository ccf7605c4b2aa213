"""Visitors of the product: they sign in, click and are counted; pages are scanned; time passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from tests import make

from kycuong import jobs
from kycuong.demo import province
from kycuong.services import calendars, clocks, org

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

PASSWORD = "mat-khau-dai-2026"
START = "2026-10-06 08:00"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
#: What is well is neither drawn up nor carried over: that is half of the time of a scan.
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"], "reporter": "no-passes", "preload": False}
#: Count what a hand does, over page changes.
COUNT_CLICKS = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks")) + 1);
}, true)"""


@dataclass
class Site:
    """The product behind its address, with a browser to open it in."""

    url: str
    browser: Browser

    def visitor(self, login: str | None = None, **options: Any) -> Page:
        """Open a fresh visitor's page, signed in when a name is given."""
        options = {
            "viewport": DESKTOP,
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
            "base_url": self.url,
        } | options
        context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        if options.get("java_script_enabled", True):
            context.add_init_script(COUNT_CLICKS)
        page = context.new_page()
        if login:
            sign_in(page, login)
        return page

    def phone(self, login: str | None = None) -> Page:
        """Open the same on a phone."""
        return self.visitor(login, viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in by the form."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(password)
    follow(page.get_by_role("button", name="Đăng nhập", exact=True))


def follow(target: Locator) -> None:
    """Click what opens a page, and let that page stand before it is looked at, counted or left."""
    with target.page.expect_navigation():
        target.click()


def scan(page: Page, where: str) -> None:
    """Scan a page for accessibility and for a page wider than its window."""
    page.wait_for_load_state()
    found = Axe().run(page, options=ONLY_WHAT_IS_WRONG).response["violations"]
    told = [f"{where}: {one['id']} {one['help']} {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]
    assert not told, "\n".join(told)
    wide, window = page.evaluate("document.documentElement.scrollWidth"), page.viewport_size
    assert window is not None
    assert wide <= window["width"], (
        f"{where}: {wide} wide in a window of {window['width']}"
    )  # a phone's innerWidth grows


def move_clock(text: str) -> None:
    """Let time pass to an instant, with everything that falls due on the way."""
    clocks.advance(to=make.at(text), real=datetime.now(UTC))
    jobs.catch_up(make.at(text))


def load_lam_giang() -> None:
    """Load the demo's whole province, empty of documents."""
    rows = province.rows()
    calendars.load_seed(at=make.at("2026-01-05 08:00"))
    org.load(
        at=make.at("2026-01-05 08:00"),
        units=[
            org.UnitSpec(
                row.code, row.name, row.short_name, row.kind, row.relation, row.parent_code, row.valid_from,
                row.valid_until, row.aliases, row.oversees,
            )
            for row in rows.units
        ],
        posts=[org.PostSpec(row.code, row.unit_code, row.kind, row.title, row.field) for row in rows.posts],
        officers=[org.OfficerSpec(row.login, row.full_name, row.gender) for row in rows.officers],
        appointments=[
            org.AppointmentSpec(row.login, row.post_code, row.valid_from, row.valid_until) for row in rows.appointments
        ],
        password=PASSWORD,
    )  # fmt: skip


def serve(
    live_server: LiveServer, browser: Browser, settings: Any, folder: Any, load: Callable[[], None]
) -> Iterator[Site]:
    settings.FILES_DIR = folder
    settings.PROVINCE_NAME = "UBND tỉnh Lam Giang"
    settings.SECOND_FACTOR = "none"
    load()
    clocks.start(at=make.at(START), real=datetime.now(UTC))
    yield Site(live_server.url, browser)
    for context in browser.contexts:
        context.close()
