"""E-mail as a channel: a few connections a batch, each letter answered for itself."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from kycuong.core.mails import as_html
from kycuong.services.outreach.channel import TAKEN, Delivery, Letter, Unreachable

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
TIMEOUT_SECONDS = 10
CONNECTIONS, LETTERS_EACH = 4, 10
log = logging.getLogger("kycuong.outreach")


class Smtp:
    """The mail server that the settings name."""

    def deliver(self, letters: Sequence[Letter]) -> list[Delivery]:
        """Deliver letters, many of them over several connections at a time: the answers of a server take their way.

        Raises: Unreachable.
        """
        lines = max(1, min(CONNECTIONS, len(letters) // LETTERS_EACH))
        shares = [letters[number::lines] for number in range(lines)]
        if lines == 1:
            return _carry(letters)
        with ThreadPoolExecutor(lines) as pool:
            carried = list(pool.map(_carried, shares))
        down = next((found for found in carried if isinstance(found, Unreachable)), None)
        if down and all(isinstance(found, Unreachable) for found in carried):
            raise down
        answers = [Delivery("disconnected")] * len(letters)
        for number, found in enumerate(carried):
            if not isinstance(found, Unreachable):
                answers[number::lines] = found
        return answers


def _carried(letters: Sequence[Letter]) -> list[Delivery] | Unreachable:
    try:
        return _carry(letters)
    except Unreachable as down:
        return down


def _carry(letters: Sequence[Letter]) -> list[Delivery]:
    """Deliver letters over one connection. Raises: Unreachable."""
    connection = _open()
    found: list[Delivery] = []
    try:
        for letter in letters:
            answer = _deliver(connection, letter)
            found.append(answer)
            if answer.code == "disconnected":
                break
    except Unreachable:
        if not found:
            raise
    finally:
        connection.close()
    return found + [Delivery("disconnected")] * (len(letters) - len(found))


def _open() -> Any:
    connection = get_connection(
        BACKEND, host=settings.SMTP_HOST, port=settings.SMTP_PORT, username=settings.SMTP_USER or None,
        password=settings.SMTP_PASSWORD or None, use_tls=settings.SMTP_SECURITY == "starttls",
        use_ssl=settings.SMTP_SECURITY == "tls", timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable("refused_login") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable("unreachable") from error
    return connection


def _deliver(connection: Any, letter: Letter) -> Delivery:
    """Deliver one letter and return its answer. Raises: Unreachable when the server takes nothing from us."""
    try:
        connection.send_messages([_message(letter)])
    except smtplib.SMTPSenderRefused as error:
        raise Unreachable("refused_sender") from error
    except smtplib.SMTPRecipientsRefused as error:
        status = next(iter(error.recipients.values()))[0]
        return Delivery(f"smtp_{status}", final=status >= 500)
    except smtplib.SMTPServerDisconnected:
        return Delivery("disconnected")
    except smtplib.SMTPResponseException as error:
        closing = error.smtp_code == 421
        return Delivery("disconnected" if closing else f"smtp_{error.smtp_code}", final=error.smtp_code >= 500)
    except (OSError, smtplib.SMTPException):
        return Delivery("disconnected")
    except ValueError:  # an address or a header that no mail can carry
        return Delivery("bad_message", final=True)
    except Exception:
        log.exception("a mail could not be sent")
        return Delivery("unexpected")
    return TAKEN


def _message(letter: Letter) -> EmailMultiAlternatives:
    unsubscribe = {
        "List-Unsubscribe": f"<{letter.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }  # fmt: skip
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.SMTP_FROM,
        [letter.to],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **(unsubscribe if letter.unsubscribe else {}),
        },
    )
    message.attach_alternative(as_html(letter.text), "text/html")
    return message
