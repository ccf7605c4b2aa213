"""Handing a matter on to whose it is: how late a return comes, when an arbiter must rule, who may, and where a matter went in circles.

Basis: clauses 4.2.1 (do not pass one's own work to others, do not take others' work; return what was sent to the wrong body),
3.9 (no circling, lòng vòng) and 0.5 of the source documents.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid

#: A matter is handed on so many times at the most; the next time an arbiter rules. Default of the product (unverified).
MOST: Final = 2
#: More hand-overs than this could only be a slip of the pen in a rule.
MOST_EVER: Final = 9
#: Within how many working days a task is returned that is not one's own. Default of the product (unverified).
RETURN_WORKING_DAYS: Final = 2
#: How long an arbiter has. Default of the product (unverified).
ARBITRATE_WORKING_DAYS: Final = 1


class Ground(StrEnum):
    """Why a body returns what it was asked."""

    OTHER_BODY = "other_body"
    ASKERS_OWN = "askers_own"
    UNCONCERNED = "unconcerned"
    UNKNOWN = "unknown"


GROUND_LABELS: Final[dict[Ground, str]] = {
    Ground.OTHER_BODY: "Thuộc thẩm quyền của cơ quan khác, chuyển thẳng đến cơ quan đó",
    Ground.ASKERS_OWN: "Thuộc thẩm quyền của chính cơ quan hỏi",
    Ground.UNCONCERNED: "Không liên quan đến cơ quan được hỏi, không cần chuyển nơi khác",
    Ground.UNKNOWN: "Không thuộc thẩm quyền, chưa rõ của cơ quan nào: chuyển phân xử",
}


class Cause(StrEnum):
    """Why an arbiter must rule."""

    THIRD = "third"
    CIRCLE = "circle"
    UNKNOWN = "unknown"


CAUSE_LABELS: Final[dict[Cause, str]] = {
    Cause.THIRD: "Đã chuyển đủ số lần cho phép, vẫn chưa có nơi nhận",
    Cause.CIRCLE: "Chuyển về nơi đã trả lại: lòng vòng",
    Cause.UNKNOWN: "Nơi trả lại không xác định được cơ quan có thẩm quyền",
}


class NamedBy(StrEnum):
    """Who named the body to which a matter is handed on."""

    REGISTRY = "registry"
    BODY = "body"
    GIVER = "giver"
    ARBITER = "arbiter"


def ground_of(typed: str, *, names: bool, askers: bool) -> Ground:
    """Return why a body returns something: as it says, or as the body that it names says. Raises: Invalid."""
    if typed:
        try:
            return Ground(typed)
        except ValueError as wrong:
            raise Invalid("kind_unknown", text=typed) from wrong
    if askers:
        return Ground.ASKERS_OWN
    return Ground.OTHER_BODY if names else Ground.UNCONCERNED


def cause(handed: int, *, most: int, known: bool = True, circle: bool = False) -> Cause | None:
    """Return why the next hand-over is an arbiter's to rule on; None while the matter may still be handed on."""
    if handed >= most:
        return Cause.THIRD
    if not known:
        return Cause.UNKNOWN
    return Cause.CIRCLE if circle else None


def check_return(*, own: bool, late: bool, ruled: bool, why: str, **facts: object) -> None:
    """Refuse a return that was ruled on; one of what is one's own, or that comes late, goes on record with a reason.

    Raises: Invalid.
    """
    if ruled:
        raise Invalid("return_ruled")
    if why.strip():
        return
    if own:
        raise Invalid("return_own_matter", **{name: facts[name] for name in ("matter", "holder", "basis")})
    if late:
        raise Invalid("return_late", days=facts["days"], last=facts["last"])


@dataclass(frozen=True, slots=True)
class Arbiter:
    """Somebody who may rule: a post with the bodies in which its holder sits; the last one of a ladder is never a party."""

    post_id: int
    bodies: frozenset[int]


def arbiter(ladder: Sequence[Arbiter], parties: Collection[int], *, after: int | None = None) -> Arbiter | None:
    """Return the first of a ladder who is no party, above `after` when that one stepped aside; the highest rules in the end."""
    posts = [one.post_id for one in ladder]
    rest = ladder[posts.index(after) + 1 :] if after in posts else ladder
    found = next((one for one in rest if not one.bodies & set(parties)), None)
    return found or (rest[-1] if rest else None)


@dataclass(frozen=True, slots=True)
class Loop:
    """A place to which a matter came back after it had been elsewhere, and how many times it was there."""

    place: Hashable
    times: int


def loops(places: Sequence[Hashable]) -> list[Loop]:
    """Return the places at which a matter was more than once with another in between, in the order in which it came there."""
    stops = [place for number, place in enumerate(places) if number == 0 or places[number - 1] != place]
    return [Loop(place, stops.count(place)) for place in dict.fromkeys(stops) if stops.count(place) > 1]
