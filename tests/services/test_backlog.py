"""The review of the backlog: frozen when opened, each decision an act of the ledger, minutes at the end; two at the same time."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID, uuid4

from docx import Document as read_docx
from openpyxl import load_workbook
from tests import make

from kycuong.core.backlog import Decision, Measure
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import AuditEntry, BacklogLine, BacklogReview, Duty, DutyEvent, Notice, Proposal
from kycuong.queries import backlog as queries
from kycuong.queries import duties as pages
from kycuong.queries import files
from kycuong.services import backlog, notices, proposals, tasks
from kycuong.services.backlog import Chosen

AT = "2026-12-14 09:00"  # Monday; what was due on 15/11 is late by twenty working days
LATER = "2026-12-14 10:00"
PEOPLE = backlog.Meeting(
    "Lê Thị Hoài An", "Nguyễn Thu Hà", "Sở Xây dựng: Ngô Xuân Trường\nSở Tài chính", "Phòng họp số 2"
)


def given(unit: str = "Sở Xây dựng", until: str = "16/11/2026", work: str = "báo cáo tiến độ giải ngân") -> Duty:
    (duty,) = make.issued(f"Giao {unit} chủ trì {work} trước ngày {until}.")
    return duty


def wanted(unit: str = "T", **more: object) -> queries.Wanted:
    return queries.Wanted(make.unit(unit).public_id, **more)  # type: ignore[arg-type]


def opened(login: str = "theodoi", unit: str = "T", when: str = AT, **more: object) -> UUID:
    return backlog.open_review(actor=make.who(login, when), at=make.at(when), wanted=wanted(unit, **more))


def decide(
    review: UUID, duty: Duty, decision: Decision, login: str = "theodoi", when: str = LATER, note: str = "Họp thống nhất",
    request: tasks.Request | None = None, **more: object,
) -> bool:  # fmt: skip
    return backlog.decide(
        actor=make.who(login, when), at=make.at(when), review=review, duty=duty.public_id,
        chosen=Chosen(decision, note, **more), request=request or tasks.Request(None, uuid4()),  # type: ignore[arg-type]
    )  # fmt: skip


def close(review: UUID, login: str = "theodoi", when: str = "2026-12-14 11:30") -> tuple[int, int]:
    return backlog.close_review(actor=make.who(login, when), at=make.at(when), review=review, meeting=PEOPLE)


def again(duty: Duty) -> Duty:
    return Duty.objects.get(pk=duty.pk)


def line(duty: Duty) -> BacklogLine:
    return BacklogLine.objects.get(duty=duty)


def test_what_is_old_is_taken_in_and_frozen() -> None:
    late, other = given(), given("Sở Tài chính")
    given(until="12/12/2026", work="lập danh mục dự án")  # late by two working days only
    preview = queries.preview(make.who("theodoi", AT), wanted(), make.at(AT))
    assert (preview.count, [row.public_id for row in preview.rows]) == (2, [other.public_id, late.public_id])
    review = opened()
    make.issued("Giao Sở Xây dựng chủ trì rà soát quy hoạch trước ngày 16/11/2026.", when=MONDAY)
    page = queries.review(make.who("chanhvp", LATER), review, make.at(LATER))
    assert [(row.place, row.row.public_id, row.unit_then, row.last_then) for row in page.lines] == [
        (1, other.public_id, "Sở Tài chính", date(2026, 11, 15)), (2, late.public_id, "Sở Xây dựng", date(2026, 11, 15)),
    ]  # fmt: skip
    assert (page.row.decided, page.row.total, page.next_id) == (0, 2, other.public_id)
    assert queries.preview(make.who("theodoi", AT), wanted(), make.at(AT)).elsewhere == 2


MONDAY = make.MONDAY


def test_the_scope_narrows_by_unit_document_term_and_age() -> None:
    first = given()
    (standing,) = make.issued("Giao Sở Xây dựng chủ trì thường xuyên kiểm tra trật tự xây dựng.")
    commune = given("Ủy ban nhân dân xã Khe Sim")
    who, at = make.who("theodoi", AT), make.at(AT)

    def found(unit: str = "T", **more: object) -> set[UUID]:
        return {row.public_id for row in queries.preview(who, wanted(unit, **more), at).rows}

    assert found("SXD") == {first.public_id}
    assert found("X1") == {commune.public_id}
    assert found("SXD", measure=Measure.OPEN) == {first.public_id, standing.public_id}
    assert found("SXD", measure=Measure.OPEN, term="standing") == {standing.public_id}
    assert found(document=commune.document.public_id if commune.document else None) == {commune.public_id}
    assert found(days=20) == {first.public_id, commune.public_id}
    assert found(days=21) == set()


def test_only_who_follows_or_heads_the_unit_opens_a_review() -> None:
    given()
    given("Sở Tài chính")
    for login, unit in (("gdsxd", "STC"), ("cvqldt", "SXD"), ("vanthu", "T"), ("kiemtoan", "T")):
        with make.refused(NotAllowed, "backlog_not_allowed"):
            opened(login, unit)
    review = opened("gdsxd", "SXD")
    assert BacklogReview.objects.get(public_id=review).lines.count() == 1
    assert queries.reviews(make.who("gdstc", AT)) == ([], None)
    with make.refused(NotVisible, "backlog_not_visible"):
        queries.review(make.who("gdstc", AT), review, make.at(AT))


def test_nothing_or_too_much_is_refused_and_the_same_request_opens_once() -> None:
    with make.refused(Invalid, "backlog_empty"):
        opened()
    with make.refused(Invalid, "backlog_days_out"):
        opened(days=0)
    given()
    key = uuid4()
    made = {
        backlog.open_review(actor=make.who("theodoi", AT), at=make.at(AT), wanted=wanted(), request_id=key)
        for _ in range(2)
    }
    assert len(made) == 1
    for login, other in (("theodoi", wanted(days=5)), ("chanhvp", wanted())):
        with make.refused(Conflict, "request_used"):
            backlog.open_review(actor=make.who(login, AT), at=make.at(AT), wanted=other, request_id=key)
    with make.refused(Invalid, "backlog_empty"):  # it waits in that review already
        opened()


def test_the_givers_side_gives_a_new_date_and_may_take_it_back() -> None:
    duty = given()
    review = opened()
    assert decide(review, duty, Decision.NEW_DATE, due_on=date(2026, 12, 25)) is False
    now = again(duty)
    assert (now.due_at, now.original_due_at, now.clock_no) == (
        make.at("2026-12-26 00:00"), duty.original_due_at, duty.clock_no + 1,
    )  # fmt: skip
    notices.dispatch(make.at(LATER))
    told = Notice.objects.filter(topic="replan").values_list("recipient__login", flat=True)
    assert set(told) == {"gdsxd"}
    page = pages.duty(make.who("gdsxd", LATER), duty.public_id, make.at(LATER))
    assert (page.history[-1].label, page.history[-1].note) == (
        "Ấn định thời hạn mới khi rà soát tồn đọng",
        "Họp thống nhất",
    )
    assert (
        queries.of_duty(make.who("gdsxd", LATER), duty.public_id) == []
    )  # a review of the whole province is not its own
    with make.refused(Conflict, "backlog_line_decided"):
        decide(review, duty, Decision.CLOSE, login="phochutich")
    backlog.undo(actor=make.who("theodoi", LATER), at=make.at(LATER), review=review, duty=duty.public_id)
    assert (again(duty).due_at, line(duty).decision) == (duty.due_at, "")
    assert decide(review, duty, Decision.NEW_DATE, due_on=date(2026, 12, 28)) is False
    assert again(duty).due_at == make.at("2026-12-29 00:00")


def test_a_new_date_that_is_none_is_refused() -> None:
    duty = given()
    review = opened()
    for code, more in (
        ("backlog_date_missing", {}), ("replacement_date_passed", {"due_on": date(2026, 12, 11)}),
        ("date_unknown", {"due_on": date(2099, 1, 1)}), ("backlog_reason_missing", {"due_on": date(2026, 12, 25), "note": " "}),
    ):  # fmt: skip
        with make.refused(Invalid, code):
            decide(review, duty, Decision.NEW_DATE, **more)  # type: ignore[arg-type]


def test_a_double_click_decides_once() -> None:
    duty = given()
    review, asked = opened(), tasks.Request(None, uuid4())
    decide(review, duty, Decision.CLOSE, request=asked)
    before = make.picture()
    decide(review, duty, Decision.CLOSE, request=asked)
    assert make.picture() == before


def test_the_task_is_closed_as_no_longer_needed_and_that_stands() -> None:
    duty = given()
    review = opened()
    decide(review, duty, Decision.CLOSE)
    now = again(duty)
    assert (now.outcome, now.late_working_days) == ("withdrawn", None)
    with make.refused(Invalid, "backlog_not_undone"):
        backlog.undo(actor=make.who("theodoi", LATER), at=make.at(LATER), review=review, duty=duty.public_id)


def test_the_task_is_handed_over_to_another_unit() -> None:
    duty = given()
    review = opened()
    with make.refused(Invalid, "replacement_date_missing"):
        decide(review, duty, Decision.HAND_OVER, to=f"unit:{make.unit('STC').pk}")
    decide(review, duty, Decision.HAND_OVER, to=f"unit:{make.unit('STC').pk}", due_on=date(2026, 12, 30))
    made = line(duty).made
    assert made is not None
    assert (made.holder_unit.code, made.due_at, again(duty).outcome) == ("STC", make.at("2026-12-31 00:00"), "replaced")


def test_a_head_hands_over_inside_the_unit_and_proposes_the_rest_to_the_giver() -> None:
    duty, other, third = given(), given(work="lập danh mục"), given(work="rà soát quy hoạch")
    review = opened("gdsxd", "SXD")
    assert decide(review, duty, Decision.HAND_OVER, login="gdsxd", to=make.desk("tpqldt")) is False
    assert again(duty).holder_officer.login == "tpqldt"  # type: ignore[union-attr]
    assert decide(review, other, Decision.NEW_DATE, login="gdsxd", due_on=date(2026, 12, 25)) is True
    asked = Proposal.objects.get(about=other)
    assert asked.kind == "suggestion"  # the unit's own right to ask for time has ended with the end
    assert asked.reason is not None
    assert asked.reason.text == "Đề nghị cho thực hiện đến hết ngày 25/12/2026. Họp thống nhất"
    assert decide(review, third, Decision.CLOSE, login="gdsxd") is True
    assert [again(one).phase for one in (duty, other, third)] == ["open"] * 3
    backlog.undo(actor=make.who("gdsxd", LATER), at=make.at(LATER), review=review, duty=third.public_id)
    assert Proposal.objects.get(about=third).outcome == "withdrawn"
    assert [line(one).decision for one in (duty, other, third)] == ["hand_over", "new_date", ""]


def test_the_office_that_is_not_the_giver_asks_for_time_and_the_giver_gives_it() -> None:
    duty = given()
    review = opened("chanhvp")
    assert decide(review, duty, Decision.NEW_DATE, login="chanhvp", due_on=date(2026, 12, 25)) is True
    asked = Proposal.objects.get(about=duty)
    assert (asked.kind, asked.duty.holder_officer.login if asked.duty.holder_officer else "") == (
        "extension",
        "chutich",
    )
    with make.refused(NotAllowed, "act_not_allowed"):  # another person of the same meeting, but not who asked
        backlog.undo(actor=make.who("theodoi", LATER), at=make.at(LATER), review=review, duty=duty.public_id)
    proposals.accept(actor=make.who("chutich", LATER), at=make.at(LATER), duty=asked.duty.public_id)
    assert again(duty).due_at == make.at("2026-12-26 00:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        backlog.undo(actor=make.who("chanhvp", LATER), at=make.at(LATER), review=review, duty=duty.public_id)


def test_a_matter_is_raised_and_the_giver_himself_only_notes_it() -> None:
    duty, other = given(), given("Sở Tài chính")
    review = opened()
    assert decide(review, duty, Decision.RAISE, note="Vướng quy định về đất đai") is True
    assert decide(review, other, Decision.RAISE, login="chutich", note="Kiến nghị Bộ Tài chính hướng dẫn") is False
    assert Proposal.objects.filter(about=other).count() == 0
    assert DutyEvent.objects.get(duty=other, act="raise").data == {"review": str(review)}
    assert line(other).decision == "raise"


def test_a_date_set_above_is_not_moved_but_may_be_raised() -> None:
    duty = given()
    assert duty.document is not None
    duty.document.higher_level = True
    duty.document.save()
    review = opened()
    with make.refused(Invalid, "extension_higher_level"):
        decide(review, duty, Decision.NEW_DATE, due_on=date(2026, 12, 25))
    assert decide(review, duty, Decision.RAISE) is True


def test_a_duty_that_was_answered_meanwhile_is_not_decided() -> None:
    duty = given()
    review = opened()
    make.Road(duty).send("gdsxd", LATER)
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        decide(review, duty, Decision.NEW_DATE, due_on=date(2026, 12, 25))
    with make.refused(Conflict, "moved_meanwhile"):  # the page was older than the result
        decide(review, duty, Decision.CLOSE, request=tasks.Request(0, uuid4()))
    assert close(review) == (0, 1)


def test_the_review_ends_with_minutes_that_say_what_was_left() -> None:
    first, second = given(), given("Sở Tài chính")
    review = opened()
    decide(review, first, Decision.NEW_DATE, due_on=date(2026, 12, 25), note="Chờ số liệu của chủ đầu tư")
    actor, at = make.who("theodoi", LATER), make.at(LATER)
    with make.refused(Conflict, "backlog_not_closed"):
        backlog.write(actor=actor, at=at, review=review)
    with make.refused(Invalid, "backlog_people_missing"):
        backlog.close_review(actor=actor, at=at, review=review, meeting=backlog.Meeting("A", "", "B"))
    assert close(review) == (1, 0)
    with make.refused(Conflict, "backlog_closed"):
        decide(review, second, Decision.CLOSE)
    paper = backlog.write(actor=actor, at=at, review=review)
    told = read_docx(io.BytesIO(paper.data))
    text = "\n".join(p.text for p in told.paragraphs)
    assert "Chủ trì: Lê Thị Hoài An." in text
    assert "Còn 01 nhiệm vụ chưa quyết định (số thứ tự 1 trong danh mục)" in text
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    assert "Tiếp tục thực hiện, thời hạn mới; đến hết ngày 25/12/2026" in cells
    assert "Chờ số liệu của chủ đầu tư" in cells
    book = load_workbook(io.BytesIO(backlog.table(actor=actor, at=at, review=review).data)).active
    assert book is not None
    assert [row[7] for row in book.iter_rows(min_row=5, values_only=True)] == [
        "Chưa quyết định", "Tiếp tục thực hiện, thời hạn mới; đến hết ngày 25/12/2026",
    ]  # fmt: skip
    opened(when="2026-12-15 09:00")  # what was left may be gone through again


def test_the_minutes_bear_the_body_whose_meeting_it_was() -> None:
    given()
    given("Sở Tài chính")
    for login, unit, head in (("theodoi", "SXD", "VĂN PHÒNG"), ("gdstc", "STC", "SỞ TÀI CHÍNH")):
        review = opened(login, unit)
        close(review, login)
        paper = backlog.write(actor=make.who(login, LATER), at=make.at(LATER), review=review)
        left = read_docx(io.BytesIO(paper.data)).tables[0].rows[0].cells[0]
        assert [one.text for one in left.paragraphs if one.text][-1] == head


def test_the_signed_minutes_come_back_once() -> None:
    given()
    review = opened()
    close(review)
    actor, at = make.who("theodoi", "2026-12-15 09:00"), make.at("2026-12-15 09:00")
    paper = make.paper("31/BB-UBND", "ngày 14 tháng 12 năm 2026", "rà soát nhiệm vụ tồn đọng")
    backlog.record_minutes(actor=actor, at=at, review=review, file=paper)
    page = queries.review(make.who("chanhvp", LATER), review, at)
    assert (page.row.code, page.row.signed_on) == ("31/BB-UBND", date(2026, 12, 14))
    assert page.file_id is not None
    with files.open_file(make.who("chanhvp", LATER), page.file_id).stream as stream:
        assert stream.read() == paper[1]
    with make.refused(NotVisible, "file_not_visible"):
        files.open_file(make.who("gdsxd", LATER), page.file_id)
    with make.refused(Conflict, "backlog_signed"):
        backlog.record_minutes(actor=actor, at=at, review=review, file=paper)
    with make.refused(Conflict, "backlog_signed"):
        backlog.describe(actor=actor, at=at, review=review, meeting=PEOPLE)


def test_a_review_opened_by_mistake_is_cancelled_unless_something_was_decided() -> None:
    duty = given()
    actor, at = make.who("theodoi", LATER), make.at(LATER)
    review = opened()
    backlog.cancel_review(actor=actor, at=at, review=review)
    review = opened()
    decide(review, duty, Decision.RAISE)
    with make.refused(Invalid, "backlog_has_decisions"):
        backlog.cancel_review(actor=actor, at=at, review=review)
    acts = list(AuditEntry.objects.filter(subject_kind="backlog").order_by("id").values_list("act", flat=True))
    assert acts == ["open_backlog", "cancel_backlog", "open_backlog", "decide_backlog"]
