"""A mail server for tests: it keeps what it takes, refuses whom it is told to refuse, and can be down."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Keep the mails taken; `refused` answers an address with a code of its own."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
        self.sessions = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        return "250 OK"

    def to(self) -> list[str]:
        """Return the addresses that were told, in order."""
        return [str(mail["To"]) for mail in self.mails]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening(sink: Sink, port: int) -> Iterator[Sink]:
    """Let the sink take mails on a port."""
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def use(settings: Any, port: int) -> None:
    """Let the product send to the sink."""
    settings.SENDS_MAIL, settings.SMTP_HOST, settings.SMTP_PORT = True, "127.0.0.1", port
    settings.SMTP_SECURITY, settings.SMTP_FROM = "none", "nhacviec@lamgiang.invalid"
    settings.SITE_URL = "https://kycuong.lamgiang.invalid"
