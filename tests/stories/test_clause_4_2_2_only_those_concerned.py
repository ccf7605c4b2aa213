"""Clause 4.2.2: only those concerned are asked; two leads who ask the same body the same thing both hear of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import resolve, reverse
from tests import make
from tests.services.test_consult_concerned import row

from kycuong.core.errors import Invalid
from kycuong.models import Consultation, ConsultedBody
from kycuong.queries import consultations as queries
from kycuong.services import competences
from kycuong.services import consultations as services
from stories.doors import Web, _gone_to

pytestmark = pytest.mark.django_db
WHEN = "2026-11-09 08:00"
POINTS = (("Bố trí vốn cho tuyến đường", True),)


@pytest.fixture(autouse=True)
def _registry() -> None:
    make.province()
    keeper = {"actor": make.who("gdsnv", "2026-11-03 09:00"), "at": make.at("2026-11-03 09:00")}
    competences.add_matter(**keeper, code="DT", name="Đầu tư công")
    row("TQ-1", "unit:STC", "DT")


class ByServices:
    """Below all doors."""

    def send(self, login: str, *units: str, reason: str = "", confirmed: bool = False) -> tuple[UUID | None, str]:
        keys = tuple(make.unit(code).public_id for code in units)
        said = services.Concerns(("DT",), "", {key: reason for key in keys if reason}, confirmed)
        question = services.Question("bố trí vốn", POINTS, keys, concerns=said)
        try:
            made = services.ask(actor=make.who(login, WHEN), at=make.at(WHEN), question=question, request_id=uuid4())
        except Invalid as refusal:
            return None, str(refusal)
        return made, ""

    def told(self, login: str, made: UUID) -> list[tuple[str, UUID | None]]:
        return [(one.lead_name, one.public_id) for one in queries.grounds(make.who(login, WHEN), made).twice]


class ByPages(Web):
    """The pages."""

    def send(self, login: str, *units: str, reason: str = "", confirmed: bool = False) -> tuple[UUID | None, str]:
        browser = self.person(login, WHEN)
        keys = [str(make.unit(code).public_id) for code in units]
        values: dict[str, Any] = {
            "title": "bố trí vốn", "points": POINTS[0][0], "rule": "regulation", "unit": keys, "matter": ["DT · Đầu tư công"],
            "request_id": str(uuid4()), **{f"reason-{key}": reason for key in keys if reason},
        }  # fmt: skip
        looked = browser.post(reverse("ask"), values | {"look": "1"})
        assert looked.status_code == 200
        assert "QĐ 5/2026/QĐ-UBND, dòng TQ-1" in looked.content.decode()
        answer = browser.post(reverse("ask"), values | ({"confirmed": "1"} if confirmed else {}))
        if answer.status_code == 422:
            return None, answer.content.decode()
        return resolve(_gone_to(answer)).kwargs["public_id"], ""

    def told(self, login: str, made: UUID) -> list[tuple[str, UUID | None]]:
        page = self.person(login, WHEN).get(reverse("consultation", args=[made]))
        return [(one.lead_name, one.public_id) for one in page.context["grounds"].twice]


@pytest.mark.parametrize("door", [ByServices, ByPages])
def test_two_leads_asking_the_same_thing_both_see_it_before_and_after(door: type[ByServices | ByPages]) -> None:
    through = door()
    first, _ = through.send("gdsxd", "STC")
    assert first is not None
    made, said = through.send("gdsnv", "STC")
    assert made is None
    assert "Sở Xây dựng" in said
    assert Consultation.objects.count() == 1  # warned before anything was sent
    second, _ = through.send("gdsnv", "STC", confirmed=True)
    assert second is not None
    assert through.told("gdsxd", first) == [("Sở Nội vụ", None)]
    assert through.told("gdsnv", second) == [("Sở Xây dựng", first)]


@pytest.mark.parametrize("door", [ByServices, ByPages])
def test_who_is_not_concerned_is_asked_only_with_a_reason(door: type[ByServices | ByPages]) -> None:
    through = door()
    made, said = through.send("gdsxd", "STC", "CAT")
    assert made is None
    assert "Công an tỉnh" in said
    made, _ = through.send("gdsxd", "STC", "CAT", reason="Tuyến đường qua khu vực phòng thủ")
    kept = dict(ConsultedBody.objects.filter(consultation__public_id=made).values_list("unit__code", "concern"))
    assert kept == {"STC": "competent", "CAT": "reasoned"}
