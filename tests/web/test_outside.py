"""A body outside the system on its phone: the secret behind the # opens the question, a letter answers it, everyone can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import make

from kycuong.models import Opinion
from kycuong.services import consultations as services
from services.test_consult import ASKED
from web.visit import move_clock, scan

if TYPE_CHECKING:
    from web.visit import Site

pytestmark = pytest.mark.browser


def test_an_outside_body_answers_on_a_phone(site: Site) -> None:
    lead = {"actor": make.who("gdsxd", ASKED), "at": make.at(ASKED)}
    unit = services.add_outside(**lead, name="Hiệp hội Vận tải miền Trung")
    question = services.Question("phương án phân bổ vốn", (("Bố trí 20 tỷ đồng", True),), (unit,))
    made = services.ask(**lead, question=question)
    duty = Opinion.objects.get(consultation__public_id=made).duty.public_id
    link = services.make_link(**lead, duty=duty, given_to="Văn thư")
    move_clock("2026-11-09 09:00")
    page = site.phone()
    page.goto(f"/moi-y-kien/{link.public_id}/#{link.secret}")
    scan(page, "door")
    page.get_by_role("button", name="Đã nhận, mở văn bản").click()
    page.get_by_text("1. Bố trí 20 tỷ đồng").wait_for()
    scan(page, "question")
    page.get_by_label("Đồng ý", exact=True).check()
    name, data = make.exchanged()
    page.get_by_label("Tệp văn bản đã ký").set_input_files(
        {"name": name, "mimeType": "application/xml", "buffer": data}
    )
    page.get_by_role("button", name="Gửi ý kiến đã ký").click()
    page.get_by_role("heading", name="Biên nhận ý kiến").wait_for()
    scan(page, "receipt")
    asker = site.phone("gdsxd")
    asker.goto(f"/lay-y-kien/y-kien/{duty}/lien-ket/")
    scan(asker, "links")
