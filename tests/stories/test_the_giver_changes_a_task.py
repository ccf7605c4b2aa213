"""The giver takes a task back, replaces it, corrects it, gives a returned one on: each page leads to the other."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests import make

from kycuong.core.duties import State
from kycuong.models import Duty
from kycuong.queries import duties
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db
NEW = date(2026, 11, 30)


def given(door: Services | Web) -> Duty:
    make.province()
    document = door.line(make.MONDAY, make.LINE)
    door.issue(make.MONDAY, document)
    return Duty.objects.get(document__public_id=document, kind="task")


def unit(code: str) -> str:
    return f"unit:{make.unit(code).pk}"


def test_corrected_then_replaced_then_taken_back(door: Services | Web) -> None:
    duty = given(door)
    words = {"title": duty.title, "product": "Báo cáo", "channel": ""}
    door.act(
        "theodoi",
        "2026-11-03 09:00",
        duty.public_id,
        "correct",
        note="Bổ sung sản phẩm",
        due_on=date(2026, 11, 20),
        **words,
    )
    duty.refresh_from_db()
    assert (duty.task.product, duty.due_at) == ("Báo cáo", make.at("2026-11-21 00:00"))
    why = {"note": "Điều chỉnh phân công", "basis": "Quyết định 40/QĐ-UBND"}
    door.act("chutich", "2026-11-04 09:00", duty.public_id, "replace", unit=unit("STC"), due_on=NEW, **why, **words)
    new = Duty.objects.get(kind="task", phase="open")
    at = make.at("2026-11-04 10:00")
    old_page, new_page = (duties.duty(make.who("chutich"), one.public_id, at) for one in (duty, new))
    assert (old_page.replaced_by.public_id, new_page.replaces.public_id) == (new.public_id, duty.public_id)
    assert new.holder_officer.login == "gdstc"
    door.act("chutich", "2026-11-05 09:00", new.public_id, "revoke", **why)
    assert duties.duty(make.who("gdstc"), new.public_id, make.at("2026-11-05 10:00")).row.state == State.APART
    assert not Duty.objects.exclude(phase="closed").exists()


def test_returned_and_given_to_another_unit(door: Services | Web) -> None:
    duty = given(door)
    door.act(
        "gdsxd",
        "2026-11-10 09:00",
        duty.public_id,
        "propose",
        kind="return",
        reason="Việc của STC",
        basis="Điều 2 QĐ 05",
    )
    door.act("chutich", "2026-11-11 09:00", Duty.objects.get(parent=duty).public_id, "accept", note="")
    door.act("theodoi", "2026-11-11 10:00", duty.public_id, "reassign", unit=unit("STC"), due_on=NEW)
    new = Duty.objects.get(kind="task", phase="open")
    assert (new.holder_officer.login, new.task.replaces.duty) == ("gdstc", duty)


def test_returned_and_given_on_in_one_decision(door: Services | Web) -> None:
    duty = given(door)
    door.act(
        "gdsxd",
        "2026-11-10 09:00",
        duty.public_id,
        "propose",
        kind="return",
        reason="Việc của STC",
        basis="Điều 2 QĐ 05",
    )
    child = Duty.objects.get(parent=duty)
    door.act("chutich", "2026-11-11 09:00", child.public_id, "accept", note="", unit=unit("STC"), due_on=NEW)
    assert Duty.objects.get(kind="task", phase="open").holder_officer.login == "gdstc"


def test_the_pages_say_what_follows_what_is_wrong_and_what_became_of_it() -> None:
    door = Web()
    duty = given(door)
    make.Road(duty).send("gdsxd", "2026-11-03 08:30")
    chair = door.person("chutich", "2026-11-03 09:00")
    page = chair.get(reverse("duty", args=[duty.public_id])).content.decode()
    for act in ("correct", "replace", "revoke"):
        assert reverse(act, args=[duty.public_id]) in page
    assert reverse("reassign", args=[duty.public_id]) not in page
    asked = chair.get(reverse("revoke", args=[duty.public_id])).content.decode()
    assert "Kết quả đang chờ Nguyễn Thu Hà xác nhận không còn phải xác nhận" in asked
    typed = {"note": "Trùng với Kế hoạch 30", "basis": ""}
    answer = chair.post(reverse("revoke", args=[duty.public_id]), typed)
    assert answer.status_code == 422
    assert "Chưa ghi căn cứ" in answer.content.decode()
    assert typed["note"] in answer.content.decode()
    head = door.person("gdsxd", "2026-11-03 09:05")
    assert head.get(reverse("revoke", args=[duty.public_id])).status_code == 403
    door.act("chutich", "2026-11-03 09:10", duty.public_id, "revoke", note=typed["note"], basis="Thông báo 12/TB-UBND")
    told = head.get(reverse("duty", args=[duty.public_id])).content.decode()
    for words in ("Đã thôi giao, không tính", typed["note"], "Thông báo 12/TB-UBND", "Thôi giao nhiệm vụ"):
        assert words in told
