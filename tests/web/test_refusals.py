"""Bad input gets one clear sentence, the right status and no traceback; nothing of a secret paper stays."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.models import Document, DocumentFile
from kycuong.services import directives
from web.visit import Site, follow, scan, sign_in

pytestmark = [pytest.mark.browser]


def test_a_wrong_password_says_what_to_do_and_five_stop_for_a_while(site: Site) -> None:
    page = site.visitor()
    for _ in range(4):
        sign_in(page, "vanthu", "khong-dung")
        expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng")
    scan(page, "sign-in refused")
    with page.expect_response("**/dang-nhap/") as last:
        page.get_by_label("Mật khẩu").fill("khong-dung")
        page.get_by_role("button", name="Đăng nhập").click()
    assert last.value.status == 429
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập sai quá nhiều lần")
    scan(page, "429")


def test_a_secret_paper_is_refused_and_leaves_no_byte(site: Site, tmp_path: Path) -> None:
    page = site.visitor("vanthu")
    page.goto("/van-ban/moi/")
    page.get_by_label("Tệp văn bản").set_input_files(make.SAMPLES / "cong-van-mat-02.docx")
    with page.expect_response("**/van-ban/moi/") as answer:
        page.get_by_role("button", name="Đọc văn bản").click()
    assert answer.value.status == 422
    expect(page.get_by_role("alert")).to_contain_text("mật")
    scan(page, "secret refused")
    assert not Document.objects.exists()
    assert not DocumentFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "data"), [("rong.txt", b""), ("hong.pdf", b"%PDF-1.4 hong"), ("anh.png", b"\x89PNG\r\n")]
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(site: Site, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    page = site.visitor("vanthu")
    page.goto("/van-ban/moi/")
    page.get_by_label("Tệp văn bản").set_input_files(tmp_path / name)
    with page.expect_response("**/van-ban/moi/") as answer:
        page.get_by_role("button", name="Đọc văn bản").click()
    assert answer.value.status == 422
    expect(page.get_by_role("alert")).to_be_visible()
    assert not Document.objects.exists()


def test_a_paper_already_registered_leads_to_it(site: Site) -> None:
    page = site.visitor("vanthu")
    for _ in range(2):
        page.goto("/van-ban/moi/")
        page.get_by_label("Tệp văn bản").set_input_files(make.SAMPLES / "chi-thi-12.docx")
        page.get_by_role("button", name="Đọc văn bản").click()
        page.wait_for_load_state()
    expect(page.get_by_role("alert")).to_contain_text("đã có trong sổ đăng ký")
    page.get_by_role("link", name="Mở văn bản đã đăng ký").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chỉ thị 12/CT-UBND")
    assert Document.objects.count() == 1


def test_what_is_not_mine_does_not_exist_and_what_i_may_not_is_said(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    stranger = site.visitor("ctx1")
    for path, status in ((f"/viec/{duty.public_id}/", 404), (f"/viec/{uuid4()}/", 404), ("/van-ban/moi/", 403)):
        answer = stranger.goto(path)
        assert answer is not None
        assert answer.status == status, path
        expect(stranger.get_by_role("heading", level=1)).to_be_visible()
        scan(stranger, f"{status}")


def test_a_page_that_is_behind_says_so_and_changes_nothing(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    first, second = site.visitor("gdsxd"), site.visitor("gdsxd")
    for page, chosen in ((first, 1), (second, 2)):
        page.goto(f"/viec/{duty.public_id}/")
        page.get_by_label("Giao cho").select_option(index=chosen)
    first.get_by_role("button", name="Giao thực hiện").click()
    expect(first.locator("#notices")).to_contain_text("Đã giao")
    with second.expect_response("**/giao/") as answer:
        second.get_by_role("button", name="Giao thực hiện").click()
    assert answer.value.status == 409
    expect(second.get_by_role("heading", level=1)).to_have_text("Nội dung vừa thay đổi")
    scan(second, "409")


def test_an_unknown_unit_is_refused_at_its_card(site: Site) -> None:
    make.line(when="2026-10-05 08:00")
    page = site.visitor("vanthu")
    page.goto("/viec/")
    follow(page.locator("tbody a").first)
    card = page.locator(".order[data-order]").first
    expect(card).to_be_visible()
    if card.locator("summary").count() and not card.get_by_label("Thêm đơn vị chủ trì").is_visible():
        card.locator("summary").first.click()
    card.get_by_label("Thêm đơn vị chủ trì").fill("Sở Không Có")
    with page.expect_response("**/sua/") as answer:
        card.get_by_role("button", name="Lưu").or_(card.get_by_role("button", name="Đúng, giữ như trên")).click()
    assert answer.value.status == 422
    expect(card.get_by_role("alert")).to_contain_text("Sở Không Có")
    scan(page, "card refused")


def test_a_review_that_somebody_else_issued_says_so_without_losing_the_page(site: Site) -> None:
    document = make.line(when="2026-10-05 08:00")
    page = site.visitor("vanthu")
    follow(page.locator("tbody a").first)
    card = page.locator(".order[data-order]").first
    card.locator("summary").first.click()
    directives.issue(actor=make.who("chanhvp"), at=make.at("2026-10-06 08:30"), document=document)
    with page.expect_response("**/khong-giao/") as answer:
        card.get_by_role("button", name="Không giao việc").click()
    assert answer.value.status == 409
    expect(page.locator("#notices")).to_contain_text("Văn bản vừa được người khác xử lý")
    expect(card).to_be_visible()


def test_a_key_task_stays_one_through_a_correction(site: Site) -> None:
    make.line(when="2026-10-05 08:00")
    page = site.visitor("vanthu")
    follow(page.locator("tbody a").first)
    card = page.locator(".order[data-order]").first
    for product in ("Báo cáo", "Tờ trình"):
        card.locator("summary").first.click()
        card.get_by_label("Nhiệm vụ trọng tâm").check()
        card.get_by_label("Sản phẩm").fill(product)
        card.get_by_role("button", name="Lưu").click()
        expect(card).to_contain_text(f"sản phẩm: {product}")
    expect(card.locator(".flag")).to_have_text("Trọng tâm")
