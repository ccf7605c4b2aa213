"""Every act that the lifecycles know is done at least once, by people and by jobs; sealed, all of it verifies."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import make, opinions, organising, reporting, voting

from kycuong import jobs
from kycuong.core import arbitrations as arbitrations_law
from kycuong.core import confirmations, explanations, proposals, slips, tasks
from kycuong.core import opinions as consulting
from kycuong.core.backlog import Decision as Decided
from kycuong.core.backlog import Measure
from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.core.chasing import Step
from kycuong.models import Document, Duty, DutyEvent
from kycuong.queries import backlog as backlog_queries
from kycuong.queries import calendars
from kycuong.services import (
    arbitrations,
    backlog,
    calendar_changes,
    chasing,
    covers,
    imports,
    periods,
    reports,
    seals,
    transfers,
)
from stories.doors import Services
from stories.test_running_tasks_are_taken_over import TABLE

pytestmark = pytest.mark.django_db
DOOR = Services()
LATE = date(2026, 12, 18)
WHY = {"note": "Điều chỉnh phân công", "basis": "Quyết định 40/QĐ-UBND"}
ORDERS = "\n".join(
    f"{n}. Giao Sở Xây dựng rà soát dự án nhóm {n}, báo cáo trước ngày 16/11/2026." for n in range(1, 10)
)


def do(login: str, when: str, duty: Duty, act: str, **given: Any) -> Duty:
    DOOR.act(login, when, duty.public_id, act, **given)
    duty.refresh_from_db()
    return duty


def hanging(duty: Duty) -> Duty:
    return Duty.objects.get(parent=duty, phase="open")


def ask(when: str, duty: Duty, kind: str, **given: Any) -> Duty:
    do("gdsxd", when, duty, "propose", kind=kind, reason="Khối lượng lớn", **given)
    return hanging(duty)


def people(given: list[Duty]) -> None:
    """Let people do everything that people do."""
    done, back, returned, refused, settled, replaced, revoked, waiting, undecided = given
    post = make.desk("pgdsxd").removeprefix("post:"), make.desk("gdsxd").removeprefix("post:")
    covers.plan(
        actor=make.who("gdsxd"), at=make.at(make.MONDAY), substitute=int(post[0]), post=int(post[1]),
        first=date(2026, 11, 2), last=date(2026, 11, 2),
    )  # fmt: skip
    do("pgdsxd", "2026-11-02 09:00", done, "assign", desk=make.desk("cvqldt"))
    do("cvqldt", "2026-11-03 09:00", done, "submit", note="Dự thảo")
    do("tpqldt", "2026-11-03 10:00", done, "return_draft", note="Bổ sung")
    do("cvqldt", "2026-11-03 11:00", done, "submit", note="Dự thảo 2")
    make.Road(done).send("gdsxd", "2026-11-04 09:00")
    do(
        "gdsxd", "2026-11-04 10:00", done, "correct_result", number="9", symbol="BC-SXD", signer="Ngô Xuân Trường",
        signed_on=date(2026, 11, 4),
    )  # fmt: skip
    make.Road(done).confirm("theodoi", "2026-11-05 09:00")
    make.Road(back).send("gdsxd", "2026-11-04 09:00")
    make.Road(back).send_back("theodoi", "2026-11-05 09:00")
    do(
        "chutich",
        "2026-11-05 10:00",
        ask("2026-11-05 09:30", back, "extension", so_far="Một nửa", wanted_on=LATE),
        "accept",
    )
    do("chutich", "2026-11-05 10:00", ask("2026-11-05 09:30", returned, "return", basis="Điều 2"), "accept")
    do("theodoi", "2026-11-05 11:00", returned, "reassign", unit=f"unit:{make.unit('STC').pk}", due_on=LATE)
    do(
        "chutich",
        "2026-11-05 10:00",
        ask("2026-11-05 09:30", refused, "return", basis="Điều 2"),
        "refuse",
        note="Không",
    )
    do("gdsxd", "2026-11-05 10:00", ask("2026-11-05 09:30", settled, "obstacle"), "withdraw")
    do("chutich", "2026-11-05 10:40", ask("2026-11-05 10:30", settled, "suggestion"), "accept", note="Nhất trí")
    do("theodoi", "2026-11-05 10:00", replaced, "correct", title="Rà soát lại dự án", note="Sai chữ")
    ask("2026-11-05 10:05", replaced, "obstacle")
    do("chutich", "2026-11-05 10:30", replaced, "replace", unit=f"unit:{make.unit('STC').pk}", due_on=LATE, **WHY)
    make.Road(revoked).send("gdsxd", "2026-11-05 09:00")
    do("chutich", "2026-11-05 10:30", revoked, "revoke", **WHY)
    make.Road(waiting).send("gdsxd", "2026-11-06 08:00")
    ask("2026-11-06 08:10", undecided, "suggestion")


def asked_to_explain(duty: Duty, number: int) -> Duty:
    """Let the Office ask the head of a task's unit to explain, by a signed letter."""
    when, why = "2026-11-06 08:20", chasing.Choice(Step.EXPLANATION, "Chậm nhiều lần")
    made = chasing.draft(
        actor=make.who("theodoi"), at=make.at(when), duties=[duty.public_id],
        choices={(duty.holder_unit.public_id, Step.REMINDER): why},
    )  # fmt: skip
    _, data = make.paper(f"{number}/UBND-TH", "ngày 06 tháng 11 năm 2026", "yêu cầu giải trình", "Yêu cầu giải trình.")
    chasing.record(actor=make.who("vanthu"), at=make.at(when), letter=made.letters[0], file=("van-ban.txt", data))
    return Duty.objects.filter(kind="explanation").latest("id")


def explain(undecided: Duty, settled: Duty, back: Duty) -> None:
    """Let a head explain twice, another explanation be dropped, a third one wait."""
    first, when = asked_to_explain(undecided, 901), "2026-11-06 08:25"
    do("gdsxd", when, first, "explain", note="Chờ số liệu")
    do("theodoi", when, first, "refuse_explanation", note="Chưa rõ trách nhiệm")
    do("gdsxd", when, first, "explain", note="Đã kiểm điểm")
    do("theodoi", when, first, "accept_explanation")
    do("theodoi", when, asked_to_explain(settled, 902), "drop_explanation", note="Đã có kết quả")
    asked_to_explain(back, 903)


def reconcile(duty: Duty) -> None:
    """Let the head of a unit contest how a closed month counts a task, and the giver's side decide it."""
    when = make.at("2026-11-03 09:00")
    period = periods.open_period(actor=make.who("vanthu"), at=make.at(make.MONDAY), kind="month", year=2026, number=10)
    contest = periods.contest(
        actor=make.who("gdstc"), at=when, period=period, duty=duty.public_id, reason="Hạn ghi sai"
    )
    periods.decide(actor=make.who("theodoi"), at=when, contest=contest, outcome="refused", note="Đúng văn bản gốc")


def ask_for_reports(document: Document) -> None:
    """Let Home Affairs ask for the reports that units have not sent; of two units that were merged one series goes on."""
    when = "2026-11-25 10:00"
    jobs.catch_up(make.at(when))
    asked = {"key": reporting.key(document), "slot": reporting.SLOT}
    reports.chase(actor=make.who("gdsnv", when), at=make.at(when), **asked)


def take_over() -> None:
    run = DOOR.look("quantri", "2026-11-06 09:00", ("cu.csv", TABLE.encode("utf-8-sig")), "tasks", "Phần mềm cũ")
    DOOR.apply("quantri", "2026-11-06 09:05", run, reason="Đưa hệ thống vào sử dụng")
    imports.undo(actor=make.who("quantri"), at=make.at("2026-11-06 09:10"), run=run)


def change_calendar_and_organisation() -> None:
    paper = Decision("1508/QĐ-TTg", date(2026, 11, 1), "Thủ tướng Chính phủ")
    days = day_changes([date(2026, 11, 9)], [], paper)
    calendar_changes.change_days(
        actor=make.who("quantri"), at=make.at("2026-11-06 10:00"), seen=calendars.version(), decision=paper, days=days,
        reason="Bão số 9",
    )  # fmt: skip
    joined = organising.merged("STC", "SXD", on="2026-11-12")
    organising.decided(joined, when="2026-11-12 08:00")


def review_backlog() -> None:
    """Let a meeting decide about what is old: a new date, taken back, then raised."""
    office, when = make.who("theodoi", "2026-12-31 09:00"), make.at("2026-12-31 09:00")
    wanted = backlog_queries.Wanted(make.unit("T").public_id, Measure.LATE, 30)
    review = backlog.open_review(actor=office, at=when, wanted=wanted)
    duty = Duty.objects.filter(backlog_lines__review__public_id=review, phase="open").earliest("id").public_id
    again = {"review": review, "duty": duty}
    given = backlog.Chosen(Decided.NEW_DATE, "Họp thống nhất", date(2027, 1, 29))
    backlog.decide(actor=office, at=when, chosen=given, **again)
    backlog.undo(actor=office, at=when, **again)
    raised = backlog.Chosen(Decided.RAISE, "Kiến nghị Bộ Tài chính hướng dẫn")
    backlog.decide(actor=make.who("chutich", "2026-12-31 09:00"), at=when, chosen=raised, **again)


def arbitrate() -> None:
    """Let a task be handed on once too often: its arbiter steps aside, the Chairman rules."""
    when = "2026-11-06 08:12"
    (first,) = make.issued("Giao Sở Xây dựng thống kê nhà ở xã hội trước ngày 18/12/2026.", when)
    transfers.set_rule(
        actor=make.who("chanhvp", when), at=make.at(when), most=1, document="QĐ 12/QĐ-UBND", in_force_from=date(2026, 11, 6)
    )  # fmt: skip
    given = {"unit": f"unit:{make.unit('STC').pk}", "due_on": LATE}
    do("chutich", when, ask(when, first, "return", basis="Điều 2"), "accept", **given)
    second = Duty.objects.get(task__replaces__duty=first)
    do("gdstc", when, second, "propose", kind="return", reason="Không thuộc chức năng", basis="Điều 2")
    child, at = hanging(second).public_id, make.at(when)
    arbitrations.step_aside(actor=make.who("chanhvp", when), at=at, duty=child, note="Là một bên")
    arbitrations.rule(
        actor=make.who("chutich", when), at=at, duty=child, unit=make.unit("STC").public_id, matter="nhà ở xã hội", basis="Điều 3"
    )  # fmt: skip


def test_all_of_it_is_sealed_and_verifies(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "keys" / "seal.pem"
    make.province()
    (old,) = make.issued("Giao Sở Tài chính rà soát công nợ trước ngày 16/10/2026.", "2026-10-05 08:00")
    jobs.work_once(make.at(make.MONDAY))
    given = make.issued(ORDERS)
    reconcile(old)
    people(given)
    explain(given[8], given[4], given[1])
    arbitrate()
    document = reporting.issued("2026-11-06 08:25")
    jobs.catch_up(make.at("2026-11-06 08:30"))
    take_over()
    change_calendar_and_organisation()
    assert seals.seal(make.at("2026-11-12 09:00")).leaves
    ask_for_reports(document)
    jobs.catch_up(make.at("2026-12-31 08:00"))
    review_backlog()
    known = {
        row.action
        for one in (arbitrations_law, tasks, confirmations, explanations, proposals)
        for row in one.LIFECYCLE.rows
    }
    assert known - set(DutyEvent.objects.values_list("act", flat=True)) == set()
    assert organising.without_holder() == []
    assert seals.seal(make.at("2027-01-04 08:00")).leaves
    assert seals.verify().intact


@pytest.mark.parametrize(("kind", "rows", "live"), [("opinion", consulting, opinions), ("slip", slips, voting)])
def test_consulting_too_is_sealed_and_verifies(settings: Any, tmp_path: Path, kind: str, rows: Any, live: Any) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "keys" / "seal.pem"
    make.province()
    live.every_act()
    done = set(DutyEvent.objects.filter(duty__kind=kind).values_list("act", flat=True))
    assert {row.action for row in rows.LIFECYCLE.rows} - done == set()
    assert organising.without_holder() == []
    assert seals.seal(make.at("2027-01-04 08:00")).leaves
    assert seals.verify().intact
