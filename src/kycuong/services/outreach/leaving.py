"""Leave the mails by one click (RFC 8058): a signed word in each mail that ends the mails of its own recipient, and nothing else."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction

from kycuong.core.errors import NotVisible
from kycuong.core.mails import Choice
from kycuong.models import Officer
from kycuong.services import audit

SALT = "kycuong.unsubscribe"


def word_of(officer: Officer) -> str:
    """Return the signed word of a person and of the address to which the mail goes."""
    return signing.dumps([officer.pk, officer.email], salt=SALT)


def read_word(word: str) -> Officer:
    """Return whose word it is. Raises: NotVisible for a forged one, or one sent to an address that was given up."""
    try:
        key, email = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise NotVisible("unsubscribe_unknown") from wrong
    officer = Officer.objects.filter(pk=key, email=email).exclude(email="").first()
    if officer is None:
        raise NotVisible("unsubscribe_unknown")
    return officer


def unsubscribe(*, word: str, at: datetime) -> None:
    """End the mails to the person of a word; repeating it changes nothing. Raises: NotVisible."""
    officer = read_word(word)
    with transaction.atomic():
        rows = Officer.objects.filter(pk=officer.pk).exclude(mail_choice=Choice.NONE)
        if rows.update(mail_choice=Choice.NONE):
            audit.record(
                actor_id=officer.pk, at=at, act="unsubscribe", subject_kind="officer", subject_id=officer.pk,
                choice=Choice.NONE,
            )  # fmt: skip
