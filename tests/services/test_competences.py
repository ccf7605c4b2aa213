"""The registry of competence: rows are added, ended, replaced, passed on, and never overwritten; who may, and who may sign."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests import make

from kycuong.core.competence import Question
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import AuditEntry, Competence, Matter
from kycuong.queries import competences as queries
from kycuong.services import competences
from kycuong.services.competences import Line

WHEN = "2026-11-03 09:00"
DAY = date(2026, 11, 3)
TY = 10**9


def keeper(login: str = "gdsnv") -> dict[str, Any]:
    return {"actor": make.who(login, WHEN), "at": make.at(WHEN)}


def line(code: str, holder: str, **more: Any) -> Line:
    given = {"matter": "DT.01", "basis": "QĐ 5/2026/QĐ-UBND", "valid_from": date(2026, 1, 1)} | more
    return Line(code, holder=holder, **given)


@pytest.fixture(autouse=True)
def chair(_province: None) -> UUID:
    competences.add_matter(**keeper(), code="dt", name="Đầu tư công")
    competences.add_matter(**keeper(), code="DT.01", name="Phê duyệt chủ trương", also=["dự án nhóm C"])
    return competences.add(**keeper(), line=line("TQ-1", "post:T.1", above="15 tỷ", may_pass_on=True))


def passed(chair: UUID, **more: Any) -> UUID:
    given = {"kind": "delegated", "source": chair, "above": "15 tỷ", "ceiling": "20 tỷ"} | more
    return competences.add(**keeper(), line=line("TQ-3", "post:SXD.1", **given))


def holders(amount: int, on: date = DAY, place: str = "") -> list[str]:
    asked = Question("DT.01", on, make.unit(place).pk if place else None, amount)
    return [one.entry.holder for one in queries.ask(asked, named=True).holders]


def test_who_decides_is_answered_with_the_chain_and_who_sits_there(chair: UUID) -> None:
    passed(chair)
    competences.add(**keeper(), line=line("TQ-2", "everywhere:heads", ceiling="15 tỷ"))
    (found,) = queries.ask(Question("DT.01", DAY, None, 16 * TY), named=True).holders
    assert (found.entry.holder, found.officer) == ("Giám đốc Sở Xây dựng", "Ngô Xuân Trường")
    assert [one.code for one in found.chain] == ["TQ-1", "TQ-3"]
    (found,) = queries.ask(Question("DT.01", DAY, make.unit("X1").pk, TY), named=True).holders
    assert (found.entry.holder, found.officer) == ("Chủ tịch Ủy ban nhân dân cấp xã", "Lương Văn Thắng")
    entry = AuditEntry.objects.get(act="pass_on_competence")
    assert entry.data["source"] == Competence.objects.get(code="TQ-1").pk


@pytest.mark.parametrize(
    ("post", "amount", "code"),
    [
        ("SXD.1", 16 * TY, "signs"),
        ("SXD.2", 16 * TY, "signs_for"),
        ("SXD.1", 25 * TY, "over"),
        ("T.1", 16 * TY, "passed_on"),
        ("X1.1", TY, "signs"),
        ("X1.1", 16 * TY, "over"),
        ("STC.1", 16 * TY, "not_competent"),
    ],
)
def test_a_post_hears_whether_it_may_sign_and_who_may(chair: UUID, post: str, amount: int, code: str) -> None:
    passed(chair)
    competences.add(**keeper(), line=line("TQ-2", "everywhere:heads", ceiling="15 tỷ"))
    signing = queries.may_sign(queries.post_of(post), Question("DT.01", DAY, None, amount))
    assert signing.verdict.code == code
    assert bool(signing.rests_on) is True
    assert signing.verdict.allowed or [one.entry.code for one in signing.holders] != []


def test_an_end_takes_along_what_was_passed_on_and_yesterday_stays_as_it_was(chair: UUID) -> None:
    passed(chair)
    assert competences.end(**keeper(), competence=chair, on=DAY, basis="QĐ 9/QĐ-UBND") == 1
    assert holders(16 * TY) == []
    assert holders(16 * TY, date(2026, 11, 2)) == ["Giám đốc Sở Xây dựng"]
    with make.refused(Conflict, "competence_ended"):
        competences.end(**keeper(), competence=chair, on=DAY, basis="lại")


def test_a_new_content_ends_the_old_one_and_keeps_its_code(chair: UUID) -> None:
    wider = line("bất kỳ", "post:T.2", above="10 tỷ", valid_from=date(2026, 12, 1), basis="QĐ 7/2026/QĐ-UBND")
    made = competences.replace(**keeper(), competence=chair, line=wider)
    assert [one.entry.holder for one in queries.row_page(make.who("ctx1", WHEN), made, DAY).versions] == [
        "Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh",
    ]  # fmt: skip
    assert holders(16 * TY) == ["Chủ tịch UBND tỉnh"]
    assert holders(16 * TY, date(2026, 12, 1)) == ["Phó Chủ tịch UBND tỉnh"]
    with make.refused(Invalid, "competence_replace_day"):
        competences.replace(**keeper(), competence=made, line=wider)


def test_a_row_written_by_mistake_never_was_in_force(chair: UUID) -> None:
    competences.end(**keeper(), competence=chair, on=date(2026, 1, 1), basis="Nhập nhầm số")
    assert holders(16 * TY, date(2026, 2, 1)) == []
    competences.add(**keeper(), line=line("TQ-1", "post:T.1"))
    assert holders(16 * TY, date(2026, 2, 1)) == ["Chủ tịch UBND tỉnh"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "TQ-1", "holder": "post:T.1"}, "competence_code_known"),
        ({"holder": "post:SXD.1"}, "competence_overlap"),
        ({"holder": ""}, "competence_holder_missing"),
        ({"holder": "post:T.1", "central": "Bộ Ví dụ"}, "competence_holder_double"),
        ({"holder": "unit:KHONG"}, "unit_unknown"),
        ({"basis": " "}, "competence_basis_missing"),
        ({"valid_from": None}, "competence_from_missing"),
        ({"valid_until": date(2025, 1, 1)}, "competence_days_wrong"),
        ({"above": "5 tỷ", "ceiling": "5 tỷ"}, "competence_band_wrong"),
        ({"place": "SXD"}, "competence_territory_wrong"),
        ({"matter": "XX"}, "matter_unknown"),
        ({"kind": "delegated"}, "competence_source_missing"),
        ({"code": "dòng một"}, "competence_code_wrong"),
    ],
)
def test_what_cannot_stand_in_the_registry_is_refused(given: dict[str, Any], code: str) -> None:
    with make.refused(Invalid, code):
        competences.add(**keeper(), line=line(**({"code": "TQ-9", "holder": "post:T.2"} | given)))


def test_what_is_passed_on_stays_within_its_source(chair: UUID) -> None:
    with make.refused(Invalid, "competence_beyond_floor"):
        passed(chair, above="")
    again = passed(chair)
    with make.refused(Invalid, "competence_not_passed_on"):
        competences.add(
            **keeper(), line=line("TQ-4", "post:STC.1", kind="delegated", source=again, above="16 tỷ", ceiling="17 tỷ")
        )


def test_only_home_affairs_and_administrators_write(chair: UUID) -> None:
    for login in ("gdsxd", "chanhvp", "cvcchc"):
        with make.refused(NotAllowed, "competence_not_allowed"):
            competences.end(**keeper(login), competence=chair, on=DAY, basis="x")
    competences.end(**keeper("quantri"), competence=chair, on=DAY, basis="x")


def test_a_matter_is_found_by_code_name_and_words_and_lies_in_its_place() -> None:
    for text in ("dt.01", "chu truong", "nhóm c", "DT.01 · Phê duyệt chủ trương"):
        chosen, _ = queries.choose(text)
        assert chosen is not None
        assert chosen.code == "DT.01"
    with make.refused(Invalid, "matter_above_unknown"):
        competences.add_matter(**keeper(), code="DD.01", name="Giao đất")
    with make.refused(Invalid, "matter_known"):
        competences.add_matter(**keeper(), code="DT", name="Khác")
    competences.rename_matter(**keeper(), code="DT", name="Đầu tư", also=["vốn"])
    assert [one.name for one in queries.find("von")] == ["Đầu tư"]


def test_a_matter_that_somebody_adds_at_the_same_moment_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    save = Matter.save

    def first(made: Matter) -> None:
        """Let somebody else be faster by the last step."""
        Matter.objects.bulk_create([competences.matter_of(made.code, "Của người khác", [])])
        save(made)

    monkeypatch.setattr(Matter, "save", first)
    with make.refused(Invalid, "matter_known"):
        competences.add_matter(**keeper(), code="DD", name="Đất đai")
