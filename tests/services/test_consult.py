"""Consulting: a frozen proposal, proved delivery, a position on each point by a signed letter, and what silence comes to."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from docx import Document as read_docx
from tests import make

from kycuong.core.consultations import Outcome, Position, Said
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import ConsultationRule, Duty, DutyEvent, Opinion, OpinionPoint
from kycuong.queries import consultations as queries
from kycuong.services import consultations as services
from kycuong.services import duties

ASKED = "2026-11-09 08:00"  # Monday
TAKEN = "2026-11-09 09:00"  # five working days: to the end of Monday the 16th
IN_TIME = "2026-11-12 10:00"
LAST = "2026-11-16 23:59"
CUT_OFF = "2026-11-17 00:00"
AFTER = "2026-11-17 09:00"
POINTS = (("Phân bổ 20 tỷ đồng cho tuyến đường liên xã", True), ("Giao UBND xã làm chủ đầu tư", False))
AGREED = {1: Said(Position.AGREE), 2: Said(Position.AGREE_IF, "Sau khi có ý kiến của Hội đồng nhân dân xã")}


def ask(
    *units: str, rule: str = "regulation", days: int | None = None, login: str = "gdsxd", about: UUID | None = None,
    points: tuple[tuple[str, bool], ...] = POINTS,
) -> UUID:  # fmt: skip
    chosen = tuple(make.unit(code).public_id for code in units or ("STC",))
    seen = services.Concerns(confirmed=True)  # the same may be asked twice here
    question = services.Question("phương án phân bổ vốn", points, chosen, rule, days, about, concerns=seen)
    return services.ask(actor=make.who(login, ASKED), at=make.at(ASKED), question=question, request_id=uuid4())


def opinion(consultation: UUID, unit: str = "STC") -> Opinion:
    rows = Opinion.objects.filter(consultation__public_id=consultation, unit__code=unit)
    return rows.select_related("duty", "liable").latest("id")


def take(consultation: UUID, unit: str = "STC", login: str = "gdstc") -> None:
    duty = opinion(consultation, unit).duty.public_id
    services.take_delivery(actor=make.who(login, TAKEN), at=make.at(TAKEN), duty=duty)


def letter(number: str = "318") -> tuple[str, bytes]:
    return make.result_file(number, "STC-NS", "ngày 10 tháng 11 năm 2026")


def give(consultation: UUID, when: str = IN_TIME, said: dict[int, Said] | None = None) -> bool:
    return services.give_opinion(
        actor=make.who("gdstc", when), at=make.at(when), duty=opinion(consultation).duty.public_id, said=said or AGREED,
        file=letter(),
    )  # fmt: skip


def to(when: str) -> None:
    """Let the jobs run: reminders first, then the cut-offs."""
    duties.sweep(make.at(when))
    services.expire(make.at(when))


def outcome(consultation: UUID, unit: str = "STC") -> str:
    return opinion(consultation, unit).outcome


def end(consultation: UUID, when: str = AFTER, login: str = "gdsxd") -> None:
    services.end(actor=make.who(login, when), at=make.at(when), consultation=consultation)


def silent(consultation: UUID) -> Opinion:
    """Let the body be reminded and stay silent."""
    to("2026-11-16 08:30")
    to(AFTER)
    return opinion(consultation)


def notify(one: Opinion, number: str = "77", when: str = AFTER, file: tuple[str, bytes] | None = None) -> None:
    services.record_notice(
        actor=make.who("gdsxd", when), at=make.at(when), duty=one.duty.public_id,
        file=file or make.result_file(number, "SXD-KH", "ngày 17 tháng 11 năm 2026"),
    )  # fmt: skip


def test_no_clock_runs_before_the_paper_is_received() -> None:
    made = ask()
    to("2026-12-31 09:00")
    before = opinion(made)
    assert (before.outcome, before.duty.due_at, before.duty.phase) == ("", None, "open")
    take(made)
    assert opinion(made).duty.due_at == make.at(CUT_OFF)
    with make.refused(Invalid, "opinion_delivered"):
        take(made)


def test_the_asker_proves_delivery_with_words() -> None:
    made = ask()
    duty = opinion(made).duty.public_id
    with make.refused(Invalid, "opinion_proof_missing"):
        services.prove_delivery(actor=make.who("gdsxd", TAKEN), at=make.at(TAKEN), duty=duty, note=" ")
    with make.refused(NotVisible, "opinion_not_visible"):
        services.prove_delivery(actor=make.who("ctx1", TAKEN), at=make.at(TAKEN), duty=duty, note="Biên nhận")
    services.prove_delivery(actor=make.who("gdsxd", TAKEN), at=make.at(TAKEN), duty=duty, note="Biên nhận số 12")
    assert opinion(made).delivered_by == "receipt"


def test_an_opinion_takes_a_position_on_each_point_and_is_a_signed_letter() -> None:
    made = ask()
    take(made)
    with make.refused(Invalid, "opinion_points_missing"):
        give(made, said={1: Said(Position.AGREE)})
    with make.refused(Invalid, "opinion_words_missing"):
        give(made, said={1: Said(Position.AGREE), 2: Said(Position.DISAGREE)})
    with make.refused(Invalid, "opinion_letter_missing"):
        services.give_opinion(
            actor=make.who("gdstc", IN_TIME),
            at=make.at(IN_TIME),
            duty=opinion(made).duty.public_id,
            said=AGREED,
            file=None,
        )
    assert give(made)
    given = opinion(made)
    assert (given.answer, given.number, given.duty.phase) == ("opinion", "318", "answered")
    assert OpinionPoint.objects.filter(opinion=given).count() == 2
    services.accept_opinion(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=given.duty.public_id)
    end(made, IN_TIME)


def test_an_opinion_that_the_asker_leaves_lying_counts_at_the_cut_off() -> None:
    made = ask()
    take(made)
    give(made)
    to(AFTER)
    assert (outcome(made), opinion(made).duty.outcome) == ("opinion", "done")


def test_silence_is_consent_with_a_signed_notice_and_a_person_who_answers() -> None:
    made = ask()
    take(made)
    one = silent(made)
    assert (one.outcome, one.duty.outcome) == ("consent", "silent")
    assert one.liable is not None
    assert one.liable.login == "gdstc"
    with make.refused(Conflict, "consultation_held"):
        end(made)
    written = services.write_notice(actor=make.who("gdsxd", AFTER), at=make.at(AFTER), duty=one.duty.public_id)
    text = "\n".join(part.text for part in read_docx(io.BytesIO(written.data)).paragraphs)
    assert "được coi là đồng ý" in text
    assert "16/11/2026" in text
    notify(one)
    end(made)
    to(AFTER)
    assert DutyEvent.objects.filter(duty=one.duty, act="expire").count() == 1


def test_a_notice_without_number_or_signature_does_not_let_the_lead_go_on() -> None:
    made = ask()
    take(made)
    one = silent(made)
    with make.refused(Invalid, "signed_number_missing"):
        notify(one, file=("thong-bao.txt", "Thông báo chưa ký".encode()))
    with make.refused(Conflict, "consultation_held"):
        end(made)


def test_whom_no_reminder_reached_is_warned_first() -> None:
    made = ask()
    take(made)
    to(AFTER)  # the worker stood still: no reminder before the cut-off
    warned = opinion(made)
    assert (warned.outcome, warned.duty.phase) == ("", "open")
    assert warned.duty.due_at == make.at("2026-11-19 00:00")
    to("2026-11-18 08:30")
    to("2026-11-19 00:00")
    assert outcome(made) == "consent"


def test_what_comes_on_the_cut_off_is_late_and_filed() -> None:
    made = ask()
    take(made)
    to("2026-11-16 08:30")
    assert give(made, CUT_OFF) is False
    late = opinion(made)
    assert (late.outcome, late.answer) == ("consent", "")
    assert late.late_at == make.at(CUT_OFF)
    notify(late)
    end(made)


def test_the_last_minute_is_in_time() -> None:
    made = ask()
    take(made)
    assert give(made, LAST) is True


@pytest.mark.parametrize(
    ("rule", "unit", "login", "came_to"),
    [
        ("liability", "STC", "gdstc", "liable"),
        ("regulation", "X1", "ctx1", "unbound"),
        ("regulation", "CAT", "gdcat", "unbound"),
    ],
)
def test_only_a_body_of_the_province_consents_by_silence(rule: str, unit: str, login: str, came_to: str) -> None:
    made = ask(unit, rule=rule)
    take(made, unit, login)
    to("2026-11-16 08:30")
    to(AFTER)
    assert outcome(made, unit) == came_to


def test_where_the_law_demands_a_written_opinion_silence_holds_the_lead() -> None:
    made = ask(rule="law")
    take(made)
    silent(made)
    assert (outcome(made), opinion(made).duty.phase) == ("", "open")
    with make.refused(Conflict, "consultation_held"):
        end(made)
    assert give(made, AFTER) is True
    duty = opinion(made).duty
    assert duty.late_working_days == 1  # taken, and late in every count
    services.accept_opinion(actor=make.who("gdsxd", AFTER), at=make.at(AFTER), duty=duty.public_id)
    assert (opinion(made).duty.outcome, outcome(made)) == ("done_late", "opinion")


def test_a_return_goes_back_with_its_basis_and_holds_nothing_up() -> None:
    made = ask()
    take(made)
    duty = opinion(made).duty.public_id
    with make.refused(Invalid, "opinion_return_basis"):
        services.return_opinion(actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=duty, note="")
    with make.refused(Invalid, "return_late"):
        services.return_opinion(
            actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=duty, note="Không liên quan"
        )
    soon = "2026-11-10 16:00"
    services.return_opinion(
        actor=make.who("gdstc", soon), at=make.at(soon), duty=duty, note="Thuộc thẩm quyền của Sở Xây dựng, khoản 2"
    )
    assert outcome(made) == "returned"
    end(made, IN_TIME)


def test_more_time_is_asked_once_and_left_undecided_it_holds() -> None:
    made = ask()
    take(made)
    duty = opinion(made).duty.public_id
    more = {"actor": make.who("gdstc", IN_TIME), "at": make.at(IN_TIME), "duty": duty, "note": "Chờ số liệu kho bạc"}
    with make.refused(Invalid, "opinion_more_range"):
        services.ask_time(until=date(2026, 12, 31), **more)
    services.ask_time(until=date(2026, 11, 19), **more)
    with make.refused(Invalid, "opinion_more_once"):
        services.ask_time(until=date(2026, 11, 20), **more)
    to("2026-11-16 08:30")
    to(AFTER)
    assert (outcome(made), opinion(made).duty.due_at) == ("", make.at("2026-11-20 00:00"))
    to("2026-11-19 08:30")
    to("2026-11-20 00:00")
    assert outcome(made) == "consent"


def test_time_refused_leaves_the_cut_off() -> None:
    made = ask()
    take(made)
    duty = opinion(made).duty.public_id
    services.ask_time(
        actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=duty, until=date(2026, 11, 19), note="Chờ số liệu"
    )
    services.refuse_time(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=duty, note="Việc gấp")
    assert silent(made).outcome == "consent"


def test_a_vague_answer_goes_back_and_never_becomes_consent() -> None:
    made = ask()
    take(made)
    give(made)
    duty = opinion(made).duty.public_id
    services.refuse_vague(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=duty, note="Điểm 1 chưa rõ")
    one = silent(made)
    assert one.outcome == "vague"
    with make.refused(Conflict, "consultation_held"):
        end(made)


def test_dissent_on_a_main_point_holds_the_lead() -> None:
    made = ask()
    take(made)
    give(made, said={1: Said(Position.DISAGREE, "Khoản 2 Điều 8"), 2: Said(Position.AGREE)})
    to(AFTER)
    with pytest.raises(Conflict, match="không đồng ý ở nội dung chính"):
        end(made)


def test_a_changed_proposal_voids_silence_and_is_asked_anew() -> None:
    made = ask("STC", "X1")
    take(made)
    give(made)
    change = {"actor": make.who("gdsxd", IN_TIME), "at": make.at(IN_TIME), "consultation": made}
    with make.refused(Invalid, "consultation_unchanged"):
        services.change_proposal(points=POINTS, reason="Làm rõ", **change)
    services.change_proposal(points=(("Phân bổ 15 tỷ đồng", True),), reason="Điều chỉnh vốn", **change)
    assert Opinion.objects.filter(consultation__public_id=made).count() == 4
    new = opinion(made)
    assert (new.outcome, new.delivered_at, new.duty.phase) == ("", None, "open")
    to("2026-12-31 09:00")
    assert outcome(made) == ""
    old = Opinion.objects.filter(consultation__public_id=made, unit__code="STC").earliest("id")
    assert (old.answer, old.duty.outcome) == ("opinion", "lapsed")


def test_who_may_ask_whom() -> None:
    with make.refused(NotAllowed, "consultation_not_allowed"):
        ask(login="cvqldt")
    with make.refused(Invalid, "consultation_own_unit"):
        ask("SXD")
    with make.refused(Invalid, "consultation_days"):
        ask(days=30)
    with make.refused(Invalid, "consultation_points_missing"):
        ask(points=(("  ", True),))
    (task,) = make.issued("Giao Sở Xây dựng chủ trì báo cáo tiến độ trước ngày 30/11/2026.")
    made = ask(about=task.public_id)
    assert opinion(made).duty.parent_id == task.pk


def test_others_see_nothing_of_it() -> None:
    made = ask()
    with pytest.raises(NotVisible):
        queries.consultation(make.who("ctx1"), made, make.at(IN_TIME))
    with pytest.raises(NotVisible):
        queries.opinion_page(make.who("ctx1"), opinion(made).duty.public_id, make.at(IN_TIME))
    with pytest.raises(NotVisible):  # a body that is asked sees its own question, not the answers of the others
        queries.consultation(make.who("gdstc"), made, make.at(IN_TIME))
    page = queries.opinion_page(make.who("gdstc"), opinion(made).duty.public_id, make.at(IN_TIME))
    assert (page.sealed, page.points) == (True, [])  # nobody reads without a clock
    with make.refused(Invalid, "opinion_before_delivery"):
        services.write_opinion(
            actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=opinion(made).duty.public_id, said=AGREED
        )
    take(made)
    page = queries.opinion_page(make.who("gdstc"), opinion(made).duty.public_id, make.at(IN_TIME))
    assert "give_opinion" in page.acts
    assert len(page.points) == 2


def test_asking_twice_by_one_request_asks_once_and_a_request_is_of_one_person_and_one_question() -> None:
    question = services.Question("phương án", POINTS, (make.unit("STC").public_id,), file=make.result_file())
    key = uuid4()

    def put(asked: services.Question = question, login: str = "gdsxd") -> UUID:
        return services.ask(actor=make.who(login, ASKED), at=make.at(ASKED), question=asked, request_id=key)

    assert put() == put()
    assert Duty.objects.filter(kind="opinion").count() == 1
    for other in (replace(question, title="phương án khác"), replace(question, file=None)):
        with make.refused(Conflict, "request_used"):
            put(other)
    with make.refused(Conflict, "request_used"):
        put(replace(question, units=(make.unit("X1").public_id,)), "gdstc")


def test_an_ended_question_takes_no_more_answers() -> None:
    made = ask()
    take(made)
    services.drop_opinion(
        actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=opinion(made).duty.public_id, note="Thôi"
    )
    with pytest.raises((TransitionNotAllowed, Invalid)):
        give(made)
    end(made, IN_TIME)


def test_the_rules_are_data_and_unverified_until_an_authority_decides() -> None:
    assert {row.silence for row in ConsultationRule.objects.all()} == {"consent", "liability", "written"}
    assert not ConsultationRule.objects.filter(verified=True).exists()


def test_the_draft_of_an_opinion_says_each_position() -> None:
    made = ask()
    take(made)
    paper = services.write_opinion(
        actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=opinion(made).duty.public_id, said=AGREED
    )
    cells = [
        cell.text for table in read_docx(io.BytesIO(paper.data)).tables for row in table.rows for cell in row.cells
    ]
    assert any("Đồng ý với điều kiện. Sau khi có ý kiến" in text for text in cells)
    assert "GIÁM ĐỐC" in [text.strip() for text in cells]  # who signs; the name is written with the signature
    assert any("/STC" in text for text in cells)
    assert (
        queries.opinion_page(make.who("gdstc"), opinion(made).duty.public_id, make.at(IN_TIME)).body.outcome
        == Outcome.WAITING
    )
