"""Preparing an opinion inside the body: given down, drafted, put before the head, who alone sends it; every desk is on record."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests import make

from kycuong.core.consultations import Position, Said
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import Appointment, Duty, Notice, Officer, OpinionDraft
from kycuong.queries import consultations as queries
from kycuong.queries import org
from kycuong.services import consultations as services
from kycuong.services import covers, notices
from services.test_consult import AGREED, CUT_OFF, IN_TIME, POINTS, TAKEN, ask, letter, opinion, take


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def do(act: str, made: UUID, login: str, when: str, unit: str = "SNV", **given: Any) -> None:
    duty = opinion(made, unit).duty.public_id
    getattr(services, act)(actor=make.who(login, when), at=make.at(when), duty=duty, **given)


def desks(made: UUID) -> list[str]:
    rows = opinion(made, "SNV").duty.holdings.order_by("from_at", "id").values_list("officer__login", flat=True)
    return [login or "" for login in rows]


def up(made: UUID, when: str) -> None:
    """Put a draft before the division's head, who puts it before the body's."""
    do("submit_opinion", made, "cvcchc", when, said=AGREED)
    do("submit_opinion", made, "tpcchc", when, said=AGREED, note="Đồng ý trình")


def give(made: UUID, when: str = IN_TIME, said: dict[int, Said] = AGREED) -> None:
    do("give_opinion", made, "gdsnv", when, said=said, file=make.result_file("12", "SNV-CCHC"))


def page(made: UUID, login: str, when: str = IN_TIME) -> queries.OpinionPage:
    return queries.opinion_page(make.who(login, when), opinion(made, "SNV").duty.public_id, make.at(when))


def test_it_goes_down_is_drafted_and_comes_back_up_and_the_term_stays() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", "2026-11-09 10:00", desk=make.desk("cvcchc"), note="Bám quy chế")
    assert opinion(made, "SNV").duty.due_at == make.at(CUT_OFF)
    seen = page(made, "cvcchc")
    assert "submit_opinion" in seen.acts
    assert not {"give_opinion", "assign_opinion", "return_opinion"} & seen.acts
    up(made, "2026-11-10 09:00")
    shown = page(made, "gdsnv").draft
    assert shown is not None
    assert shown.said == AGREED
    assert shown.prepared_by == Officer.objects.get(login="cvcchc").full_name
    assert shown.prepared_at == make.at("2026-11-10 09:00")
    assert "give_opinion" in page(made, "gdsnv").acts
    give(made)
    assert opinion(made, "SNV").answer == "opinion"
    assert desks(made) == ["gdsnv", "cvcchc", "tpcchc", "gdsnv"]
    notices.dispatch(make.at(IN_TIME))
    told = Notice.objects.filter(topic="assign_opinion").values_list("recipient__login", flat=True)
    assert list(told) == ["cvcchc"]


def test_a_draft_goes_back_to_its_author_with_words_and_says_what_was_sent_once_it_was() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", "2026-11-09 10:00", desk=make.desk("cvcchc"))
    with make.refused(NotAllowed, "act_not_allowed"):  # nothing has been put before the head yet
        do("return_opinion_draft", made, "gdsnv", "2026-11-09 11:00", note="Chưa rõ")
    up(made, "2026-11-09 14:00")
    with make.refused(Invalid, "note_missing"):
        do("return_opinion_draft", made, "gdsnv", "2026-11-09 15:00", note=" ")
    do("return_opinion_draft", made, "gdsnv", "2026-11-09 15:00", note="Điểm 2 chưa rõ")
    assert opinion(made, "SNV").duty.holder_officer == Officer.objects.get(login="cvcchc")
    do("submit_opinion", made, "cvcchc", "2026-11-10 09:00", said=AGREED)
    sent = {1: Said(Position.DISAGREE, "Khoản 1 Điều 4"), 2: Said(Position.AGREE)}
    give(made, said=sent)
    do("refuse_vague", made, "gdsxd", "2026-11-12 11:00", note="Điểm 1")
    again = page(made, "gdsnv", "2026-11-12 12:00").draft
    assert again is not None
    assert (again.said, again.prepared_at) == (sent, None)


def test_what_a_substitute_drafted_goes_back_to_the_desk_where_it_was_drafted() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", "2026-11-09 10:00", desk=make.desk("cvcchc"))
    absent, head = (Appointment.objects.get(officer__login=login).post_id for login in ("cvcchc", "tpcchc"))
    when = "2026-11-09 11:00"
    covers.plan(
        actor=make.who("gdsnv", when), at=make.at(when), post=absent, substitute=head,
        first=date(2026, 11, 9), last=date(2026, 11, 9),
    )  # fmt: skip
    do("submit_opinion", made, "tpcchc", "2026-11-09 14:00", said=AGREED)  # for the absent officer
    do("return_opinion_draft", made, "tpcchc", "2026-11-09 15:00", note="Điểm 2 chưa rõ")
    assert desks(made) == ["gdsnv", "cvcchc", "tpcchc", "cvcchc"]


def test_only_what_was_received_is_given_down_and_only_inside_the_body() -> None:
    made = ask("SNV")
    with make.refused(Invalid, "opinion_assign_received"):
        do("assign_opinion", made, "gdsnv", TAKEN, desk=make.desk("cvcchc"))
    take(made, "SNV", "gdsnv")
    for wrong in (make.desk("cvqldt"), make.desk("gdsnv"), "post:x", ""):  # another body's, one's own, none
        with make.refused(Invalid, "desk_unknown"):
            do("assign_opinion", made, "gdsnv", IN_TIME, desk=wrong)
    for login in ("tpcchc", "vanthu"):  # a division on whose desk it does not lie; another body's clerk
        with make.refused(NotAllowed, "act_not_allowed"):
            do("assign_opinion", made, login, IN_TIME, desk=make.desk("cvcchc"))


def test_a_draft_without_a_position_on_each_point_stays_on_its_desk() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", IN_TIME, desk=make.desk("cvcchc"))
    with make.refused(Invalid, "opinion_points_missing"):
        do("submit_opinion", made, "cvcchc", IN_TIME, said={1: Said(Position.AGREE)})
    assert not OpinionDraft.objects.exists()


def test_the_specialist_does_not_send_and_the_asker_does_not_read_the_draft() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", IN_TIME, desk=make.desk("cvcchc"))
    with make.refused(NotAllowed, "act_not_allowed"):
        do("give_opinion", made, "cvcchc", IN_TIME, said=AGREED, file=letter())
    do("submit_opinion", made, "cvcchc", IN_TIME, said=AGREED)
    assert page(made, "gdsxd").draft is None


def test_the_clerk_takes_delivery_and_passes_it_on_as_the_head_has_noted() -> None:
    made = ask("VP")
    when = "2026-11-09 09:00"
    do("take_delivery", made, "vanthu", when, "VP")
    duty = opinion(made, "VP").duty
    found = {one.value for one in org.desks(make.who("vanthu", when), duty.public_id, make.at(when))}
    assert make.desk("theodoi") in found
    do("assign_opinion", made, "vanthu", when, "VP", desk=make.desk("theodoi"))
    assert Duty.objects.get(pk=duty.pk).holder_officer == Officer.objects.get(login="theodoi")


def test_the_list_of_the_body_says_who_prepares_it() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", IN_TIME, desk=make.desk("cvcchc"))
    (row,) = queries.consultations(make.who("gdsnv", IN_TIME), make.at(IN_TIME)).asked_of_us
    assert Officer.objects.get(login="cvcchc").full_name in row.desk


def test_a_changed_proposal_drops_nobody_s_work() -> None:
    """The new edition shows what was written about the earlier one; a point that stands word for word is filled in."""
    made, when = ask("SNV"), "2026-11-10 09:00"
    take(made, "SNV", "gdsnv")
    do("assign_opinion", made, "gdsnv", "2026-11-09 10:00", desk=make.desk("cvcchc"))
    up(made, when)
    services.change_proposal(
        actor=make.who("gdsxd", when), at=make.at(when), consultation=made, reason="Điều chỉnh vốn",
        points=(("Giao Ban Quản lý dự án làm chủ đầu tư", True), (POINTS[1][0], False)),
    )  # fmt: skip
    assert page(made, "gdsxd").draft is None  # the asker reads what is sent, not what is drafted
    take(made, "SNV", "gdsnv")
    shown = page(made, "gdsnv").draft
    assert shown is not None
    assert (shown.about, shown.said, shown.prepared_at) == (1, {2: AGREED[2]}, None)
    assert [(one.number, one.asked, one.words) for one in shown.earlier] == [
        (1, POINTS[0][0], ""), (2, POINTS[1][0], AGREED[2].words),
    ]  # fmt: skip
    assert (
        "return_opinion_draft" not in page(made, "gdsnv").acts
    )  # nothing has been put before the head on this edition
    give(made)
    services.change_proposal(
        actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), consultation=made, points=(POINTS[0],), reason="Rút gọn"
    )
    again = page(made, "gdsnv").draft  # what was sent on the second edition, its words not those of the new point
    assert again is not None
    assert (again.about, len(again.earlier), again.said) == (2, 2, {})
