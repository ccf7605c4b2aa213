"""Before a directive goes out the Office sees what it costs below: two overlapping report requests, one proposed.

Basis: feature 20 of the anchors: two overlapping report requests → one merged request proposed; it informs, never blocks.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from tests import make

from kycuong.cli import burden as command
from kycuong.models import Document, Duty
from kycuong.queries.burden import Burden, burden
from stories.doors import Services, Web

FIRST = "Giao UBND các xã, phường báo cáo số hộ bị ngập trước ngày 25 hằng tháng."
SECOND = "Đề nghị Chủ tịch UBND các xã, phường gửi báo cáo số hộ bị ngập trước ngày 28 hằng tháng."
MONDAY, TUESDAY = "2026-11-02 08:00", "2026-11-03 08:00"


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def told(door: Services | Web, document: Any) -> Burden:
    if isinstance(door, Web):
        page = door.person("vanthu", TUESDAY).get(reverse("burden", args=[document]), {"report_rrule": ""})
        found: Burden = page.context["burden"]
        assert "gộp thành một báo cáo" in page.content.decode()
        return found
    return burden(make.who("vanthu", TUESDAY), document, make.at(TUESDAY))


def test_the_burden_is_told_before_issuing(door: Services | Web, capsys: pytest.CaptureFixture[str]) -> None:
    first = door.line(MONDAY, FIRST)
    door.issue(MONDAY, first)
    second = door.line(TUESDAY, SECOND)
    found = told(door, second)
    assert [(one.second.document, one.units, f"{one.on:%d/%m/%Y}") for one in found.mergers] == [
        (first, 2, "24/11/2026")
    ]
    assert [(one.document, one.units) for one in found.repeats] == [(first, 2)]

    assert command.main([str(second), "--json", "--as", "chanhvp", "--report", ""]) == 0
    said = json.loads(capsys.readouterr().out)
    if isinstance(door, Web):  # the command asks the clock, which this door has moved
        assert said == found.to_json()
    assert said["merge"][0]["units"] == 2

    door.issue(TUESDAY, second)  # it informs, and blocks nothing
    assert Duty.objects.filter(document=Document.objects.get(public_id=second)).count() == found.tasks
    assert command.main([str(second), "--as", "ctx1"]) == 1
