"""Who is competent, who may sign, and what a registry may not contain: the rules as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kycuong.core import amounts
from kycuong.core.competence import Kind, Question, Row, faults, may_sign, who
from kycuong.core.errors import Invalid

DAY = date(2026, 11, 2)
TY = 10**9


def row(key: str, holder: str, matter: str = "DT.01", **more: Any) -> Row:
    return Row(key, matter, holder, **({"valid_from": date(2026, 1, 1)} | more))


def passed(key: str, holder: str, source: str, matter: str = "DT.01", **more: Any) -> Row:
    return row(key, holder, matter, **({"kind": Kind.DELEGATED, "source": source, "may_pass_on": False} | more))


GENERAL = row("general", "province", "DT")
CHAIR = row("chair", "chair", above_vnd=15 * TY)
COMMUNE = row("commune", "commune", ceiling_vnd=15 * TY)
BUILDING = passed("building", "building", "chair", above_vnd=15 * TY, ceiling_vnd=20 * TY)
IN_ONE = passed("in_one", "ward", "chair", territory=7, above_vnd=20 * TY)
ROWS = [GENERAL, CHAIR, COMMUNE, BUILDING, IN_ONE]


@pytest.mark.parametrize(
    ("asked", "holders"),
    [
        (Question("DT.02", DAY), ["province"]),  # nothing special: the general rule
        (Question("DT.01", DAY, amount_vnd=15 * TY), ["commune"]),  # up to and including
        (Question("DT.01", DAY, amount_vnd=15 * TY + 1), ["building"]),
        (Question("DT.01", DAY, amount_vnd=20 * TY + 1), ["chair"]),
        (Question("DT.01", DAY, 7, 30 * TY), ["ward"]),
        (Question("DT.01", DAY, 8, 30 * TY), ["chair"]),
        (Question("DT.01.05", DAY, amount_vnd=TY), ["commune"]),  # what lies within follows
        (Question("DT.01", DAY), ["building", "chair", "commune"]),  # by amount
        (Question("DT.01", date(2025, 12, 31)), []),
        (Question("KH", DAY), []),
    ],
)
def test_the_holder_follows_matter_place_amount_and_day(asked: Question, holders: list[str]) -> None:
    answer = who(ROWS, asked)
    assert sorted(one.row.holder for one in answer.found) == holders
    assert not answer.doubtful


def test_what_was_passed_on_falls_back_when_its_source_or_itself_ends() -> None:
    ended = passed("b", "building", "chair", above_vnd=15 * TY, valid_until=date(2026, 11, 2))
    asked = Question("DT.01", DAY, amount_vnd=16 * TY)
    assert [one.row.holder for one in who([CHAIR, ended], asked).found] == ["chair"]
    before = Question("DT.01", date(2026, 11, 1), amount_vnd=16 * TY)
    (found,) = who([CHAIR, ended], before).found
    assert [one.holder for one in found.chain] == ["chair", "building"]
    gone = row("chair", "chair", above_vnd=15 * TY, valid_until=DAY)
    assert who([gone, BUILDING], asked).misses == ((gone, "ended"), (BUILDING, "source"))


def test_two_holders_of_the_same_thing_are_doubtful() -> None:
    assert who([CHAIR, row("other", "other", above_vnd=TY)], Question("DT.01", DAY, amount_vnd=16 * TY)).doubtful


@pytest.mark.parametrize(
    ("amount", "territory", "own", "deputy", "code"),
    [
        (16 * TY, None, "building", "", "signs"),
        (16 * TY, None, "x", "building", "signs_for"),
        (16 * TY, None, "chair", "", "passed_on"),
        (25 * TY, None, "building", "", "over"),
        (10 * TY, None, "chair", "", "under"),
        (30 * TY, 8, "ward", "", "territory"),
        (10 * TY, None, "stranger", "", "not_competent"),
    ],
)
def test_who_may_sign_is_said_with_its_reason(
    amount: int, territory: int | None, own: str, deputy: str, code: str
) -> None:
    verdict = may_sign(ROWS, Question("DT.01", DAY, territory, amount), own={own}, as_deputy={deputy})
    assert verdict.code == code
    assert verdict.allowed == code.startswith("signs")
    assert verdict.said


def test_a_past_and_a_coming_competence_and_an_empty_registry() -> None:
    asked = Question("DT.01", DAY)
    assert may_sign([], asked, own={"x"}).code == "nobody"
    assert may_sign([row("a", "x", valid_until=DAY)], asked, own={"x"}).code == "ended"
    assert may_sign([row("a", "x", valid_from=date(2026, 12, 1))], asked, own={"x"}).code == "not_yet"


@pytest.mark.parametrize(
    ("rows", "key", "code"),
    [
        ([CHAIR, row("z", "z", above_vnd=20 * TY)], "z", "overlap"),
        ([CHAIR, BUILDING, passed("z", "z", "chair", above_vnd=19 * TY, ceiling_vnd=21 * TY)], "z", "overlap"),
        ([CHAIR, passed("z", "z", "chair", above_vnd=TY)], "z", "beyond_floor"),
        ([COMMUNE, passed("z", "z", "commune")], "z", "beyond_ceiling"),
        ([row("a", "a", territory=7), passed("z", "z", "a", territory=8)], "z", "beyond_territory"),
        ([row("a", "a", territory=7), passed("z", "z", "a")], "z", "beyond_territory"),
        ([row("a", "a"), passed("z", "z", "a", matter="DT")], "z", "beyond_matter"),
        ([row("a", "a", valid_until=date(2027, 1, 1)), passed("z", "z", "a")], "z", "beyond_validity"),
        ([row("a", "a"), passed("z", "z", "a", valid_from=date(2025, 1, 1))], "z", "beyond_validity"),
        ([row("a", "a"), passed("b", "b", "a"), passed("z", "z", "b")], "z", "not_passed_on"),
        ([row("a", "a"), passed("b", "b", "a", may_pass_on=True), passed("z", "a", "b")], "z", "circle"),
        ([passed("y", "y", "z"), passed("z", "z", "y")], "y", "circle"),
        ([row("z", "z", kind=Kind.DEVOLVED)], "z", "source_missing"),
        ([row("a", "a"), row("z", "z", source="a")], "z", "source_of_own"),
        ([passed("z", "z", "nowhere")], "z", "source_unknown"),
    ],
)
def test_a_wrong_row_is_found(rows: list[Row], key: str, code: str) -> None:
    found = faults(rows)
    assert (key, f"competence_{code}") in {(one.key, one.code) for one in found}
    for one in found:
        assert Invalid(one.code, key=one.key, other=one.other).message


def test_a_good_registry_has_no_faults() -> None:
    apart = row("later", "other", "DT", valid_from=date(2027, 1, 1))
    until = row("general", "province", "DT", valid_until=date(2027, 1, 1))
    void = row("void", "z", valid_until=date(2026, 1, 1))
    assert faults([*ROWS[1:], until, apart, void]) == []


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("15 tỷ", 15 * TY, "15 tỷ đồng"),
        ("1,5 tỷ đồng", 15 * 10**8, "1,5 tỷ đồng"),
        ("500 triệu", 5 * 10**8, "500 triệu đồng"),
        ("1.234.567", 1_234_567, "1.234.567 đồng"),
        ("15000000000", 15 * TY, "15 tỷ đồng"),
    ],
)
def test_amounts_are_read_and_written_as_people_do(text: str, value: int, written: str) -> None:
    assert amounts.parse(text) == value
    assert amounts.written(value) == written


@pytest.mark.parametrize("text", ["nhiều", "12 xe", "1.2.3", "-5", "=1+1", "9" * 30])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        amounts.parse(text)
