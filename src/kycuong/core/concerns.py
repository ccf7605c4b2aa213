"""Whom a matter concerns: the bodies that the registry of competence names, and what to ask of a lead who asks others.

Basis: Phú Yên 2230/UBND-NC, items 1.4, 2.1 and 2.2: only those concerned are consulted; consultation is no way to dodge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid

#: A question touches on so many matters at the most.
MOST_MATTERS: Final = 5


class Concern(StrEnum):
    """Why a body is asked."""

    COMPETENT = "competent"
    REASONED = "reasoned"
    UNJUDGED = "unjudged"


CONCERN_LABELS: Final[dict[Concern, str]] = {
    Concern.COMPETENT: "Có thẩm quyền theo sổ thẩm quyền",
    Concern.REASONED: "Sổ thẩm quyền không ghi là có liên quan; hỏi vì lý do nêu kèm",
    Concern.UNJUDGED: "Chưa đối chiếu: sổ thẩm quyền còn trống",
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why one body is asked: the concern, the row of the registry, or the reason."""

    concern: Concern
    competence: int | None = None
    reason: str = ""


def judge(
    asked: Mapping[int, str], competent: Mapping[int, int], reasons: Mapping[int, str], *, registry: bool
) -> dict[int, Why]:
    """Return why each body is asked; `asked` are names by unit, `competent` rows by unit, `registry` whether it has any row.

    Raises: Invalid, naming the bodies that nobody knows as concerned and for which no reason is given.
    """
    found = {}
    for unit in asked:
        reason = " ".join(reasons.get(unit, "").split())[:500]
        if unit in competent:
            found[unit] = Why(Concern.COMPETENT, competent[unit])
        elif registry:
            found[unit] = Why(Concern.REASONED, None, reason)
        else:
            found[unit] = Why(Concern.UNJUDGED)
    bare = [asked[unit] for unit, why in found.items() if why.concern is Concern.REASONED and not why.reason]
    if bare:
        raise Invalid("consultation_unconcerned", units="; ".join(bare))
    return found


def check_seen(left_out: Collection[str], twice: Iterable[str], *, confirmed: bool) -> None:
    """Refuse what the lead has not been told: a competent body left out, or a body that is asked the same already.

    Raises: Invalid, until the lead says that it has been seen.
    """
    found = [f"có thẩm quyền mà chưa được hỏi: {', '.join(left_out)}"] if left_out else []
    found += [f"đang được hỏi cùng việc: {one}" for one in twice]
    if found and not confirmed:
        raise Invalid("consultation_unseen", found="; ".join(found))
