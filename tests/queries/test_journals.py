"""One's own journal: four tables as one, newest first, paged by key; nobody else's lines, no title that one may not read."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import DutyHolding, Officer
from kycuong.queries import journals
from kycuong.queries.journals import Wanted
from kycuong.services import accounts, covers, receipts, tasks, workbooks

pytestmark = pytest.mark.django_db
NEXT = "2026-11-03 09:00"


@pytest.fixture
def busy() -> str:
    """Give a head who signed in, read, was covered by the deputy, handed over and took something along."""
    duty = make.issued()[0]
    head = Officer.objects.get(login="gdsxd")
    at = make.at(make.MONDAY)
    accounts.signed_in(officer_id=head.pk, at=at, address="10.1.2.0/24", way="password")
    accounts.sign_in_failed(login="GDSXD", at=at, address="10.9.9.0/24")
    accounts.sign_in_failed(login="khong-co", at=at)
    receipts.receive(actor=make.who("gdsxd"), at=at, duty=duty.public_id)
    post = make.who("pgdsxd").hats[0].post_id
    covers.plan(
        actor=make.who("gdsxd"), at=at, post=make.who("gdsxd").hats[0].post_id, substitute=post,
        first=make.at(NEXT).date(), last=make.at(NEXT).date(), reason="Đi công tác",
    )  # fmt: skip
    tasks.assign(
        actor=make.who("pgdsxd", NEXT), at=make.at(NEXT), duty=duty.public_id, desk=make.desk("cvqldt"),
        request=tasks.Request(duty.act_seq, uuid4()),
    )  # fmt: skip
    workbooks.journal(actor=make.who("gdsxd"), at=make.at(NEXT), wanted=Wanted())
    return duty.title


def told(login: str, **wanted: Any) -> list[tuple[str, str, str, str]]:
    page = journals.journal(make.who(login, NEXT), Wanted(**wanted))
    return [(row.kind, row.label, row.by, row.title) for row in page.rows]


def test_everything_in_ones_name(busy: str) -> None:
    found = told("gdsxd")
    assert [row[0] for row in found[:2]] == ["lam-thay", "tai-xuong"]
    assert found[0][2:] == ("Cao Viết Thịnh", busy)
    assert found[1][1:] == ("Tải nhật ký của mình", "", "")
    assert {kind for kind, *_ in found} == set(journals.KINDS)
    assert [label for kind, label, *_ in found if kind == "dang-nhap"] == ["Đăng nhập không thành công", "Đăng nhập"]
    assert ("da-xem", "Mở xem nhiệm vụ", "", busy) in found
    deputy = told("pgdsxd")
    assert [kind for kind, *_ in deputy] == ["viec-lam"]
    row = journals.journal(make.who("pgdsxd", NEXT), Wanted()).rows[0]
    assert row.stands_for == "Ngô Xuân Trường"
    assert told("gdstc") == []


def test_pages_join_without_a_gap(busy: str) -> None:
    who = make.who("gdsxd", NEXT)
    whole = journals.journal(who, Wanted()).rows
    DutyHolding.objects.filter(officer=who.officer_id).update(read_at=make.at(make.MONDAY))  # all at one instant
    walked: list[journals.JournalRow] = []
    after: str | None = ""
    while after is not None:
        page = journals.journal(who, Wanted(), after=after, size=2)
        walked += page.rows
        after = page.next_key
    assert [(row.rank, row.pk) for row in walked] == [(row.rank, row.pk) for row in whole]
    assert len(walked) >= 6
    for key in ("x", "1-2", "1-2-" + "9" * 30, "9" * 18 + "-0-1"):
        with pytest.raises(Invalid):
            journals.journal(who, Wanted(), after=key)


def test_by_kind_and_by_day(busy: str) -> None:
    monday, tuesday = make.at(make.MONDAY).date(), make.at(NEXT).date()
    assert {kind for kind, *_ in told("gdsxd", kind="da-xem")} == {"da-xem"}
    assert {kind for kind, *_ in told("gdsxd", first=tuesday)} == {"lam-thay", "tai-xuong"}
    assert "lam-thay" not in {kind for kind, *_ in told("gdsxd", last=monday)}
    assert len(told("gdsxd", first=monday, last=tuesday)) == len(told("gdsxd"))
    with pytest.raises(Invalid):
        told("gdsxd", kind="khac")


def test_who_has_left_office_sees_what_was_done_but_not_of_what(busy: str) -> None:
    make.vacate("gdsxd", make.MONDAY)
    assert busy not in {title for *_, title in told("gdsxd")}
    assert "lam-thay" in {kind for kind, *_ in told("gdsxd")}


def test_the_cost_is_fixed(busy: str, django_assert_num_queries: Any) -> None:
    who = make.who("gdsxd", NEXT)
    with django_assert_num_queries(7):  # six tables and the titles
        journals.journal(who, Wanted())
    with django_assert_num_queries(2):
        journals.journal(who, Wanted(kind="da-xem"))


def test_taken_along_as_lines(busy: str) -> None:
    book = workbooks.journal(actor=make.who("gdsxd", NEXT), at=make.at(NEXT), wanted=Wanted(kind="lam-thay"))
    lines = book.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Cao Viết Thịnh" in lines[1]
    assert busy[:40] in lines[1]
