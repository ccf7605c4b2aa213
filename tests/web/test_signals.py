"""The page of givers' signals: each number is a link to its rows, the unit's word stands beside it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from services.test_signals import NOW, STANDING
from stories.doors import Web


@pytest.mark.django_db
def test_a_number_opens_to_its_rows_and_the_unit_has_its_say() -> None:
    make.province()
    (duty,) = make.issued(STANDING)
    place = reverse("giver_signals")
    head, office = Web().person("chutich", NOW), Web().person("chanhvp", NOW)
    asked = {"donvi": str(make.unit("T").public_id), "dauhieu": "no_date"}
    page = head.get(place, asked).content.decode()
    assert "Dấu hiệu cần rà soát" in page
    assert reverse("duty", args=[duty.public_id]) in page
    where = f"{place}?donvi={asked['donvi']}&dauhieu=no_date"
    assert head.post(where, {"note": " "}).status_code == 422
    assert head.post(where, {"note": "Việc thường xuyên"}).status_code == 302
    page = office.get(place)
    assert "Việc thường xuyên" in page.content.decode()
    contest = page.context["page"].contests[0].public_id
    assert office.post(place, {"contest": str(contest), "note": "Đồng ý"}).status_code == 302
    assert office.get(place, {"tu": "32/13/2026"}).status_code == 422
    assert Web().person("cvqldt", NOW).get(place).status_code == 404
