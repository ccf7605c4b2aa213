"""The pages of programmes: empty ones teach, a mistake stands at its form, who may not sees no button."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from services.test_programmes import approved, started
from stories.doors import Web

DAY = "2026-11-04 09:00"


@pytest.mark.django_db
def test_a_mistake_stands_at_its_form() -> None:
    make.province()
    programme = started()
    browser = Web().person("cvqldt", DAY)
    assert "Chương trình chưa có dòng nào" in browser.get(reverse("programme", args=[programme])).content.decode()
    act = reverse("programme_act", args=[programme, "dong"])
    answer = browser.post(act, {"text": "Việc này", "lead": "Ban Chưa Có", "part": "moi"})
    assert answer.status_code == 422
    assert "Không rõ “Ban Chưa Có” là đơn vị nào" in answer.content.decode()
    assert 'value="Ban Chưa Có"' in answer.content.decode()
    assert browser.post(reverse("programme_act", args=[programme, "trinh"])).status_code == 422
    assert browser.post(reverse("programme_act", args=[programme, "phe-duyet"])).status_code == 403
    assert browser.get(reverse("programme_template")).content.startswith(b"PK")


@pytest.mark.django_db
def test_the_year_says_who_has_none_and_a_figure_opens() -> None:
    make.province()
    programme = approved()
    opened = Web().person("gdsxd", DAY).get(reverse("programme", args=[programme]), {"quy": "4", "loc": "tat-ca"})
    assert "nhiệm vụ của số đang xem" in opened.content.decode()
    assert "?quy=4&amp;loc=" in opened.content.decode()
    assert Web().person("chanhvp", DAY).get(reverse("programmes"), {"loc": "khong-co"}).status_code == 422
    page = Web().person("chanhvp", DAY).get(reverse("programmes"), {"nam": "2026"}).content.decode()
    assert "đơn vị chưa có chương trình được phê duyệt" in page
    assert "Sở Tài chính" in page
    own = Web().person("gdsxd", DAY).get(reverse("programmes"))
    assert own.status_code == 200
    assert "Mọi đơn vị đều đã có chương trình" in own.content.decode()
