"""Chasing: one letter a unit and step, counted only when the signed paper is back; reminders at once; two at the same time."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID, uuid4

import pytest
from docx import Document as read_docx
from tests import make

from kycuong.core.chasing import Signing, Step
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import ChaseLetter, Duty, DutyEvent, Notice
from kycuong.queries import chasing as queries
from kycuong.queries import duties as pages
from kycuong.queries import files
from kycuong.services import chasing, notices, tasks
from kycuong.services.tasks.papers import Signed

LATE = "2026-11-20 09:00"  # Friday; due on 15/11
SOON = "2026-11-12 09:00"
SIGNED = "2026-11-23 09:00"


def given(unit: str = "Sở Xây dựng", until: str = "16/11/2026", work: str = "báo cáo tiến độ giải ngân") -> Duty:
    (duty,) = make.issued(f"Giao {unit} chủ trì {work} trước ngày {until}.")
    return duty


def signed_paper(
    number: str = "912", symbol: str = "UBND-TH", signed: str = "ngày 23 tháng 11 năm 2026", to: str = "Sở Xây dựng"
) -> tuple[str, bytes]:
    text = (
        f"ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"---------------\nSố: {number}/{symbol}\nLam Giang, {signed}\nV/v đôn đốc thực hiện nhiệm vụ\n"
        f"Kính gửi: {to}.\nĐề nghị báo cáo kết quả.\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nĐỗ Quang Thuận\n"
    )
    return "don-doc.txt", text.encode()


def draft(*duties: Duty, login: str = "theodoi", when: str = LATE, **more: object) -> list[ChaseLetter]:
    made = chasing.draft(
        actor=make.who(login, when), at=make.at(when), duties=[duty.public_id for duty in duties], **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return list(ChaseLetter.objects.filter(public_id__in=made.letters).order_by("id"))


def record(letter: ChaseLetter, when: str = SIGNED, login: str = "vanthu", number: str = "912") -> tuple[int, int]:
    return chasing.record(
        actor=make.who(login, when),
        at=make.at(when),
        letter=letter.public_id,
        file=signed_paper(number, to=letter.unit.name),
    )


def chased(duty: Duty) -> list[tuple[str, int, str]]:
    return [(row.step, row.times, row.code) for row in queries.chased(make.who("theodoi"), duty.public_id)]


def test_one_letter_a_unit_is_drafted_and_nothing_counts_yet() -> None:
    first, second, other = given(), given(work="lập danh mục dự án"), given("Sở Tài chính")
    letters = draft(first, second, other)
    assert [(one.unit.code, one.step, one.state, one.items.count()) for one in letters] == [
        ("STC", "urging", "draft", 1), ("SXD", "urging", "draft", 2),
    ]  # fmt: skip
    assert letters[0].reply_on == date(2026, 11, 30)  # 24/11 is a holiday
    assert chased(first) == []
    assert not DutyEvent.objects.filter(act="chase").exists()


def test_the_signed_paper_comes_back_and_then_it_counts_and_the_unit_is_told() -> None:
    duty = given()
    (letter,) = draft(duty)
    assert record(letter) == (1, 0)
    letter.refresh_from_db()
    assert (letter.number, letter.symbol, letter.signed_on) == ("912", "UBND-TH", date(2026, 11, 23))
    assert chased(duty) == [("urging", 1, "912/UBND-TH")]
    before = Duty.objects.values_list("act_seq", flat=True).get(pk=duty.pk)
    assert before == duty.act_seq  # the officer's open form is no conflict
    notices.dispatch(make.at(SIGNED))
    heard = set(Notice.objects.filter(topic="chase").values_list("recipient__login", flat=True))
    assert heard == {"gdsxd"}
    page = pages.duty(make.who("gdsxd", SIGNED), duty.public_id, make.at(SIGNED))
    assert "Văn bản đôn đốc (lần 1), số 912/UBND-TH" in [event.label for event in page.history]


def test_the_next_step_waits_for_the_time_to_answer_and_climbs_then() -> None:
    duty = given()
    (letter,) = draft(duty)
    record(letter)
    (again,) = draft(duty, when="2026-11-26 09:00")  # until 30/11 the unit has time
    assert again.step == Step.URGING
    chasing.cancel(actor=make.who("theodoi"), at=make.at("2026-11-26 09:05"), letter=again.public_id)
    (higher,) = draft(duty, when="2026-12-01 09:00")
    assert (higher.step, higher.signing) == (Step.CRITICISM, Signing.CHAIRMAN)


def test_a_higher_step_needs_a_reason_and_a_lower_one_does_not() -> None:
    duty = given()
    key = (duty.holder_unit.public_id, Step.URGING)
    with make.refused(Invalid, "chase_reason_missing"):
        draft(duty, choices={key: chasing.Choice(Step.EXPLANATION)})
    with pytest.raises(Invalid, match=duty.holder_unit.name):  # of several letters at once, which one
        draft(duty, choices={key: chasing.Choice(Step.EXPLANATION)})
    (letter,) = draft(duty, choices={key: chasing.Choice(Step.EXPLANATION, "Chậm lần thứ ba trong năm")})
    assert letter.step == Step.EXPLANATION
    assert letter.reason is not None
    assert letter.reason.text == "Chậm lần thứ ba trong năm"


def test_a_body_that_is_not_subordinate_is_asked_and_never_criticised() -> None:
    duty = given("Công an tỉnh")
    key = (duty.holder_unit.public_id, Step.URGING)
    with make.refused(Invalid, "chase_request_only"):
        draft(duty, choices={key: chasing.Choice(Step.CRITICISM, "Chậm nhiều lần")})
    (letter,) = draft(duty)
    paper = chasing.write(actor=make.who("theodoi", LATE), at=make.at(LATE), letter=letter.public_id)
    printed = read_docx(io.BytesIO(paper.data))
    table = "\n".join(cell.text for row in printed.tables[1].rows for cell in row.cells)
    told = "\n".join([*(p.text for p in printed.paragraphs), table])
    assert "trân trọng đề nghị Công an tỉnh" in told
    assert "Nội dung đề nghị" in told
    for word in ("yêu cầu", "đôn đốc", "Quá hạn", "quá hạn", "nhiệm vụ"):
        assert word not in told
    record(letter)
    (again,) = draft(duty, when="2026-12-07 09:00")
    assert (again.step, again.is_request) == (Step.URGING, True)


def test_what_is_not_late_yet_is_reminded_at_once_without_a_paper() -> None:
    duty = given()
    (letter,) = draft(duty, when=SOON)
    assert (letter.step, letter.state, letter.file) == (Step.REMINDER, "taken", None)
    assert chased(duty) == [("reminder", 1, "")]
    (again,) = draft(duty, when=SOON)
    assert chased(duty) == [("reminder", 1, ""), ("reminder", 2, "")]
    times = [event.data["times"] for event in DutyEvent.objects.filter(act="chase").order_by("seq")]
    assert times == [1, 2]
    assert again.pk != letter.pk


def test_two_people_chase_the_same_duty_and_one_letter_is_made() -> None:
    duty, other = given(), given("Sở Tài chính")
    draft(duty)
    with make.refused(Invalid, "chase_none_left"):
        draft(duty, login="chanhvp")
    made = chasing.draft(actor=make.who("chanhvp", LATE), at=make.at(LATE), duties=[duty.public_id, other.public_id])
    assert (len(made.letters), made.in_draft) == (1, 1)


def test_the_table_refuses_a_second_draft_that_slipped_past_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    duty = given()
    seen = queries.grouped(make.who("chanhvp", LATE), make.at(LATE), [duty.public_id])
    draft(duty)
    monkeypatch.setattr(queries, "grouped", lambda *_: seen)  # both looked before either wrote
    with make.refused(Conflict, "chase_meanwhile"):
        draft(duty, login="chanhvp")


def test_a_repeated_request_drafts_once() -> None:
    duty, request = given(), uuid4()
    first, second = draft(duty, request_id=request), draft(duty, request_id=request)
    assert first == second
    assert ChaseLetter.objects.count() == 1
    with make.refused(Conflict, "request_used"):
        draft(duty, login="chanhvp", request_id=request)


def test_a_duty_that_ends_while_the_letter_is_in_draft_drops_out() -> None:
    duty, other = given(), given(work="lập danh mục dự án")
    (letter,) = draft(duty, other)
    make.Road(duty).send("gdsxd", "2026-11-20 15:00")
    page = queries.letter(make.who("theodoi", SIGNED), letter.public_id, make.at(SIGNED))
    assert ([item.row.public_id for item in page.items], [item.row.public_id for item in page.left]) == (
        [other.public_id], [duty.public_id],
    )  # fmt: skip
    paper = chasing.write(actor=make.who("theodoi", SIGNED), at=make.at(SIGNED), letter=letter.public_id)
    rows = [[cell.text for cell in row.cells] for row in read_docx(io.BytesIO(paper.data)).tables[1].rows]
    assert len(rows) == 2
    assert record(letter) == (1, 1)
    assert (chased(duty), chased(other)) == ([], [("urging", 1, "912/UBND-TH")])


def test_a_draft_is_drafted_anew_and_cancelled() -> None:
    duty = given()
    (letter,) = draft(duty)
    made = chasing.renew(
        actor=make.who("theodoi", LATE), at=make.at(LATE), letter=letter.public_id, signing=Signing.DEPUTY,
        reply_on=date(2026, 12, 1),
    )  # fmt: skip
    anew = ChaseLetter.objects.get(public_id=made)
    assert (anew.replaces, anew.signing, anew.reply_on) == (letter, "deputy", date(2026, 12, 1))
    letter.refresh_from_db()
    assert letter.state == "cancelled"
    with make.refused(Conflict, "chase_letter_ended"):
        record(letter)


def test_a_paper_that_cannot_be_this_letter_is_refused() -> None:
    duty, other = given(), given("Sở Tài chính")
    first, second = draft(duty, other)
    record(first)
    with make.refused(Invalid, "chase_number_known"):
        record(second)
    with make.refused(Invalid, "chase_other_addressee"):  # of two signed at once the wrong one
        chasing.record(
            actor=make.who("vanthu", SIGNED), at=make.at(SIGNED), letter=second.public_id,
            file=signed_paper("913", to=first.unit.name),
        )  # fmt: skip
    with make.refused(Invalid, "chase_signed_early"):
        chasing.record(
            actor=make.who("vanthu", SIGNED), at=make.at(SIGNED), letter=second.public_id,
            file=signed_paper("913", signed="ngày 19 tháng 11 năm 2026", to=second.unit.name),
        )  # fmt: skip
    with make.refused(Invalid, "signed_number_missing"):
        chasing.record(
            actor=make.who("vanthu", SIGNED),
            at=make.at(SIGNED),
            letter=second.public_id,
            file=("anh.txt", b"khong co gi"),
        )
    with make.refused(Invalid, "signed_day_missing"):
        chasing.record(
            actor=make.who("vanthu", SIGNED), at=make.at(SIGNED), letter=second.public_id, file=("anh.txt", b"khong co gi"),
            typed=Signed("914", "UBND-TH"),
        )  # fmt: skip
    chasing.record(
        actor=make.who("vanthu", SIGNED), at=make.at(SIGNED), letter=second.public_id, file=("anh.txt", b"khong co gi"),
        typed=Signed("914", "UBND-TH", date(2026, 11, 23), "Đỗ Quang Thuận"),
    )  # fmt: skip
    assert sorted(chased(duty) + chased(other)) == [("urging", 1, "912/UBND-TH"), ("urging", 1, "914/UBND-TH")]


@pytest.mark.parametrize("login", ["gdsxd", "cvqldt", "vanthu", "quantri", "kiemtoan"])
def test_who_does_not_follow_drafts_nothing(login: str) -> None:
    duty = given()
    with make.refused(NotAllowed, "chase_not_allowed"):
        draft(duty, login=login)


def test_a_unit_sees_no_draft_and_reads_what_was_sent_to_it() -> None:
    duty = given()
    (letter,) = draft(duty)
    with make.refused(NotVisible, "chase_letter_not_visible"):
        queries.letter(make.who("gdsxd", LATE), letter.public_id, make.at(LATE))
    record(letter)
    assert queries.letter(make.who("gdsxd", SIGNED), letter.public_id, make.at(SIGNED)).row.code == "912/UBND-TH"
    with make.refused(NotVisible, "chase_letter_not_visible"):
        queries.letter(make.who("gdstc", SIGNED), letter.public_id, make.at(SIGNED))


def test_who_takes_part_in_one_duty_does_not_read_what_else_the_unit_is_urged_about() -> None:
    (shared,) = make.issued(
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ trước ngày 16/11/2026."
    )
    other = given(work="lập danh mục dự án")
    make.Road(shared).assign("gdsxd", "cvqldt", "2026-11-03 09:00")
    (letter,) = draft(shared, other)
    record(letter)
    letter.refresh_from_db()
    assert letter.file is not None
    for login, reads in (("gdsxd", True), ("cvqldt", True), ("gdstc", False)):
        person = make.who(login, SIGNED)
        assert pages.duty(person, shared.public_id, make.at(SIGNED)).row.title
        (row,) = queries.chased(person, shared.public_id)
        assert (row.file_id is not None) is reads, login
        if reads:
            files.open_file(person, letter.file.public_id).stream.close()
            continue
        with make.refused(NotVisible, "file_not_visible"):
            files.open_file(person, letter.file.public_id)


def test_the_page_proposes_the_late_by_unit_and_nothing_else() -> None:
    late, soon = given(), given("Sở Tài chính", "24/11/2026")
    sent = given(work="lập danh mục dự án")
    make.Road(sent).send("gdsxd", "2026-11-16 08:00")
    at, who = make.at(LATE), make.who("theodoi", LATE)
    page = queries.whom(who, at)
    assert [(one.name, one.overdue, [line.row.public_id for line in one.lines]) for one in page.units] == [
        ("Sở Xây dựng", 1, [late.public_id])
    ]
    both = queries.whom(who, at, near=True)
    assert [line.row.public_id for one in both.units for line in one.lines] == [late.public_id, soon.public_id]
    assert queries.marked(who, at, [], [late.holder_unit.public_id]) == [late.public_id]


def explaining(duty: Duty) -> UUID:
    key = (duty.holder_unit.public_id, Step.URGING)
    (letter,) = draft(duty, choices={key: chasing.Choice(Step.EXPLANATION, "Chậm nhiều lần")})
    record(letter)
    return Duty.objects.get(kind="explanation").public_id


def test_an_explanation_is_a_duty_of_the_head_answered_and_judged() -> None:
    opened = explaining(given())
    row = Duty.objects.get(public_id=opened)
    assert (row.holder_officer.login, row.due_at) == ("gdsxd", make.at("2026-12-01 00:00"))  # type: ignore[union-attr]
    answer = "2026-11-26 10:00"
    head = make.who("gdsxd", answer)
    facts = queries.explanation(head, opened)
    assert facts is not None
    assert [title for _, title in facts.about] == [Duty.objects.get(kind="task").title]
    with make.refused(Invalid, "explanation_empty"):
        chasing.explain(actor=head, at=make.at(answer), duty=opened)
    with make.refused(NotVisible, "duty_not_visible"):  # what a head is asked is not its officers' to read
        chasing.explain(actor=make.who("cvqldt", answer), at=make.at(answer), duty=opened, note="Đang chờ số liệu")
    chasing.explain(actor=head, at=make.at(answer), duty=opened, note="Chờ số liệu của các xã")
    judging = Duty.objects.get(parent=row, kind="confirmation")
    assert judging.holder_officer is not None
    assert judging.holder_officer.login == "theodoi"
    with make.refused(NotAllowed, "act_not_allowed"):
        chasing.accept_explanation(actor=head, at=make.at(answer), duty=opened)
    office = make.who("theodoi", answer)
    with make.refused(Invalid, "explanation_verdict_missing"):
        chasing.refuse_explanation(actor=office, at=make.at(answer), duty=opened, note=" ")
    chasing.refuse_explanation(actor=office, at=make.at(answer), duty=opened, note="Chưa nêu trách nhiệm cá nhân")
    chasing.explain(actor=head, at=make.at("2026-11-27 10:00"), duty=opened, note="Đã kiểm điểm trưởng phòng")
    chasing.accept_explanation(actor=office, at=make.at("2026-11-27 15:00"), duty=opened)
    row.refresh_from_db()
    assert (row.phase, row.outcome, row.explanation.verdict) == ("closed", "done", "accepted")
    assert not Duty.objects.filter(parent=row).exclude(phase="closed").exists()
    facts = queries.explanation(make.who("gdsxd", answer), opened)
    assert facts is not None
    assert facts.answer == "Đã kiểm điểm trưởng phòng"


def test_an_explanation_is_no_longer_asked_for() -> None:
    opened = explaining(given())
    chasing.drop_explanation(
        actor=make.who("chanhvp", SIGNED), at=make.at(SIGNED), duty=opened, note="Đơn vị đã có kết quả"
    )
    assert Duty.objects.values_list("phase", "outcome").get(public_id=opened) == ("closed", "withdrawn")


def test_a_task_is_sent_while_its_letter_waits_and_nothing_collides() -> None:
    duty = given()
    (letter,) = draft(duty)
    seen = Duty.objects.get(pk=duty.pk).act_seq
    record(letter)
    tasks.send(
        actor=make.who("gdsxd", SIGNED), at=make.at(SIGNED), duty=duty.public_id, file=make.result_file(),
        request=tasks.Request(seen, uuid4()),
    )  # fmt: skip
    assert Duty.objects.values_list("phase", flat=True).get(pk=duty.pk) == "answered"
