"""The second step of signing in: register an authenticator app, answer its codes, lose it and come back; each act is recorded.

A code belongs to the real clock, also in a demo: `real` beside `at`. A secret lies encrypted with a key made from the
instance's own, bound to its person; recovery codes lie as keyed hashes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

from kycuong.core import second_factors as law
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import FactorRule, RecoveryCode, SecondFactor
from kycuong.queries import scope
from kycuong.queries import sign_ins as queries
from kycuong.services import audit, guesses, sessions


def draft() -> str:
    """Return a fresh secret as people type it; it counts once a code of it has come back."""
    return law.written(secrets.token_bytes(law.SECRET_BYTES))


def register(*, actor: scope.Actor, at: datetime, real: datetime, secret: str, code: str, keep: str) -> list[str]:
    """Register the app that knows `secret`, proved by its code, and return the recovery codes; other sessions end.

    Raises: Invalid, Throttled, Conflict when an app is registered already.
    """
    guesses.count(officer_id=actor.officer_id, subject="code", real=real)
    step = law.matching_step(law.read(secret), code, real)
    if step is None:
        raise Invalid("code_wrong")
    try:
        with transaction.atomic():
            SecondFactor.objects.create(
                officer_id=actor.officer_id, secret=seal(secret, actor.officer_id), last_step=step, since_at=at
            )
            codes = _new_codes(actor.officer_id)
            sessions.drop(officer_id=actor.officer_id, keep=keep)
            guesses.forget(officer_id=actor.officer_id, subject="code")
            _record(actor, at, "register_factor", actor.officer_id)
    except IntegrityError as taken:
        raise Conflict("factor_on_already") from taken
    return codes


def answer(*, officer_id: int, at: datetime, real: datetime, typed: str) -> str:
    """Check a code of the app, or a recovery code, and use it up; return which it was, `code` or `recovery`.

    Raises: Invalid when it is wrong or was used, Throttled.
    """
    guesses.count(officer_id=officer_id, subject="code", real=real)
    used = _use(officer_id, at, real, typed)
    if not used:
        audit.record(actor_id=None, at=at, act="code_failed", subject_kind="officer", subject_id=officer_id)
        raise Invalid("code_wrong")
    guesses.forget(officer_id=officer_id, subject="code")
    return used


def renew_codes(*, actor: scope.Actor, at: datetime, real: datetime, code: str) -> list[str]:
    """Replace the recovery codes and return the new ones. Raises: Invalid, Throttled."""
    _must_be_on(actor)
    answer(officer_id=actor.officer_id, at=at, real=real, typed=code)
    with transaction.atomic():
        codes = _new_codes(actor.officer_id)
        _record(actor, at, "renew_codes", actor.officer_id)
    return codes


def withdraw(*, actor: scope.Actor, at: datetime, real: datetime, code: str, again: bool = False) -> None:
    """Take one's own app off, proved by its code; `again`: to register another one at once, which a rule cannot hinder.

    Raises: Invalid, Throttled.
    """
    _must_be_on(actor)
    if not again and queries.asked_of(actor):
        raise Invalid("factor_required")
    answer(officer_id=actor.officer_id, at=at, real=real, typed=code)
    with transaction.atomic():
        _drop(actor.officer_id)
        _record(actor, at, "withdraw_factor", actor.officer_id)


def reset(*, actor_id: int | None, at: datetime, officer_id: int) -> None:
    """Take a person's lost app off; the sessions end. Who may is asked by the caller. Raises: Invalid."""
    with transaction.atomic():
        if not SecondFactor.objects.filter(officer=officer_id).exists():
            raise Invalid("factor_off")
        _drop(officer_id)
        guesses.forget(officer_id=officer_id, subject="code")
        sessions.drop(officer_id=officer_id)
        audit.record(actor_id=actor_id, at=at, act="reset_factor", subject_kind="officer", subject_id=officer_id)


def require(*, actor: scope.Actor, at: datetime, subject: str, required: bool, basis: str) -> None:
    """Decide whether the people of a kind of post must use the second step; it holds from their next sign-in on.

    Raises: NotAllowed, Invalid.
    """
    if not actor.may("administer"):
        raise NotAllowed("administer_not_allowed")
    if subject not in law.SUBJECTS:
        raise Invalid("factor_rule_unknown", text=subject)
    if not basis.strip():
        raise Invalid("factor_basis_missing")
    if queries.rules().get(subject, subject in law.REQUIRED) == required:
        raise Invalid("factor_rule_same")
    with transaction.atomic():
        FactorRule.objects.update_or_create(
            subject=subject, defaults={"required": required, "basis": basis.strip()[:200]}
        )
        audit.record(
            actor_id=actor.officer_id, at=at, act="require_factor", subject_kind="factor_rule", subject_id=subject,
            required=required,
        )  # fmt: skip


def _must_be_on(actor: scope.Actor) -> None:
    if not queries.has_factor(actor.officer_id):
        raise Invalid("factor_off")


def _use(officer_id: int, at: datetime, real: datetime, typed: str) -> str:
    """Use up what was typed: a step later than the last one used, or a recovery code that nobody used; "" when neither."""
    factor = SecondFactor.objects.filter(officer=officer_id).first()
    if factor is None:
        return ""
    step = law.matching_step(law.read(open_sealed(factor.secret, officer_id)), typed, real)
    mine = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step or 0)
    if step is not None and mine.update(last_step=step):
        return "code"
    unused = RecoveryCode.objects.filter(officer=officer_id, code_hash=_hash(typed, officer_id), used_at=None)
    if unused.update(used_at=at):
        audit.record(actor_id=officer_id, at=at, act="use_recovery_code", subject_kind="officer", subject_id=officer_id)
        return "recovery"
    return ""


def _new_codes(officer_id: int) -> list[str]:
    codes = law.recovery_codes(secrets.choice)
    RecoveryCode.objects.filter(officer=officer_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(officer_id=officer_id, code_hash=_hash(code, officer_id)) for code in codes
    )
    return codes


def _drop(officer_id: int) -> None:
    SecondFactor.objects.filter(officer=officer_id).delete()
    RecoveryCode.objects.filter(officer=officer_id).delete()


def _keys(purpose: str) -> list[bytes]:
    """Return the keys for a purpose, today's first: each made from a secret key of the instance."""
    secret_keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.sha256(f"kycuong.{purpose}:{key}".encode()).digest() for key in secret_keys]


def _hash(code: str, officer_id: int) -> str:
    """Return what is kept of a recovery code.

    Its key is not that of the instance, which may be changed: 59 random bits need none, the person is enough of a salt.
    """
    return hmac.digest(b"kycuong.recovery", f"{officer_id}:{law.plain_recovery(code)}".encode(), "sha256").hex()


def seal(secret: str, officer_id: int) -> str:
    """Return a secret encrypted for one person (AES-256-GCM, the person bound in)."""
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_keys("factor")[0]).encrypt(nonce, secret.encode(), str(officer_id).encode())
    return base64.b64encode(nonce + sealed).decode()


def open_sealed(sealed: str, officer_id: int) -> str:
    """Return a secret that was encrypted for a person. Raises: Invalid when no key of the instance opens it."""
    raw = base64.b64decode(sealed)
    for key in _keys("factor"):
        try:
            return AESGCM(key).decrypt(raw[:12], raw[12:], str(officer_id).encode()).decode()
        except InvalidTag:
            continue
    raise Invalid("factor_secret_lost")


def _record(actor: scope.Actor, at: datetime, act: str, officer_id: int) -> None:
    audit.record(actor_id=actor.officer_id, at=at, act=act, subject_kind="officer", subject_id=officer_id)
