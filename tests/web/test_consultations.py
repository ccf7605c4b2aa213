"""The pages of consultations on a desk and on a phone: readable by everyone, no wider than the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests import make

from kycuong.models import VotingSlip
from kycuong.services import voting
from services.test_consult import ask, opinion, silent, take
from services.test_meeting import dissenting
from services.test_voting import ASKED, MATTER
from web.visit import move_clock, scan

if TYPE_CHECKING:
    from web.visit import Site

pytestmark = pytest.mark.browser


def test_the_pages_are_readable_by_everyone(site: Site) -> None:
    move_clock("2026-11-09 08:00")
    made = ask("STC", "SNV")
    take(made)
    silent(made)
    move_clock("2026-11-17 09:30")
    duties = {code: opinion(made, code).duty.public_id for code in ("STC", "SNV")}
    lead = {
        "list": reverse("consultations"), "ask": reverse("ask"), "consultation": reverse("consultation", args=[made]),
        "change": reverse("change_proposal", args=[made]), "silent": reverse("opinion", args=[duties["STC"]]),
    }  # fmt: skip
    body = {"list of a body": reverse("consultations"), "question": reverse("opinion", args=[duties["SNV"]])}
    for visit in (site.visitor, site.phone):
        for login, pages in (("gdsxd", lead), ("gdsnv", body)):
            visitor = visit(login)
            for name, address in pages.items():
                visitor.goto(address)
                scan(visitor, name)
    page = site.visitor("gdsnv")
    page.goto(body["question"])
    page.get_by_role("button", name="Đã nhận, mở phương án").click()
    page.get_by_role("button", name="Gửi ý kiến", exact=True).click()
    page.get_by_text("Chưa nêu chính kiến ở điểm 1, 2").wait_for()


def test_dissent_and_slips_are_readable_by_everyone(site: Site) -> None:
    move_clock("2026-11-09 08:00")
    made, put = dissenting(), voting.open_voting(actor=make.who("chanhvp", ASKED), at=make.at(ASKED), matter=MATTER)
    move_clock("2026-11-10 09:30")
    duty = opinion(made).duty.public_id
    slip = VotingSlip.objects.get(officer__login="gdstc").duty.public_id
    pages = {
        "gdsxd": {"docket": reverse("dissents"), "meeting": reverse("meeting", args=[duty])},
        "chanhvp": {"rounds": reverse("votings"), "put": reverse("put_voting"), "round": reverse("voting", args=[put])},
        "gdstc": {"slip": reverse("slip", args=[slip])},
    }
    for visit in (site.visitor, site.phone):
        for login, addresses in pages.items():
            visitor = visit(login)
            for name, address in addresses.items():
                visitor.goto(address)
                scan(visitor, name)
    phone = site.phone("gdstc")
    phone.goto(pages["gdstc"]["slip"])
    phone.get_by_label("Ý kiến khác").check()
    phone.get_by_role("button", name="Gửi phiếu", exact=True).click()
    phone.get_by_text("nhưng chưa ghi lý do hoặc nội dung ý kiến").wait_for()
    phone.get_by_label("Lý do, nội dung ý kiến").fill("Đề nghị giãn tiến độ")
    phone.get_by_role("button", name="Gửi phiếu", exact=True).click()
    phone.get_by_text("Có thể thay đổi cho đến khi hết hạn").wait_for()


def test_an_opinion_is_prepared_on_a_phone_and_put_before_the_head(site: Site) -> None:
    move_clock("2026-11-09 08:00")
    made = ask("SNV")
    move_clock("2026-11-09 08:30")
    address = reverse("opinion", args=[opinion(made, "SNV").duty.public_id])
    head = site.phone("gdsnv")
    head.goto(address)
    head.get_by_role("button", name="Đã nhận, mở phương án").click()
    head.locator("summary", has_text="Giao chuẩn bị ý kiến").click()
    head.get_by_label("Giao cho").select_option(make.desk("cvcchc"))
    head.get_by_role("button", name="Giao chuẩn bị ý kiến").click()
    head.get_by_text("Đã giao chuẩn bị ý kiến").wait_for()
    scan(head, "given down")
    officer = site.phone("cvcchc")
    officer.goto(address)
    scan(officer, "draft")
    for point in (1, 2):
        officer.locator(f"input[name=position-{point}][value=agree]").check()
    officer.get_by_role("button", name="Trình dự thảo ý kiến").click()
    officer.get_by_text("Đã trình dự thảo ý kiến").wait_for()
