"""Clause 4.1.4: who decides is written down, dated and found again; through the page, the command and two at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.urls import reverse
from tests import make

from kycuong.cli import main
from kycuong.core.errors import Conflict
from kycuong.models import AuditEntry, Competence
from kycuong.services import competences, imports
from kycuong.services.competences import Line
from services.test_import_competence import GOOD, book
from stories.doors import Services, Web
from stories.test_two_people_act_at_once import at_once, one_won

WHEN = "2026-11-03 09:00"


@pytest.fixture
def registry(db: None) -> None:
    make.province()
    run = Services().look("gdsnv", WHEN, ("so.xlsx", book(GOOD)), "competence")
    Services().apply("gdsnv", WHEN, run, "QĐ 9/QĐ-UBND")


@pytest.mark.django_db
def test_home_affairs_takes_the_registry_in_and_everybody_asks_it() -> None:
    make.province()
    keeper = Web().person("gdsnv", WHEN)
    assert "Sổ thẩm quyền còn trống" in keeper.get(reverse("competences")).content.decode()
    run = Web().look("gdsnv", WHEN, ("so.xlsx", book(GOOD)), "competence")
    shown = keeper.get(reverse("import_run", args=[run])).content.decode()
    assert "TQ-3" in shown
    assert not Competence.objects.exists()
    Web().apply("gdsnv", WHEN, run, "QĐ 9/QĐ-UBND")
    official = Web().person("gdsxd", WHEN)
    asked = {"van-de": "chu truong dau tu", "gia-tri": "16 tỷ", "ngay": "03/11/2026"}
    page = official.get(reverse("competences"), asked).content.decode()
    for said in (
        "Giám đốc Sở Xây dựng",
        "Ngô Xuân Trường",
        "Chuỗi giao thẩm quyền",
        "QĐ 9/QĐ-UBND",
        "Được ký: đúng thẩm quyền",
    ):
        assert said in page
    assert "vượt mức" in official.get(reverse("competences"), asked | {"gia-tri": "25 tỷ"}).content.decode()
    assert official.get(reverse("competences"), asked | {"gia-tri": "nhiều"}).status_code == 422
    assert official.get(reverse("add_competence")).status_code == 403
    assert official.get(reverse("competence_file"))["Content-Type"].endswith("sheet")


@pytest.mark.django_db
def test_a_row_is_passed_on_replaced_and_ended_by_its_forms(registry: None) -> None:
    keeper = Web().person("gdsnv", WHEN)
    chair, passed = Competence.objects.get(code="TQ-1"), Competence.objects.get(code="TQ-3")
    typed = {
        "code": "TQ-5", "matter": "DT.01 · Phê duyệt chủ trương", "holder": "post:STC.1 · Giám đốc Sở Tài chính",
        "kind": "delegated", "above": "19 tỷ", "ceiling": "25 tỷ", "basis": "QĐ 30/QĐ-UBND", "valid_from": "01/11/2026",
    }  # fmt: skip
    place = reverse("pass_on_competence", args=[chair.public_id])
    assert "Giao lại từ" in keeper.get(place).content.decode()
    refused = keeper.post(place, typed)
    assert refused.status_code == 422
    assert "chồng với dòng TQ-3" in refused.content.decode()
    assert keeper.post(place, typed | {"above": "20 tỷ"}).status_code == 302
    row = keeper.get(reverse("competence", args=[chair.public_id])).content.decode()
    assert "2 dòng giao lại từ dòng này kết thúc cùng" in row
    place = reverse("replace_competence", args=[passed.public_id])
    begun = keeper.get(place).context["typed"]
    assert keeper.post(place, begun | {"basis": "QĐ 31/QĐ-UBND", "valid_from": "01/12/2026"}).status_code == 302
    assert Competence.objects.filter(code="TQ-3").count() == 2
    answer = keeper.post(reverse("end_competence", args=[chair.public_id]), {"on": "01/11/2026", "basis": ""})
    assert answer.status_code == 422
    keeper.post(reverse("end_competence", args=[chair.public_id]), {"on": "10/11/2026", "basis": "QĐ 40/QĐ-UBND"})
    assert not Competence.objects.filter(valid_until__isnull=True, kind="delegated").exists()
    assert keeper.post(reverse("competence_matter"), {"code": "DT.01", "name": "Lại"}).status_code == 422
    assert keeper.post(reverse("competence_matter"), {"code": "DT.02", "name": "Đấu thầu"}).status_code == 302


@pytest.mark.django_db
def test_the_command_asks_lists_and_takes_in(
    registry: None, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    def run(*words: str) -> tuple[int, object]:
        status = main(["competence", *words, "--json"])
        told = capsys.readouterr()
        return status, json.loads(told.out or told.err)

    status, found = run("ask", "chu truong", "--amount", "16 tỷ", "--on", "03/11/2026", "--post", "SXD.1")
    assert isinstance(found, dict)
    assert (status, found["competent"][0]["holder"]) == (0, "Giám đốc Sở Xây dựng")
    assert [one["holder"] for one in found["competent"][0]["chain"]] == ["Chủ tịch UBND tỉnh", "Giám đốc Sở Xây dựng"]
    assert found["signing"]["code"] == "signs"
    status, found = run("ask", "DT.01", "--amount", "16 tỷ", "--post", "X1.1")
    assert isinstance(found, dict)
    assert (status, found["signing"]["code"]) == (1, "over")
    assert run("ask", "việc lạ")[0] == 1
    status, rows = run("list", "--matter", "DT")
    assert isinstance(rows, list)
    assert [one["code"] for one in rows] == ["TQ-1", "TQ-2", "TQ-3"]
    file = tmp_path / "so.xlsx"  # type: ignore[operator]
    file.write_bytes(book(GOOD))
    status, found = run("import", str(file), "--apply", "--reason", "lại")
    assert isinstance(found, dict)
    assert found["counts"]["unchanged"] == 5


@pytest.mark.django_db(transaction=True)
def test_two_take_in_at_once_and_two_add_what_overlaps() -> None:
    make.province()
    looked = [Services().look(login, WHEN, ("so.xlsx", book(GOOD)), "competence") for login in ("gdsnv", "quantri")]

    def apply(login: str, number: int) -> object:
        given = {"run": looked[number], "reason": "QĐ 9/QĐ-UBND"}
        return imports.apply(actor=make.who(login, WHEN), at=make.at(WHEN), **given)  # type: ignore[arg-type]

    calls: list[Callable[[], object]] = [partial(apply, "gdsnv", 0), partial(apply, "quantri", 1)]
    one_won(at_once(*calls), Conflict)
    assert Competence.objects.count() == 3
    assert AuditEntry.objects.filter(act="import_competence").count() == 1

    def add(code: str, holder: str) -> object:
        line = Line(code, "DT", holder, "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1))
        return competences.add(actor=make.who("gdsnv", WHEN), at=make.at(WHEN), line=line)

    found = at_once(partial(add, "TQ-6", "post:T.1"), partial(add, "TQ-7", "post:T.2"))
    assert [getattr(one, "code", "") for one in found if isinstance(one, Exception)] == ["competence_overlap"]
