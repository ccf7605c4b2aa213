"""A year of the made-up province through the doors: documents arrive, units act well and badly, ladders fire, reports merge, the
annual report goes through Home Affairs before 01/12 and is proved afterwards. What the pages say is counted again by hand.
"""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db.models import Count
from docx import Document as read_docx
from tests import make, organising

from kycuong.models import (
    ChaseLetter,
    Duty,
    DutyEvent,
    HeadCase,
    Mail,
    Notice,
    PeriodRow,
    ReportEdition,
    Target,
)
from kycuong.queries import periods as period_queries
from kycuong.queries import reports as report_queries
from kycuong.services import seals
from services.test_programmes import table
from stories import year_counting as counting
from stories.year import Year, province
from stories.year_doors import DOORS, spoken, stand

ORDERS = """1. Sở Xây dựng rà soát các dự án chậm tiến độ, hoàn thành trước ngày 11/02/2026.
2. Sở Xây dựng lập danh mục công trình xuống cấp, hoàn thành trước ngày 03/3/2026.
3. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính kiểm tra trật tự đô thị, hoàn thành trước ngày 18/3/2026.
4. Sở Tài chính phân bổ vốn đầu tư công năm 2026, hoàn thành trước ngày 10/02/2026.
5. Ủy ban nhân dân các xã, phường công khai kết quả giải quyết hồ sơ, hoàn thành trước ngày 20/3/2026.
6. Các sở, ban, ngành tỉnh thường xuyên kiểm tra việc chấp hành giờ làm việc.
7. Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện Chỉ thị này trước ngày 25 tháng cuối quý, định kỳ hằng quý, về Ủy ban \
nhân dân tỉnh qua Sở Xây dựng để tổng hợp.
8. Các sở, ban, ngành tỉnh và Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng năm về \
Ủy ban nhân dân tỉnh qua Sở Nội vụ để tổng hợp.
9. Sở Tài chính bảo đảm tỷ lệ giải ngân vốn đầu tư công đạt ít nhất 95% kế hoạch, hoàn thành trước ngày 01/11/2026."""
PROGRAMME = [
    ["Kiểm tra an toàn giàn giáo các công trình", "Phòng Quản lý đô thị", "", "I", "", "Biên bản"],
    ["Rà soát quy hoạch phân khu phía đông", "", "Sở Tài chính", "II", "", "Báo cáo"],
    ["Cắm mốc lộ giới đường vành đai", "", "", "III", "", "Biên bản"],
    ["Tổng kết chương trình phát triển nhà ở", "", "", "IV", "", "Báo cáo"],
]
Q1, Q2, Q3, Q4 = (date(2026, month, 25) for month in (3, 6, 9, 12))
YEAR_END = date(2026, 12, 1)


def january(year: Year) -> None:
    """Papers arrive, are read and issued; a programme of work becomes duties; a line is typed."""
    door = year.door
    about = "tăng cường kỷ luật, kỷ cương hành chính năm 2026"
    year.document = door.take_in("2026-01-05 08:00", make.paper("01/CT-UBND", spoken(date(2026, 1, 5)), about, ORDERS))
    door.issue("2026-01-05 08:20", year.document)
    owed = Counter(Duty.objects.filter(kind="task").values_list("holder_unit__code", "task__order__path").distinct())
    assert Counter(unit for unit, _ in owed) == {"SXD": 5, "STC": 4, "SNV": 2, "VP": 2, "X1": 3, "X2": 3}
    assert set(_slots("7")) == {Q1, Q2}
    assert set(_slots("8")) == {YEAR_END, date(2027, 12, 1)}

    programme = door.programme("cvqldt", "2026-01-06 08:00", "SXD", 2026)
    door.take_lines("cvqldt", "2026-01-06 08:30", programme, table(PROGRAMME))
    door.submit_programme("cvqldt", "2026-01-06 09:00", programme)
    door.approve_programme("gdsxd", "2026-01-06 10:00", programme)
    lines = Duty.objects.filter(title__in=[row[0] for row in PROGRAMME]).order_by("due_at")
    year.lines = list(lines)
    ends = [counting.last_day(line.due_at) for line in lines if line.due_at]
    assert ends == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]

    line = door.line("2026-01-07 08:00", "Giao Sở Tài chính rà soát trụ sở dôi dư, hoàn thành trước ngày 15/5/2026.")
    door.issue("2026-01-07 08:10", line)
    year.contested = Duty.objects.get(document__public_id=line, kind="task")


def _slots(path: str) -> list[date | None]:
    return list(Duty.objects.filter(task__order__path=path, kind="task").values_list("slot", flat=True))


def february(year: Year) -> None:
    """One unit answers in time, one late: the ladder tells the desk, then the head and who follows."""
    finance, first = year.task("STC", "4"), year.task("SXD", "1")
    year.night("2026-02-05 17:00")
    year.done("gdstc", "2026-02-06 09:00", "2026-02-09 09:00", finance, "61")
    year.act("gdsxd", "2026-02-09 10:00", first, "assign", desk=make.desk("tpqldt"))
    year.act("tpqldt", "2026-02-09 14:00", first, "assign", desk=make.desk("cvqldt"))
    year.night("2026-02-12 09:00")
    fired = dict(DutyEvent.objects.filter(duty=first, rung__isnull=False).values_list("rung", "at"))
    assert fired["overdue"] == make.at("2026-02-11 07:30")
    assert not DutyEvent.objects.filter(duty=finance, rung="overdue").exists()
    assert year.mails("gdsxd", "Đến hạn hôm nay\n- Sở Xây dựng rà soát") == 0  # it lies on another's desk
    assert year.mails("cvqldt", "Đã quá hạn\n- Sở Xây dựng rà soát các dự án chậm tiến độ") == 1
    year.act("cvqldt", "2026-02-12 10:00", first, "submit", note="Dự thảo báo cáo")
    year.act("tpqldt", "2026-02-12 14:00", first, "submit", note="Đã soát")
    year.result("gdsxd", "2026-02-13 09:00", first, "62")
    year.act("theodoi", "2026-02-23 09:00", first, "confirm", note="")  # Tết lies between
    assert _ended(finance, first) == [("done", 0), ("done_late", 3)]


def _ended(*duties: Duty) -> list[tuple[str | None, int | None]]:
    for duty in duties:
        duty.refresh_from_db()
    return [(duty.outcome, duty.late_working_days) for duty in duties]


def march(year: Year) -> None:
    """A silent unit is urged by a signed letter; a date is extended and missed; a result is sent back; reports are collected."""
    second, third, commune = year.task("SXD", "2"), year.task("SXD", "3"), year.task("X1", "5")
    year.night("2026-03-05 09:00")
    (letter,) = year.door.draft_letters("2026-03-05 09:30", "SXD")
    assert not DutyEvent.objects.filter(duty=second, act="chase").exists()
    year.door.sign_back("2026-03-05 15:00", letter, _signed("121", date(2026, 3, 5)))
    assert DutyEvent.objects.filter(duty=second, act="chase").count() == 1
    wanted = {"kind": "extension", "reason": "Chủ đầu tư chưa gửi hồ sơ", "so_far": "Đã kiểm tra 8/12 tuyến"}
    year.act("gdsxd", "2026-03-10 09:00", third, "propose", **wanted, wanted_on=date(2026, 3, 26))
    asked = Duty.objects.get(parent=third, kind="proposal")
    year.act("chutich", "2026-03-11 09:00", asked, "accept", note="Lần cuối", given_on=date(2026, 3, 26))
    year.done("gdsxd", "2026-03-12 09:00", "2026-03-13 09:00", second, "122")
    year.result("ctx1", "2026-03-18 09:00", commune, "31")
    year.act("theodoi", "2026-03-19 09:00", commune, "send_back", note="Thiếu số liệu tháng 3")
    year.done("ctx1", "2026-03-20 09:00", "2026-03-20 15:00", commune, "32")
    assert _ended(second, commune) == [("done_late", 8), ("done", 0)]
    first_quarter(year)
    year.night("2026-03-31 17:00")
    third.refresh_from_db()
    assert (third.original_due_at, third.due_at) == (make.at("2026-03-18 00:00"), make.at("2026-03-27 00:00"))
    year.done("gdsxd", "2026-04-02 09:00", "2026-04-03 09:00", third, "140")
    assert _ended(third) == [("done_late", 5)]


def _signed(number: str, on: date) -> tuple[str, bytes]:
    return "da-ky.txt", make.paper(
        f"{number}/UBND-TH", spoken(on), "đôn đốc thực hiện nhiệm vụ", "Yêu cầu báo cáo kết quả."
    )[1]


def first_quarter(year: Year) -> None:
    """One commune sends, the other does not; the department's synthesis says who is missing."""
    door, one, two = year.door, year.place("7", Q1, "X1"), year.place("7", Q1, "X2")
    door.report("ctx1", "2026-03-20 16:00", one, "luu", texts={"kho-khan": "Đường truyền còn yếu."})
    door.report("ctx1", "2026-03-20 16:10", one, "gui")
    page = door.collection("gdsxd", "2026-03-23 08:00", one)
    assert ([line.unit.code for line in page.missing], page.due and page.due.left) == (["X2"], 1)
    door.ask_for_reports("gdsxd", "2026-03-23 08:10", one)
    year.night("2026-03-24 15:00")
    assert Notice.objects.filter(recipient__login="ctx2", topic="chase_report").count() == 1
    department = year.place("7", Q1, "SXD")
    door.report("gdsxd", "2026-03-24 15:10", department, "tong-hop")
    door.report("gdsxd", "2026-03-24 15:20", department, "gui")
    text = _said(_sent("SXD", Q1))
    assert "Chưa gửi báo cáo, UBND cấp xã (1): Ủy ban nhân dân phường Bến Ngự." in text
    assert "Đường truyền còn yếu." in text
    door.report("ctx2", "2026-03-27 09:00", two, "gui")
    late = Duty.objects.get(holder_unit__code="X2", slot=Q1)
    assert late.late_working_days == 3
    year.act("theodoi", "2026-03-27 10:00", late, "confirm", note="")


def _sent(unit: str, slot: date) -> ReportEdition:
    return ReportEdition.objects.get(report__unit__code=unit, report__slot=slot, sent_at__isnull=False)


def _said(edition: ReportEdition) -> str:
    return " ".join(str(block) for block in edition.content["blocks"])


def april(year: Year) -> None:
    """Late time after time: the head explains, the Office and Home Affairs submit together, the decision is a duty."""
    door, late = year.door, {year.task("SXD", path).pk for path in "123"}
    case = door.open_case("chanhvp", "2026-04-06 08:00", "SXD")
    row = HeadCase.objects.get(public_id=case)
    assert late <= set(row.items.values_list("duty", flat=True))
    year.act("gdsxd", "2026-04-08 09:00", row.explanation, "explain", note="Thiếu cán bộ thẩm định")
    year.act("theodoi", "2026-04-09 09:00", row.explanation, "accept_explanation", note="")
    door.agree_case("chanhvp", "2026-04-10 09:00", case)
    door.agree_case("gdsnv", "2026-04-10 10:00", case)
    told = "\n".join(
        one.text for one in read_docx(io.BytesIO(door.submission("chanhvp", "2026-04-10 11:00", case))).paragraphs
    )
    assert "Thiếu cán bộ thẩm định" in told
    decision = make.paper(
        "45/QĐ-UBND", spoken(date(2026, 4, 13)), "trách nhiệm người đứng đầu", "Nghiêm túc rút kinh nghiệm."
    )
    door.decide_case("chanhvp", "2026-04-13 09:00", case, decision, "Nghiêm túc rút kinh nghiệm")
    row.refresh_from_db()
    assert row.decision is not None
    assert (row.state, row.decision.phase, row.decision.holder_officer) == ("decided", "open", row.head)
    year.act("gdsxd", "2026-04-16 09:00", row.decision, "explain", note="Đã họp kiểm điểm, giao lại từng việc")
    year.act("theodoi", "2026-04-17 09:00", row.decision, "accept_explanation", note="")


def may(year: Year) -> None:
    """A task that is not the unit's is given back; the other commune, urged and criticised, answers at last."""
    silent, given_back = year.task("X2", "5"), year.contested
    year.act(
        "gdstc", "2026-05-05 09:00", given_back, "propose", kind="return", reason="Trụ sở do Sở Xây dựng quản lý",
        basis="Khoản 4 Điều 2 QĐ 05/2025/QĐ-UBND",
    )  # fmt: skip
    year.act("chutich", "2026-05-06 09:00", Duty.objects.get(parent=given_back, kind="proposal"), "accept", note="")
    for number, (day, hour) in enumerate(((5, 10), (14, 10)), 201):
        year.night(f"2026-05-{day + 2:02d} 0{hour - 2}:00")
        (letter,) = year.door.draft_letters(f"2026-05-{day + 2:02d} {hour}:00", "X2")
        year.door.sign_back(f"2026-05-{day + 2:02d} 15:00", letter, _signed(str(number), date(2026, 5, day + 2)))
    assert list(ChaseLetter.objects.filter(unit__code="X2").order_by("id").values_list("step", flat=True)) == [
        "urging", "criticism",
    ]  # fmt: skip
    year.done("ctx2", "2026-05-20 09:00", "2026-05-21 09:00", silent, "77")
    assert _ended(silent, given_back)[0][1] == counting.late_days(
        make.at("2026-05-20 09:00"), make.at("2026-03-20 00:00")
    )
    assert given_back.outcome == "returned"


def june(year: Year) -> None:
    """A commune is merged into the other while its report is in collection: nothing is lost, nothing told twice."""
    door = year.door
    year.night("2026-06-22 08:00")
    door.report(
        "ctx1", "2026-06-22 09:00", year.place("7", Q2, "X1"), "luu", texts={"kho-khan": "Còn hai thôn chưa có mạng."}
    )
    door.report("ctx1", "2026-06-22 09:30", year.place("7", Q2, "X1"), "gui")
    year.night("2026-06-22 17:00")
    held = {code: organising.open_at(code) for code in ("X1", "X2")}
    door.merge_units("2026-06-23 08:00", organising.merged("X2", on="2026-06-23", decision="60/QĐ-UBND"))
    year.night("2026-06-23 10:00")
    assert organising.without_holder() == []
    assert (organising.open_at("X1"), organising.open_at("X2")) == (0, sum(held.values()))
    door.report("ctx2", "2026-06-24 09:00", year.place("7", Q2, "X2"), "gui")
    department = year.place("7", Q2, "SXD")
    door.report("gdsxd", "2026-06-24 15:00", department, "tong-hop")
    door.report("gdsxd", "2026-06-24 15:10", department, "gui")
    edition = _sent("SXD", Q2)
    counted = Counter(line["duty"] for line in edition.lines)
    assert set(counted.values()) == {1}
    assert str(year.task("X2", "5").public_id) in counted  # closed in May
    assert str(year.task("X1", "5").public_id) not in counted  # closed before the first report's day, and told there
    assert str(make.unit("X1").public_id) not in {line["unit"] for line in edition.lines}
    assert "Còn hai thôn chưa có mạng." in _said(edition)
    assert "Chưa gửi báo cáo" not in _said(edition)


def july(year: Year) -> None:
    """The second quarter is checked, one row is contested and corrected, and the figures are closed."""
    door, line = year.door, year.lines[1]
    year.night("2026-07-01 08:00")
    period = door.open_quarter("vanthu", "2026-07-01 09:00", 2026, 2)
    year.period = period
    year.work("2026-07-02 07:45")
    assert year.mails("gdsxd", f"https://kycuong.lamgiang.invalid/ky-bao-cao/{period}/") == 1
    door.agree("gdstc", "2026-07-02 08:00", period, "STC")
    door.contest("gdsxd", "2026-07-02 09:00", period, "SXD", line.public_id, "Chương trình ghi hết tháng 7")
    door.decide("gdsxd", "2026-07-02 14:00", period, "corrected", "Đúng là tháng 7", date(2026, 7, 31))
    door.close_period("chanhvp", "2026-07-06 08:00", period)
    year.frozen = list(PeriodRow.objects.order_by("id").values_list("duty", "unit__code", "state"))
    closed = Counter((unit, state) for _, unit, state in year.frozen)
    by_hand = counting.figures("2026-07-01 00:00", since="2026-04-01 00:00")
    told = Counter({(unit, state): n for unit, states in by_hand.items() for state, n in states.items()})
    told.subtract({("SXD", "overdue"): 1, ("SXD", "not_due"): -1})
    assert closed == +told
    year.done("gdsxd", "2026-07-30 09:00", "2026-07-31 09:00", line, "210")
    assert _ended(line) == [("done", 0)]


def autumn(year: Year) -> None:
    """The figure of an order closes it; the third quarter's report goes up in time."""
    door, target = year.door, Target.objects.get()
    year.night("2026-09-22 08:00")
    door.report("ctx2", "2026-09-22 09:00", year.place("7", Q3, "X2"), "gui")
    door.report("gdsxd", "2026-09-23 09:00", year.place("7", Q3, "SXD"), "tong-hop")
    door.report("gdsxd", "2026-09-23 09:30", year.place("7", Q3, "SXD"), "gui")
    assert "Chưa gửi báo cáo" not in _said(_sent("SXD", Q3))
    task = year.task("STC", "9")
    door.say("gdstc", "2026-10-26 09:00", target.public_id, "96,2", "Báo cáo kho bạc đến 23/10")
    year.done("gdstc", "2026-10-27 09:00", "2026-10-28 09:00", task, "300")
    year.done("gdsxd", "2026-10-28 10:00", "2026-10-29 09:00", year.lines[2], "301")
    assert _ended(task) == [("done", 0)]


def november(year: Year) -> None:
    """The annual report before 01/12: the live page, who is missing, the synthesis of Home Affairs, sent and received."""
    door = year.door
    own = year.place("8", YEAR_END, "SNV")
    year.night("2026-11-23 08:00")
    for login, code in (("gdsxd", "SXD"), ("chanhvp", "VP"), ("ctx2", "X2")):
        door.report(login, "2026-11-23 09:00", year.place("8", YEAR_END, code), "gui")
    page = door.collection("gdsnv", "2026-11-23 10:00", own)
    assert ([line.unit.code for line in page.missing], page.sent) == (["SNV", "STC"], 3)
    assert page.due
    assert page.due.left == counting.working_days(date(2026, 11, 23), date(2026, 11, 30)) == 4  # 24/11 is a day off
    door.ask_for_reports("gdsnv", "2026-11-23 10:10", own)
    year.night("2026-11-26 17:00")
    door.report("gdsnv", "2026-11-27 08:00", own, "tong-hop")
    draft = ReportEdition.objects.get(report__unit__code="SNV")
    door.report("gdsnv", "2026-11-27 08:00", own, "tong-hop")
    assert ReportEdition.objects.get(report__unit__code="SNV") == draft  # pressed twice it is the same
    door.report("gdsnv", "2026-11-27 09:00", own, "gui")
    year.annual = _sent("SNV", YEAR_END)
    assert "Chưa gửi báo cáo, Sở, ban, ngành (1): Sở Tài chính." in _said(year.annual)
    assert "Ủy ban nhân dân phường Bến Ngự kế thừa Ủy ban nhân dân xã Khe Sim" in _said(year.annual)
    assert door.paper("gdsnv", "2026-11-27 09:10", own, "pdf")[:5] == b"%PDF-"
    words = " ".join(
        one.text for one in read_docx(io.BytesIO(door.paper("gdsnv", "2026-11-27 09:20", own, "docx"))).paragraphs
    )
    assert "Sở Tài chính" in words
    year.act(
        "theodoi", "2026-11-30 09:00", Duty.objects.get(holder_unit__code="SNV", slot=YEAR_END), "confirm", note=""
    )


def december(year: Year) -> None:
    """A task told in the annual report is corrected afterwards: the report stays provable, and says what has moved since."""
    year.night("2026-12-01 09:00")
    numbers = {code: str(n) for code, n in year.annual.figures.filter(of__isnull=True).values_list("code", "n")}
    assert numbers["NV-01"] == str(len(year.annual.lines))
    moved = year.task("STC", "6")
    year.act(
        "chutich", "2026-12-02 09:00", moved, "revoke", note="Giao Sở Nội vụ làm đầu mối", basis="Thông báo 7/TB-UBND"
    )
    stand("2026-12-02 09:30")
    status, told = year.command("report", "verify")
    assert (status, told["same"], len(told["editions"])) == (
        0,
        True,
        ReportEdition.objects.filter(sent_at__isnull=False).count(),
    )
    (annual,) = [one for one in told["editions"] if one["edition"] == str(year.annual.public_id)]
    assert {row["code"]: row["again"] for row in annual["figures"] if row["code"] in numbers} == numbers
    today = report_queries.today(make.who("gdsnv", "2026-12-02 10:00"), year.annual, make.at("2026-12-02 10:00"))
    assert {move.duty: move.now for move in today.moves}[moved.public_id] == "apart"
    assert list(PeriodRow.objects.order_by("id").values_list("duty", "unit__code", "state")) == year.frozen
    assert period_queries.verified(year.period)


def the_end(year: Year) -> None:
    """At the end the board is what the events come to, counted by hand; mails went out once; the proof stands."""
    when = "2026-12-31 16:00"
    year.night(when)
    found = year.door.board("chutich", when, 2026)
    by_name = {line.name: {name: n for name, n in line.figures.items() if n} for line in found.lines}
    states = ("not_due", "near_due", "overdue", "awaiting", "no_term", "done_on_time", "done_late", "apart")
    shown = {name: {state: n for state, n in row.items() if state in states} for name, row in by_name.items()}
    by_hand = {make.unit(code).name: dict(row) for code, row in counting.figures(when).items()}
    assert shown == by_hand
    assert {state for row in by_hand.values() for state in row} == set(states)  # none of them is equal by being empty
    told = counting.tell(make.at(when)).values()
    late, ended = ([one.late for one in told if one.state == state] for state in ("overdue", "done_late"))
    assert found.total.late
    assert found.done_late
    assert (found.total.late.n, found.total.late.oldest) == (len(late), max(late))
    assert (found.done_late.n, found.done_late.oldest) == (len(ended), max(ended))
    said = {mail["Message-ID"] for mail in year.sink.mails}
    assert len(said) == len(year.sink.mails) == Mail.objects.filter(state="sent").count() == Mail.objects.count()
    assert (
        not Notice.objects.values("duty", "topic", "recipient", "at").annotate(n=Count("id")).filter(n__gt=1).exists()
    )
    seals.seal_when_due(make.at(when))
    assert year.command("audit", "seal")[0] == 0
    status, verdict = year.command("audit", "verify")
    assert (status, verdict["intact"]) == (0, True)


CHAPTERS = (january, february, march, april, may, june, july, autumn, november, december, the_end)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=pytest.mark.once if one != "services" else ()) for one in DOORS]
)
def test_a_year_of_the_province(name: str, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with province(settings) as sink:
        year = Year(DOORS[name](), sink, capsys)
        for chapter in CHAPTERS:
            chapter(year)
