"""A unit is merged while its report is in collection: its successor is named, nothing is lost, nothing counts twice."""

from __future__ import annotations

from collections import Counter

import pytest
from tests import make, organising, reporting

from kycuong.models import Document, Report, ReportEdition
from kycuong.queries import reports as queries
from kycuong.services import reports

DAY = "2026-11-24 08:00"


@pytest.fixture
def document(db: None) -> Document:
    """Issue the directive in the small province; X1 has done its task, so that something of it is closed."""
    make.province()
    document = reporting.issued()
    road = make.Road(reporting.task(document, "X1", "2"))
    road.send("ctx1", "2026-11-18 09:00")
    road.confirm("theodoi", "2026-11-19 09:00")
    return document


def merge(into: object = "X2") -> None:
    """Merge commune X1 into X2, or both into a new one, on a day of the collection."""
    units = ("X1",) if into == "X2" else ("X1", "X2")
    organising.decided(organising.merged(into, *units, on="2026-11-24"), DAY)  # type: ignore[arg-type]


def synthesis(document: Document, when: str) -> ReportEdition:
    """Let Home Affairs merge and return the edition."""
    place = reporting.place(document, "SNV")
    found = reports.merge(actor=make.who("gdsnv", when), at=make.at(when), place=place)
    return ReportEdition.objects.get(public_id=found)


def counted(edition: ReportEdition) -> Counter[str]:
    """Return how often each duty stands in an edition."""
    return Counter(line["duty"] for line in edition.lines)


def test_what_was_sent_before_the_merger_is_told_once_under_the_successor(document: Document) -> None:
    place = reporting.place(document, "X1")
    reports.send(actor=make.who("ctx1"), at=make.at("2026-11-20 09:00"), place=place)
    old = ReportEdition.objects.get()
    before = synthesis(document, "2026-11-20 10:00")
    merge()
    after = synthesis(document, "2026-11-25 09:00")

    assert set(counted(after)) == set(counted(before))
    assert max(counted(after).values()) == 1
    assert old in [row.part for row in after.parts.select_related("part")]
    successor = str(make.unit("X2").public_id)
    assert str(make.unit("X1").public_id) not in {line["unit"] for line in after.lines}
    assert sum(line["unit"] == successor for line in after.lines) == 2
    said = " ".join(str(block) for block in after.content["blocks"])
    assert "Ủy ban nhân dân phường Bến Ngự kế thừa Ủy ban nhân dân xã Khe Sim" in said
    assert queries.check(old).same
    assert queries.check(after).same


def test_the_successor_answers_for_the_report_that_was_not_sent_and_keeps_its_words(document: Document) -> None:
    place = reporting.place(document, "X1")
    texts = {"chung": "Xã đã phân công từng việc."}
    reports.write(actor=make.who("ctx1"), at=make.at("2026-11-20 09:00"), place=place, texts=texts)
    merge()
    page = queries.collection(make.who("gdsnv"), place.key, place.slot, make.at(DAY))
    (line,) = [line for line in page.lines if line.unit.kind == "commune"]
    assert (line.unit.code, [name for name, _ in line.before]) == ("X2", ["Ủy ban nhân dân xã Khe Sim"])

    when = "2026-11-26 09:00"
    reports.send(actor=make.who("ctx2", when), at=make.at(when), place=reporting.place(document, "X2"))
    edition = ReportEdition.objects.get(report__unit__code="X2", sent_at__isnull=False)
    assert "Xã đã phân công từng việc." in str(edition.content["blocks"])
    assert {line["state"] for line in edition.lines} == {"done_on_time", "overdue"}
    owed = [duty.phase for duty in queries.asked(place.key, place.slot, make.at(when).date()).duties
            if duty.holder_unit.code == "X2"]  # fmt: skip
    assert owed == ["answered", "answered"]


def test_two_units_become_a_new_one_that_owes_one_report(document: Document) -> None:
    first = reporting.place(document, "X1")
    reports.send(actor=make.who("ctx1"), at=make.at("2026-11-20 09:00"), place=first)
    merge(organising.NEW)
    page = queries.collection(make.who("gdsnv"), first.key, first.slot, make.at(DAY))
    (line,) = [line for line in page.lines if line.unit.kind == "commune"]
    assert (line.unit.code, line.is_sent) == ("X9", False)
    when = "2026-11-26 09:00"
    reports.send(actor=make.who("ctx1", when), at=make.at(when), place=reporting.place(document, "X9"))
    after = synthesis(document, "2026-11-27 09:00")
    assert max(counted(after).values()) == 1
    assert sum(line["unit"] == str(make.unit("X9").public_id) for line in after.lines) == 2
    assert Report.objects.filter(unit__code="X9").count() == 1


def test_what_the_old_unit_wrote_and_sent_is_told_beside_the_words_of_its_successor(document: Document) -> None:
    for login, code, text in (("ctx1", "X1", "Hai thôn chưa có mạng."), ("ctx2", "X2", "Thiếu máy quét.")):
        place = reporting.place(document, code)
        reports.write(actor=make.who(login), at=make.at("2026-11-20 08:00"), place=place, texts={"kho-khan": text})
        reports.send(actor=make.who(login), at=make.at("2026-11-20 09:00"), place=place)
    merge()
    said = str(synthesis(document, "2026-11-25 09:00").content["blocks"])
    assert "Thiếu máy quét." in said
    assert "Ủy ban nhân dân xã Khe Sim: Hai thôn chưa có mạng." in said


@pytest.mark.django_db
def test_one_unit_left_after_a_merger_is_still_collected_from() -> None:
    make.province()
    asked = (
        "1. Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng năm về Ủy ban nhân dân "
        "tỉnh qua Sở Xây dựng để tổng hợp."
    )
    document = reporting.issued(orders=asked)
    reports.send(actor=make.who("ctx1"), at=make.at("2026-11-20 09:00"), place=reporting.place(document, "X1"))
    merge()
    reports.send(actor=make.who("ctx2"), at=make.at("2026-11-25 09:00"), place=reporting.place(document, "X2"))
    own = reporting.place(document, "SXD")
    reports.merge(actor=make.who("gdsxd"), at=make.at("2026-11-26 09:00"), place=own)
    edition = ReportEdition.objects.get(report__unit__code="SXD")
    said = str(edition.content["blocks"])
    assert "1 trên 1 đơn vị đã gửi báo cáo" in said
    assert "Ủy ban nhân dân phường Bến Ngự kế thừa Ủy ban nhân dân xã Khe Sim" in said
    assert edition.parts.count() == 2
