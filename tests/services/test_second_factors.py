"""An authenticator app is registered, answers once a code, is lost and taken off; wrong codes are counted; rules are data."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests import make

from kycuong.cli import account as verb
from kycuong.core import second_factors as law
from kycuong.core.errors import Conflict, Fact, Invalid, NotAllowed, Throttled
from kycuong.models import AuditEntry, FactorRule, Guess, Officer, RecoveryCode, SecondFactor
from kycuong.queries import sign_ins as queries
from kycuong.services import accounts, guesses
from kycuong.services import second_factors as services

pytestmark = pytest.mark.django_db
AT = make.at(make.MONDAY)


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


def code(secret: str, real: datetime = AT) -> str:
    return law.code_at(law.read(secret), law.step_of(real))


def later(steps: int) -> datetime:
    return AT + timedelta(seconds=law.STEP_SECONDS * steps)


def registered(login: str = "gdsxd") -> tuple[str, list[str]]:
    """Register an app for a person; return its secret and the recovery codes."""
    secret = services.draft()
    who = make.who(login)
    codes = services.register(actor=who, at=AT, real=AT, secret=secret, code=code(secret), keep="")
    return secret, codes


def answer(typed: str, real: datetime, login: str = "gdsxd") -> str:
    who = Officer.objects.get(login=login).pk
    return services.answer(officer_id=who, at=real, real=real, typed=typed)


def acts() -> list[str]:
    return list(AuditEntry.objects.filter(subject_kind="officer").order_by("pk").values_list("act", flat=True))


def refused(kind: type[Fact], told: str, call: Any) -> None:
    """Check that a call is refused with a code, and that neither the app, its codes nor the audit changed."""
    before = list(SecondFactor.objects.values()), list(RecoveryCode.objects.values()), acts()
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.code == told
    assert (list(SecondFactor.objects.values()), list(RecoveryCode.objects.values()), acts()) == before


def test_an_app_is_registered_by_its_code() -> None:
    who, secret = make.who("gdsxd"), services.draft()
    wrong = "000000" if code(secret) != "000000" else "000001"

    def register(typed: str) -> Any:
        return lambda: services.register(actor=who, at=AT, real=AT, secret=secret, code=typed, keep="")

    refused(Invalid, "code_wrong", register(wrong))
    codes = register(code(secret))()
    assert len(set(codes)) == law.RECOVERY_CODES
    kept = SecondFactor.objects.get()
    assert secret not in kept.secret
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    assert services.open_sealed(kept.secret, who.officer_id) == secret
    refused(Conflict, "factor_on_already", register(code(secret)))
    assert acts() == ["register_factor"]


def test_a_secret_belongs_to_one_person_and_outlives_a_change_of_the_key(settings: Any) -> None:
    sealed = services.seal("ABC", 1)
    refused(Invalid, "factor_secret_lost", lambda: services.open_sealed(sealed, 2))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert services.open_sealed(sealed, 1) == "ABC"


def test_a_code_serves_once_and_no_older_one_after_it() -> None:
    secret, _ = registered()
    assert answer(code(secret, later(2)), later(2)) == "code"
    for step in (2, 1):
        with pytest.raises(Invalid):
            answer(code(secret, later(step)), later(2))
    assert answer(code(secret, later(3)), later(3)) == "code"


def test_a_recovery_code_serves_once_however_it_is_typed() -> None:
    _, codes = registered()
    assert answer(f" {codes[0].upper().replace('-', ' ')} ", AT) == "recovery"
    with pytest.raises(Invalid):
        answer(codes[0], AT)
    assert queries.factor(make.who("gdsxd")).codes_left == law.RECOVERY_CODES - 1
    assert acts() == ["register_factor", "use_recovery_code", "code_failed"]


def test_nobody_uses_the_codes_of_another() -> None:
    secret, codes = registered()
    registered("gdstc")
    for typed in (code(secret, later(1)), codes[0]):
        with pytest.raises(Invalid):
            answer(typed, later(1), "gdstc")


def test_wrong_codes_are_counted_and_the_right_one_waits_then() -> None:
    secret, codes = registered()
    for _ in range(guesses.LIMIT):
        with pytest.raises(Invalid):
            answer("khong-dung", later(1))
    for typed in (code(secret, later(1)), codes[0]):
        with pytest.raises(Throttled):
            answer(typed, later(1))
    free = later(1) + guesses.WINDOW
    assert answer(code(secret, free), free) == "code"
    assert not Guess.objects.exists()


def test_a_wrong_old_password_is_counted_too() -> None:
    who = make.who("gdsxd")

    def change(old: str, real: datetime) -> Any:
        return accounts.change_password(actor=who, at=real, real=real, old=old, new="x", again="y")

    for _ in range(guesses.LIMIT):
        with pytest.raises(Invalid, match="hiện tại"):
            change("khong-dung-dau", AT)
    with pytest.raises(Throttled):
        change("mat-khau-dai-2026", AT)
    with pytest.raises(Invalid, match="không giống nhau"):
        change("mat-khau-dai-2026", AT + guesses.WINDOW)


def test_codes_are_renewed_and_the_old_ones_end() -> None:
    secret, codes = registered()
    who = make.who("gdsxd")
    new = services.renew_codes(actor=who, at=AT, real=later(1), code=code(secret, later(1)))
    assert not set(new) & set(codes)
    with pytest.raises(Invalid):
        answer(codes[0], AT)
    assert answer(new[0], AT) == "recovery"
    refused(
        Invalid, "factor_off",
        lambda: services.renew_codes(actor=make.who("gdstc"), at=AT, real=AT, code="1"),
    )  # fmt: skip


def test_who_must_use_it_may_change_the_phone_but_not_do_without(settings: Any) -> None:
    settings.SECOND_FACTOR = "policy"
    secret, codes = registered("quantri")
    who = make.who("quantri")

    def off(typed: str, again: bool = False) -> Any:
        return lambda: services.withdraw(actor=who, at=AT, real=later(1), code=typed, again=again)

    refused(Invalid, "factor_required", off(codes[0]))
    off(code(secret, later(1)), again=True)()
    assert queries.must_register(who)
    registered()
    free = make.who("gdsxd")
    services.withdraw(actor=free, at=AT, real=AT, code=_first(free.officer_id), again=False)
    assert not queries.has_factor(free.officer_id)
    assert not queries.must_register(free)


def _first(officer_id: int) -> str:
    factor = SecondFactor.objects.get(officer=officer_id)
    factor.last_step = 0
    factor.save()
    return code(services.open_sealed(factor.secret, officer_id))


def test_a_lost_app_is_taken_off_by_who_may(capsys: pytest.CaptureFixture[str]) -> None:
    registered()
    refused(
        NotAllowed, "administer_not_allowed",
        lambda: accounts.reset_factor(actor=make.who("gdsnv"), at=AT, login="gdsxd"),
    )  # fmt: skip
    refused(Invalid, "account_own", lambda: accounts.reset_factor(actor=make.who("quantri"), at=AT, login="quantri"))
    assert verb.main(["totp-reset", "gdsxd", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"login": "gdsxd"}
    assert not SecondFactor.objects.exists()
    assert verb.main(["totp-reset", "gdsxd"]) == 1
    assert "chưa bật" in capsys.readouterr().err
    assert acts() == ["register_factor", "reset_factor"]


def test_the_rules_are_data(settings: Any) -> None:
    settings.SECOND_FACTOR = "policy"
    admin, plain = make.who("quantri"), make.who("cvqldt")
    assert not queries.asked_of(plain)

    def require(who: str, subject: str, required: bool, basis: str) -> Any:
        return lambda: services.require(
            actor=make.who(who), at=AT, subject=subject, required=required, basis=basis
        )  # fmt: skip

    refused(NotAllowed, "administer_not_allowed", require("gdsnv", "officer", True, "QĐ 1"))
    refused(Invalid, "factor_rule_unknown", require("quantri", "gia-lang", True, "QĐ 1"))
    refused(Invalid, "factor_basis_missing", require("quantri", "officer", True, " "))
    refused(Invalid, "factor_rule_same", require("quantri", "officer", False, "QĐ 1"))
    require("quantri", "officer", True, "QĐ 12/QĐ-UBND")()
    assert queries.must_register(plain)
    registered("cvqldt")
    assert not queries.must_register(plain)
    page = queries.rule_page(admin, AT)
    officers = next(row for row in page.rows if row.subject == "officer")
    overseers = next(row for row in page.rows if row.subject == law.OVERSEER)
    assert (officers.required, officers.people, officers.registered, officers.basis) == (True, 2, 1, "QĐ 12/QĐ-UBND")
    assert (overseers.required, overseers.people) == (True, 7)  # the Office and Home Affairs with its division
    assert {"Bùi Anh Tú", "Dương Mạnh Cường", "Tạ Thị Kim Oanh"} <= set(page.waiting)
    assert "Trương Thị Nga" not in page.waiting
    settings.SECOND_FACTOR = "none"
    assert not queries.asked_of(admin)
    assert FactorRule.objects.count() == 1
