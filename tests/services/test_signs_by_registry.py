"""Signs that read the registry, the rulings of arbiters and the words that a body always uses."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests import make

from kycuong.core.consultations import Position, Said
from kycuong.core.signs import Code
from kycuong.services import competences, consultations, proposals
from kycuong.services.competences import Line
from kycuong.services.consultations.concerning import Concerns
from kycuong.services.tasks.papers import Signed
from services.test_consult import ASKED, IN_TIME, POINTS, ask, opinion, outcome, take, to
from services.test_signs import LATER, cases, count
from services.test_transfers import RULED, rule, third


def registry(holder: str = "unit:STC", matter: str = "DT") -> None:
    keeper: dict[str, Any] = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**keeper, code=matter, name=f"Đầu tư công {matter}")
    competences.add(**keeper, line=Line(f"TQ-{matter}", matter, holder, "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1)))


def about(*units: str, matter: str, title: str = "phương án phân bổ vốn") -> UUID:
    """Ask about a matter of the registry; whom it does not name is asked for a reason."""
    chosen = tuple(make.unit(code).public_id for code in units)
    concerns = Concerns((matter,), reasons=dict.fromkeys(chosen, "Liên quan quỹ đất"), confirmed=True)
    return consultations.ask(
        actor=make.who("gdsxd", ASKED), at=make.at(ASKED), question=consultations.Question(title, POINTS, chosen, concerns=concerns)
    )  # fmt: skip


def agree(made: UUID, words: str, when: str = IN_TIME, unit: str = "STC", login: str = "gdstc") -> None:
    duty = opinion(made, unit).duty.public_id
    said = {1: Said(Position.AGREE), 2: Said(Position.AGREE)}
    consultations.give_opinion(
        actor=make.who(login, when), at=make.at(when), duty=duty, said=said, file=("y-kien.txt", words.encode()),
        typed=Signed("318", f"{unit}-VP", make.at(when).date(), "Ngô Xuân Trường"),
    )  # fmt: skip
    consultations.accept_opinion(actor=make.who("gdsxd", when), at=make.at(when), duty=duty)


USUAL = "Cơ bản thống nhất với nội dung dự thảo, đề nghị thực hiện theo đúng quy định của pháp luật"


def test_a_return_against_the_registry_is_the_bodys_sign_and_not_the_askers() -> None:
    registry()
    made = about("STC", "X1", matter="DT")
    for code, login in (("STC", "gdstc"), ("X1", "ctx1")):
        return_opinion(made, code, login)
    assert (count("STC", Code.WRONG_RETURN), count("SXD", Code.NEEDLESS)) == ((1, 1, 0, 0), (1, 2, 0, 0))
    (row,) = cases("SXD", Code.NEEDLESS, login="gdsxd")
    assert row.duty_id == opinion(made, "X1").duty.public_id


def return_opinion(made: UUID, unit: str, login: str, ground: str = "unconcerned", when: str = IN_TIME) -> None:
    consultations.return_opinion(
        actor=make.who(login, when), at=make.at(when), duty=opinion(made, unit).duty.public_id, note="Điều 5", ground=ground,
        why="Thiếu người",
    )  # fmt: skip


def test_the_usual_words_a_third_time_are_no_clear_answer_and_of_whom_it_does_not_concern_no_answer_at_all() -> None:
    registry()
    for n in range(3):
        made = about("STC", "X1", matter="DT", title=f"phương án {n}")
        agree(made, USUAL, f"2026-11-1{n + 1} 10:00")
        agree(made, USUAL, f"2026-11-1{n + 1} 11:00", "X1", "ctx1")
    assert (count("STC", Code.VAGUE), count("X1", Code.VAGUE)) == ((1, 3, 0, 0), (0, 3, 0, 0))
    assert count("SXD", Code.NEEDLESS) == (2, 6, 0, 0)
    assert cases("STC", Code.VAGUE)[0].duty_id == opinion(made).duty.public_id


def test_what_the_registry_leaves_to_the_asker_or_more_than_half_of_the_asked_do_is_one_case_a_consultation() -> None:
    registry("post:SXD.1", "QH")
    left = about("STC", "X1", matter="QH")
    registry("unit:STC")
    asked = [about("STC", "X1", "SNV", matter="DT", title=f"việc {n}") for n in range(2)]
    for made, saying in zip(asked, (2, 1), strict=True):
        for code, login in (("STC", "gdstc"), ("X1", "ctx1"))[:saying]:
            return_opinion(made, code, login, "askers_own")
        for code, login in (("STC", "gdstc"), ("X1", "ctx1"), ("SNV", "gdsnv"))[saying:]:
            agree(made, "Đề nghị rà soát quỹ đất hai bên tuyến đường liên xã", unit=code, login=login)
    assert count("SXD", Code.OWN_ASKED) == (1, 2, 0, 0)
    agree(left, "Thống nhất", unit="STC")
    assert count("SXD", Code.OWN_ASKED) == (2, 3, 0, 0)
    assert {one.duty_id for one in cases("SXD", Code.OWN_ASKED)} == {
        opinion(left).duty.public_id,
        opinion(asked[0]).duty.public_id,
    }


def test_where_the_law_demands_it_in_writing_what_comes_late_is_taken_and_stays_a_silence() -> None:
    made = ask("STC", rule="law", days=2)
    take(made)
    to(LATER)
    return_opinion(made, "STC", "gdstc", when=LATER)
    assert outcome(made) == "returned"
    later = "2026-11-27 09:00"
    assert count("STC", Code.SILENCE, later) == (1, 1, 0, 0)
    assert count("STC", Code.WRONG_RETURN, later) == (0, 1, 0, 0)
    assert count("SXD", Code.NEEDLESS, "2026-12-07 09:00") == (1, 1, 0, 0)


def test_a_ruling_says_whose_return_was_wrong_and_whether_the_giver_gave_it_wrongly() -> None:
    (duty,) = make.issued()
    last, child = third(duty)
    rule(child, "STC")
    assert [count(code, Code.WRONG_RETURN) for code in ("SXD", "STC", "X1")] == [
        (0, 1, 0, 0),
        (1, 1, 0, 0),
        (0, 1, 0, 0),
    ]
    assert [row.duty_id for row in cases("T", Code.MISGIVEN)] == [last.public_id, duty.children.get().public_id]
    (row,) = cases("STC", Code.WRONG_RETURN)
    assert row.found_at == make.at(RULED)


def test_a_task_kept_back_against_the_registry_is_the_givers_sign_and_one_accepted_against_it_the_units() -> None:
    registry("unit:SXD", "XD")
    when = "2026-11-03 08:00"
    kept, taken = make.issued()[0], make.issued()[0]
    for duty, matter, call in ((kept, "DT", proposals.refuse), (taken, "XD", proposals.accept)):
        if matter == "DT":
            registry()
        proposals.propose(
            actor=make.who("gdsxd", when), at=make.at(when), duty=duty.public_id, kind="return", reason="Không thuộc chức năng",
            basis="Điều 3", matter=matter, why="Quá nhiều việc",
        )  # fmt: skip
        child = duty.children.get(kind="proposal")
        call(actor=make.who("chutich", when), at=make.at("2026-11-04 08:00"), duty=child.public_id, note="Đã xem")
    assert [row.duty_id for row in cases("T", Code.MISGIVEN)] == [kept.children.get().public_id]
    assert [row.duty_id for row in cases("SXD", Code.WRONG_RETURN)] == [taken.children.get(kind="proposal").public_id]
