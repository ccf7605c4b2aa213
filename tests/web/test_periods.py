"""The pages of periods: a mistake stands at its form, who may not finds no button, empty ones teach."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from services.test_periods import AFTER, WITHIN, closed, october, opened
from stories.doors import Web


@pytest.mark.django_db
def test_a_refusal_stands_where_it_was_asked() -> None:
    make.province()
    late, _, _ = october()
    period, unit = opened(), make.unit("SXD").public_id
    head = Web().person("gdsxd", WITHIN)
    rows = reverse("period_unit", args=[period, unit])
    page = head.get(rows).content.decode()
    assert "Thống nhất số liệu" in page
    act = reverse("period_unit_act", args=[period, unit, "y-kien"])
    answer = head.post(act, {"duty": str(late.public_id), "reason": " "})
    assert answer.status_code == 422
    assert "Chưa ghi lý do" in answer.content.decode()
    assert head.post(act, {"duty": str(late.public_id), "reason": "Hạn ghi sai"}).status_code == 302
    office = Web().person("chanhvp", WITHIN)
    answer = office.post(reverse("period_act", args=[period, "chot"]))
    assert answer.status_code == 409
    assert "Còn 1 ý kiến của đơn vị chưa được quyết định" in answer.content.decode()
    assert head.post(reverse("period_act", args=[period, "chot"])).status_code == 403
    assert office.get(reverse("period_comparison", args=[period])).status_code == 409
    assert "đang đối soát" in head.get(reverse("my_duties")).content.decode()


@pytest.mark.django_db
def test_each_number_opens_to_its_rows() -> None:
    make.province()
    late, _, _ = october()
    period = opened()
    closed(period)
    office = Web().person("chanhvp", AFTER)
    page = office.get(reverse("period", args=[period]))
    unit = next(one for one in page.context["page"].units if one.name == "Sở Xây dựng")
    rows = office.get(reverse("period_unit", args=[period, unit.unit_id]), {"loc": "overdue"})
    assert [row.duty_id for row in rows.context["page"].rows] == [late.public_id]
    assert "mã băm" in page.content.decode()
    assert "Sở Xây dựng" in office.get(reverse("period_comparison", args=[period])).content.decode()
    assert "Chưa mở kỳ nào" not in office.get(reverse("periods")).content.decode()
