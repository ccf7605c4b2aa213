"""The port through which something leaves the house for a person; e-mail is one way, another one carries no content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """What a channel carries to one address; delivering the same `message_id` again tells nothing new."""

    message_id: str
    to: str
    subject: str
    text: str
    unsubscribe: str = ""  # where one click, or one POST of a mail program, ends the mails to this person


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one letter: taken (no code), or why not, and whether trying again is of any use."""

    code: str = ""
    final: bool = False


TAKEN = Delivery()


class Unreachable(Exception):
    """The channel as a whole takes nothing now: no letter is to blame."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Channel(Protocol):
    """One way to reach people outside the product."""

    def deliver(self, letters: Sequence[Letter]) -> list[Delivery]:
        """Deliver letters, one after another; the refusal of one stops no other. Raises: Unreachable."""
        ...
