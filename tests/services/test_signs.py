"""Signs: each fact counts against whom it concerns, first in the unit's sight only; explained, decided, set aside."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from tests import make

from kycuong.core.consultations import Position, Said
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.signs import Code, Standing
from kycuong.models import AuditEntry, SignContest
from kycuong.queries import files
from kycuong.queries import signs as queries
from kycuong.queries.signs import reading
from kycuong.services import competences, consultations, duties, proposals, tasks, workbooks
from kycuong.services import signs as services
from kycuong.services.competences import Line
from kycuong.services.consultations.concerning import Concerns
from kycuong.services.requests import Request
from services.test_consult import AFTER, CUT_OFF, IN_TIME, POINTS, ask, give, opinion, outcome, silent, take, to

FRESH = "2026-11-18 09:00"
LATER = "2026-11-26 09:00"  # more than five working days after the cut-off and the return


def count(unit: str, code: Code, when: str = LATER, login: str = "chanhvp") -> tuple[int, int, int, int]:
    """Return what counts, out of how many, what is explained, what was set aside."""
    page = queries.unit_signs(make.who(login, when), make.at(when), make.unit(unit).public_id)
    found = next((one for one in page.unit.counts if one.code is code), None)
    return (found.n, found.of, found.contested, found.aside) if found else (0, 0, 0, 0)


def cases(unit: str, code: Code, when: str = LATER, login: str = "chanhvp") -> list[queries.CaseRow]:
    page = queries.unit_signs(make.who(login, when), make.at(when), make.unit(unit).public_id, code=code)
    return page.cases


def test_units_with_most_to_look_into_come_first_in_their_group() -> None:
    def of(name: str, n: int) -> reading.UnitSigns:
        return reading.UnitSigns(uuid4(), name, "commune", 3, [reading.SignCount(Code.PASSES, n, 3, 0, 0, 0)], None)

    (group,) = reading.groups([of("An Lam", 0), of("Bình Lam", 2), of("Cửa Lam", 0), of("Đông Lam", 1)], compared=False)
    assert [unit.name for unit in group.units] == ["Bình Lam", "Đông Lam", "An Lam", "Cửa Lam"]


def explain(duty: UUID, when: str, login: str = "gdstc", unit: str = "STC", **given: Any) -> UUID:
    given = {"code": "silence", "note": "Trụ sở bị mất điện ba ngày", **given}
    return services.explain(
        actor=make.who(login, when), at=make.at(when), unit=make.unit(unit).public_id, duty=duty, **given
    )


def decide(
    contest: UUID, login: str = "chanhvp", verdict: str = "aside", note: str = "Có xác nhận của Điện lực"
) -> None:
    services.decide(actor=make.who(login, LATER), at=make.at(LATER), contest=contest, verdict=verdict, note=note)


def silence() -> UUID:
    made = ask("STC")
    take(made)
    return silent(made).duty.public_id


def return_it(made: UUID, unit: str = "STC", login: str = "gdstc", when: str = IN_TIME) -> None:
    consultations.return_opinion(
        actor=make.who(login, when), at=make.at(when), duty=opinion(made, unit).duty.public_id, note="Điều 5: Sở Công Thương"
    )  # fmt: skip


def test_silence_is_first_the_units_own_then_everybodys_who_looks() -> None:
    duty = silence()
    assert [one.standing for one in cases("STC", Code.SILENCE, FRESH, "gdstc")] == [Standing.FRESH]
    assert cases("STC", Code.SILENCE, FRESH) == []
    assert count("STC", Code.SILENCE, FRESH) == (0, 1, 0, 0)
    assert count("STC", Code.SILENCE) == (1, 1, 0, 0)
    (row,) = cases("STC", Code.SILENCE)
    assert (row.duty_id, row.opens, row.standing) == (duty, "opinion", Standing.COUNTED)
    assert row.found_at == make.at(AFTER) > make.at(CUT_OFF)


def test_what_the_unit_explains_in_its_own_days_waits_and_what_is_set_aside_counts_no_longer() -> None:
    contest = explain(silence(), FRESH, file=make.result_file("12", "STC-VP"))
    assert count("STC", Code.SILENCE) == (0, 1, 1, 0)
    page = queries.signs(make.who("chanhvp", LATER), make.at(LATER))
    assert [(one.unit_name, one.may_decide) for one in page.waiting] == [("Sở Tài chính", True)]
    decide(contest)
    assert count("STC", Code.SILENCE) == (0, 1, 0, 1)
    said = cases("STC", Code.SILENCE)[0].said
    assert said and (said.note, said.answer) == ("Trụ sở bị mất điện ba ngày", "Có xác nhận của Điện lực")
    assert list(AuditEntry.objects.filter(subject_kind="sign").values_list("act", flat=True)) == [
        "explain_sign",
        "decide_sign",
    ]
    kept = SignContest.objects.get().file
    assert kept and files.visible(make.who("gdsnv"), kept.public_id) == kept
    with pytest.raises(NotVisible):
        files.visible(make.who("gdsxd"), kept.public_id)


def test_what_is_explained_later_counts_until_it_is_decided_and_what_is_kept_goes_on_counting() -> None:
    contest = explain(silence(), LATER)
    assert count("STC", Code.SILENCE) == (1, 1, 0, 0)
    decide(contest, verdict="kept")
    assert count("STC", Code.SILENCE) == (1, 1, 0, 0)
    assert [one.standing for one in cases("STC", Code.SILENCE)] == [Standing.KEPT]


def test_only_the_unit_explains_only_overseers_of_others_decide_and_each_once() -> None:
    duty = silence()
    with make.refused(NotVisible, "unit_not_visible"):
        explain(duty, LATER, "gdsxd")
    with make.refused(NotAllowed, "sign_not_unit"):
        explain(duty, LATER, "chanhvp")
    with make.refused(NotVisible, "sign_not_visible"):
        explain(duty, LATER, code="vague")
    with make.refused(NotVisible, "sign_not_visible"):
        explain(uuid4(), LATER)
    with make.refused(Invalid, "sign_note_missing"):
        explain(duty, LATER, note=" ")
    contest = explain(duty, LATER)
    with make.refused(Conflict, "sign_explained"):
        explain(duty, LATER)
    for login, kind, code in (("gdsxd", NotVisible, "sign_not_visible"), ("gdstc", NotAllowed, "sign_not_decider"),
                              ("theodoi", NotAllowed, "sign_not_decider")):  # fmt: skip
        with make.refused(kind, code):
            decide(contest, login)
    with make.refused(Invalid, "sign_note_missing"):
        decide(contest, note="")
    decide(contest)
    with make.refused(Conflict, "sign_decided"):
        decide(contest)


def test_home_affairs_does_not_decide_about_itself() -> None:
    made = ask("SNV")
    take(made, "SNV", "gdsnv")
    to("2026-11-16 08:30")
    to(AFTER)
    contest = explain(opinion(made, "SNV").duty.public_id, LATER, "gdsnv", "SNV")
    with make.refused(NotAllowed, "sign_not_decider"):
        decide(contest, "gdsnv")
    decide(contest, "chanhvp")


def test_a_body_that_no_rule_binds_is_never_silent_and_one_not_reached_neither() -> None:
    made = ask("X1", "STC")
    take(made, "X1", "ctx1")
    to("2026-11-16 08:30")
    to(AFTER)
    assert outcome(made, "X1") == "unbound"
    assert (count("X1", Code.SILENCE), count("STC", Code.SILENCE)) == ((0, 1, 0, 0), (0, 0, 0, 0))


def test_what_a_law_demands_in_writing_is_silence_while_it_is_missing() -> None:
    made = ask("STC", rule="law", days=2)
    take(made)
    to(LATER)
    assert count("STC", Code.SILENCE) == (1, 1, 0, 0)


def test_a_question_sent_back_as_not_ones_own_counts_against_the_asker() -> None:
    made = ask("STC", "X1")
    return_it(made)
    assert count("SXD", Code.NEEDLESS) == (1, 1, 0, 0)
    assert count("STC", Code.WRONG_RETURN) == (0, 1, 0, 0)
    (row,) = cases("SXD", Code.NEEDLESS, login="gdsxd")
    assert row.opens == "opinion"


def test_a_body_that_sent_it_back_and_spoke_on_the_same_task_after_all_returned_wrongly() -> None:
    duty = make.issued()[0].public_id
    first = ask("STC", about=duty)
    return_it(first)
    again = consultations.Question(
        "phương án phân bổ vốn", POINTS, (make.unit("STC").public_id,), about=duty, concerns=Concerns(confirmed=True)
    )
    second = consultations.ask(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), question=again)
    give(second, "2026-11-13 10:00")
    when = "2026-11-13 11:00"
    consultations.accept_opinion(actor=make.who("gdsxd", when), at=make.at(when), duty=opinion(second).duty.public_id)
    assert count("SXD", Code.NEEDLESS) == (0, 2, 0, 0)
    assert count("STC", Code.WRONG_RETURN) == (1, 1, 0, 0)


def test_asking_what_is_ones_own_and_answering_without_a_position_count() -> None:
    made = ask()
    take(made)
    own = {1: Said(Position.ASKERS_OWN, "Khoản 2 Điều 8"), 2: Said(Position.AGREE)}
    give(made, said=own)
    asker = {"actor": make.who("gdsxd", IN_TIME), "at": make.at(IN_TIME), "duty": opinion(made).duty.public_id}
    consultations.refuse_vague(**asker, note="Điểm 1: nêu rõ đồng ý hay không")
    give(made, "2026-11-13 10:00", own)
    consultations.accept_opinion(**asker)
    assert (count("SXD", Code.OWN_ASKED), count("STC", Code.VAGUE)) == ((1, 1, 0, 0), (1, 1, 0, 0))


def test_what_went_up_though_the_registry_says_it_is_the_units_own_counts_with_its_reason() -> None:
    keeper: dict[str, Any] = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**keeper, code="DT", name="Đầu tư công")
    line = Line("TQ-1", "DT", "post:SXD.1", "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1), ceiling="5 tỷ")
    competences.add(**keeper, line=line)
    duty, when = make.issued()[0], "2026-11-04 08:00"
    for reason, matter, why in (("Xin chủ trương", "DT", "Liên quan hai tỉnh"), ("Bổ sung biên chế", "", "")):
        duty.refresh_from_db()
        proposals.propose(
            actor=make.who("gdsxd", when), at=make.at(when), duty=duty.public_id, kind="suggestion" if matter else "obstacle",
            reason=reason, request=Request(duty.act_seq, uuid4()), matter=matter, amount="2 tỷ" if matter else "", why=why,
        )  # fmt: skip
    assert count("SXD", Code.UPWARD) == (1, 2, 0, 0)


def returned(when: str = "2026-11-03 08:00", accept: bool = True, decided: str = "2026-11-04 08:00") -> Any:
    duty = make.issued()[0]
    proposals.propose(
        actor=make.who("gdsxd", when), at=make.at(when), duty=duty.public_id, kind="return", reason="Thuộc Sở Tài chính",
        basis="Điều 3", request=Request(duty.act_seq, uuid4()),
    )  # fmt: skip
    child = duty.children.get(kind="proposal")
    call, note = (proposals.accept, "Đồng ý") if accept else (proposals.refuse, "Việc của Sở")
    call(actor=make.who("chutich", decided), at=make.at(decided), duty=child.public_id, note=note)
    return duty


def test_a_return_that_the_giver_refused_counts_against_the_unit_and_one_accepted_against_the_giver() -> None:
    returned(accept=False)
    assert count("SXD", Code.WRONG_RETURN) == (1, 1, 0, 0)
    assert count("T", Code.MISGIVEN) == (0, 1, 0, 0)


def test_the_giver_who_takes_long_to_find_the_owner_and_to_decide_is_measured_alike() -> None:
    duty = returned(decided="2026-11-12 08:00")
    when = "2026-11-13 08:00"
    tasks.reassign(
        actor=make.who("chutich", when), at=make.at(when), duty=duty.public_id, unit=f"unit:{make.unit('STC').pk}",
        due_on=make.at("2026-11-30 08:00").date(),
    )  # fmt: skip
    assert count("T", Code.MISGIVEN) == (1, 2, 0, 0)
    assert count("T", Code.OWNER_SLOW) == (1, 1, 0, 0)
    assert count("T", Code.DESK_LATE)[:2] == (1, 1)
    page = queries.unit_signs(make.who("chutich", LATER), make.at(LATER), make.unit("T").public_id)
    assert page.unit.search_days and (page.unit.search_days.n, page.unit.search_days.longest) == (1, 9.0)
    (row,) = cases("T", Code.DESK_LATE)
    assert (row.opens, row.opens_id) == ("duty", duty.public_id)


def test_a_task_that_comes_back_to_a_division_was_passed_around() -> None:
    make.division("KTXD", "SXD")
    make.join("tpktxd", "KTXD", "division_head")
    road = make.Road(make.issued()[0])
    for login, desk, when in (("gdsxd", "tpqldt", "03"), ("gdsxd", "tpktxd", "04"), ("gdsxd", "tpqldt", "05")):
        road.assign(login, desk, f"2026-11-{when} 08:00")
    assert count("SXD", Code.PASSES) == (1, 1, 0, 0)
    assert cases("SXD", Code.PASSES)[0].found_at == make.at("2026-11-05 08:00")


def test_units_are_compared_in_groups_of_like_and_nobody_sees_other_units() -> None:
    silence()
    page = queries.signs(make.who("chutich", LATER), make.at(LATER))
    assert [(one.kind, one.size, [unit.name for unit in one.units]) for one in page.groups] == [
        ("department", 0, ["Sở Tài chính", "Sở Xây dựng"])
    ]
    assert page.groups[0].medians[Code.SILENCE] is None  # one was asked, nobody to compare with
    mine = queries.signs(make.who("gdstc", LATER), make.at(LATER))
    assert [unit.name for one in mine.groups for unit in one.units] == ["Sở Tài chính"]
    assert set(mine.groups[0].medians.values()) == {None}
    with pytest.raises(NotVisible):
        queries.signs(make.who("cvqldt", LATER), make.at(LATER))
    with pytest.raises(NotVisible):
        queries.unit_signs(make.who("gdstc", LATER), make.at(LATER), make.unit("SXD").public_id)


def test_the_workbook_holds_what_the_person_sees() -> None:
    silence()
    for login, when, n in (("gdstc", FRESH, 1), ("chanhvp", FRESH, 0), ("chanhvp", LATER, 1)):
        book = workbooks.signs_book(actor=make.who(login, when), at=make.at(when))
        rows = list(openpyxl.load_workbook(io.BytesIO(book.data))["Từng việc"].iter_rows(values_only=True))
        assert sum(row[0] == "Sở Tài chính" for row in rows) == n


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    silence()
    who = make.who("chanhvp", LATER)
    with django_assert_max_num_queries(45):
        queries.signs(who, make.at(LATER))
    for code in ("SNV", "X1"):
        made = ask(code)
        take(made, code, {"SNV": "gdsnv", "X1": "ctx1"}[code])
    duties.sweep(make.at(LATER))
    consultations.expire(make.at(LATER))
    with django_assert_max_num_queries(45):
        queries.signs(who, make.at(LATER))
