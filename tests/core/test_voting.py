"""Slips counted: the majority of all members, the Chairman where votes are equal, silence never agreement unless the rule says so."""

from __future__ import annotations

import pytest

from kycuong.core.consultations import Silence
from kycuong.core.errors import Invalid
from kycuong.core.voting import Choice, Result, Slip, check_slip, check_voting, count

YES, NO, OTHER, NONE = Choice.AGREE, Choice.DISAGREE, Choice.OTHER, None
PASSED, NOT, WAITING = Result.PASSED, Result.NOT_PASSED, Result.WAITING


def slips(*choices: Choice | None) -> list[Slip]:
    """Return slips of which the first is the Chairman's."""
    return [Slip(choice, is_chair=number == 0) for number, choice in enumerate(choices)]


@pytest.mark.parametrize(
    ("choices", "rule", "result", "deemed", "by_chair"),
    [
        ((YES, YES, NO), Silence.LIABILITY, PASSED, 0, False),
        ((YES, NO, NO), Silence.LIABILITY, NOT, 0, False),
        ((YES, YES, NO, NO), Silence.LIABILITY, PASSED, 0, True),  # even, the Chairman agrees
        ((NO, YES, YES, NO), Silence.LIABILITY, NOT, 0, False),  # even, the Chairman does not
        ((NONE, YES, YES, NO), Silence.LIABILITY, NOT, 0, False),  # even, the Chairman said nothing
        ((YES, NONE, NONE), Silence.LIABILITY, NOT, 0, False),  # of all members, not of those who voted
        ((YES, OTHER, OTHER), Silence.LIABILITY, NOT, 0, False),  # another opinion is no agreement
        ((YES, NONE, NONE), Silence.CONSENT, PASSED, 2, False),
        ((NO, NONE, NO), Silence.CONSENT, NOT, 1, False),
        ((NONE, NONE, NONE), Silence.WRITTEN, NOT, 0, False),
    ],
)
def test_counted_when_closed(
    choices: tuple[Choice | None, ...], rule: Silence, result: Result, deemed: int, by_chair: bool
) -> None:
    found = count(slips(*choices), rule, closed=True)
    assert (found.result, found.deemed, found.by_chair) == (result, deemed, by_chair)
    assert found.agree + found.disagree + found.other + found.silent == found.members


@pytest.mark.parametrize("rule", list(Silence))
def test_nothing_is_deemed_or_decided_while_open(rule: Silence) -> None:
    found = count(slips(YES, YES, NONE), rule, closed=False)
    assert (found.result, found.deemed) == (WAITING, 0)


def test_nobody_decides_nothing() -> None:
    assert count([], Silence.CONSENT, closed=True).result is NOT


def test_what_a_slip_must_say() -> None:
    assert check_slip(YES, "") is YES
    for choice, code in ((NONE, "slip_choice_missing"), (NO, "slip_words_missing"), (OTHER, "slip_words_missing")):
        with pytest.raises(Invalid) as refusal:
            check_slip(choice, " ")
        assert refusal.value.code == code
    for title, words, members, code in (
        (" ", "Nội dung", 5, "voting_words_missing"), ("Việc", "", 5, "voting_words_missing"), ("Việc", "Nội dung", 1, "voting_members"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            check_voting(title, words, members)
        assert wrong.value.code == code


def test_equal_votes_pass_with_the_chairman_only_where_the_rule_gives_his_slip_that_weight() -> None:
    even = [Slip(Choice.AGREE, is_chair=True), Slip(Choice.DISAGREE)]
    for casting, result in ((True, Result.PASSED), (False, Result.NOT_PASSED)):
        found = count(even, Silence.LIABILITY, closed=True, casting=casting)
        assert (found.by_chair, found.result) == (casting, result)
