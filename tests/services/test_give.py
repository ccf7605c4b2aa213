"""Giving a task directly writes all that registering, reviewing and issuing a line does, in one act."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import Appointment, AuditEntry, Document, Duty, DutyEvent, Outbox, Post, SearchRow
from kycuong.services import directives, search

SAID = "Rà soát, báo cáo tiến độ giải ngân vốn đầu tư công"
ROWS = ("kind", "code", "head", "body", "marks")


def unit(code: str) -> str:
    return f"unit:{make.unit(code).pk}"


def give(login: str = "chutich", **given: Any) -> Duty:
    given = {"unit": unit("SXD"), "text": SAID, "due_on": make.at("2026-11-16 00:00").date()} | given
    key: UUID = directives.give(actor=make.who(login), at=make.at(make.MONDAY), **given)
    return Duty.objects.get(public_id=key)


def test_it_stands_where_an_issued_line_stands() -> None:
    duty = give(participants=[unit("STC")], product="Báo cáo")
    (line,) = make.issued(
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ giải ngân chậm nhất ngày 16/11/2026."
    )
    alike = (
        "giver_unit", "giver_post", "follower_unit", "confirmer_unit", "holder_unit", "holder_post", "holder_officer", "term",
        "due_at", "near_at", "last_day_at", "late_at", "next_check_at", "calendar", "phase", "seq", "act_seq",
    )  # fmt: skip
    assert {name: getattr(duty, name) for name in alike} == {name: getattr(line, name) for name in alike}
    assert [one.unit.code for one in duty.task.participants.all()] == ["STC"]
    assert (duty.task.product, duty.task.order.text, duty.document.state) == ("Báo cáo", SAID, "issued")
    assert list(duty.holdings.values_list("officer__login", "until_at")) == [("gdsxd", None)]
    assert DutyEvent.objects.get(duty=duty).actor.login == "chutich"
    assert Outbox.objects.filter(duty=duty, topic="open").count() == 1
    assert AuditEntry.objects.get(act="give").subject_id == str(duty.document.public_id)


def test_it_is_found_as_if_its_rows_had_been_written_anew() -> None:
    give(participants=[unit("STC")])
    written = sorted(SearchRow.objects.values_list(*ROWS))
    search.rebuild()
    again = sorted(SearchRow.objects.values_list(*ROWS))
    assert [(*row[:4], set(row[4].split())) for row in written] == [(*row[:4], set(row[4].split())) for row in again]


def test_it_asks_as_little_as_it_can(django_assert_max_num_queries: Any) -> None:
    """Whom it charges, who follows, whose matter it is, the keys, the calendar, all rows (on SQLite each kind), and a savepoint."""
    give()  # the first one looks for who follows, and builds the calendar
    who, given = make.who("chutich"), {"unit": unit("SXD"), "text": SAID, "due_on": make.at("2026-11-16 00:00").date()}
    with django_assert_max_num_queries(8 if connection.vendor == "postgresql" else 18):
        directives.give(actor=who, at=make.at(make.MONDAY), why="", **given)


def test_without_a_date_it_has_no_clock() -> None:
    duty = give(due_on=None)
    assert (duty.term, duty.due_at, duty.next_check_at) == ("standing", None, None)


def test_the_office_writes_down_for_the_leader_who_said_it() -> None:
    deputy = make.who("phochutich").hats[0].post_id
    assert give("theodoi", giver_post=deputy).giver_post_id == deputy
    assert give("theodoi").giver_post.kind == "chairman"
    assert give("phochutich").giver_post_id == deputy


def test_the_same_request_gives_nothing_twice() -> None:
    key = uuid4()
    assert give(request_id=key) == give(request_id=key)
    assert Duty.objects.count() == 1
    for other in ({"text": f"{SAID} Khẩn."}, {"unit": unit("STC")}, {"login": "phochutich"}):
        with make.refused(Conflict, "request_used"):
            give(request_id=key, **other)


def test_a_request_that_comes_again_when_it_could_not_be_given_any_more_is_the_one_given() -> None:
    key = uuid4()
    made = give(request_id=key)
    late = directives.give(
        actor=make.who("chutich"), at=make.at("2026-11-20 08:00"), unit=unit("SXD"), text=SAID, due_on=make.at("2026-11-16 00:00").date(),
        request_id=key,
    )  # fmt: skip
    assert (late, Duty.objects.count()) == (made.public_id, 1)


def test_a_unit_whose_head_has_no_post_is_charged_all_the_same() -> None:
    body = make.unit("STC")
    Appointment.objects.filter(post__unit=body).delete()
    Post.objects.filter(unit=body).delete()
    duty = give(unit=unit("STC"))
    assert (duty.holder_unit, duty.holder_post_id, duty.task.order.parties.get().printed) == (body, None, body.name)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": "  "}, "give_empty"),
        ({"text": "a" * 2001}, "give_too_long"),
        ({"unit": "unit:0"}, "give_unit_missing"),
        ({"unit": ""}, "give_unit_unnamed"),
        ({"unit": "unit:²"}, "give_unit_missing"),
        ({"participants": ["post:1"]}, "give_unit_missing"),
        ({"due_on": make.at("2026-11-01 00:00").date()}, "give_date_past"),
        ({"due_on": make.at("2206-11-01 00:00").date()}, "date_unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_leaves_nothing(given: dict[str, Any], code: str) -> None:
    with make.refused(Invalid, code):
        give(**given)
    assert not Document.objects.exists()


def test_a_giver_who_is_no_leader_is_refused() -> None:
    with make.refused(Invalid, "giver_missing"):
        give("theodoi", giver_post=make.who("gdsxd").hats[0].post_id)


@pytest.mark.parametrize("login", ["gdsxd", "cvqldt", "kiemtoan", "quantri"])
def test_only_leaders_and_the_office_give(login: str) -> None:
    with make.refused(NotAllowed, "give_not_allowed"):
        give(login)
    assert not (Document.objects.exists() or DutyEvent.objects.exists() or Outbox.objects.exists())
    assert not AuditEntry.objects.filter(act="give").exists()
