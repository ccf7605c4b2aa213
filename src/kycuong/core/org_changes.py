"""Changes of the organisation: what is decided, as a plan that can be checked before anything moves.

Within a plan units are named by code, so that a successor can be named before it exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from kycuong.core.errors import Invalid
from kycuong.core.folding import words

#: A date in force further ahead or back than this is a slip of the pen. Basis: a default of the product.
FAR_DAYS: Final = 366


class Kind(StrEnum):
    """What is changed."""

    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    RENAME = "rename"
    APPOINT = "appoint"
    DISMISS = "dismiss"
    TRANSFER = "transfer"
    POST = "post"


KIND_LABELS: Final[dict[Kind, str]] = {
    Kind.MERGE: "Sáp nhập, hợp nhất",
    Kind.SPLIT: "Chia, tách",
    Kind.ABOLISH: "Giải thể, kết thúc hoạt động",
    Kind.RENAME: "Đổi tên",
    Kind.APPOINT: "Bổ nhiệm, thay người giữ chức vụ",
    Kind.DISMISS: "Thôi giữ chức vụ",
    Kind.TRANSFER: "Điều động",
    Kind.POST: "Lập chức vụ",
}
#: The kinds that end or divide units, so that duties get another holder.
OF_UNITS: Final = frozenset({Kind.MERGE, Kind.SPLIT, Kind.ABOLISH})
OF_POSTS: Final = frozenset({Kind.APPOINT, Kind.DISMISS, Kind.TRANSFER})


class Way(StrEnum):
    """Why a successor is proposed for a duty."""

    ONLY = "only"
    CHOSEN = "chosen"
    DESK = "desk"
    SUBJECT = "subject"
    SERIES = "series"
    REST = "rest"


WAY_LABELS: Final[dict[str, str]] = {
    Way.ONLY: "đơn vị kế thừa duy nhất",
    Way.CHOSEN: "đã chọn",
    Way.DESK: "theo phòng đang giữ",
    Way.SUBJECT: "theo lĩnh vực",
    Way.SERIES: "theo chuỗi định kỳ",
    Way.REST: "theo đơn vị nhận phần còn lại",
    "": "chưa chọn",
}


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that inherits: one in force by its code alone, or a new one with its name and its head.

    `fields` are the subjects by which duties are proposed to it; `head` the sign-in name of who heads it.
    """

    code: str
    name: str = ""
    short_name: str = ""
    fields: str = ""
    head: str = ""
    head_title: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One change as decided: number of the decision, date in force, reason, and what each kind needs.

    `units` change; `stays` says that a unit goes on after a part was split off. `within` maps the code of a division
    or other unit below to the successor that takes it over, `people` a sign-in name; `choices` maps the public id of
    a duty; `rest` is the successor of whatever nobody has chosen. `post`, `from_post`, `officer`, `title` and
    `post_kind` serve the kinds about posts, `name` and `short_name` a new name.
    """

    kind: Kind
    decision: str
    in_force_on: date
    reason: str = ""
    units: tuple[str, ...] = ()
    successors: tuple[Successor, ...] = ()
    stays: bool = False
    within: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    name: str = ""
    short_name: str = ""
    post: str = ""
    from_post: str = ""
    officer: str = ""
    title: str = ""
    post_kind: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the codes that a duty can be handed to; of a unit that goes on its own code too."""
        own = self.units if self.stays else ()
        return (*(one.code for one in self.successors), *own)

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON; the reason and the choices are kept in tables of their own."""
        shape = asdict(self)
        for name in ("reason", "choices"):
            shape.pop(name)
        return shape | {"kind": self.kind.value, "in_force_on": self.in_force_on.isoformat()}


_TEXTS: Final = {
    "decision": 120, "reason": 2000, "rest": 40, "name": 200, "short_name": 80, "post": 60, "from_post": 60, "officer": 60,
    "title": 160, "post_kind": 20,
}  # fmt: skip
_SUCCESSOR_TEXTS: Final = {"code": 40, "name": 200, "short_name": 80, "fields": 400, "head": 60, "head_title": 160}
_MAPS: Final = ("within", "people", "choices")


def plan_of(given: Mapping[str, Any]) -> Plan:
    """Return the plan that a form or a file gives. Raises: Invalid, naming the part that cannot be read."""
    unknown = set(given) - {*_TEXTS, *_MAPS, "kind", "in_force_on", "units", "successors", "stays"}
    if unknown:
        raise Invalid("org_change_part_unknown", part=", ".join(sorted(unknown)))
    if given.get("kind") not in set(Kind):
        raise Invalid("kind_unknown", text=str(given.get("kind", "")))
    texts: dict[str, Any] = {name: _text(given, name, longest) for name, longest in _TEXTS.items()}
    return Plan(
        kind=Kind(given["kind"]),
        in_force_on=_day(given.get("in_force_on")),
        units=tuple(dict.fromkeys(_texts(given, "units"))),
        successors=tuple(_successor(one) for one in _list(given, "successors")),
        stays=given.get("stays") is True,
        within=_map(given, "within"),
        people=_map(given, "people"),
        choices=_map(given, "choices"),
        **texts,
    )


def _day(value: object) -> date:
    """Return a day given as one, or written as 2026-11-16 and no other way; how far it may lie is checked against today."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
        if type(value) is date:
            return value
    except ValueError as wrong:
        raise Invalid("org_change_date_missing") from wrong
    raise Invalid("org_change_date_missing")


def _text(given: Mapping[str, Any], name: str, longest: int) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value.strip()) > longest:
        raise Invalid("org_change_part_unreadable", part=name)
    return " ".join(value.split()) if name != "reason" else value.strip()


def _list(given: Mapping[str, Any], name: str) -> list[Any]:
    value = given.get(name, [])
    if not isinstance(value, list | tuple):
        raise Invalid("org_change_part_unreadable", part=name)
    return list(value)


def _texts(given: Mapping[str, Any], name: str) -> list[str]:
    found = _list(given, name)
    if not all(isinstance(one, str) and one.strip() for one in found):
        raise Invalid("org_change_part_unreadable", part=name)
    return [one.strip() for one in found]


def _map(given: Mapping[str, Any], name: str) -> dict[str, str]:
    value = given.get(name, {})
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        raise Invalid("org_change_part_unreadable", part=name)
    return {key.strip(): one.strip() for key, one in value.items() if one.strip()}


def _successor(given: object) -> Successor:
    if isinstance(given, str):
        given = {"code": given}
    if not isinstance(given, Mapping) or set(given) - set(_SUCCESSOR_TEXTS):
        raise Invalid("org_change_part_unreadable", part="successors")
    found = Successor(**{name: _text(given, name, longest) for name, longest in _SUCCESSOR_TEXTS.items()})
    if not found.code:
        raise Invalid("org_change_part_unreadable", part="successors")
    return found


def check(plan: Plan, today: date) -> None:
    """Refuse a plan that lacks what its kind needs, whatever the organisation looks like. Raises: Invalid."""
    if not plan.decision:
        raise Invalid("org_change_decision_missing")
    if not plan.reason:
        raise Invalid("org_change_reason_missing")
    if abs(plan.in_force_on - today) > timedelta(days=FAR_DAYS):
        raise Invalid("org_change_date_far", on=f"{plan.in_force_on:%d/%m/%Y}")
    if plan.kind in OF_UNITS:
        _check_succession(plan)
    else:
        _check_one(plan)


def _check_one(plan: Plan) -> None:
    if plan.kind is Kind.RENAME and (len(plan.units) != 1 or not plan.name):
        raise Invalid("org_change_name_missing")
    if plan.kind in OF_POSTS and not plan.post:
        raise Invalid("post_unknown")
    if plan.kind is Kind.POST and (len(plan.units) != 1 or not plan.title or not plan.post_kind):
        raise Invalid("org_change_post_missing")
    if plan.kind in {Kind.APPOINT, Kind.TRANSFER} and not plan.officer:
        raise Invalid("org_change_officer_missing")


def _check_succession(plan: Plan) -> None:
    codes = [one.code for one in plan.successors]
    if not plan.units:
        raise Invalid("org_change_units_missing")
    if len(codes) != len(set(codes)):
        raise Invalid("org_change_successor_twice")
    both = sorted(set(plan.units) & set(codes))
    if both:
        raise Invalid("succession_cycle", path=" → ".join((*both[:1], *both[:1])))
    if plan.kind is Kind.MERGE and len(codes) != 1:
        raise Invalid("org_change_merge_one")
    if plan.kind is Kind.SPLIT and (len(plan.units) != 1 or len(codes) < (1 if plan.stays else 2)):
        raise Invalid("org_change_split_several")
    if plan.stays and plan.kind is not Kind.SPLIT:
        raise Invalid("org_change_part_unreadable", part="stays")
    wrong = {*plan.within.values(), *plan.people.values(), *plan.choices.values(), plan.rest} - {*plan.targets, ""}
    if wrong:
        raise Invalid("successor_unknown", text=", ".join(sorted(wrong)))


def subject_of(title: str, successors: Iterable[Successor]) -> str:
    """Return the code of the one successor whose subjects the words of a duty name most; "" when none or several do."""
    text = f" {words(title)} "
    scores = {one.code: sum(f" {part} " in text for part in _subjects(one.fields)) for one in successors}
    best = max(scores.values(), default=0)
    leading = [code for code, score in scores.items() if score == best]
    return leading[0] if best and len(leading) == 1 else ""


def _subjects(fields: str) -> list[str]:
    return [part for part in (words(one) for one in re.split(r"[;,\n]", fields)) if part]


def propose(plan: Plan, *, desk: str, title: str, chosen: str = "") -> tuple[str, Way | None]:
    """Return who should inherit a duty and why: what a person chose, the only successor, its division, its subject, the rest.

    `desk` is the code of the unit to which the division goes where it lies. ("", None) when somebody must choose.
    """
    if chosen:
        return chosen, Way.CHOSEN
    if len(plan.targets) == 1 and plan.kind is not Kind.ABOLISH:
        return plan.targets[0], Way.ONLY
    if desk:
        return desk, Way.DESK
    subject = subject_of(title, plan.successors)
    if subject:
        return subject, Way.SUBJECT
    return (plan.rest, Way.REST) if plan.rest else ("", None)
