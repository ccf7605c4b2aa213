"""A token opens what its officer sees, within its rights, as long as it stands, and not too often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from tests import make

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import AuditEntry, Officer, SystemToken
from kycuong.services import tokens


def test_a_token_acts_as_its_officer_and_sees_no_more(system: Callable[..., Any]) -> None:
    mine, others = (
        make.issued(),
        make.issued("Giao Sở Tài chính báo cáo tình hình thu ngân sách trước ngày 20/11/2026."),
    )
    asked = system("gdsxd")

    assert asked.ask("GET", "/me").json()["posts"] == ["Giám đốc Sở Xây dựng, Sở Xây dựng"]
    assert asked.ask("GET", f"/duties/{mine[0].public_id}").status_code == 200
    hidden = asked.ask("GET", f"/duties/{others[0].public_id}")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "duty_not_visible")
    assert hidden.headers["Content-Type"] == "application/problem+json"


def test_without_the_right_the_call_is_refused(system: Callable[..., Any]) -> None:
    duty = make.issued()[0]
    reader = system("gdsxd", "doc:read")
    refused = reader.ask("GET", f"/duties/{duty.public_id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "right_not_given")


def test_a_token_that_reads_documents_alone_meets_no_task_of_them(system: Callable[..., Any]) -> None:
    document = make.issued()[0].document
    assert document is not None
    told = {}
    for name, rights in (("both", ("doc:read", "duty:read")), ("papers", ("doc:read",))):
        asked = system("chanhvp", *rights)
        page = asked.ask("GET", f"/documents/{document.public_id}").json()
        (line,) = asked.ask("GET", "/documents").json()["items"]
        theme = asked.ask("GET", "/themes").json()
        told[name] = (
            page["points"][0]["tasks"] != [],
            page["points"][0]["total"],
            page["counts"] != [],
            line["tasks"],
            theme,
        )
        assert page["points"][0]["order"]["text"]
    assert told == {"both": (True, 1, True, 1, []), "papers": (False, None, False, None, [])}


def test_revoked_expired_and_left_behind_tokens_open_nothing(system: Callable[..., Any]) -> None:
    revoked, expired, left = system("gdsxd"), system("gdstc"), system("ctx1")
    tokens.revoke(actor=make.who("quantri"), at=make.at(make.MONDAY), token=revoked.id)
    SystemToken.objects.filter(public_id=expired.id).update(
        made_at=make.at("2026-10-01 08:00"), expires_at=make.at("2026-11-01 08:00")
    )
    make.vacate("ctx1", "2026-11-02 00:00")

    for gone in (revoked, expired, left):
        answer = gone.ask("GET", "/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert AuditEntry.objects.filter(act="revoke_token", subject_id=str(revoked.id)).exists()


def test_the_secret_is_kept_as_a_hash_only(system: Callable[..., Any]) -> None:
    made = system("gdsxd")
    row = SystemToken.objects.values().get(public_id=made.id)
    assert made.token.rsplit("_", 1)[1] not in str(row)


def test_too_many_calls_of_a_minute_wait(system: Callable[..., Any], settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 3
    asked = system("gdsxd")
    answers = [asked.ask("GET", "/me") for _ in range(7)]
    assert answers[0].status_code == 200
    late = answers[-1]  # a new minute may have begun in between, but not twice
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 60


def test_only_an_administrator_makes_tokens(db: None) -> None:
    given = {"system": "Kho dữ liệu", "login": "gdsxd", "rights": ["duty:read"], "days": 30}
    with make.refused(NotAllowed, "administer_not_allowed"):
        tokens.make(actor=make.who("gdsnv"), at=make.at(make.MONDAY), **given)
    for wrong, code in (
        ({"rights": []}, "right_missing"), ({"rights": ["duty:write"]}, "kind_unknown"), ({"days": 5000}, "token_days"),
        ({"login": "khongco"}, "post_not_held"), ({"system": " "}, "system_missing"),
    ):  # fmt: skip
        with make.refused(Invalid, code):
            tokens.make(actor=make.who("quantri"), at=make.at(make.MONDAY), **(given | wrong))


def test_a_browser_reads_with_its_session_and_changes_with_the_csrf_token() -> None:
    duty = make.issued()[0]
    browser = Client(enforce_csrf_checks=True)
    assert browser.get("/api/v1/me").status_code == 401
    browser.force_login(Officer.objects.get(login="gdsxd"), "django.contrib.auth.backends.ModelBackend")

    assert browser.get(f"/api/v1/duties/{duty.public_id}").status_code == 200
    address, body = f"/api/v1/duties/{duty.public_id}/assign", {"desk": make.desk("tpqldt")}
    sent: dict[str, Any] = {"data": body, "content_type": "application/json"}
    assert browser.post(address, **sent, headers={"If-Match": "*"}).status_code == 403
    browser.get("/viec/")
    csrf = browser.cookies["csrftoken"].value
    assert browser.post(address, **sent, headers={"If-Match": "*", "X-CSRFToken": csrf}).status_code == 200
