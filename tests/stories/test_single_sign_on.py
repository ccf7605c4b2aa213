"""Single sign-on against a real provider: who comes back, who does not, and what it never gives."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests import make, provider

from kycuong.models import Appointment, AuditEntry, Identity, Officer, Session
from kycuong.services import second_factors
from stories.doors import Web

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture(scope="module")
def issuer(provider_package: Path) -> Iterator[str]:
    """Serve the provider once for the file."""
    with provider.serve(provider_package, HERE) as issuer:
        yield issuer


@pytest.fixture(autouse=True)
def _province(settings: Any, issuer: str) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = issuer, "kycuong", provider.SECRET
    settings.SECOND_FACTOR = "policy"
    make.province()


def start(browser: Client, **more: str) -> str:
    answer = browser.post(reverse("single_sign_on"), more)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def come(name: str, browser: Client | None = None, **more: str) -> tuple[Client, HttpResponse]:
    """Sign in at the provider as somebody and come back."""
    browser = browser or Client()
    return browser, browser.get(provider.Visitor().sign_in(start(browser, **more), name, HERE))


def acts() -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(subject_kind="officer").order_by("pk")
    return [(row.act, row.actor.login if row.actor else "") for row in rows]


def test_the_way_there_and_back() -> None:
    browser = Client()
    asked = parse_qs(urlsplit(start(browser)).query)
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert asked["redirect_uri"] == [HERE + reverse("single_sign_on_back")]
    assert len(asked["state"][0]) >= 16
    assert len(asked["nonce"][0]) >= 32
    browser, answer = come("GDSXD", next=reverse("register"))
    assert answer.headers["Location"] == reverse("register")
    assert browser.get(reverse("my_duties")).status_code == 200
    assert "bằng đăng nhập một lần" in browser.get(reverse("own_sessions")).content.decode()
    linked = Identity.objects.get()
    assert (linked.officer.login, linked.subject) == ("gdsxd", "GDSXD")
    come("GDSXD")
    assert acts() == [("link_identity", "gdsxd"), ("sign_in", "gdsxd"), ("sign_in", "gdsxd")]


def test_nobody_of_ours_is_told_who_can_help() -> None:
    browser, answer = come("nguoi.la")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“nguoi.la”" in page
    assert "Quản trị" in page
    assert browser.get(reverse("my_duties")).status_code == 302
    assert not Identity.objects.exists()
    assert acts() == [("identity_refused", "")]
    assert not Officer.objects.filter(login="nguoi.la").exists()


def test_it_gives_no_right() -> None:
    Appointment.objects.filter(officer__login="gdsxd").delete()
    browser, answer = come("gdsxd")
    assert answer.status_code == 302
    assert browser.get(reverse("accounts")).status_code == 403
    assert make.who("gdsxd").hats == ()
    Officer.objects.filter(login="gdstc").update(is_active=False)
    assert come("gdstc")[1].status_code == 422


def test_a_name_used_again_there_is_not_the_old_person_here() -> None:
    come("gdsxd")
    _, answer = come("moi:gdsxd")  # another person there who was given the same name
    assert answer.status_code == 409
    assert Identity.objects.get().subject == "gdsxd"
    key = Officer.objects.get(login="gdsxd").pk
    admin = Web().person("quantri", make.MONDAY)
    assert "Đã liên kết từ" in admin.get(reverse("account", args=[key])).content.decode()
    assert admin.post(reverse("withdraw_identity", args=[key])).status_code == 302
    assert come("moi:gdsxd")[1].status_code == 302


def test_by_verified_mail_and_no_other(settings: Any) -> None:
    settings.OIDC_MATCH = "email"
    Officer.objects.filter(login="gdsxd").update(email="truong@lamgiang.example")
    Officer.objects.filter(login="gdstc").update(email="chua-xac-minh.phuc@lamgiang.example")
    Officer.objects.filter(login__in=["ctx1", "ctx2"]).update(email="chung@lamgiang.example")
    assert come("truong")[1].status_code == 302
    for name in ("chua-xac-minh.phuc", "chung", "gdcat"):
        assert come(name)[1].status_code == 422
    assert [one.officer.login for one in Identity.objects.all()] == ["gdsxd"]


def test_a_state_of_another_browser_an_old_one_and_none() -> None:
    mine, theirs = Client(), Client()
    back = provider.Visitor().sign_in(start(mine), "gdsxd", HERE)
    assert theirs.get(back).status_code == 422  # nobody is made to sign in as somebody else
    assert theirs.get(reverse("single_sign_on_back") + "?code=x").status_code == 422
    assert theirs.get(reverse("my_duties")).status_code == 302
    assert mine.get(back).status_code == 302
    assert mine.get(back).status_code == 422  # used up
    assert mine.get(reverse("single_sign_on_back") + "?error=access_denied&state=x").status_code == 422


def test_a_code_serves_once_and_not_for_ever(settings: Any) -> None:
    browser = Client()
    first = provider.Visitor().sign_in(start(browser), "gdsxd", HERE)
    code = parse_qs(urlsplit(first).query)["code"][0]
    assert browser.get(first).status_code == 302
    again = Client()
    state = parse_qs(urlsplit(start(again)).query)["state"][0]
    replayed = again.get(reverse("single_sign_on_back"), {"code": code, "state": state})
    assert replayed.status_code == 422
    assert "Không xác minh được" in replayed.content.decode()
    settings.OIDC_CLIENT_ID = "ngan-han"
    late = Client()
    back = provider.Visitor().sign_in(start(late), "gdsxd", HERE)
    time.sleep(2.1)
    assert late.get(back).status_code == 422
    assert late.get(reverse("my_duties")).status_code == 302


def test_a_code_made_for_another_client_is_worth_nothing(settings: Any) -> None:
    settings.OIDC_CLIENT_ID = "nguoi-khac"
    browser = Client()
    back = provider.Visitor().sign_in(start(browser), "gdsxd", HERE)
    settings.OIDC_CLIENT_ID = "kycuong"
    assert browser.get(back).status_code == 422


def test_the_provider_is_down(settings: Any, issuer: str) -> None:
    browser = Client()
    back = provider.Visitor().sign_in(start(browser), "gdsxd", HERE)
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    answer = browser.get(back)
    assert answer.status_code == 422
    answer = Client().post(reverse("single_sign_on"))
    assert answer.status_code == 503
    assert "Không kết nối được" in answer.content.decode()
    settings.OIDC_ISSUER = issuer + "/"  # it calls itself by another name
    assert Client().post(reverse("single_sign_on")).status_code == 503


def test_an_account_is_linked_by_its_owner(settings: Any) -> None:
    settings.OIDC_CLAIM = "none"  # nothing there tells the sign-in name
    assert come("truong.nx")[1].status_code == 422
    browser = Web().person("gdsxd", make.MONDAY)
    there = browser.post(reverse("link_identity")).headers["Location"]
    back = provider.Visitor().sign_in(there, "truong.nx", HERE)
    assert Client().get(back).status_code == 422
    assert browser.get(back).headers["Location"] == reverse("own_identity")
    assert "đã liên kết với" in browser.get(reverse("own_identity")).content.decode()
    assert come("truong.nx")[1].status_code == 302
    other = Web().person("gdstc", make.MONDAY)
    there = other.post(reverse("link_identity")).headers["Location"]
    assert other.get(provider.Visitor().sign_in(there, "truong.nx", HERE)).status_code == 409
    assert browser.post(reverse("withdraw_own_identity")).status_code == 302
    assert come("truong.nx")[1].status_code == 422
    assert [act for act, who in acts() if who == "gdsxd"] == ["link_identity", "sign_in", "withdraw_identity"]


def test_the_second_step_is_theirs_unless_we_ask(settings: Any) -> None:
    assert come("quantri")[0].get(reverse("accounts")).status_code == 200
    settings.OIDC_SECOND_FACTOR = "here"
    assert come("quantri")[0].get(reverse("accounts")).headers["Location"] == reverse("second_factor")
    who, secret = make.who("quantri"), second_factors.draft()
    at = make.at(make.MONDAY)
    code = second_factors.law.code_at(second_factors.law.read(secret), second_factors.law.step_of(at))
    codes = second_factors.register(actor=who, at=at, real=at, secret=secret, code=code, keep="")
    browser, answer = come("quantri")
    assert answer.headers["Location"] == reverse("sign_in_code")
    assert browser.get(reverse("accounts")).status_code == 302
    assert browser.post(reverse("sign_in_code"), {"code": codes[0]}).status_code == 302
    assert browser.get(reverse("accounts")).status_code == 200
    assert Session.objects.filter(officer=who.officer_id).get().way == "provider"


def test_passwords_for_administrators_only(settings: Any) -> None:
    settings.PASSWORDS, settings.SECOND_FACTOR = "administrators", "none"
    for login, status in (("gdsxd", 422), ("quantri", 302)):
        values = {"username": login, "password": "mat-khau-dai-2026"}
        assert Client().post(reverse("sign_in"), values).status_code == status
    assert come("gdsxd")[1].status_code == 302


def test_signing_out_here_is_signing_out_there(settings: Any, issuer: str) -> None:
    browser, _ = come("gdsxd")
    gone = browser.post(reverse("sign_out")).headers["Location"]
    assert gone.startswith(f"{issuer}/session/end?client_id=kycuong&post_logout_redirect_uri=http%3A%2F%2Ftestserver")
    assert browser.get(reverse("my_duties")).status_code == 302
    browser, _ = come("gdsxd")
    settings.OIDC_SIGN_OUT = False
    assert browser.post(reverse("sign_out")).headers["Location"] == reverse("sign_in")


def test_what_is_no_logout_token() -> None:
    come("gdsxd")
    for token in ("", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJnZHN4ZCJ9."):
        assert Client().post(reverse("provider_logout"), {"logout_token": token}).status_code == 400
    assert Session.objects.filter(way="provider").count() == 1


def test_pages_of_the_library_have_no_address() -> None:
    for path in ("accounts/login/", "accounts/signup/", "accounts/social/connections/", "oidc/kycuong/login/"):
        assert Client().get(f"/{path}").status_code == 404
    assert Client().get(reverse("single_sign_on")).status_code == 405


def test_without_a_provider_there_is_no_door(settings: Any) -> None:
    settings.OIDC_ISSUER = ""
    assert Client().post(reverse("single_sign_on")).status_code == 404
    assert Client().post(reverse("provider_logout")).status_code == 404
    assert "một lần" not in Client().get(reverse("sign_in")).content.decode()
