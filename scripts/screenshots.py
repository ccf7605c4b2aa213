"""Take the screenshots that the README and the guides show, from a demo that is being served.

make demo            # in another window
.venv/bin/python scripts/screenshots.py http://127.0.0.1:8000
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PLAIN = (
    ("/ngay-mai-nhac-ai/", "ngay-mai-nhac-ai"), ("/lich/", "lich"), ("/to-chuc/", "to-chuc"), ("/tim/?q=cai cach hanh chinh", "tim"),
    ("/thang-nhac-viec/", "thang-nhac-viec"),
)  # fmt: skip
STEERING = (
    ("/bang-theo-doi/", "bang-theo-doi"), ("/bang-theo-doi/giao-ban/", "giao-ban"), ("/bang-theo-doi/chi-tieu/", "chi-tieu"),
    ("/bang-theo-doi/bieu-do/", "bieu-do"),
)  # fmt: skip
SLOW = 180_000
PASSWORD = "ky-cuong-2026"
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def sign_in(page: Page, base: str, login: str) -> None:
    page.goto(f"{base}/dang-nhap/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def desk(page: Page, base: str) -> None:
    """The desk of a department's head, and its most urgent duty with the clock explained."""
    page.goto(f"{base}/viec/")
    page.screenshot(path=IMAGES / "viec-cua-toi.png")
    page.locator("main a[href^='/viec/']").first.click()
    page.wait_for_load_state()
    why = page.locator("details summary", has_text="Vì sao")
    if why.count():
        why.first.click()
    page.screenshot(path=IMAGES / "nhiem-vu.png")


def review(page: Page, base: str) -> None:
    """The review of a decision that waits at the clerk's desk."""
    page.goto(f"{base}/viec/")
    page.get_by_role("link", name="Phân công nhiệm vụ chuẩn bị Tết").first.click()
    page.wait_for_load_state()
    orders = page.get_by_role("button", name="Có giao việc")
    if orders.count():
        orders.first.click()
        page.wait_for_load_state()
    page.screenshot(path=IMAGES / "ra-soat.png")


def plain(page: Page, base: str) -> None:
    """Pages that need no click: their address and the name of the picture."""
    for address, name in PLAIN:
        page.goto(f"{base}{address}")
        page.screenshot(path=IMAGES / f"{name}.png")


def coverage(page: Page, base: str) -> None:
    """The coverage of an issued directive."""
    page.goto(f"{base}/van-ban/?so=di&loc=issued")
    page.get_by_role("row").filter(has_text="12/CT-UBND").get_by_role("link").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url}do-bao-phu/")
    page.screenshot(path=IMAGES / "do-bao-phu.png")


def steering(page: Page, base: str) -> None:
    """The board, the wall of the Monday meeting, the collection before 01/12 and the targets by unit."""
    for address, name in STEERING:
        page.goto(f"{base}{address}")
        page.screenshot(path=IMAGES / f"{name}.png")
    page.goto(f"{base}/bao-cao/")
    page.locator("main a[href*='/2026-12-01/']").first.click()
    page.wait_for_load_state()
    page.screenshot(path=IMAGES / "bao-cao.png")


def paper(page: Page, base: str) -> None:
    """The synthesis of Home Affairs as it would be issued: the first page of its PDF."""
    page.goto(f"{base}/bao-cao/")
    page.locator("main a[href*='/2026-12-01/']").first.click()
    page.wait_for_load_state()
    page.set_default_timeout(SLOW)  # a province of 110 units
    page.get_by_role("button", name="Tổng hợp báo cáo").first.click()
    page.wait_for_load_state()
    with page.expect_download(timeout=SLOW) as waiting:
        page.locator("a[href$='bao-cao.pdf']").first.click()
    first = pypdfium2.PdfDocument(waiting.value.path())[0]
    first.render(scale=1.3).to_pil().save(IMAGES / "bao-cao-pdf.png")


def main() -> int:
    base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        for login, size, story in (
            ("gd.snv", {"width": 1280, "height": 860}, desk),
            ("vanthu", {"width": 1280, "height": 860}, review),
            ("theodoi", {"width": 1280, "height": 860}, coverage),
            ("chanhvp", {"width": 1280, "height": 860}, plain),
            ("chanhvp", {"width": 1280, "height": 860}, steering),
            ("gd.snv", {"width": 1280, "height": 860}, paper),
        ):
            page = browser.new_context(viewport=size, locale="vi-VN").new_page()
            sign_in(page, base, login)
            story(page, base)
        phone = browser.new_context(viewport={"width": 390, "height": 780}, locale="vi-VN").new_page()
        sign_in(phone, base, "ct.xa1")
        phone.goto(f"{base}/viec/")
        phone.screenshot(path=IMAGES / "dien-thoai.png")
        chairman = browser.new_context(viewport={"width": 390, "height": 780}, locale="vi-VN").new_page()
        sign_in(chairman, base, "chutich")
        chairman.goto(f"{base}/bang-theo-doi/hom-nay/")
        chairman.screenshot(path=IMAGES / "hom-nay.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
