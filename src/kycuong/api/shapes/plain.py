"""Small shapes that all others use: text without control characters, numbers that fit, pages, outcomes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

T = TypeVar("T")


def clean(text: str) -> str:
    """Refuse control characters: no person types them, and no database holds a null byte."""
    if any((ord(one) < 32 and one not in "\t\n\r") or ord(one) == 127 for one in text):
        message = "control characters are not taken"
        raise ValueError(message)
    return text


Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(clean)]
Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(clean)]
Ref = Annotated[str, StringConstraints(max_length=60, pattern=r"^(unit|post|group):[A-Za-z0-9_]{1,40}$")]


def written(value: object) -> object:
    """Refuse a day or an instant that is given as a number: it would be taken for seconds since 1970."""
    if isinstance(value, str) and not value.strip().lstrip("+-").replace(".", "").isdigit():
        return value
    message = "write it as 2026-11-30, an instant as 2026-11-30T08:00:00+07:00"
    raise ValueError(message)


#: A day of a calendar that anybody has: what lies outside is a slip of the pen.
Day = Annotated[
    date, BeforeValidator(written), Field(ge=date(1900, 1, 1), le=date(2999, 12, 30)),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^(19|2[0-9])[0-9]{2}-"}),
]  # fmt: skip
#: An instant with its zone.
Moment = Annotated[
    AwareDatetime, BeforeValidator(written),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": "^(19|2[0-9])[0-9]{2}-"}),
]  # fmt: skip
Year = Annotated[int, Field(ge=1900, le=2999)]
Size = Annotated[int, Field(ge=1, le=200)]
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^([0-9T:+.-]{0,40}~)?[0-9]{1,18}$")]
#: The place of a row in a list that is paged by place.
Place = Annotated[int, Field(ge=0, le=10_000_000)]


def _amount(value: object) -> object:
    return format(value, "f") if isinstance(value, Decimal) else value


#: An exact number, as text: no floating point on the way.
Amount = Annotated[str, BeforeValidator(_amount)]


class Given(Schema):
    """What a request gives: a field that is not known is refused, so that no slip of the pen is lost."""

    model_config = ConfigDict(extra="forbid")


class Paged(Schema, Generic[T]):
    """One page of a list; `next` is the key to ask for the following one with `after`, null on the last page."""

    items: list[T]
    next: str | None


class Made(Schema):
    """What was made."""

    id: UUID


class Done(Schema):
    """How many records were changed."""

    count: int


#: The number of a person.
Officer = Annotated[int, Field(ge=1, le=2**31 - 1)]
