"""A sentence that still knows its pattern and its values, so that a door can say it in another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Sentence(str):
    """A Vietnamese sentence, usable as any text, with the pattern and the values from which it was made."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, /, **values: object) -> Sentence:
        """Return the sentence of a pattern whose values stand in braces; a missing value raises KeyError."""
        made = super().__new__(cls, pattern.format(**values))
        made.pattern, made.values = pattern, values
        return made


def say(text: str, translate: Callable[[str], str]) -> str:
    """Return a text in another language: the pattern translated, then its values, which may be sentences or known words."""
    if isinstance(text, Sentence):
        values = {
            name: say(value, translate) if isinstance(value, str) else value for name, value in text.values.items()
        }
        return translate(text.pattern).format(**values)
    return translate(text) if text.strip() else text


def keep(text: str) -> dict[str, object]:
    """Return a sentence as plain data for a table; `told` gives it back."""
    if isinstance(text, Sentence):
        values = {
            name: keep(value) if isinstance(value, Sentence) else str(value) for name, value in text.values.items()
        }
        return {"pattern": text.pattern, "values": values}
    return {"text": text}


def told(kept: dict[str, Any]) -> str:
    """Return the sentence that was kept, empty for none."""
    if "pattern" not in kept:
        return str(kept.get("text", ""))
    values = {name: told(value) if isinstance(value, dict) else value for name, value in kept["values"].items()}
    return Sentence(kept["pattern"], **values)
