"""The pages of targets: the number stands on the task and the document; confirming below it asks for the reason."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make
from tests.make import Road

from services.test_targets import given, said
from stories.doors import Web

DAY = "2026-11-11 09:00"


@pytest.mark.django_db
def test_confirming_below_the_number_asks_for_the_reason() -> None:
    make.province()
    duty, target = given()
    said(target, "90")
    Road(duty).send("gdsxd", "2026-11-10 09:00")
    browser = Web().person("theodoi", DAY)
    page = browser.get(reverse("duty", args=[duty.public_id]))
    assert "ít nhất 95 %" in page.content.decode()
    values = {"act_seq": page.context["page"].act_seq, "request_id": page.context["request_id"]}
    answer = browser.post(reverse("duty_act", args=[duty.public_id, "xac-nhan"]), values)
    assert answer.status_code == 422
    assert "Chưa đạt chỉ tiêu" in answer.content.decode()
    values |= {"note": "Vốn được kéo dài", "request_id": answer.context["request_id"]}
    assert browser.post(reverse("duty_act", args=[duty.public_id, "xac-nhan"]), values).status_code == 302
    assert duty.document is not None
    assert "1 chỉ tiêu của văn bản" in browser.get(reverse("document", args=[duty.document.public_id])).content.decode()
    listed = browser.get(reverse("targets"), {"loc": "short"})
    assert [row.public_id for row in listed.context["page"].rows] == [target.public_id]


@pytest.mark.django_db
def test_each_side_finds_its_own_forms() -> None:
    make.province()
    _, target = given()
    unit, giver = Web().person("gdsxd", DAY), Web().person("theodoi", DAY)
    place = reverse("target", args=[target.public_id])
    assert "Ghi số thực hiện" in unit.get(place).content.decode()
    assert "Sửa chỉ tiêu" not in unit.get(place).content.decode()
    assert "Bỏ: không phải chỉ tiêu" in giver.get(place).content.decode()
    act = reverse("target_act", args=[target.public_id, "ghi-so"])
    assert unit.post(act, {"value": "gần đủ", "source": "x"}).status_code == 422
    assert giver.post(act, {"value": "95", "source": "x"}).status_code == 403
    other = Web().person("ctx1", DAY)
    assert other.get(place).status_code == 404
    assert "Chưa có chỉ tiêu" in other.get(reverse("targets")).content.decode()
