"""Voting slips: one person one slip, by oneself, changed until closing; counted once, by the rule of the issuer."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from docx import Document as read_docx
from tests import make
from tests.organising import decided, merged, plan

from kycuong import jobs
from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.core.consultation_rules import Ruling
from kycuong.core.consultations import Silence
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.voting import Choice, Result
from kycuong.models import AuditEntry, DutyEvent, Notice, SlipVote, Voting, VotingSlip
from kycuong.queries import calendars
from kycuong.queries import voting as queries
from kycuong.services import calendar_changes, covers, limits
from kycuong.services import voting as services
from kycuong.services.consultations import IN_FLIGHT
from kycuong.services.requests import Request

ASKED, IN_TIME, LAST, CUT_OFF = "2026-11-09 08:00", "2026-11-10 09:00", "2026-11-12 23:59", "2026-11-13 00:00"
COUNTED = "2026-11-13 00:01"  # what was in flight at the cut-off is written by then
MEMBERS = {"T.1": "chutich", "T.2": "phochutich", "SXD.1": "gdsxd", "STC.1": "gdstc"}
MATTER = services.Matter("điều chỉnh kế hoạch vốn", "Điều chỉnh 20 tỷ đồng sang tuyến đường liên xã", tuple(MEMBERS))


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def put(matter: services.Matter = MATTER, login: str = "chanhvp", request: UUID | None = None) -> UUID:
    return services.open_voting(actor=make.who(login, ASKED), at=make.at(ASKED), matter=matter, request_id=request)


def slip(login: str) -> VotingSlip:
    return VotingSlip.objects.select_related("duty").get(officer__login=login)


def say(login: str, choice: Choice | None, words: str = "", when: str = IN_TIME, of: str = "", **more: Any) -> None:
    duty = slip(of or login).duty.public_id
    services.vote(actor=make.who(login, when), at=make.at(when), duty=duty, choice=choice, words=words, **more)


def given(made: UUID, when: str = CUT_OFF, login: str = "chanhvp") -> dict[str, Any]:
    return {"actor": make.who(login, when), "at": make.at(when), "voting": made}


def page(made: UUID) -> queries.VotingPage:
    return queries.voting(make.who("chanhvp"), made, make.at(CUT_OFF))


def test_the_round_is_counted_at_the_cut_off_by_the_majority_of_all() -> None:
    made = put()
    assert queries.cut_off(Voting.objects.get()) == make.at(CUT_OFF)  # three working days from the request
    say("phochutich", Choice.AGREE)
    say("gdstc", Choice.AGREE, when=LAST)
    say("gdsxd", Choice.DISAGREE, "Chưa đủ thủ tục")
    for when in ("2026-11-12 08:30", CUT_OFF, "2026-11-13 08:30"):
        jobs.work_once(make.at(when))
    found = page(made)
    assert (found.count.agree, found.count.silent, found.count.deemed) == (2, 1, 0)
    assert found.count.result is Result.NOT_PASSED  # two of four, and the Chairman said nothing
    assert (slip("chutich").duty.outcome, slip("gdstc").duty.outcome) == ("silent", "done")
    assert AuditEntry.objects.filter(act="close_voting").count() == 1
    assert Notice.objects.filter(duty=slip("chutich").duty, topic="rung_due").exists()  # warned in time
    with make.refused(Conflict, "voting_closed"):
        say("chutich", Choice.AGREE, when="2026-11-13 09:00")


def test_a_slip_not_sent_is_agreement_only_where_the_rule_says_so() -> None:
    made = put(replace(MATTER, rule="slip_consent"))
    say("gdsxd", Choice.DISAGREE, "Chưa đủ thủ tục")
    jobs.work_once(make.at(COUNTED))
    found = page(made).count
    assert (found.deemed, found.result) == (3, Result.PASSED)
    with make.refused(Invalid, "kind_unknown"):
        put(replace(MATTER, rule="regulation"))


def test_a_member_changes_the_slip_until_closing_and_what_was_said_is_kept() -> None:
    put()
    key = uuid4()
    for _ in range(2):
        say("gdstc", Choice.AGREE, request=Request(None, key))
    say("gdstc", Choice.OTHER, "Đề nghị giãn tiến độ")
    votes = list(SlipVote.objects.filter(slip=slip("gdstc")).order_by("number").values_list("choice", flat=True))
    assert votes == ["agree", "other"]
    shown = queries.slip_page(make.who("gdstc"), slip("gdstc").duty.public_id, make.at(IN_TIME))
    assert shown.slip.present is not None
    assert (shown.slip.present.choice, shown.act) == ("other", "change_vote")
    events = list(DutyEvent.objects.filter(duty=slip("gdstc").duty).order_by("seq").values_list("act", flat=True))
    assert events == ["open", "vote", "change_vote"]
    with make.refused(Conflict, "slip_late"):
        say("gdstc", Choice.AGREE, when=CUT_OFF)


def test_nobody_votes_for_another() -> None:
    made = put()
    with make.refused(NotVisible, "slip_not_visible"):
        say("pgdsxd", Choice.AGREE, of="gdsxd")
    with make.refused(NotAllowed, "slip_not_own"):
        say("chanhvp", Choice.AGREE, of="gdsxd")  # who conducts the round sees the slip and sends none
    post = make.desk("pgdsxd").removeprefix("post:"), make.desk("gdsxd").removeprefix("post:")
    covers.plan(
        actor=make.who("gdsxd", ASKED), at=make.at(ASKED), substitute=int(post[0]), post=int(post[1]),
        first=date(2026, 11, 10), last=date(2026, 11, 10),
    )  # fmt: skip
    with make.refused(NotVisible, "slip_not_visible"):
        say("pgdsxd", Choice.AGREE, of="gdsxd")
    with make.refused(NotVisible, "voting_not_visible"):
        services.close_voting(**given(made, IN_TIME, "ctx1"))


@pytest.mark.parametrize(
    ("choice", "words", "code"),
    [(None, "", "slip_choice_missing"), (Choice.DISAGREE, " ", "slip_words_missing"), (Choice.OTHER, "", "slip_words_missing")],
)  # fmt: skip
def test_a_slip_says_something(choice: Choice | None, words: str, code: str) -> None:
    put()
    with make.refused(Invalid, code):
        say("gdstc", choice, words)


def test_closing_early_waits_for_every_member_and_the_tally_comes_back_signed() -> None:
    made = put()
    with make.refused(Conflict, "voting_waits"):
        services.close_voting(**given(made, IN_TIME))
    with make.refused(Conflict, "voting_not_closed"):
        services.write_tally(**given(made, IN_TIME))
    for login in MEMBERS.values():
        say(login, Choice.AGREE)
    services.close_voting(**given(made, IN_TIME))
    assert page(made).count.result is Result.PASSED
    paper = read_docx(io.BytesIO(services.write_tally(**given(made)).data))
    assert [cell.text for cell in paper.tables[1].rows[1].cells] == ["Tổng số thành viên được lấy ý kiến", "04"]
    assert any("quá nửa tổng số thành viên đồng ý" in part.text for part in paper.paragraphs)
    services.sign_tally(file=make.result_file("21", "BB-VP", "ngày 11 tháng 11 năm 2026"), **given(made))
    assert page(made).tally == "21/BB-VP"
    with make.refused(Conflict, "voting_tally_known"):
        services.sign_tally(file=make.result_file("22", "BB-VP", "ngày 11 tháng 11 năm 2026"), **given(made))


def test_a_round_called_off_counts_nothing() -> None:
    made = put()
    say("gdstc", Choice.AGREE)
    with make.refused(Invalid, "act_reason_missing"):
        services.cancel_voting(note=" ", **given(made, IN_TIME))
    services.cancel_voting(note="Họp trực tiếp", **given(made, IN_TIME))
    jobs.work_once(make.at(COUNTED))
    row = Voting.objects.get()
    assert (row.cancelled, row.result, slip("gdstc").duty.outcome) == (True, "", "withdrawn")


def test_who_may_put_what_to_whom() -> None:
    key = uuid4()
    assert put(request=key) == put(request=key)
    for matter, login in ((replace(MATTER, words="Điều chỉnh 30 tỷ đồng"), "chanhvp"), (MATTER, "chutich")):
        with make.refused(Conflict, "request_used"):
            put(matter, login, key)
    assert VotingSlip.objects.filter(is_chair=True).get().officer.login == "chutich"
    for matter, code in (
        (replace(MATTER, members=("T.1",)), "voting_members"), (replace(MATTER, members=("T.1", "X1.1")), "voting_member_unknown"),
        (replace(MATTER, words=" "), "voting_words_missing"), (replace(MATTER, days=9), "consultation_days"),
    ):  # fmt: skip
        with make.refused(Invalid, code):
            put(matter)
    with make.refused(NotAllowed, "consultation_not_allowed"):
        put(login="cvqldt")
    listed = {one.code: one.usual for one in queries.candidates(make.who("chanhvp"), make.at(ASKED))}
    assert (listed["T.1"], listed["SNV.1"], listed["CAT.1"], "X1.1" in listed) == (True, True, False, False)
    with pytest.raises(NotVisible):
        queries.voting(make.who("ctx1"), Voting.objects.get().public_id, make.at(ASKED))
    assert len(queries.votings(make.who("gdstc")).mine) == 1


def test_the_round_stays_open_as_long_as_the_calendar_gives_its_slips() -> None:
    made = put()
    paper = Decision("1508/QĐ-TTg", date(2026, 11, 10), "Thủ tướng Chính phủ")
    calendar_changes.change_days(
        actor=make.who("quantri", IN_TIME), at=make.at(IN_TIME), seen=calendars.version(), decision=paper,
        days=day_changes([date(2026, 11, 12)], [], paper), reason="Bão số 9",
    )  # fmt: skip
    jobs.catch_up(make.at(CUT_OFF))
    say("gdstc", Choice.AGREE, when="2026-11-13 16:00")
    assert page(made).count.result is Result.WAITING
    assert page(made).last_on == date(2026, 11, 13)
    jobs.catch_up(make.at("2026-11-14 00:05"))
    assert page(made).count.result is Result.NOT_PASSED


def test_who_comes_to_a_member_s_desk_votes_under_his_own_name() -> None:
    made, when = put(), "2026-11-10 08:00"
    say("gdstc", Choice.AGREE, when="2026-11-09 09:00")
    for old, new in (("SXD", "pgdsxd"), ("STC", "tpns")):
        if old == "STC":
            make.join(new, old, "officer")
        decided(plan("appoint", on="2026-11-10", decision=f"9/QĐ-{old}", post=f"{old}.1", officer=new), when)
    say("pgdsxd", Choice.AGREE, of="gdsxd")
    assert {one.name for one in page(made).slips} >= {make.who("pgdsxd").full_name, slip("gdstc").name}
    assert make.who("gdsxd").full_name not in {one.name for one in page(made).slips}
    with make.refused(NotAllowed, "slip_not_own"):
        say("tpns", Choice.DISAGREE, "Khác", of="gdstc")


def test_whoever_inherits_the_asking_body_conducts_the_round() -> None:
    made, when = put(replace(MATTER, members=("T.1", "T.2")), login="gdsxd"), "2026-11-10 08:00"
    decided(merged("STC", "SXD", on="2026-11-10"), when)
    services.cancel_voting(note="Rút hồ sơ", **given(made, IN_TIME, "gdstc"))
    assert Voting.objects.get().cancelled


def test_who_has_left_office_reads_no_slip_that_still_names_him() -> None:
    put()
    duty = slip("gdstc").duty.public_id
    make.vacate("gdstc", "2026-11-10 00:00")
    gone = make.who("gdstc", IN_TIME)
    assert queries.votings(gone).mine == []
    with make.refused(NotVisible, "slip_not_visible"):
        queries.slip_page(gone, duty, make.at(IN_TIME))
    with make.refused(NotVisible, "slip_not_visible"):
        say("gdstc", Choice.AGREE)


def test_a_vote_taken_before_the_cut_off_is_in_though_the_job_came_first() -> None:
    made = put()
    say("chutich", Choice.AGREE)
    assert services.close_due(make.at("2026-11-13 00:00:30"), in_flight=IN_FLIGHT) == 0
    say("gdstc", Choice.AGREE, when=LAST)  # the server took it in time and writes it now
    assert services.close_due(make.at("2026-11-13 00:01"), in_flight=IN_FLIGHT) == 1
    assert page(made).count.agree == 2


def test_past_its_cut_off_no_round_is_called_off() -> None:
    made = put()
    with make.refused(Conflict, "voting_past"):
        services.cancel_voting(**given(made), note="Không cần nữa")
    services.cancel_voting(**given(made, LAST), note="Không cần nữa")


def test_a_rule_that_gives_the_chairman_no_casting_vote_counts_so_and_earlier_rounds_keep_theirs() -> None:
    before = put()
    ruling = Ruling("slip", Silence.LIABILITY, 2, 3, 5, 1, frozenset(), date(2026, 11, 9), casting=False)
    limits.change_consultation_rule(
        actor=make.who("quantri", ASKED), at=make.at(ASKED), ruling=ruling, reason="Quy chế làm việc mới",
        decision=Decision("12/QĐ-UBND", date(2026, 11, 6), "Ủy ban nhân dân tỉnh"),
    )  # fmt: skip
    after = put()
    for made in (before, after):
        for login, choice, words in (
            ("chutich", Choice.AGREE, ""), ("phochutich", Choice.AGREE, ""),
            ("gdsxd", Choice.DISAGREE, "Chưa đủ"), ("gdstc", Choice.DISAGREE, "Chưa đủ"),
        ):  # fmt: skip
            duty = VotingSlip.objects.get(voting__public_id=made, officer__login=login).duty.public_id
            services.vote(actor=make.who(login, IN_TIME), at=make.at(IN_TIME), duty=duty, choice=choice, words=words)
        services.close_voting(**given(made, IN_TIME))
    assert [page(made).count.result for made in (before, after)] == [Result.PASSED, Result.NOT_PASSED]


def slip_on_paper(login: str, of: str) -> str:
    paper = services.write_slip(actor=make.who(login, IN_TIME), at=make.at(IN_TIME), duty=slip(of).duty.public_id)
    found = read_docx(io.BytesIO(paper.data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(part.text for part in found.paragraphs), *cells])


def test_a_slip_is_printed_blank_or_as_it_was_sent_to_its_member_and_the_whole_round_to_who_conducts_it() -> None:
    made = put()
    blank = slip_on_paper("gdstc", "gdstc")
    assert "Họ và tên" in blank
    assert "\nX" not in blank
    assert "...." in blank
    say("gdstc", Choice.OTHER, "Ưu tiên cầu dân sinh")
    sent = slip_on_paper("chanhvp", "gdstc")
    assert "Ưu tiên cầu dân sinh" in sent
    assert sent.splitlines().count("X") == 1
    with make.refused(NotVisible, "slip_not_visible"):
        slip_on_paper("gdsxd", "gdstc")
    with make.refused(NotVisible, "voting_not_visible"):
        services.write_slips(**given(made, login="ctx1"))
    paper = read_docx(io.BytesIO(services.write_slips(**given(made)).data))
    assert sum("Họ và tên" in part.text for part in paper.paragraphs) == len(MEMBERS)
    assert AuditEntry.objects.filter(act="print_slip").count() == 3
