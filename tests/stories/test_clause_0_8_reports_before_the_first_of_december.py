"""Clause 0.8: the annual report before 01/12 goes through Home Affairs to the Chairman, and can be proved afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import make, reporting

from kycuong.models import Document, Notice, Officer, Report, ReportEdition
from kycuong.queries import reports as queries
from kycuong.services import notices, reports, tasks
from kycuong.services.requests import Request
from stories.doors import Services, Web

UNITS = {"VP": "chanhvp", "SXD": "gdsxd", "STC": "gdstc", "X1": "ctx1", "X2": "ctx2"}


def act(door: Services | Web, login: str, when: str, place: reports.Place, what: str, **given: Any) -> None:
    """Do one act on a report through a door."""
    if isinstance(door, Services):
        services = {"luu": reports.write, "trinh": reports.submit, "gui": reports.send, "tong-hop": reports.merge,
                    "tiep-nhan": reports.receive}  # fmt: skip
        services[what](actor=make.who(login, when), at=make.at(when), place=place, **given)
        return
    texts = {f"text-{key}": text for key, text in given.get("texts", {}).items()}
    values: dict[str, Any] = {**texts, "seq": 0} if texts else {}
    if "file" in given:
        values["file"] = SimpleUploadedFile(*given["file"])
    answer = door.person(login, when).post(
        reverse("report_act", args=[place.key, place.slot, place.unit, what]), values
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]


@pytest.fixture
def document(db: None) -> Document:
    """Issue the directive in the small province."""
    make.province()
    return reporting.issued()


def test_the_annual_report_is_collected_merged_issued_and_stays_provable(
    door: Services | Web, document: Document
) -> None:
    make.Road(reporting.task(document, "SXD", "1")).send("gdsxd", "2026-11-12 09:00")
    make.Road(reporting.task(document, "SXD", "1")).confirm("theodoi", "2026-11-13 09:00")
    when = "2026-11-24 08:00"
    sxd = reporting.place(document, "SXD")
    act(door, "gdsxd", when, sxd, "luu", texts={"kho-khan": "Thiếu nhân lực thẩm định."})
    for code in ("SXD", "STC", "X1", "VP"):
        act(door, UNITS[code], "2026-11-25 09:00", reporting.place(document, code), "gui")

    page = queries.collection(make.who("gdsnv"), sxd.key, sxd.slot, make.at("2026-11-25 10:00"))
    assert (page.sent, [line.unit.code for line in page.missing]) == (4, ["SNV", "X2"])
    assert page.due is not None
    assert page.due.left == 3  # 26, 27 and 30 November
    reports.chase(actor=make.who("gdsnv"), at=make.at("2026-11-25 10:30"), key=sxd.key, slot=sxd.slot)
    notices.dispatch(make.at("2026-11-25 10:31"))
    assert Notice.objects.filter(recipient__login="ctx2", topic="chase_report").count() == 1

    act(door, "gdsnv", "2026-11-27 09:00", reporting.place(document, "SNV"), "tong-hop")
    draft = ReportEdition.objects.get(report__unit__code="SNV")
    act(door, "gdsnv", "2026-11-27 09:00", reporting.place(document, "SNV"), "tong-hop")
    assert ReportEdition.objects.get(report__unit__code="SNV") == draft
    act(door, "gdsnv", "2026-11-27 15:00", reporting.place(document, "SNV"), "gui")

    issued = ReportEdition.objects.get(report__unit__code="SNV", sent_at__isnull=False)
    said = " ".join(str(block) for block in issued.content["blocks"])
    assert "Chưa gửi báo cáo, UBND cấp xã (1): Ủy ban nhân dân phường Bến Ngự." in said
    assert "Thiếu nhân lực thẩm định." in said
    numbers = dict(issued.figures.values_list("code", "n"))
    assert numbers["NV-01"] == 11  # point 1: one unit; point 2: six; point 3: four
    assert numbers["NV-02"] == 1
    assert Report.objects.filter(received_at__isnull=False).count() == 4
    assert reporting.report_duty(document, "SNV").phase == "answered"

    make.Road(reporting.task(document, "X2", "2")).send("ctx2", "2026-11-30 09:00")
    tasks.revoke(
        actor=make.who("chutich"), at=make.at("2026-12-02 09:00"), duty=reporting.task(document, "STC", "2").public_id,
        note="Giao nơi khác", basis="Thông báo 7", request=Request(),
    )  # fmt: skip
    again = queries.check(issued)
    assert (again.same, again.kept) == (True, True)
    moved = {move.duty: move for move in queries.today(make.who("gdsnv"), issued, make.at("2026-12-02 10:00")).moves}
    assert moved[reporting.task(document, "STC", "2").public_id].now == "apart"
    assert moved[reporting.task(document, "X2", "2").public_id].now == "awaiting"


def test_pages_of_the_collection_show_each_person_what_is_theirs(document: Document) -> None:
    place = reporting.place(document, "X1")
    reports.send(actor=make.who("ctx1"), at=make.at("2026-11-25 09:00"), place=place)
    edition = ReportEdition.objects.get()
    addresses = [
        reverse("reports"), reverse("collection", args=[place.key, place.slot]),
        reverse("report", args=[place.key, place.slot, place.unit]), reverse("proof", args=[edition.public_id]),
        reverse("proof_rows", args=[edition.public_id, "NV-01"]), reverse("difference", args=[edition.public_id]),
        reverse("report_paper", args=[place.key, place.slot, place.unit, "docx"]),
    ]  # fmt: skip
    door = Web()
    for login, statuses in (("ctx1", [200] * 7), ("gdsnv", [200] * 7), ("ctx2", [200, 200, *[404] * 5])):
        browser: Client = door.person(login, "2026-11-25 10:00")
        assert [browser.get(address).status_code for address in addresses] == statuses, login


def test_a_refused_act_says_why_and_changes_nothing(document: Document) -> None:
    place = reporting.place(document, "X1")
    with make.refused(Exception, "report_not_allowed"):
        reports.send(actor=make.who("chanhvp"), at=make.at("2026-11-25 09:00"), place=place)
    assert Officer.objects.exists()
    assert isinstance(place.unit, UUID)
