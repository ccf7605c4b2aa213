"""Why a number moved: what happened, after the watermark, to each duty that counts otherwise than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kycuong.core.figures import FIGURES, Difference
from kycuong.core.lifecycle import lifecycles
from kycuong.models import Duty, DutyEvent

#: Acts that set the past right; all others carry the work on.
CORRECTING = frozenset(
    {"correct", "revoke", "replace", "close_returned", "send_back", "extend", "calendar_changed", "succeed", "undo_take_over",
     "replan", "undo_replan"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why:
    """One act that moved a duty: when, what, by whom (for who may read the duty), and whether it set something right."""

    at: datetime
    label: str
    actor: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One duty that counts otherwise: which one, how it stood and stands, in which figures, and why."""

    duty: UUID
    title: str
    visible: bool
    was: str
    now: str
    figures: tuple[str, ...]
    why: tuple[Why, ...]


def moves(found: Collection[Difference], watermark: int, seen: Collection[UUID]) -> list[Move]:
    """Return the duties of a difference with what moved them (two queries); `seen` are those whose titles may be told."""
    keys = {UUID(one.duty) for one in found}
    titles = dict(Duty.objects.filter(public_id__in=keys).values_list("public_id", "title"))
    reasons = _reasons(keys, watermark)
    return [_move(one, titles, reasons, seen) for one in found]


def _move(one: Difference, titles: dict[UUID, str], reasons: dict[UUID, list[Why]], seen: Collection[UUID]) -> Move:
    key = UUID(one.duty)
    touched = tuple(figure.code for figure in FIGURES if one.moves(figure))
    was, now = one.was.state.value if one.was else "", one.now.state.value if one.now else ""
    if key in seen:
        return Move(key, titles.get(key, ""), True, was, now, touched, tuple(reasons[key]))
    nameless = tuple(replace(why, actor="") for why in reasons[key])
    return Move(key, "", False, was, now, touched, nameless)


def _reasons(keys: Iterable[UUID], watermark: int) -> dict[UUID, list[Why]]:
    labels = {row.action: row.label for row in lifecycles()["task"].rows}
    events = DutyEvent.objects.filter(duty__public_id__in=list(keys), id__gt=watermark, rung__isnull=True)
    found: dict[UUID, list[Why]] = defaultdict(list)
    for key, at, act, name in events.order_by("id").values_list("duty__public_id", "at", "act", "actor__full_name"):
        found[key].append(Why(at, labels.get(act, act), name or "", act in CORRECTING))
    return found
