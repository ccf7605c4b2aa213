"""Shape the rows that the made-up province is told in: units, posts, officers, appointments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

UnitKind = Literal[
    "province",
    "office",
    "department",
    "public_service",
    "vertical",
    "party",
    "mass",
    "council",
    "commune",
    "district",
    "division",
]
Relation = Literal["subordinate", "public_service", "vertical", "party_mass", "council"]
PostKind = Literal[
    "chairman",
    "vice_chairman",
    "office_head",
    "office_deputy",
    "follower",
    "clerk",
    "unit_head",
    "unit_deputy",
    "division_head",
    "division_deputy",
    "officer",
    "auditor",
    "administrator",
]
Gender = Literal["m", "f"]

HEAD_KINDS: frozenset[PostKind] = frozenset({"chairman", "office_head", "unit_head", "division_head"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Describe one body, or one division inside a body.

    `relation` says how the body stands to the People's Committee of the province; a body that the Committee only
    *asks* (Party, mass, council, vertical) has no parent in the Committee's tree. `symbol` is what the unit prints
    in its document numbers ("SNV"). `oversees` marks the two (Office, Home Affairs) that see every open duty.
    Validity is half-open: `valid_until` is the first day on which it is gone.
    """

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent_code: str | None
    relation: Relation
    symbol: str
    aliases: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None
    successors: tuple[str, ...] = ()
    oversees: bool = False


@dataclass(frozen=True, slots=True)
class PostRow:
    """Describe one seat in a unit; `field` names the area it answers for, or is empty."""

    code: str
    unit_code: str
    kind: PostKind
    title: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """Name one person who can sign in."""

    login: str
    full_name: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """Say who sat where, from when and (half-open) until when."""

    login: str
    post_code: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Province:
    """Hold the whole province as plain rows, parents before children, in a fixed order."""

    units: tuple[UnitRow, ...]
    posts: tuple[PostRow, ...]
    officers: tuple[OfficerRow, ...]
    appointments: tuple[AppointmentRow, ...]
