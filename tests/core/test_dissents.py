"""Dissent on main points: when it holds the matter, and what a meeting of two heads must say to settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from kycuong.core.consultations import GOES_ON, Outcome, may_go_on
from kycuong.core.dissents import HOLDS, Settled, Settlement, Side, Standing, check_meeting, standing
from kycuong.core.errors import Invalid

SAID, MET, TODAY = date(2026, 11, 12), date(2026, 11, 16), date(2026, 11, 17)
HEAD = Side(in_person=True, name="Ngô Xuân Trường")
WRITTEN = Side(in_person=False, name="Cao Viết Thịnh", number="15/UQ", signed_on=MET, has_file=True)
AGREED = Settled(Settlement.AGREED, "Phân bổ 18 tỷ đồng")
KEPT = Settled(Settlement.RESERVED, "", "Giữ 20 tỷ đồng", "Chỉ có 15 tỷ đồng")


@pytest.mark.parametrize(
    ("open_points", "settled", "signed", "found"),
    [
        ((), (), False, Standing.NONE),
        ((), (1,), True, Standing.NONE),
        ((1,), (), False, Standing.MEET),
        ((1,), (), True, Standing.MEET),  # minutes that say nothing of the point
        ((1, 2), (1,), True, Standing.MEET),
        ((1, 2), (1, 2), False, Standing.UNSIGNED),
        ((1, 2), (1, 2), True, Standing.SETTLED),
        ((1,), (1, 2), True, Standing.SETTLED),
    ],
)
def test_where_a_dissent_stands(
    open_points: tuple[int, ...], settled: tuple[int, ...], signed: bool, found: Standing
) -> None:
    assert standing(open_points, settled, signed=signed) is found


@pytest.mark.parametrize(("found", "where", "signed"), product(Outcome, Standing, (True, False)))
def test_an_open_dissent_never_goes_on(found: Outcome, where: Standing, signed: bool) -> None:
    goes = may_go_on(found, notice_signed=signed, dissent=where in HOLDS)
    assert goes is (found in GOES_ON and where not in HOLDS and (signed or found is not Outcome.CONSENT))


@pytest.mark.parametrize("side", [HEAD, WRITTEN])
@pytest.mark.parametrize("outcome", [AGREED, KEPT])
def test_heads_in_person_or_with_a_written_authorisation_settle(side: Side, outcome: Settled) -> None:
    check_meeting(MET, {"A": side, "B": HEAD}, {1: outcome}, {1}, SAID, TODAY)


@pytest.mark.parametrize(
    ("side", "code"),
    [
        (replace(HEAD, name=" "), "meeting_person_missing"),
        (replace(WRITTEN, name=""), "meeting_person_missing"),
        (replace(WRITTEN, number=" "), "meeting_authority_missing"),
        (replace(WRITTEN, signed_on=None), "meeting_authority_missing"),
        (replace(WRITTEN, has_file=False), "meeting_authority_missing"),
        (replace(WRITTEN, signed_on=TODAY), "meeting_authority_late"),
    ],
)
def test_who_may_not_stand_for_a_body(side: Side, code: str) -> None:
    for sides in ({"A": side, "B": HEAD}, {"A": HEAD, "B": side}):
        with pytest.raises(Invalid) as refusal:
            check_meeting(MET, sides, {1: AGREED}, {1}, SAID, TODAY)
        assert refusal.value.code == code
