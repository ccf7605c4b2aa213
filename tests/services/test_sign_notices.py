"""The head of a unit is told once a week of each sign that arose about it, and explains first."""

from __future__ import annotations

from typing import Any

from tests import make
from tests.organising import decided, merged, plan

from kycuong import jobs
from kycuong.core.signs import Code
from kycuong.models import Notice
from kycuong.queries import notices as queries
from kycuong.queries import signs
from kycuong.services import consultations as services_of_opinions
from kycuong.services import signs as services
from services.test_consult import AFTER, IN_TIME, ask, give, opinion, take, to
from services.test_signs import explain, silence

NEXT = "2026-11-18 07:40"


def tell(when: str) -> int:
    return services.tell(make.at(when))


def told() -> list[tuple[str, str, Any]]:
    rows = Notice.objects.filter(unit__isnull=False).order_by("id")
    return list(rows.values_list("recipient__login", "topic", "unit__code"))


def test_the_head_hears_once_a_week_of_a_sign_whatever_number_of_cases_and_rounds() -> None:
    silence()
    second = ask("STC")
    take(second)
    to(AFTER)
    assert [tell(NEXT), tell(NEXT), tell("2026-11-19 07:40"), tell("2026-11-20 07:40")] == [1, 0, 0, 0]
    assert told() == [("gdstc", "sign.silence", "STC")]
    (row,) = [one for one in queries.notices(make.who("gdstc", NEXT), make.at("2026-11-20 08:00")).rows if one.sign]
    assert (row.label, row.duty_title) == (
        "Dấu hiệu cần rà soát: đơn vị xem và giải trình trước",
        "Không trả lời lấy ý kiến đúng hạn",
    )
    assert row.path == f"dau-hieu/{make.unit('STC').public_id}/?dau-hieu=silence"


def test_nobody_else_hears_and_what_is_explained_tells_nothing_new() -> None:
    duty = silence()
    explain(duty, "2026-11-17 10:00")
    assert tell(NEXT) == 0
    for login in ("chanhvp", "gdsxd", "chutich"):
        assert [one for one in queries.notices(make.who(login, NEXT), make.at(NEXT)).rows if one.sign] == []


def test_nothing_is_told_on_a_day_off_or_before_the_office_opens() -> None:
    silence()
    assert [tell("2026-11-21 08:00"), tell("2026-11-18 06:00"), tell("2026-11-23 08:00")] == [0, 0, 1]


def test_a_new_week_tells_anew_and_the_jobs_do_it() -> None:
    silence()
    take(ask("STC", rule="law", days=10))  # what a law demands in writing is owed from 24/11 on
    for when in (NEXT, "2026-11-24 08:00", "2026-11-25 08:00"):
        jobs.work_once(make.at(when))
    assert told() == [("gdstc", "sign.silence", "STC")] * 2


def test_what_ended_weeks_ago_and_becomes_a_sign_today_is_told() -> None:
    (task,) = make.issued()
    back, again = (ask("STC", rule=rule, about=task.public_id) for rule in ("regulation", "law"))
    for made in (back, again):
        take(made)
    services_of_opinions.return_opinion(
        actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=opinion(back).duty.public_id, note="Điều 5",
        ground="unconcerned", why="Thiếu người",
    )  # fmt: skip
    then = make.at("2026-12-01 07:40")
    assert Code.WRONG_RETURN not in {one.code for one in signs.arisen(then)}
    give(again, "2026-11-30 09:00")  # three weeks later it has something to say on the matter after all
    assert [(one.unit, one.week) for one in signs.arisen(then) if one.code is Code.WRONG_RETURN] == [
        (make.unit("STC").pk, make.at("2026-11-30").date().toordinal())
    ]


def test_of_a_unit_that_has_ended_the_head_of_its_heir_hears_and_reads() -> None:
    silence()
    decided(merged("SXD", "STC", on="2026-11-17"), "2026-11-17 08:00")
    assert tell(NEXT) == 1
    assert told() == [("gdsxd", "sign.silence", "STC")]
    who, at = make.who("gdsxd", "2026-11-18 08:00"), make.at("2026-11-18 08:00")
    (row,) = [one for one in queries.notices(who, at).rows if one.sign]
    assert row.unit_id == make.unit("STC").public_id
    assert signs.unit_signs(who, at, row.unit_id).cases is not None


def test_of_a_unit_that_was_divided_the_heads_of_all_its_heirs_hear_and_read() -> None:
    silence()  # over before the division: nobody took it over alone
    make.join("pgdstc", "STC", "unit_deputy")
    heirs = [
        {"code": code, "name": f"Sở {code}", "head": head} for code, head in (("SNS", "gdstc"), ("SGIA", "pgdstc"))
    ]
    decided(plan("split", "STC", successors=heirs, rest="SNS", on="2026-11-17"), "2026-11-17 08:00")
    assert [tell(NEXT), tell(NEXT)] == [2, 0]
    assert set(told()) == {("gdstc", "sign.silence", "STC"), ("pgdstc", "sign.silence", "STC")}
    for login in ("gdstc", "pgdstc"):
        assert queries.unread(make.who(login, "2026-11-18 08:00"), make.at("2026-11-18 08:00")) == 1


def test_who_no_longer_heads_the_unit_no_longer_reads_it() -> None:
    silence()
    tell(NEXT)
    make.vacate("gdstc", "2026-11-19 08:00")
    assert queries.unread(make.who("gdstc", "2026-11-20 08:00"), make.at("2026-11-20 08:00")) == 0
