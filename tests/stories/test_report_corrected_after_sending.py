"""Bad input: a report is sent, and then a duty in it is corrected. What was sent stays and is proved; what moved is told, once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from tests import make, organising, reporting

from kycuong.cli import report as verb
from kycuong.core.errors import Fact
from kycuong.models import Document, Duty, DutyEvent, ReportEdition
from kycuong.queries import reports as queries
from kycuong.services import org_changes, reports, tasks
from stories.doors import Services, Web
from stories.test_two_people_act_at_once import at_once

SENT, LATER = "2026-11-25 09:00", "2026-11-26 09:00"
MANY = "\n".join(
    [f"{n}. Sở Xây dựng rà soát dự án nhóm {n}, hoàn thành trước ngày 16/11/2026." for n in range(1, 6)]
    + [
        "6. Các sở, ban, ngành tỉnh và Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng "
        "năm về Ủy ban nhân dân tỉnh qua Sở Nội vụ để tổng hợp."
    ]
)


def sent_by(login: str, document: Document, code: str, when: str = SENT) -> ReportEdition:
    reports.send(actor=make.who(login, when), at=make.at(when), place=reporting.place(document, code))
    return ReportEdition.objects.filter(report__unit__code=code, sent_at__isnull=False).latest("id")


def states(edition: ReportEdition) -> dict[str, str]:
    found = {line["duty"]: line["state"] for line in edition.lines}
    assert len(found) == len(edition.lines)  # nothing twice
    return found


@pytest.mark.django_db
def test_the_sent_numbers_stay_and_only_what_moved_is_told(
    door: Services | Web, capsys: pytest.CaptureFixture[str]
) -> None:
    make.province()
    document = reporting.issued()
    corrected, untouched = reporting.task(document, "SXD", "1"), reporting.task(document, "SXD", "2")
    edition = sent_by("gdsxd", document, "SXD")
    before, papers = states(edition), edition.file_id
    assert before[str(corrected.public_id)] == "overdue"
    door.act("theodoi", LATER, corrected.public_id, "correct", note="Ghi nhầm tháng", due_on=date(2026, 12, 16))

    edition.refresh_from_db()
    assert (states(edition), edition.file_id) == (before, papers)
    capsys.readouterr()
    assert verb.main(["verify", str(edition.public_id), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["editions"]
    assert (told["same"], told["kept"], told["differences"]) == (True, True, [])
    if isinstance(door, Web):
        page = door.person("gdsxd", "2026-11-26 10:00").get(reverse("difference", args=[edition.public_id]))
        moves = page.context["found"].moves
    else:
        moves = queries.today(make.who("gdsxd"), edition, make.at("2026-11-26 10:00")).moves
    assert [(move.duty, move.now) for move in moves] == [(corrected.public_id, "not_due")]

    merged = reports.merge(
        actor=make.who("gdsnv"), at=make.at("2026-11-27 09:00"), place=reporting.place(document, "SNV")
    )
    whole = states(ReportEdition.objects.get(public_id=merged))
    # the synthesis tells what the unit sent, as it sent it, and everything else as the ledger has it
    assert {duty: whole[duty] for duty in before} == before
    assert str(untouched.public_id) in whole
    assert queries.check(ReportEdition.objects.get(public_id=merged)).same


@pytest.mark.django_db
def test_a_report_sent_back_and_sent_anew_replaces_the_old_one_in_the_synthesis() -> None:
    make.province()
    document = reporting.issued()
    first = sent_by("gdsxd", document, "SXD")
    duty = reporting.report_duty(document, "SXD")
    make.Road(duty).send_back("theodoi", "2026-11-25 15:00", "Thiếu phần kiến nghị")
    tasks.correct(
        actor=make.who("theodoi"), at=make.at(LATER), duty=reporting.task(document, "SXD", "1").public_id,
        note="Ghi nhầm tháng", due_on=date(2026, 12, 16), request=tasks.Request(None, None),
    )  # fmt: skip
    second = sent_by("gdsxd", document, "SXD", "2026-11-26 10:00")
    key = str(reporting.task(document, "SXD", "1").public_id)
    assert (states(first)[key], states(second)[key]) == ("overdue", "not_due")
    assert queries.check(first).same
    merged = reports.merge(
        actor=make.who("gdsnv"), at=make.at("2026-11-27 09:00"), place=reporting.place(document, "SNV")
    )
    whole = ReportEdition.objects.get(public_id=merged)
    assert states(whole)[key] == "not_due"
    assert [row.part for row in whole.parts.select_related("part")] == [second]


@pytest.mark.django_db(transaction=True)
def test_each_correction_at_the_same_instant_is_in_the_report_or_in_its_differences(settings: Any) -> None:
    make.province()
    document = reporting.issued(orders=MANY)
    duties = list(Duty.objects.filter(document=document, holder_unit__code="SXD", slot__isnull=True).order_by("id"))
    assert len(duties) == 5
    giver, head, at = make.who("theodoi"), make.who("gdsxd"), make.at(SENT)

    def correct(duty: Duty) -> None:
        tasks.correct(
            actor=giver, at=at, duty=duty.public_id, note="Ghi nhầm tháng", due_on=date(2026, 12, 16),
            request=tasks.Request(None, None),
        )  # fmt: skip

    send = partial(reports.send, actor=head, at=at, place=reporting.place(document, "SXD"))
    found = at_once(*(partial(correct, duty) for duty in duties), send)
    assert not [each for each in found if isinstance(each, Exception)], found
    edition = ReportEdition.objects.get()
    told, moved = states(edition), {move.duty for move in queries.today(head, edition, make.at(LATER)).moves}
    for duty in duties:
        inside = DutyEvent.objects.get(duty=duty, act="correct").pk <= edition.watermark
        assert told[str(duty.public_id)] == ("not_due" if inside else "overdue")
        assert (duty.public_id in moved) is not inside
    assert queries.check(edition).same


@pytest.mark.django_db(transaction=True)
def test_a_unit_that_sends_while_it_is_merged_is_told_once(settings: Any) -> None:
    make.province()
    document = reporting.issued()
    day = "2026-11-25 08:00"
    change = organising.drafted(organising.merged("X2", on="2026-11-25"), day)
    head, chief, at = make.who("ctx1", day), make.who("gdsnv", day), make.at(day)
    found = at_once(
        partial(org_changes.decide, actor=chief, at=at, change=change),
        partial(reports.send, actor=head, at=at, place=reporting.place(document, "X1")),
    )
    assert not isinstance(found[0], Exception), found
    assert found[1] is None or isinstance(found[1], Fact), (
        found
    )  # sent before the merger, or told that it came too late
    assert organising.without_holder() == []
    sent_by("ctx2", document, "X2", "2026-11-26 08:00")
    owed = Duty.objects.filter(document=document, slot=reporting.SLOT, holder_unit__code__in=["X1", "X2"])
    assert Counter(owed.values_list("phase", flat=True)) == {"answered": 2}
    merged = reports.merge(
        actor=make.who("gdsnv"), at=make.at("2026-11-27 09:00"), place=reporting.place(document, "SNV")
    )
    whole = ReportEdition.objects.get(public_id=merged)
    everything = Duty.objects.filter(document=document, kind="task").exclude(task__order__kind="periodic")
    assert set(states(whole)) == {str(duty.public_id) for duty in everything}
    assert queries.check(whole).same
