"""Passwords are given by the administrator or by the machine's keeper, and changed by oneself; accounts stop and go on."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from tests import make

from kycuong.cli import account as verb
from kycuong.core.accounts import AccountState
from kycuong.core.errors import Conflict, Fact, Invalid, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Officer
from kycuong.queries import accounts as queries
from kycuong.services import accounts

pytestmark = pytest.mark.django_db
NEW, OLD = "ba con trau di cay", "mat-khau-dai-2026"
AT = make.at(make.MONDAY)


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


def person(login: str = "gdsxd") -> Officer:
    return Officer.objects.get(login=login)


def acts() -> list[str]:
    return list(AuditEntry.objects.filter(subject_kind="officer").order_by("pk").values_list("act", flat=True))


def signs_in(login: str, password: str) -> bool:
    request = RequestFactory().post("/dang-nhap/")
    return authenticate(request, username=login, password=password) is not None


def refused(kind: type[Fact], code: str, call: Any) -> None:
    """Check that a call is refused with a code, and that neither the people nor the audit changed."""
    before, told = list(Officer.objects.order_by("pk").values()), acts()
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.code == code
    assert (list(Officer.objects.order_by("pk").values()), acts()) == (before, told)


def test_a_given_password_replaces_the_old_one_and_must_be_changed() -> None:
    given = accounts.give_password(actor=make.who("quantri"), at=AT, login="GDSXD")
    again = accounts.give_password(actor=make.who("quantri"), at=AT, login="gdsxd")
    assert given != again
    assert [signs_in("gdsxd", one) for one in (OLD, given, again)] == [False, False, True]
    assert person().must_change
    rows = AuditEntry.objects.filter(act="give_password")
    assert {(row.actor_id, row.subject_id) for row in rows} == {(person("quantri").pk, str(person().pk))}
    assert all(given not in json.dumps(row.data) for row in rows)


def test_who_may_not_give_a_password_and_to_whom() -> None:
    def give(actor: str, login: str, password: str = "") -> Any:
        return lambda: accounts.give_password(actor=make.who(actor), at=AT, login=login, password=password)

    refused(NotAllowed, "administer_not_allowed", give("gdsnv", "gdsxd"))
    refused(NotVisible, "account_unknown", give("quantri", "khong-co"))
    refused(Invalid, "account_own", give("quantri", "quantri"))
    refused(Invalid, "password_too_short", give("quantri", "gdsxd", "ngan"))
    accounts.deactivate(actor=make.who("quantri"), at=AT, login="gdsxd", reason="Nghỉ hưu")
    refused(Invalid, "account_stopped", give("quantri", "gdsxd"))


def test_one_changes_ones_own_password() -> None:
    accounts.give_password(actor=None, at=AT, login="gdsxd", password=OLD)
    accounts.change_password(actor=make.who("gdsxd"), at=AT, real=AT, old=OLD, new=NEW, again=NEW)
    assert (signs_in("gdsxd", OLD), signs_in("gdsxd", NEW), person().must_change) == (False, True, False)
    assert acts()[-1] == "change_password"


@pytest.mark.parametrize(
    ("old", "new", "again", "code"),
    [
        ("khong-dung-dau", NEW, NEW, "password_wrong"),
        (OLD, NEW, NEW + "x", "password_not_repeated"),
        (OLD, OLD, OLD, "password_same"),
        (OLD, "ngan-qua", "ngan-qua", "password_too_short"),
        (OLD, "123412341234", "123412341234", "password_entirely_numeric"),
        (OLD, "1q2w3e4r5t6y", "1q2w3e4r5t6y", "password_too_common"),
        (OLD, "ngoxuantruong", "ngoxuantruong", "password_too_similar"),
    ],
)
def test_what_is_no_new_password(old: str, new: str, again: str, code: str) -> None:
    actor = make.who("gdsxd")
    refused(Invalid, code, lambda: accounts.change_password(actor=actor, at=AT, real=AT, old=old, new=new, again=again))


def test_a_password_given_meanwhile_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    actor, hashing = make.who("gdsxd"), accounts.make_password

    def slow(password: str) -> str:
        Officer.objects.filter(pk=actor.officer_id).update(password="!")
        return hashing(password)

    monkeypatch.setattr(accounts, "make_password", slow)
    with pytest.raises(Conflict):
        accounts.change_password(actor=actor, at=AT, real=AT, old=OLD, new=NEW, again=NEW)
    assert (person().password, acts()) == ("!", [])


def test_an_account_stops_with_a_reason_and_goes_on() -> None:
    admin = make.who("quantri")
    refused(
        Invalid, "account_reason_missing",
        lambda: accounts.deactivate(actor=admin, at=AT, login="gdsxd", reason=" "),
    )  # fmt: skip
    refused(Invalid, "account_own", lambda: accounts.deactivate(actor=admin, at=AT, login="quantri", reason="x"))
    accounts.deactivate(actor=admin, at=AT, login="gdsxd", reason="Nghỉ hưu từ 01/11/2026")
    assert not signs_in("gdsxd", OLD)
    assert make.who("gdsxd").hats == ()
    refused(
        Invalid, "account_already_stopped", lambda: accounts.deactivate(actor=admin, at=AT, login="gdsxd", reason="x")
    )
    refused(
        NotAllowed, "administer_not_allowed", lambda: accounts.activate(actor=make.who("gdsnv"), at=AT, login="gdsxd")
    )
    accounts.activate(actor=admin, at=AT, login="gdsxd")
    assert signs_in("gdsxd", OLD)
    refused(Invalid, "account_not_stopped", lambda: accounts.activate(actor=admin, at=AT, login="gdsxd"))
    assert acts() == ["deactivate", "activate"]
    assert "Nghỉ hưu" not in json.dumps([row.data for row in AuditEntry.objects.all()], ensure_ascii=False)


def test_the_list_counts_states_and_finds_by_part_of_a_name() -> None:
    admin = make.who("quantri")
    Officer.objects.filter(login="ctx1").update(password="!abc")
    accounts.give_password(actor=admin, at=AT, login="gdstc")
    accounts.deactivate(actor=admin, at=AT, login="gdsxd", reason="Nghỉ hưu")
    page = queries.accounts(admin, AT, size=5)
    assert {one.state: one.count for one in page.counts} == {
        AccountState.STOPPED: 1, AccountState.NEW: 1, AccountState.GIVEN: 1, AccountState.USED: len(make.PEOPLE) - 3,
    }  # fmt: skip
    second = queries.accounts(admin, AT, size=5, after=page.next_key or "")
    assert page.rows[-1].login < second.rows[0].login
    found = queries.accounts(admin, AT, text="luong van").rows
    assert [(row.login, row.state, row.places) for row in found] == [
        ("ctx1", "new", ("Chủ tịch UBND xã, Ủy ban nhân dân xã Khe Sim",))
    ]
    assert [row.login for row in queries.accounts(admin, AT, state="stopped").rows] == ["gdsxd"]
    with pytest.raises(NotAllowed):
        queries.accounts(make.who("gdsnv"), AT)


def test_the_first_administrator_gets_a_password_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    Officer.objects.update(password="!")
    assert verb.main(["password", "quantri", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert signs_in("quantri", told["password"])
    assert person("quantri").must_change
    assert acts() == ["give_password"]
    assert verb.main(["password", "khong-co"]) == 1
    assert "khong-co" in capsys.readouterr().err


def test_a_password_typed_at_the_command_line_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NEW}\n"))
    assert verb.main(["password", "quantri", "--stdin"]) == 0
    assert NEW not in capsys.readouterr().out
    assert signs_in("quantri", NEW)
    assert verb.main(["password", "quantri", "--stdin"]) == 1
