"""The organisation as its tables are exported: for each table, the rows by key, every cell as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kycuong.core.folding import words
from kycuong.core.imports import SYNONYMS
from kycuong.models import Appointment, Officer, Post, Unit
from kycuong.models.org import PostKind, UnitKind, UnitRelation

GENDERS: Final = (("m", "Nam"), ("f", "Nữ"))
CHOICES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "unit_kind": tuple((one.value, str(one.label)) for one in UnitKind),
    "unit_relation": tuple((one.value, str(one.label)) for one in UnitRelation),
    "post_kind": tuple((one.value, str(one.label)) for one in PostKind),
    "gender": GENDERS,
}


def choices() -> dict[str, dict[str, str]]:
    """Return for each set of choices the label by folded name: the label itself, its code, other words for it."""
    found: dict[str, dict[str, str]] = {}
    for name, rows in CHOICES.items():
        labels = dict(rows)
        known = {words(label): label for label in labels.values()} | {words(code): label for code, label in rows}
        found[name] = known | {words(also): labels[code] for also, code in SYNONYMS[name].items()}
    return found


def label_of(name: str, code: str) -> str:
    """Return the label of a code in a set of choices; the code itself when nobody knows it."""
    return dict(CHOICES[name]).get(code, code)


def code_of(name: str, label: str) -> str:
    """Return the code of a label, "" for an empty cell."""
    return next((code for code, known in CHOICES[name] if known == label), "")


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""


@dataclass(frozen=True, slots=True)
class Present:
    """Every row of the three tables by folded key; `holders` are (post, officer, from, until) in force or to come."""

    values: Mapping[str, Mapping[str, Mapping[str, str]]]
    unit_by_name: Mapping[str, str]
    names: Mapping[str, str]
    holders: tuple[tuple[str, str, date, date | None], ...]


def present() -> Present:
    """Return the organisation as it stands (four queries)."""
    units = {row["code"].casefold(): row for row in unit_rows()}
    posts = {row["code"].casefold(): row for row in post_rows()}
    officers = {key_of(row["login"], row["post"]): row for row in officer_rows()}
    for row in list(officers.values()):  # a row that names no post is about the person alone
        officers.setdefault(key_of(row["login"], ""), {name: row[name] for name in ("login", "full_name", "gender")})
    held = Appointment.objects.values_list("post__code", "officer__login", "valid_from", "valid_until")
    return Present(
        {"units": units, "posts": posts, "officers": officers},
        {words(row["name"]): row["code"] for row in units.values()},
        {row["login"].casefold(): row["full_name"] for row in officers.values()},
        tuple(held),
    )


def key_of(login: str, post: str) -> str:
    """Return the key of a row of officers: one row for each post that a person holds."""
    return f"{login} {post}".casefold().strip()


def unit_rows() -> list[dict[str, str]]:
    """Return the units as a table, those above before those below."""
    rows = Unit.objects.select_related("parent").order_by("id")
    found = [
        {
            "code": row.code,
            "name": row.name,
            "short_name": row.short_name,
            "kind": label_of("unit_kind", row.kind),
            "relation": label_of("unit_relation", row.relation),
            "parent": row.parent.code if row.parent else "",
            "aliases": "; ".join(row.aliases),
            "oversees": "có" if row.oversees else "không",
            "valid_from": _day(row.valid_from),
            "valid_until": _day(row.valid_until),
        }
        for row in rows
    ]
    depth: dict[str, int] = {}
    above = {row["code"]: row["parent"] for row in found}
    for code in above:
        depth[code] = _depth(code, above)
    return sorted(found, key=lambda row: depth[row["code"]])


def _depth(code: str, above: Mapping[str, str]) -> int:
    steps = 0
    while above.get(code) and steps < len(above):
        code, steps = above[code], steps + 1
    return steps


def post_rows() -> list[dict[str, str]]:
    """Return the posts as a table."""
    return [
        {
            "code": row.code,
            "unit": row.unit.code,
            "kind": label_of("post_kind", row.kind),
            "title": row.title,
            "field": row.field,
        }
        for row in Post.objects.select_related("unit").order_by("unit_id", "id")
    ]


def officer_rows() -> list[dict[str, str]]:
    """Return the officers as a table, a row for each post they hold or held last; people without a post too."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    held = Appointment.objects.select_related("officer", "post").order_by("officer_id", "valid_from", "id")
    for one in held:
        rows[one.officer.login, one.post.code] = _officer(one.officer) | {
            "post": one.post.code,
            "valid_from": _day(one.valid_from),
            "valid_until": _day(one.valid_until),
            "decision": one.decision,
        }
    free = Officer.objects.filter(appointments__isnull=True).order_by("id")
    empty = {"post": "", "valid_from": "", "valid_until": "", "decision": ""}
    return [*rows.values(), *(_officer(one) | empty for one in free)]


def _officer(officer: Officer) -> dict[str, str]:
    gender = label_of("gender", officer.gender) if officer.gender else ""
    return {"login": officer.login, "full_name": officer.full_name, "gender": gender}
