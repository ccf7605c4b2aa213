"""Targets in a report: one sentence a target under its order, a table, of several units how many reached each; all from the ledger.

Basis: clause 3.0 of the source documents: plan, actual, source, gap; an order with a figure is told by the number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kycuong.core.figures import OF_TARGETS, Aim, Answer
from kycuong.core.targets import AT_MOST, number, written

Block = dict[str, Any]
#: The name of the annex across in which the targets that several units fall short of are listed.
SHORT_LIST: Final = "chi-tieu"
#: The name of a table whose rows lead to the targets themselves.
LINKED: Final = frozenset({SHORT_LIST, "chi-tieu-don-vi"})
_CODES: Final = {"reached": "CT-02", "short": "CT-03", "none": "CT-04"}


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One target of a unit as a report tells it; `source` is what was said of where the number is from."""

    order: str
    unit: str
    aim: Aim
    source: str = ""


def plan_of(aim: Aim) -> str:
    """Return a plan value with its side and measure: “≥ 95 %”, “≤ 2 %”."""
    return f"{'≤' if aim.direction == AT_MOST else '≥'} {_measured(aim.plan, aim.measure)}"


def _measured(value: str, measure: str) -> str:
    if not value:
        return ""
    return f"{value}%" if measure == "%" else f"{value} {measure}".strip()


def told(aim: Aim) -> str:
    """Return plan, number and its day in short: “≥ 95% → 92% (30/11/2026)”."""
    return (
        f"{plan_of(aim)} → {_measured(aim.actual, aim.measure)} ({_as_of(aim)})"
        if aim.actual
        else f"{plan_of(aim)} → –"
    )


def _as_of(aim: Aim) -> str:
    return f"{date.fromisoformat(aim.as_of):%d/%m/%Y}" if aim.as_of else ""


def sentence(one: TargetFact) -> tuple[str, str]:
    """Return what a report says of a target, and the code of the figure that counts it."""
    aim = one.aim
    said = f"Chỉ tiêu “{aim.name}”: kế hoạch {plan_of(aim)}; "
    if aim.state == "none":
        return f"{said}chưa có số thực hiện.", _CODES["none"]
    said += f"thực hiện {_measured(aim.actual, aim.measure)} (tính đến {_as_of(aim)}{f'; nguồn: {one.source}' if one.source else ''}); "
    return said + ("đạt." if aim.state == "reached" else f"còn thiếu {_measured(aim.gap, aim.measure)}."), _CODES[
        aim.state
    ]


def summary(numbers: Mapping[str, Answer]) -> list[Block]:
    """Return the sentence that sums the targets up, nothing where there are none."""
    all_of, met, short, none, share = (numbers[code] for code in OF_TARGETS)
    if not all_of.n:
        return []
    text = (
        f"Trong kỳ có {all_of.shown} chỉ tiêu: {met.shown} đạt, {short.shown} chưa đạt, {none.shown} chưa có số. Tỷ lệ chỉ tiêu đạt "
        f"trên toàn bộ chỉ tiêu được giao: {share.shown}."
    )
    return [{"kind": "fact", "text": text, "figures": list(OF_TARGETS)}]


def of_unit(found: Sequence[TargetFact]) -> Block:
    """Return the table of one unit's targets: plan, actual, gap, as of when, from where."""
    rows = [
        [one.aim.name, plan_of(one.aim), _measured(one.aim.actual, one.aim.measure) or "Chưa có số", _missing(one.aim),
         _as_of(one.aim), one.source]
        for one in found
    ]  # fmt: skip
    head = ["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Còn thiếu", "Tính đến", "Nguồn"]
    return _table("chi-tieu-don-vi", head, rows, [one.aim.key for one in found], 0)


def _missing(aim: Aim) -> str:
    return "–" if aim.state == "reached" else _measured(aim.gap, aim.measure)


def of_units(found: Sequence[TargetFact]) -> list[Block]:
    """Return of several units how many reached each target, and who falls short of it or has said no number."""
    groups: dict[tuple[str, ...], list[TargetFact]] = {}
    for one in found:
        aim = one.aim
        groups.setdefault((one.order, aim.name, aim.plan, aim.direction, aim.measure), []).append(one)
    rows = [
        [members[0].aim.name, plan_of(members[0].aim), str(len(members)), *_counts(members), _spread(members)]
        for members in groups.values()
    ]
    head = ["Chỉ tiêu", "Kế hoạch", "Số đơn vị", "Đạt", "Chưa đạt", "Chưa có số", "Thấp nhất – cao nhất"]
    left = sorted((one for one in found if one.aim.state != "reached"), key=lambda one: (one.aim.name, one.unit))
    table = _table("chi-tieu-chung", head, rows, [], 0)
    if not left:
        return [table]
    listed = [
        [str(place), one.unit, one.aim.name, plan_of(one.aim), _measured(one.aim.actual, one.aim.measure) or "Chưa có số",
         _missing(one.aim), _as_of(one.aim), one.source]
        for place, one in enumerate(left, 1)
    ]  # fmt: skip
    names = ["TT", "Đơn vị", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Còn thiếu", "Tính đến", "Nguồn"]
    said = {"kind": "fact", "text": "Đơn vị chưa đạt, hoặc chưa có số:", "figures": ["CT-03", "CT-04"]}
    return [table, said, _table(SHORT_LIST, names, listed, [one.aim.key for one in left], 2)]


def _counts(members: Sequence[TargetFact]) -> list[str]:
    states = [one.aim.state for one in members]
    return [str(states.count(state)) for state in ("reached", "short", "none")]


def _spread(members: Sequence[TargetFact]) -> str:
    """Return the lowest and the highest value that the units said."""
    values = sorted(number(one.aim.actual) for one in members if one.aim.actual)
    if not values:
        return "–"
    measure = members[0].aim.measure
    low, high = (_measured(written(value), measure) for value in (values[0], values[-1]))
    return low if low == high else f"{low} – {high}"


def _table(name: str, head: list[str], rows: list[list[str]], links: list[str], wide: int) -> Block:
    return {
        "kind": "table", "name": name, "head": head, "rows": rows, "strong": [], "figures": [], "links": links, "wide": wide,
    }  # fmt: skip
