"""Collect: chase who is missing once a day, receive what came, merge it; each act refused to whom it is not."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document as read_docx
from tests import make, reporting

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import Document, Duty, DutyEvent, Report, ReportEdition, Unit, UnitClosure
from kycuong.queries import reports as queries
from kycuong.services import reports
from kycuong.services.reports import collecting, drafting, sending

WHEN = "2026-11-25 09:00"


@pytest.fixture
def document() -> Document:
    return reporting.issued()


def sent(document: Document, unit: str, login: str, when: str = WHEN) -> ReportEdition:
    reports.send(actor=make.who(login, when), at=make.at(when), place=reporting.place(document, unit))
    return ReportEdition.objects.get(report__unit__code=unit, sent_at__isnull=False)


def chase(document: Document, login: str, when: str) -> int:
    return reports.chase(
        actor=make.who(login, when), at=make.at(when), key=reporting.key(document), slot=reporting.SLOT
    )


def test_each_missing_unit_is_asked_once_a_day(document: Document) -> None:
    sent(document, "X1", "ctx1")
    assert chase(document, "gdsnv", "2026-11-25 10:00") == 5
    with make.refused(Invalid, "chase_nobody"):
        chase(document, "theodoi", "2026-11-25 15:00")
    assert chase(document, "theodoi", "2026-11-26 08:00") == 5
    asked = DutyEvent.objects.filter(act="chase_report", duty=reporting.report_duty(document, "X2"))
    assert asked.count() == 2
    assert reporting.report_duty(document, "X2").act_seq == 1  # a form that is open there stays good


def test_who_does_not_collect_asks_nobody(document: Document) -> None:
    with make.refused(NotAllowed, "collect_not_allowed"):
        chase(document, "gdsxd", "2026-11-25 10:00")
    with make.refused(NotVisible, "collection_not_visible"):
        chase(document, "gdcat", "2026-11-25 10:00")


def test_an_officer_submits_and_the_head_sends_the_signed_paper(document: Document) -> None:
    place, duty = reporting.place(document, "SXD"), reporting.report_duty(document, "SXD")
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-23 08:00")
    reports.submit(actor=make.who("cvqldt"), at=make.at("2026-11-24 08:00"), place=place)
    page = queries.report(make.who("gdsxd"), place.key, place.slot, place.unit, make.at("2026-11-24 09:00"))
    assert (page.line.state if page.line else "", page.may_send, page.frozen) == ("submitted", True, True)
    make.Road(reporting.task(document, "SXD", "2")).send("gdsxd", "2026-11-24 10:00")
    reports.submit(actor=make.who("tpqldt"), at=make.at("2026-11-24 11:00"), place=place)
    reports.send(actor=make.who("gdsxd"), at=make.at(WHEN), place=place, file=make.result_file("98", "BC-SXD"))
    edition = ReportEdition.objects.get(sent_at__isnull=False)
    result = duty.task.results.get()
    assert (edition.attempt, edition.file, result.number) == (1, result.file, "98")
    assert edition.figures.get(code="NV-04").n == 1  # what the paper says: frozen when it was submitted
    assert page.edition is not None
    assert page.edition.figures.get(code="NV-04").n == 0


def test_what_a_unit_has_not_sent_is_read_by_its_own_people_only(document: Document) -> None:
    place, words, submitted = reporting.place(document, "SXD"), "Đường truyền còn yếu.", make.at("2026-11-24 09:00")
    make.Road(reporting.report_duty(document, "SXD")).assign("gdsxd", "cvqldt", "2026-11-23 08:00")
    reports.write(actor=make.who("cvqldt"), at=make.at("2026-11-24 08:00"), place=place, texts={"kho-khan": words})
    reports.submit(actor=make.who("cvqldt"), at=submitted, place=place)
    draft = ReportEdition.objects.get()

    def told(login: str) -> tuple[bool, bool, int]:
        page = queries.report(make.who(login), place.key, place.slot, place.unit, submitted)
        paper = reports.print_out(actor=make.who(login), at=submitted, place=place)
        text = "\n".join(one.text for one in read_docx(io.BytesIO(paper.data)).paragraphs)
        return any(words in str(block) for block in page.blocks), words in text, len(page.editions)

    assert told("tpqldt") == (True, True, 1)
    for onlooker in ("gdsnv", "chutich"):
        assert told(onlooker) == (False, False, 0)
        with pytest.raises(NotVisible):
            queries.edition_to_read(make.who(onlooker), draft.public_id, submitted)
    reports.submit(actor=make.who("tpqldt"), at=make.at("2026-11-24 11:00"), place=place)
    reports.send(actor=make.who("gdsxd"), at=make.at(WHEN), place=place)
    assert told("gdsnv") == (True, True, 1)


def test_a_sent_report_is_not_written_again_until_it_is_sent_back(document: Document) -> None:
    place = reporting.place(document, "X1")
    sent(document, "X1", "ctx1")
    with make.refused(Invalid, "report_sent"):
        reports.write(actor=make.who("ctx1"), at=make.at(WHEN), place=place, texts={"chung": "Khác"})
    make.Road(reporting.report_duty(document, "X1")).send_back("theodoi", "2026-11-26 09:00")
    reports.write(actor=make.who("ctx1"), at=make.at("2026-11-26 10:00"), place=place, texts={"chung": "Bổ sung"})
    reports.send(actor=make.who("ctx1"), at=make.at("2026-11-26 11:00"), place=place)
    assert list(ReportEdition.objects.order_by("no").values_list("no", "attempt")) == [(1, 1), (2, 2)]


def test_two_who_write_at_once_do_not_overwrite_each_other(document: Document) -> None:
    place, actor = reporting.place(document, "X1"), make.who("ctx1")
    reports.write(actor=actor, at=make.at(WHEN), place=place, texts={"chung": "Một"}, seen=0)
    seen = Report.objects.get().seq
    reports.write(actor=actor, at=make.at(WHEN), place=place, texts={"chung": "Hai"}, seen=seen)
    with make.refused(Conflict, "report_changed_meanwhile"):
        reports.write(actor=actor, at=make.at(WHEN), place=place, texts={"chung": "Ba"}, seen=seen)
    assert Report.objects.get().sections == {"chung": "Hai"}


def test_a_paper_sent_without_the_report_counts_as_sent_and_the_ledger_gives_its_numbers(document: Document) -> None:
    make.Road(reporting.report_duty(document, "X2")).send("ctx2", WHEN)
    place = reporting.place(document, "SNV")
    reports.merge(actor=make.who("gdsnv"), at=make.at(WHEN), place=place)
    edition = ReportEdition.objects.get()
    assert "1 trên 5 đơn vị đã gửi báo cáo" in str(edition.content["blocks"])
    assert str(make.unit("X2").public_id) in edition.filters["units"]
    assert queries.check(edition).same


def test_received_by_who_collects_and_only_once_it_was_sent(document: Document) -> None:
    place = reporting.place(document, "X1")
    with make.refused(Invalid, "report_not_sent"):
        reports.receive(actor=make.who("gdsnv"), at=make.at(WHEN), place=place)
    sent(document, "X1", "ctx1")
    with make.refused(NotAllowed, "collect_not_allowed"):
        reports.receive(actor=make.who("theodoi"), at=make.at(WHEN), place=place)
    reports.receive(actor=make.who("gdsnv"), at=make.at(WHEN), place=place)
    assert Report.objects.get().received_at == make.at(WHEN)
    assert reporting.report_duty(document, "X1").phase == "answered"  # its confirmer has still to confirm


def test_the_report_on_a_whole_document_is_collected_too() -> None:
    make.issued(
        "Giao Sở Xây dựng thường xuyên kiểm tra trật tự xây dựng.", report_rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    )
    duty = Duty.objects.filter(slot=date(2026, 12, 15)).get()
    assert duty.document is not None
    place = reports.Place(duty.document.public_id, date(2026, 12, 15), make.unit("SXD").public_id)
    reports.send(actor=make.who("gdsxd"), at=make.at("2026-12-10 09:00"), place=place)
    edition = ReportEdition.objects.get()
    assert edition.figures.get(code="NV-08").n == 1
    # the Office follows the document and owes no report itself: its head issues the synthesis
    office = reports.Place(place.key, place.slot, make.unit("VP").public_id)
    if queries.asked(place.key, place.slot, date(2026, 12, 10)).collector == make.unit("VP"):
        reports.send(actor=make.who("chanhvp"), at=make.at("2026-12-11 09:00"), place=office)
        assert ReportEdition.objects.get(report__duty__isnull=True).sent_at == make.at("2026-12-11 09:00")


def test_what_is_written_holds_no_strange_letters_and_no_foreign_section(document: Document) -> None:
    texts = {"chung": "Một\x00 hai\u202e", "la": "Ba", reporting.key(document).hex: "Bốn"}
    reports.write(actor=make.who("ctx1"), at=make.at(WHEN), place=reporting.place(document, "X1"), texts=texts)
    assert Report.objects.get().sections == {"chung": "Một hai"}


def test_a_unit_below_a_department_is_told_in_the_departments_report_and_once_in_the_whole() -> None:
    above = make.unit("SXD")
    centre = Unit.objects.create(
        code="TTQH", name="Trung tâm Quy hoạch xây dựng", short_name="TTQH", folded="ttqh", kind="public_service",
        relation="public_service", parent=above, valid_from=make.FOUNDED,
    )  # fmt: skip
    for depth, ancestor in enumerate([centre, above, above.parent]):
        UnitClosure.objects.create(ancestor=ancestor, descendant=centre, depth=depth, valid_from=make.FOUNDED)
    make.join("gdtt", "TTQH", "unit_head")
    document = reporting.issued(
        orders=reporting.ORDERS.replace("Các sở, ban, ngành tỉnh và", "Các sở, các đơn vị sự nghiệp và")
    )
    sent(document, "TTQH", "gdtt")
    department = sent(document, "SXD", "gdsxd", "2026-11-25 10:00")
    assert [row.part.report.unit.code for row in department.parts.all()] == ["TTQH"]
    reports.merge(actor=make.who("gdsnv"), at=make.at("2026-11-26 09:00"), place=reporting.place(document, "SNV"))
    whole = ReportEdition.objects.get(report__unit__code="SNV")
    duties = [line["duty"] for line in whole.lines]
    assert len(duties) == len(set(duties))
    assert {line["duty"] for line in department.lines} < set(duties)
    assert queries.check(whole).same


def test_a_changed_number_or_line_is_found(document: Document) -> None:
    edition = sent(document, "X1", "ctx1")
    edition.figures.filter(code="NV-07").update(n=0)
    assert not queries.check(edition).kept
    edition.figures.filter(code="NV-07").update(n=1)
    lines = [{**line, "state": "done_on_time"} for line in edition.lines]
    ReportEdition.objects.update(lines=lines)
    found = queries.check(ReportEdition.objects.get())
    assert (found.kept, found.same, len(found.differences)) == (False, False, 1)


def test_a_ledger_that_was_changed_gives_a_difference_that_names_the_row(document: Document) -> None:
    edition = sent(document, "SXD", "gdsxd")
    duty = reporting.task(document, "SXD", "2")
    Duty.objects.filter(pk=duty.pk).update(holder_unit=make.unit("STC"))
    found = queries.check(edition)
    assert (found.kept, found.same) == (True, False)
    assert [one.duty for one in found.differences] == [str(duty.public_id)]


def test_of_two_who_chase_at_once_one_asks(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    collector, when = make.who("gdsnv"), make.at("2026-11-25 10:00")
    asked = collecting.to_collect(collector, reporting.key(document), reporting.SLOT, when)
    chase(document, "theodoi", "2026-11-25 10:00")
    monkeypatch.setattr(collecting, "to_collect", lambda *_: asked)
    monkeypatch.setattr(collecting, "_not_today", lambda *_: True)  # what the other saw before
    with make.refused(Invalid, "chase_nobody"):
        chase(document, "gdsnv", "2026-11-25 10:00")


def test_of_two_who_issue_a_synthesis_at_once_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    make.issued(
        "Giao Sở Xây dựng thường xuyên kiểm tra trật tự xây dựng.", report_rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    )
    duty = Duty.objects.filter(slot=date(2026, 12, 15)).get()
    assert duty.document is not None
    office = reports.Place(duty.document.public_id, date(2026, 12, 15), make.unit("VP").public_id)
    head, when = make.who("chanhvp"), make.at("2026-12-11 09:00")
    reports.write(actor=head, at=when, place=office, texts={"chung": "Tổng hợp"})
    found = sending.to_write(head, office, when)
    reports.send(actor=head, at=when, place=office)
    monkeypatch.setattr(sending, "to_write", lambda *_: found)
    with make.refused(Invalid, "report_sent"):
        reports.send(actor=head, at=when, place=office)
    assert ReportEdition.objects.count() == 1


def test_what_two_write_in_different_sections_stands_both(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    place, actor, when = reporting.place(document, "X1"), make.who("ctx1"), make.at(WHEN)
    reports.write(actor=actor, at=when, place=place, texts={"chung": "Một"})
    found = drafting.to_write(actor, place, when)
    reports.write(actor=actor, at=when, place=place, texts={"kho-khan": "Hai"})
    monkeypatch.setattr(drafting, "to_write", lambda *_: found)
    reports.write(actor=actor, at=when, place=place, texts={"chung": "Ba"})
    assert Report.objects.get().sections == {"chung": "Ba", "kho-khan": "Hai"}
