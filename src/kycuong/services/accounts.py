"""Accounts: sign-ins, first and own passwords, who may no longer sign in; each an entry of the audit table."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from kycuong.core.accounts import one_time
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.mails import Choice, address
from kycuong.models import Officer
from kycuong.queries import scope
from kycuong.services import audit, guesses, identities, second_factors, sessions


def signed_in(*, officer_id: int, at: datetime, address: str = "", way: str = "") -> None:
    """Record that a person signed in, from which network address, and how: `password`, `code`, `recovery`, `provider`."""
    told = {"address": address} | ({"way": way} if way else {})
    audit.record(actor_id=officer_id, at=at, act="sign_in", subject_kind="officer", subject_id=officer_id, **told)


def signed_out(*, officer_id: int, at: datetime) -> None:
    """Record that a person signed out."""
    audit.record(actor_id=officer_id, at=at, act="sign_out", subject_kind="officer", subject_id=officer_id)


def sign_in_failed(*, login: str, at: datetime, address: str = "") -> None:
    """Record a refused sign-in; what was typed as the name is kept as a hash only, it may be a password.

    A name that is somebody's points to the person, who sees it in the own journal.
    """
    typed = hashlib.sha256(login.encode()).hexdigest()[:16]
    found = Officer.objects.filter(login__iexact=login).values_list("pk", flat=True).first()
    audit.record(
        actor_id=None, at=at, act="sign_in_failed", subject_kind="officer", subject_id=found or "", typed=typed,
        address=address,
    )  # fmt: skip


def find_account(officer_id: int) -> Officer | None:
    """Return a person who may still sign in, or None."""
    return Officer.objects.filter(pk=officer_id, is_active=True).first()


def choose_mail(*, actor: scope.Actor, at: datetime, email: str, choice: str) -> None:
    """Note where and how a person wants to hear by e-mail; notices in the product stay whatever is chosen. Raises: Invalid."""
    if choice not in set(Choice):
        raise Invalid("kind_unknown", text=choice)
    kept = address(email, settings.MAIL_DOMAINS)
    if not kept and choice != Choice.NONE:
        raise Invalid("address_missing")
    with transaction.atomic():
        Officer.objects.filter(pk=actor.officer_id).update(email=kept, mail_choice=choice)
        audit.record(
            actor_id=actor.officer_id, at=at, act="choose_mail", subject_kind="officer", subject_id=actor.officer_id,
            choice=choice,
        )  # fmt: skip


def give_password(*, actor: scope.Actor | None, at: datetime, login: str, password: str = "") -> str:
    """Give a person a one-time password that must be changed at the next sign-in, and return it; it is kept as a hash only.

    `actor` is none for whoever runs the machine: nobody can sign in to an empty instance. Without `password` a random one
    is made. The person's sessions end, and failed sign-ins no longer hold the account.
    Raises: NotAllowed, NotVisible, Invalid.
    """
    officer = _account(actor, login)
    if not officer.is_active:
        raise Invalid("account_stopped")
    if password:
        _check(password, officer)
    given = password or one_time(secrets.choice)
    hashed = make_password(given)
    with transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(password=hashed, must_change=True)
        reset(username=officer.login)
        guesses.forget(officer_id=officer.pk, subject="password")
        sessions.drop(officer_id=officer.pk)
        _record(actor, at, "give_password", officer.pk)
    return given


def change_password(
    *, actor: scope.Actor, at: datetime, real: datetime, old: str, new: str, again: str, keep: str = ""
) -> Officer:
    """Change one's own password and return the person as they now sign in; sessions but `keep` end with the old one.

    Raises: Invalid when the old one is wrong or the new one weak, Throttled when the old one was wrong too often, Conflict when
    it was changed meanwhile.
    """
    officer = Officer.objects.get(pk=actor.officer_id)
    before = officer.password
    guesses.count(officer_id=officer.pk, subject="password", real=real)
    if not check_password(old, before):
        raise Invalid("password_wrong")
    guesses.forget(officer_id=officer.pk, subject="password")
    if new != again:
        raise Invalid("password_not_repeated")
    if new == old:
        raise Invalid("password_same")
    _check(new, officer)
    officer.password, officer.must_change = make_password(new), False
    with transaction.atomic():
        mine = Officer.objects.filter(
            pk=officer.pk, password=before
        )  # hashing takes long: somebody may have been faster
        if not mine.update(password=officer.password, must_change=False):
            raise Conflict("password_moved_meanwhile")
        sessions.drop(officer_id=officer.pk, keep=keep)
        _record(actor, at, "change_password", officer.pk)
    return officer


def deactivate(*, actor: scope.Actor, at: datetime, login: str, reason: str) -> None:
    """Let a person no longer sign in, from this moment; posts and duties stay as they are.

    Raises: NotAllowed, NotVisible, Invalid.
    """
    officer = _account(actor, login)
    if not reason.strip():
        raise Invalid("account_reason_missing")
    _switch(actor, at, officer, "deactivate", reason.strip()[:300])


def activate(*, actor: scope.Actor, at: datetime, login: str) -> None:
    """Let a person sign in again, with the password as it was. Raises: NotAllowed, NotVisible, Invalid."""
    _switch(actor, at, _account(actor, login), "activate", "")


def end_sessions(*, actor: scope.Actor, at: datetime, login: str) -> int:
    """End every session of a person and return how many. Raises: NotAllowed, NotVisible, Invalid."""
    officer = _account(actor, login)
    return sessions.end_all(actor_id=actor.officer_id, at=at, officer_id=officer.pk)


def reset_factor(*, actor: scope.Actor | None, at: datetime, login: str) -> None:
    """Take a person's lost authenticator app off, so that another one is registered at the next sign-in; the sessions end.

    `actor` is none for whoever runs the machine. Raises: NotAllowed, NotVisible, Invalid.
    """
    officer = _account(actor, login)
    second_factors.reset(actor_id=actor.officer_id if actor else None, at=at, officer_id=officer.pk)


def withdraw_identity(*, actor: scope.Actor, at: datetime, login: str) -> None:
    """Take a person's link to single sign-on away. Raises: NotAllowed, NotVisible, Invalid."""
    officer = _account(actor, login)
    identities.withdraw(actor_id=actor.officer_id, at=at, officer_id=officer.pk)


def _switch(actor: scope.Actor, at: datetime, officer: Officer, act: str, reason: str) -> None:
    on = act == "activate"
    with transaction.atomic():
        rows = Officer.objects.filter(pk=officer.pk, is_active=not on)
        if not rows.update(is_active=on, stopped_reason=reason):
            raise Invalid("account_not_stopped" if on else "account_already_stopped")
        if not on:
            sessions.drop(officer_id=officer.pk)
        _record(actor, at, act, officer.pk)


def _account(actor: scope.Actor | None, login: str) -> Officer:
    """Return the account that an administrator, or whoever runs the machine, is about to change; never one's own."""
    if actor is not None and not actor.may("administer"):
        raise NotAllowed("administer_not_allowed")
    officer = Officer.objects.filter(login__iexact=login).first()
    if officer is None:
        raise NotVisible("account_unknown", text=login)
    if actor is not None and officer.pk == actor.officer_id:
        raise Invalid("account_own")
    return officer


def _check(password: str, officer: Officer) -> None:
    """Ask the validators of the settings, and say the first thing that they find. Raises: Invalid."""
    try:
        validate_password(password, officer)
    except ValidationError as weak:
        found = weak.error_list[0]
        code = found.code if found.code in _WEAK else "password_weak"
        raise Invalid(str(code), least=(found.params or {}).get("min_length", "")) from weak


_WEAK = {"password_too_short", "password_too_common", "password_entirely_numeric", "password_too_similar"}


def _record(actor: scope.Actor | None, at: datetime, act: str, officer_id: int) -> None:
    audit.record(
        actor_id=actor.officer_id if actor else None, at=at, act=act, subject_kind="officer", subject_id=officer_id
    )
