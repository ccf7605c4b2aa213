"""Domain exceptions are facts: a code and values; the doors translate them once, the text comes from the catalogue."""

from __future__ import annotations

from kycuong.core.messages import MESSAGES
from kycuong.core.sentences import Sentence


class Fact(Exception):
    """A thing that cannot be done, as a code of the catalogue and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def message(self) -> str:
        """Return the sentence in Vietnamese: what, where, what to do."""
        return Sentence(MESSAGES[self.code], **self.values)

    def __str__(self) -> str:
        return self.message


class NotVisible(Fact):
    """The record does not exist for this person."""


class NotAllowed(Fact):
    """The record is visible, the act is not this person's."""


class TransitionNotAllowed(Fact):
    """The lifecycle has no such move from where the record stands."""


class Conflict(Fact):
    """Somebody else moved the record meanwhile."""


class Invalid(Fact):
    """What was given cannot be taken."""


class Throttled(Fact):
    """Wrong too often: it is not looked at again before some minutes have passed."""
