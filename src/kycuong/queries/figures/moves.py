"""Why a number moved: what happened, after the watermark, to each duty that counts otherwise than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kycuong.core.figures import FIGURES, Aim, Difference, Filters
from kycuong.core.lifecycle import lifecycles
from kycuong.models import Duty, DutyEvent, TargetActual, TargetChange

#: Acts that set the past right; all others carry the work on.
CORRECTING = frozenset(
    {"correct", "revoke", "replace", "close_returned", "send_back", "extend", "calendar_changed", "succeed", "undo_take_over",
     "replan", "undo_replan"}
)  # fmt: skip


#: What was done to a target, in the list of what moved a number.
TARGET_LABELS = {"correct": "Sửa chỉ tiêu", "drop": "Bỏ chỉ tiêu", "add": "Thêm chỉ tiêu"}
VALUE_LABELS = {False: "Ghi số thực hiện", True: "Đính chính số thực hiện"}


@dataclass(frozen=True, slots=True)
class Why:
    """One act that moved a duty: when, what, by whom (for who may read the duty), and whether it set something right."""

    at: datetime
    label: str
    actor: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One duty that counts otherwise: which one, how it stood and stands, in which figures, and why.

    `targets` are those that say another number: name, then and now, empty where none was said.
    """

    duty: UUID
    title: str
    visible: bool
    was: str
    now: str
    figures: tuple[str, ...]
    why: tuple[Why, ...]
    targets: tuple[tuple[str, str, str], ...] = ()


def moves(found: Collection[Difference], asked: Filters, seen: Collection[UUID]) -> list[Move]:
    """Return the duties of a difference with what moved them (four queries); `seen` are those whose titles may be told."""
    keys = {UUID(one.duty) for one in found}
    titles = dict(Duty.objects.filter(public_id__in=keys).values_list("public_id", "title"))
    reasons = _reasons(keys, asked.watermark)
    if asked.actual is not None:
        _add_said(reasons, found, asked)
    return [_move(one, titles, reasons, seen) for one in found]


def _move(one: Difference, titles: dict[UUID, str], reasons: dict[UUID, list[Why]], seen: Collection[UUID]) -> Move:
    key = UUID(one.duty)
    touched = tuple(figure.code for figure in FIGURES if one.moves(figure))
    was, now = one.was.state.value if one.was else "", one.now.state.value if one.now else ""
    if key in seen:
        told = tuple(reasons[key])
        return Move(key, titles.get(key, ""), True, was, now, touched, told, _other_numbers(one))
    nameless = tuple(replace(why, actor="") for why in reasons[key])
    return Move(key, "", False, was, now, touched, nameless)


def _other_numbers(one: Difference) -> tuple[tuple[str, str, str], ...]:
    """Return the targets of a duty that say another number than before."""
    was = {aim.key: aim for aim in one.was.targets} if one.was else {}
    now = {aim.key: aim for aim in one.now.targets} if one.now else {}
    return tuple(
        ((now.get(key) or was[key]).name, _number(was.get(key)), _number(now.get(key)))
        for key in {**was, **now}
        if _number(was.get(key)) != _number(now.get(key))
    )


def _number(aim: Aim | None) -> str:
    return f"{aim.actual} {aim.measure}".strip() if aim and aim.actual else ""


def _add_said(reasons: dict[UUID, list[Why]], found: Collection[Difference], asked: Filters) -> None:
    """Add what was said of targets after the mark: values, those set right, changes of the plan."""
    keys = {UUID(one.duty) for one in found if one.was != one.now}
    values = TargetActual.objects.filter(duty__public_id__in=keys, id__gt=asked.actual).order_by("id")
    for key, at, name, corrects in values.values_list("duty__public_id", "at", "officer__full_name", "corrects"):
        reasons[key].append(Why(at, VALUE_LABELS[bool(corrects)], name, bool(corrects)))
    aims = {
        UUID(aim.key): UUID(one.duty) for one in found for line in (one.was, one.now) if line for aim in line.targets
    }
    changes = TargetChange.objects.filter(
        target__public_id__in=aims, id__gt=asked.change, act__in=TARGET_LABELS
    ).order_by("id")
    for target, act, at, name in changes.values_list("target__public_id", "act", "at", "officer__full_name"):
        reasons[aims[target]].append(Why(at, TARGET_LABELS[act], name, True))


def _reasons(keys: Iterable[UUID], watermark: int) -> dict[UUID, list[Why]]:
    labels = {row.action: row.label for row in lifecycles()["task"].rows}
    events = DutyEvent.objects.filter(duty__public_id__in=list(keys), id__gt=watermark, rung__isnull=True)
    found: dict[UUID, list[Why]] = defaultdict(list)
    for key, at, act, name in events.order_by("id").values_list("duty__public_id", "at", "act", "actor__full_name"):
        found[key].append(Why(at, labels.get(act, act), name or "", act in CORRECTING))
    return found
