"""A desk is handed to a substitute: by the absent officer or who is above, to a deputy or a neighbour, never in chains."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import Appointment, AuditEntry, Cover
from kycuong.queries import covers as queries
from kycuong.services import covers

MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)


def post(login: str) -> int:
    return Appointment.objects.get(officer__login=login).post_id


def plan(by: str, absent: str, substitute: str, when: str = make.MONDAY, **given: Any) -> UUID:
    given = {"first": MONDAY, "last": FRIDAY, **given}
    return covers.plan(
        actor=make.who(by, when), at=make.at(when), post=post(absent), substitute=post(substitute), **given
    )


def end(by: str, cover: UUID, when: str) -> None:
    covers.end(actor=make.who(by, when), at=make.at(when), cover=cover)


def covered(login: str, when: str) -> list[str]:
    """Return whose desks a person handles at a moment."""
    return [cover.officer_name for cover in make.who(login, when).covers]


def test_it_begins_now_and_ends_by_itself() -> None:
    plan("gdsxd", "gdsxd", "pgdsxd", reason="Đi công tác")
    for when, desks in (
        ("2026-11-02 08:00", ["Ngô Xuân Trường"]), ("2026-11-06 23:59", ["Ngô Xuân Trường"]), ("2026-11-07 00:00", []),
    ):  # fmt: skip
        assert covered("pgdsxd", when) == desks
    entry = AuditEntry.objects.get(act="plan_cover")
    assert (entry.data["first"], entry.data["last"], "công tác" in str(entry.data)) == (
        "2026-11-02",
        "2026-11-06",
        False,
    )


def test_planned_ahead_it_begins_on_its_day() -> None:
    plan("gdsxd", "gdsxd", "pgdsxd", first=date(2026, 11, 4))
    assert (covered("pgdsxd", "2026-11-03 23:59"), len(covered("pgdsxd", "2026-11-04 00:00"))) == ([], 1)


def test_the_absent_or_who_is_above_arranges_it() -> None:
    for day, (by, absent, substitute) in enumerate(
        (
            ("chutich", "gdsxd", "pgdsxd"),  # the head of the unit's head
            ("gdsxd", "pgdsxd", "gdsxd"),  # the head for the deputy
            ("pgdsxd", "tpqldt", "cvqldt"),  # above a division
            ("tpqldt", "cvqldt", "tpqldt"),
            ("cvqldt", "cvqldt", "pgdsxd"),  # a deputy of the unit
            ("chutich", "chutich", "phochutich"),
            ("theodoi", "theodoi", "vanthu"),  # the same unit
        )
    ):  # a day each, so that no two hang on each other
        on = date(2026, 11, 2 + day)
        plan(by, absent, substitute, first=on, last=on)
        assert len(covered(substitute, f"{on} 12:00")) == 1


NOBODY: list[tuple[str, str, str, Any, str]] = [
    ("pgdsxd", "gdsxd", "pgdsxd", NotAllowed, "cover_not_allowed"),  # a deputy does not make himself the head's
    ("cvqldt", "tpqldt", "cvqldt", NotAllowed, "cover_not_allowed"),
    ("gdstc", "cvqldt", "tpqldt", NotAllowed, "cover_not_allowed"),
    ("theodoi", "gdsxd", "pgdsxd", NotAllowed, "cover_not_allowed"),
    ("quantri", "quantri", "vanthu", NotAllowed, "cover_not_allowed"),  # nobody runs the product for another
    ("gdsxd", "gdsxd", "tpqldt", Invalid, "cover_substitute_unknown"),  # a leader's desk goes to a leader
    ("gdsxd", "gdsxd", "gdstc", Invalid, "cover_substitute_unknown"),  # of the same body
    ("gdsxd", "gdsxd", "gdsxd", Invalid, "cover_substitute_unknown"),
    ("chutich", "chutich", "kiemtoan", Invalid, "cover_substitute_unknown"),
    ("theodoi", "theodoi", "quantri", Invalid, "cover_substitute_unknown"),
]


def test_nobody_else_and_nobody_from_elsewhere() -> None:
    for by, absent, substitute, kind, code in NOBODY:
        with make.refused(kind, code):
            plan(by, absent, substitute)


DAYS: list[tuple[dict[str, Any], str]] = [
    ({"first": date(2026, 11, 1)}, "cover_begins_earlier"),
    ({"first": date(2026, 11, 5), "last": date(2026, 11, 4)}, "cover_ends_before"),
    ({"last": date(2027, 6, 30)}, "cover_too_long"),
    ({"last": None}, "cover_days_missing"),
]


def test_days_that_cannot_be() -> None:
    for given, code in DAYS:
        with make.refused(Invalid, code):
            plan("gdsxd", "gdsxd", "pgdsxd", **given)


def test_one_cover_of_a_desk_at_a_time() -> None:
    make.join("pgd2", "SXD", "unit_deputy")
    plan("gdsxd", "gdsxd", "pgdsxd")
    with make.refused(Conflict, "cover_overlap"):
        plan("gdsxd", "gdsxd", "pgd2", first=FRIDAY, last=date(2026, 11, 9))
    plan("gdsxd", "gdsxd", "pgd2", first=date(2026, 11, 7), last=date(2026, 11, 9))


def test_no_chain_and_no_cycle() -> None:
    make.join("pgd2", "SXD", "unit_deputy")
    plan("gdsxd", "gdsxd", "pgdsxd")
    with make.refused(Invalid, "cover_chain_absent"):
        plan("pgdsxd", "pgdsxd", "pgd2", first=FRIDAY, last=date(2026, 11, 9))
    with make.refused(Invalid, "cover_chain_absent"):
        plan("pgdsxd", "pgdsxd", "gdsxd")
    with make.refused(Invalid, "cover_chain_substitute"):
        plan("pgd2", "pgd2", "gdsxd")


def test_a_covered_desk_gives_no_right_to_hand_desks_on() -> None:
    plan("gdsxd", "gdsxd", "pgdsxd")
    with make.refused(NotAllowed, "cover_not_allowed"):  # the head could, the substitute of the head cannot
        plan("pgdsxd", "gdsxd", "pgdsxd", first=date(2026, 11, 7), last=date(2026, 11, 9))


def test_it_ends_early_and_the_history_says_by_whom() -> None:
    cover = plan("gdsxd", "gdsxd", "pgdsxd", reason="Đi công tác")
    with make.refused(NotAllowed, "cover_not_allowed"):
        end("pgdsxd", cover, "2026-11-03 09:00")
    with make.refused(NotVisible, "cover_not_visible"):
        end("gdstc", cover, "2026-11-03 09:00")
    end("gdsxd", cover, "2026-11-03 09:00")
    assert covered("pgdsxd", "2026-11-03 09:00") == []
    with make.refused(Conflict, "cover_ended"):
        end("gdsxd", cover, "2026-11-03 10:00")
    (mine,) = queries.page(make.who("gdsxd"), make.at("2026-11-04 08:00")).rows
    assert (mine.state, mine.ended_by, mine.last, mine.may_end) == ("ended", "Ngô Xuân Trường", FRIDAY, False)
    assert mine.reason == "Đi công tác"
    (seen,) = queries.page(make.who("pgdsxd"), make.at("2026-11-04 08:00")).rows
    assert (seen.is_mine, seen.reason) == (True, "")  # why somebody is away is not the substitute's to read
    assert queries.page(make.who("gdstc"), make.at("2026-11-04 08:00")).rows == []


def test_called_off_before_it_begins_the_days_are_free_again() -> None:
    cover = plan("gdsxd", "gdsxd", "pgdsxd", first=date(2026, 11, 4))
    end("chutich", cover, "2026-11-03 08:00")
    assert covered("pgdsxd", "2026-11-05 08:00") == []
    plan("gdsxd", "gdsxd", "pgdsxd", "2026-11-03 09:00", first=date(2026, 11, 3))
    assert Cover.objects.count() == 2


@pytest.mark.parametrize("leaver", ["gdsxd", "pgdsxd"])
def test_rights_end_with_either_appointment(leaver: str) -> None:
    plan("gdsxd", "gdsxd", "pgdsxd")
    make.vacate(leaver, "2026-11-04 08:00")
    assert (len(covered("pgdsxd", "2026-11-03 08:00")), covered("pgdsxd", "2026-11-04 08:00")) == (1, [])


def test_the_page_offers_whom_one_may_arrange_for_and_whom_one_may_choose() -> None:
    page = queries.page(make.who("gdsxd"), make.at(make.MONDAY))
    assert [desk.officer_name for desk in page.desks] == [
        "Ngô Xuân Trường", "Cao Viết Thịnh", "Mạc Đình Chi", "Trương Thị Nga",
    ]  # fmt: skip
    assert [desk.officer_name for desk in page.substitutes] == ["Cao Viết Thịnh"]
    other = queries.page(make.who("gdsxd"), make.at(make.MONDAY), post=post("cvqldt"))
    assert [desk.officer_name for desk in other.substitutes] == ["Cao Viết Thịnh", "Mạc Đình Chi"]
    assert [desk.officer_name for desk in queries.page(make.who("cvqldt"), make.at(make.MONDAY)).desks] == [
        "Trương Thị Nga"
    ]
