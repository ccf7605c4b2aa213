"""An administrator must register a phone, signs in with it, loses it and comes back; sessions are seen and ended at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as conf
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.core import second_factors as law
from kycuong.models import AuditEntry, Officer, SecondFactor, Session
from kycuong.services import sessions as services
from stories.doors import Web

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-dai-2026"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _province(settings: Any) -> None:
    settings.SECOND_FACTOR = "policy"
    make.province()


def come(login: str, **more: str) -> tuple[Client, HttpResponse]:
    browser = Client(headers={"user-agent": CHROME}, REMOTE_ADDR="10.1.2.3")
    return browser, browser.post(reverse("sign_in"), {"username": login, "password": PASSWORD, **more})


def code(secret: str, steps: int = 0) -> str:
    return law.code_at(law.read(secret), law.step_of(datetime.now(UTC)) + steps)


def forget_step(login: str) -> None:
    """Let the code of this half minute serve again: a story does not wait."""
    SecondFactor.objects.filter(officer__login=login).update(last_step=0)


def register(browser: Client) -> tuple[str, list[str]]:
    page = browser.get(reverse("register_factor")).content.decode()
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    answer = browser.post(reverse("register_factor"), {"code": code(found[1])})
    return found[1], re.findall(r"<code>([a-z0-9-]+)</code>", answer.content.decode())


def text(browser: Client, name: str) -> str:
    return browser.get(reverse(name)).content.decode()


def test_an_administrator_registers_first_and_then_works() -> None:
    browser, answer = come("quantri")
    assert answer.status_code == 302
    for name in ("my_duties", "accounts", "own_password"):
        assert browser.get(reverse(name)).headers["Location"] == reverse("second_factor")
    assert browser.post(reverse("read_all")).headers["Location"] == reverse("second_factor")
    assert "phải dùng xác thực hai bước" in text(browser, "second_factor")
    page = browser.get(reverse("register_factor"))
    assert "no-store" in page["Cache-Control"]
    assert '<svg class="qr"' in page.content.decode()
    assert browser.post(reverse("register_factor"), {"code": "1"}).status_code == 422
    assert browser.get(reverse("my_duties")).status_code == 302
    secret, codes = register(browser)
    assert len(codes) == law.RECOVERY_CODES
    assert browser.get(reverse("my_duties")).status_code == 200
    assert not any(one in text(browser, "second_factor") for one in codes)

    again, answer = come("quantri", next=reverse("accounts"))
    assert answer.headers["Location"] == reverse("sign_in_code")
    assert again.get(reverse("my_duties")).status_code == 302
    key = again.cookies[conf.SESSION_COOKIE_NAME].value
    assert again.post(reverse("sign_in_code"), {"code": "khong-dung"}).status_code == 422
    forget_step("quantri")
    done = again.post(reverse("sign_in_code"), {"code": code(secret)})
    assert done.headers["Location"] == reverse("accounts")
    assert again.cookies[conf.SESSION_COOKIE_NAME].value != key
    assert again.get(reverse("accounts")).status_code == 200
    told = [(row.act, row.data.get("way")) for row in AuditEntry.objects.filter(subject_kind="officer").order_by("pk")]
    assert told == [
        ("sign_in", "password"), ("register_factor", None), ("code_failed", None), ("sign_in", "code"),
    ]  # fmt: skip


def test_the_phone_is_lost() -> None:
    browser, _ = come("gdsxd")
    _, codes = register(browser)
    there, _ = come("gdsxd")
    assert there.post(reverse("sign_in_code"), {"code": codes[3]}).status_code == 302
    key = Officer.objects.get(login="gdsxd").pk
    admin = Web().person("quantri", make.MONDAY)
    assert "Đang bật từ" in admin.get(reverse("account", args=[key])).content.decode()
    assert admin.post(reverse("reset_factor", args=[key])).status_code == 302
    assert there.get(reverse("my_duties")).status_code == 302
    _back, answer = come("gdsxd")
    assert answer.headers["Location"] == reverse("my_duties")
    assert Web().person("gdsnv", make.MONDAY).post(reverse("reset_factor", args=[key])).status_code == 403


def test_the_second_step_waits_five_minutes_and_falls_with_the_password() -> None:
    browser, _ = come("gdsxd")
    _, codes = register(browser)
    slow, _ = come("gdsxd")
    held = slow.session
    held["sign_in_waiting"] = held["sign_in_waiting"] | {"until": 0}
    held.save()
    assert slow.post(reverse("sign_in_code"), {"code": codes[0]}).status_code == 422
    assert slow.get(reverse("sign_in_code")).headers["Location"] == reverse("sign_in")
    other, _ = come("gdsxd")
    Officer.objects.filter(login="gdsxd").update(password="!")
    assert other.post(reverse("sign_in_code"), {"code": codes[0]}).status_code == 422
    assert Client().post(reverse("sign_in_code"), {"code": codes[0]}).headers["Location"] == reverse("sign_in")
    assert SecondFactor.objects.count() == 1


def test_guessing_codes_stops_from_everywhere() -> None:
    browser, _ = come("gdsxd")
    _, codes = register(browser)
    for _ in range(5):
        attacker, _ = come("gdsxd")
        attacker.post(reverse("sign_in_code"), {"code": "000000"})
    mine, _ = come("gdsxd")
    assert mine.post(reverse("sign_in_code"), {"code": codes[0]}).status_code == 429


def test_a_session_planted_before_gives_nothing() -> None:
    """ASVS 3.2.1: the key of the session changes when a person signs in."""
    browser = Client()
    browser.get(reverse("register_factor"))
    planted = browser.session
    planted["x"] = 1
    planted.save()
    browser.cookies[conf.SESSION_COOKIE_NAME] = planted.session_key
    browser.post(reverse("sign_in"), {"username": "gdsxd", "password": PASSWORD})
    assert browser.cookies[conf.SESSION_COOKIE_NAME].value != planted.session_key
    thief = Client()
    thief.cookies[conf.SESSION_COOKIE_NAME] = planted.session_key
    assert thief.get(reverse("my_duties")).status_code == 302
    assert not Session.objects.filter(session_key=browser.session.session_key).exists()  # only its hash is kept


@pytest.mark.parametrize("wanted", ["https://xau.example/", "//xau.example/x", "/\\xau.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(wanted: str) -> None:
    assert come("gdsxd", next=wanted)[1].headers["Location"] == reverse("my_duties")


def test_the_cookie_is_for_the_server_alone_and_forms_need_their_token() -> None:
    browser, _ = come("gdsxd")
    cookie = browser.cookies[conf.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    strict = Client(enforce_csrf_checks=True)
    for name in ("sign_in", "sign_in_code", "sign_out", "end_other_sessions", "register_factor", "withdraw_factor"):
        assert strict.post(reverse(name), {"username": "gdsxd", "password": PASSWORD}).status_code == 403, name


def test_unknown_and_known_names_get_the_same_answer() -> None:
    pages = [
        re.sub(r"gdsxd|khong-co|value=\"[A-Za-z0-9]{64}\"", "", answer.content.decode())
        for answer in (
            Client().post(reverse("sign_in"), {"username": name, "password": "khong-dung"})
            for name in ("gdsxd", "khong-co")
        )
    ]
    assert pages[0] == pages[1]


def test_sessions_are_seen_and_ended_at_once() -> None:
    here, _ = come("gdsxd")
    there, _ = come("gdsxd")
    page = text(here, "own_sessions")
    assert page.count("Chrome, Windows") == 2
    assert "10.1.2.0/24" in page
    assert "10.1.2.3" not in page
    rows = here.get(reverse("own_sessions")).context["rows"]
    assert [row.current for row in rows] == [True, False]
    stranger, _ = come("gdstc")
    assert stranger.post(reverse("end_session", args=[rows[1].key])).status_code == 404
    assert there.get(reverse("my_duties")).status_code == 200
    assert here.post(reverse("end_session", args=[rows[1].key])).status_code == 302
    assert there.get(reverse("my_duties")).status_code == 302
    others = [come("gdsxd")[0] for _ in range(2)]
    assert here.post(reverse("end_other_sessions")).status_code == 302
    assert [one.get(reverse("my_duties")).status_code for one in (*others, here)] == [302, 302, 200]
    key = Officer.objects.get(login="gdsxd").pk
    admin = Web().person("quantri", make.MONDAY)
    assert "Chrome, Windows" in admin.get(reverse("account", args=[key])).content.decode()
    assert admin.post(reverse("end_sessions", args=[key])).status_code == 302
    assert here.get(reverse("my_duties")).status_code == 302
    assert [row.act for row in AuditEntry.objects.filter(act__startswith="end_session").order_by("pk")] == [
        "end_session", "end_sessions", "end_sessions",
    ]  # fmt: skip


def test_no_session_lives_on_in_a_restored_place() -> None:
    browser, _ = come("gdsxd")
    services.clear()
    assert browser.get(reverse("my_duties")).status_code == 302


def test_an_idle_session_ends_and_a_used_one_too_in_the_end(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_COOKIE_AGE = 30, 3600
    clock = [datetime.now(UTC)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])

    def after(browser: Client, *minutes: int) -> int:
        for wait in minutes:
            clock[0] += timedelta(minutes=wait)
            status = browser.get(reverse("my_duties")).status_code
        return status

    assert after(come("gdsxd")[0], 31) == 302
    assert after(come("gdsxd")[0], 20, 20) == 200
    assert after(come("gdsxd")[0], 25, 25, 15) == 302
    services.forget(clock[0])
    assert not Session.objects.filter(officer__isnull=False).exists()


def test_a_page_costs_no_query_more_and_a_minute_one_write(django_assert_num_queries: Any) -> None:
    browser, _ = come("gdsxd")
    held = browser.session
    forced = Client()
    forced.force_login(Officer.objects.get(login="gdsxd"), "django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(7):
        forced.get(reverse("own_sessions"))
    with django_assert_num_queries(6) as plain:  # person and posts at once
        browser.get(reverse("own_sessions"))
    held["sign_in"] = held["sign_in"] | {"seen": held["sign_in"]["seen"] - 61}
    held.save()
    with django_assert_num_queries(len(plain) + 3):  # savepoint, update, release
        browser.get(reverse("own_sessions"))
