"""Signs in the browser and over plain requests: the unit explains, the Office weighs it, each sees its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests import make

from kycuong.core.signs import Code
from kycuong.models import SignContest
from kycuong.services import signs as services
from services.test_consult import ask, opinion, silent, take
from stories.doors import Web
from web.visit import move_clock, scan

if TYPE_CHECKING:
    from web.visit import Site

FRESH, LATER = "2026-11-18 09:00", "2026-11-26 09:00"


@pytest.fixture
def small(db: None, settings: Any, tmp_path: Any) -> None:
    """Load the small province."""
    settings.FILES_DIR = tmp_path
    make.province()


@pytest.mark.usefixtures("small")
def test_the_unit_explains_on_its_page_and_the_office_sets_it_aside() -> None:
    made = ask("STC")
    take(made)
    duty = silent(made).duty.public_id
    web, unit = Web(), make.unit("STC").public_id
    home, page = reverse("signs"), reverse("unit_signs", args=[unit])
    head = web.person("gdstc", FRESH)
    assert "Mới, chỉ đơn vị thấy" in head.get(page).content.decode()
    assert "Mới, chỉ đơn vị thấy" not in web.person("chanhvp", FRESH).get(page).content.decode()
    form = {"code": "silence", "duty": str(duty), "note": " ", "tu": "01/11/2026", "den": "26/11/2026"}
    explain = reverse("sign_act", args=[unit, "giai-trinh"])
    refused = head.post(explain, form)
    assert (refused.status_code, "Chưa ghi nội dung" in refused.content.decode()) == (422, True)
    assert head.post(explain, form | {"note": "Mất điện"}).status_code == 302
    office = web.person("chanhvp", LATER)
    answer = office.get(f"{home}?tu=01/11/2026")
    assert [one.said.note for one in answer.context["page"].waiting] == ["Mất điện"]
    contest = SignContest.objects.get()
    decision = reverse("sign_act", args=[unit, "xem-xet"])
    given = {"contest": str(contest.public_id), "verdict": "aside", "note": "Đã xác minh"}
    assert web.person("gdsxd", LATER).post(decision, given).status_code == 404
    assert office.post(decision, given).status_code == 302
    assert "Đã xác minh" in head.get(f"{page}?dau-hieu=silence").content.decode()
    assert office.get(reverse("signs_table")).status_code == 200
    assert office.get(f"{home}?tu=31/31/2026").status_code == 422
    assert office.get(f"{page}?dau-hieu=toi").status_code == 422
    assert office.post(reverse("sign_act", args=[unit, "ket-toi"])).status_code == 404
    assert web.person("cvqldt", LATER).get(home).status_code == 404


@pytest.mark.usefixtures("small")
def test_an_empty_page_says_where_signs_come_from() -> None:
    answer = Web().person("chanhvp", LATER).get(reverse("signs"))
    assert "Dấu hiệu được tính từ" in answer.content.decode()
    assert len(answer.context["rules"]) == len(Code)


@pytest.mark.browser
def test_the_pages_of_signs_are_readable_by_everyone(site: Site) -> None:
    move_clock("2026-11-09 08:00")
    made = ask("STC", "SNV")
    for code, login in (("STC", "gdstc"), ("SNV", "gdsnv")):
        take(made, code, login)
    silent(made)
    for code, login in (("STC", "gdstc"), ("SNV", "gdsnv")):
        duty = opinion(made, code).duty.public_id
        services.explain(
            actor=make.who(login, FRESH), at=make.at(FRESH), unit=make.unit(code).public_id, code="silence", duty=duty,
            note="Trụ sở bị mất điện ba ngày",
        )  # fmt: skip
    move_clock(LATER)
    make.issued(when=LATER)
    own = reverse("process", args=[make.unit("SXD").public_id])
    unit = reverse("unit_signs", args=[make.unit("STC").public_id])
    for visit in (site.visitor, site.phone):
        for login, pages in (("chanhvp", (reverse("signs"), unit)), ("gdsxd", (own,))):
            visitor = visit(login)
            for address in pages:
                visitor.goto(address)
                scan(visitor, f"{login} {address}")
