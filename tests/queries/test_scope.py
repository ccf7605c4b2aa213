"""Who sees what: one policy under pages, lists, searches, counts and files; what a page refuses, no count betrays."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import Appointment, Document, Duty, Officer, Succession, TaskResult, Unit
from kycuong.queries import documents, duties, files, scope, unit_duties
from kycuong.services import directives

NOW = make.at("2026-11-23 09:00")

SEES = {
    "chutich": True,  # the giver
    "phochutich": True,
    "chanhvp": True,  # the Office follows and confirms
    "theodoi": True,
    "vanthu": True,
    "gdsnv": True,  # Home Affairs
    "cvcchc": True,
    "kiemtoan": True,
    "gdsxd": True,  # the holder's chain up
    "pgdsxd": True,
    "tpqldt": True,
    "cvqldt": True,
    "gdstc": True,  # takes part
    "cvstc": False,  # in the unit that takes part, not its head
    "tpkhac": False,  # head of another division of the holder's unit
    "cvkhac": False,
    "cvqldt2": False,  # beside the officer, in the same division
    "ctx1": False,
    "gdcat": False,
    "quantri": False,  # an administrator administers
}

ONE_OF_EACH = (
    "chutich",
    "theodoi",
    "gdsxd",
    "tpqldt",
    "cvqldt",
    "gdstc",
    "cvstc",
    "tpkhac",
    "ctx1",
    "gdcat",
    "quantri",
)


@pytest.fixture
def duty() -> Duty:
    """A duty of Sở Xây dựng on the desk of an officer, in which Sở Tài chính takes part."""
    make.division("KHAC", "SXD")
    for login, unit, kind in (
        ("tpkhac", "KHAC", "division_head"), ("cvkhac", "KHAC", "officer"), ("cvqldt2", "QLDT", "officer"),
        ("cvstc", "STC", "officer"),
    ):  # fmt: skip
        make.join(login, unit, kind)
    (found,) = make.issued()
    road = make.Road(found)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    return road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")


def sees(login: str, public_id: UUID) -> bool:
    try:
        duties.duty(make.who(login, "2026-11-23 09:00"), public_id, NOW)
    except NotVisible:
        return False
    return True


def opens(who: scope.Actor, public_id: UUID) -> bool:
    """Return whether the record page opens; the same answer as `sees`, without laying out the page."""
    try:
        scope.duty_to_read(who, public_id)
    except NotVisible:
        return False
    return True


def test_a_duty_is_seen_by_its_line_and_by_those_who_follow(duty: Duty) -> None:
    assert {login: sees(login, duty.public_id) for login in SEES} == SEES


def test_a_document_is_seen_by_everybody_of_the_charged_units_once_issued(duty: Duty) -> None:
    def seen_by(document: Document) -> set[str]:
        return {login for login in SEES if scope.visible_documents(make.who(login)).filter(pk=document.pk).exists()}

    outside = {"ctx1", "gdcat"}
    assert duty.document is not None
    assert seen_by(duty.document) == set(SEES) - outside - {"quantri"}
    waiting = make.upload()
    inside = {"cvqldt", "cvkhac", "cvqldt2", "gdsxd", "pgdsxd", "tpqldt", "tpkhac", "gdstc", "cvstc"}
    assert seen_by(waiting) == set(SEES) - outside - inside - {"quantri"}


def test_who_held_it_once_still_sees_it_and_a_former_head_does_not(duty: Duty) -> None:
    make.Road(duty).submit("cvqldt", "2026-11-04 08:00")
    assert sees("cvqldt", duty.public_id)
    make.vacate("pgdsxd", "2026-11-20 00:00")
    assert not sees("pgdsxd", duty.public_id)


def test_someone_who_left_office_or_is_inactive_has_no_rights(duty: Duty) -> None:
    Officer.objects.filter(login="chutich").update(is_active=False)
    assert make.who("chutich").hats == ()
    assert not sees("chutich", duty.public_id)
    make.vacate("cvcchc", "2026-11-01 00:00")
    assert not sees("cvcchc", duty.public_id)


def open_world() -> None:
    """Give several units several duties in every state, some seen by few."""
    make.line("Giao Sở Nội vụ báo cáo biên chế trước ngày 10/11/2026.")
    for text in (
        make.LINE,
        "Giao UBND các xã, phường báo cáo trước ngày 20/11/2026.",
        "Giao Sở Tài chính chủ trì, phối hợp với UBND xã Khe Sim báo cáo trước ngày 15/12/2026.",
        "Giao Công an tỉnh thường xuyên tuần tra.",
    ):
        make.issued(text)
    document = make.upload()
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=document.public_id)
    sent = Duty.objects.get(document=document, holder_unit__code="STC")
    make.Road(sent).send("gdstc", "2026-11-10 08:00")
    late = Duty.objects.filter(document__is_line=True, holder_unit__code="SXD").order_by("-id")[0]
    make.Road(late).send("gdsxd", "2026-11-18 08:00")
    make.Road(late).confirm("theodoi", "2026-11-18 09:00")
    jobs.catch_up(NOW)


def test_what_the_record_page_refuses_no_list_and_no_count_betrays(duty: Duty) -> None:
    open_world()
    everything = list(Duty.objects.select_related("holder_unit", "document"))
    for login in ONE_OF_EACH:
        who = make.who(login, "2026-11-23 09:00")
        seen = {row.public_id: row for row in everything if opens(who, row.public_id)}
        _units_agree(who, seen)
        _documents_agree(who, seen)


def _units_agree(who: scope.Actor, seen: dict[UUID, Duty]) -> None:
    try:
        choosable = unit_duties.of_unit(who, NOW).choosable
    except NotVisible:
        choosable = []
    for unit, _ in choosable:
        page = unit_duties.of_unit(who, NOW, unit=unit, size=500)
        mine = {pk for pk, row in seen.items() if row.holder_unit.public_id == unit and row.phase != "closed"}
        assert {row.public_id for row in page.rows} == mine, who.login
        assert sum(page.counts.values()) == len(mine), who.login
        assert Counter(row.state for row in page.rows) == Counter({k: n for k, n in page.counts.items() if n})
        assert sum(desk.open for desk in page.desks) == len(mine), who.login


def _documents_agree(who: scope.Actor, seen: dict[UUID, Duty]) -> None:
    listed = {row.public_id: row for row in documents.register(who, NOW, size=500).rows}
    for document in Document.objects.all():
        mine = [row for row in seen.values() if row.document_id == document.pk and row.kind == "task"]
        late = [row for row in mine if row.phase == "open" and row.due_at and row.due_at <= NOW]
        if document.public_id not in listed:
            with pytest.raises(NotVisible):
                documents.document(who, document.public_id, NOW)
            continue
        page = documents.document(who, document.public_id, NOW)
        shown = [task.public_id for point in page.points for task in point.tasks]
        assert sorted(shown) == sorted(row.public_id for row in mine), who.login
        assert sum(page.counts.values()) == len(mine), who.login
        for line in (listed[document.public_id], page.document):
            assert (line.tasks, line.overdue) == (len(mine), len(late)), who.login


def test_the_files_of_a_result_follow_its_duty(duty: Duty) -> None:
    make.Road(duty).send("gdsxd", "2026-11-10 08:00")
    file = TaskResult.objects.get(task__duty=duty).file
    assert file is not None
    for login, allowed in SEES.items():
        if allowed:
            with files.open_file(make.who(login), file.public_id).stream as stream:
                assert stream.read() == make.result_file()[1]
        else:
            with make.refused(NotVisible, "file_not_visible"):
                files.open_file(make.who(login), file.public_id)


def test_a_unit_that_is_not_mine_cannot_be_chosen(duty: Duty) -> None:
    for login in ("gdstc", "ctx1", "quantri"):
        with make.refused(NotVisible, "unit_not_visible"):
            unit_duties.of_unit(make.who(login), NOW, unit=make.unit("SXD").public_id)


def test_links_lead_only_to_documents_that_the_person_sees() -> None:
    first = make.upload()
    second = make.upload(make.paper("22/CT-UBND", cites="Chỉ thị số 21/CT-UBND ngày 02 tháng 11 năm 2026"))
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=second.public_id)
    page = documents.document(make.who("vanthu"), second.public_id, NOW)
    assert [link.other.public_id for link in page.links] == [first.public_id]
    assert documents.document(make.who("gdsxd"), second.public_id, NOW).links == []


def test_who_holds_no_post_any_more_reads_nothing_and_does_nothing_on_the_desk_left_behind(duty: Duty) -> None:
    make.vacate("cvqldt", "2026-11-20 00:00")
    who = make.who("cvqldt", "2026-11-23 09:00")
    assert not opens(who, duty.public_id)
    assert not scope.visible_duties(who).exists()
    make.join("cvqldt-moi", "STC", "officer")
    Appointment.objects.filter(officer__login="cvqldt-moi").update(officer=Officer.objects.get(login="cvqldt"))
    who = make.who("cvqldt", "2026-11-23 09:00")
    assert opens(who, duty.public_id)  # who works elsewhere still reads what was done, and acts there no more
    with make.refused(NotAllowed, "act_not_allowed"):
        scope.duty_for_acting(who, duty.public_id, "submit")


def test_what_a_division_or_unit_left_behind_is_seen_by_who_inherited_and_by_nobody_else(duty: Duty) -> None:
    ended, heir = make.unit("QLDT"), make.unit("KHAC")
    Succession.objects.create(old=ended, successor=heir, in_force_on=NOW.date())
    assert not sees("tpkhac", duty.public_id)  # the division still stands
    Unit.objects.filter(pk=ended.pk).update(valid_until=NOW.date())
    assert sees("tpkhac", duty.public_id)
    assert not sees("cvkhac", duty.public_id)
    papers = scope.visible_documents(make.who("ctx1"))
    assert not papers.exists()
    Succession.objects.create(old=make.unit("SXD"), successor=make.unit("X1"), in_force_on=NOW.date())
    assert not papers.all().exists()
    Unit.objects.filter(code="SXD").update(valid_until=NOW.date())
    assert [paper.pk for paper in papers.all()] == [duty.document_id]
