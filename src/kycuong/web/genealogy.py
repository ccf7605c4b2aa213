"""Shape a comparison and a family for the page: rows with their words, a drawing with its places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.queries.comparisons import Family, PairPage, Relative, Tie
from kycuong.queries.comparisons.pairs import CorrectionRow, DemandRow
from kycuong.reader.comparing import Demand

STATUSES: dict[str, str | Promise] = {
    "carried": gettext_lazy("Giữ nguyên"),
    "softened": gettext_lazy("Giảm nhẹ"),
    "missing": gettext_lazy("Không có"),
}
ICONS = {"carried": "done_on_time", "softened": "near_due", "missing": "apart"}
LOST: dict[str, str | Promise] = {
    "deadline": gettext_lazy("mất thời hạn"),
    "owner": gettext_lazy("mất người chịu trách nhiệm"),
    "target": gettext_lazy("mất chỉ tiêu"),
}
SOFTER: dict[str, str | Promise] = {
    "hedged": gettext_lazy("thêm “%(words)s”"),
    "unbanned": gettext_lazy("điều cấm thành “%(words)s”"),
    "narrowed": gettext_lazy("bỏ “%(words)s”"),
}

#: The drawing, in units of the picture: a box, the gaps between boxes, the most boxes of one generation.
BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MOST = 216, 64, 116, 16, 14
MARGIN, LINE = 8, 26


@dataclass(frozen=True, slots=True)
class RowShown:
    """A demand as the page prints it: the two texts, the chip, what was lost in words, the values of its form."""

    no: int
    span: str
    place: str
    path: str
    text: str
    start: int
    owners: str
    limit: str
    status: str
    label: str | Promise
    icon: str
    notes: list[str]
    match: list[Demand]
    score: int
    correction: CorrectionRow | None
    found: str | Promise
    choices: list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Box:
    """A document in the drawing: where its box stands, its two lines, and whether it is the one asked about."""

    public_id: UUID
    x: int
    y: int
    text_x: int
    code_y: int
    issuer_y: int
    code: str
    issuer: str
    full: str
    own: bool


@dataclass(frozen=True, slots=True)
class Wire:
    """A tie in the drawing: its path, and its numbers with their place."""

    path: str
    x: int
    y: int
    said: str
    full: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A family as a picture, with its size; `hidden` tells how many documents did not find room."""

    width: int
    height: int
    boxes: list[Box]
    wires: list[Wire]
    hidden: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A document in the nested list, with its numbers and those below it; `opens` and `closes` nest the list."""

    relative: Relative
    said: str
    own: bool
    level: int


def rows(page: PairPage, only: str) -> list[RowShown]:
    """Return the demands to show, all of them or those of one status."""
    return [_row(page, one) for one in page.rows if only not in STATUSES or one.line.status == only]


def _row(page: PairPage, row: DemandRow) -> RowShown:
    line = row.line
    demand = line.demand
    matched = {one.start for one in line.match}
    return RowShown(
        no=row.no, span=f"{demand.start}-{demand.end}", place=f"o-{demand.key}", path=demand.path, text=demand.text, start=demand.start,
        owners="; ".join(demand.owners), limit="; ".join(_limit(one.text, one.date) for one in demand.limits),
        status=line.status, label=STATUSES[line.status], icon=ICONS[line.status],
        notes=[str(LOST[one]) for one in line.lost] + [str(SOFTER[one.how]) % {"words": one.words} for one in line.softer],
        match=list(line.match), score=round(line.score * 100), correction=row.correction, found=STATUSES[row.found],
        choices=_choices(page, matched) if page.may_correct else [],
    )  # fmt: skip


def _limit(text: str, on: date | None) -> str:
    return text or (f"{on:%d/%m/%Y}" if on else "")


def _choices(page: PairPage, matched: set[int]) -> list[tuple[str, str, bool]]:
    return [(f"{one.start}-{one.end}", " ".join(one.text.split()), one.start in matched) for one in page.choices]


def tallies(page: PairPage) -> list[dict[str, Any]]:
    """Return the statuses with their numbers, what hurts first."""
    return [
        {"code": code, "label": STATUSES[code], "icon": ICONS[code], "count": page.counts[code]}
        for code in ("missing", "softened", "carried")
    ]


def numbers(tie: Tie | None) -> str:
    """Return the numbers of a tie in words."""
    if tie is None:
        return ""
    if tie.carried is None:
        return _("chưa đối chiếu")
    return _("giữ %(carried)d · nhẹ %(softened)d · thiếu %(missing)d") % {
        "carried": tie.carried, "softened": tie.softened, "missing": tie.missing,
    }  # fmt: skip


def draw(family: Family, own: UUID) -> Drawing:
    """Return the family as a picture: a column a generation, the upper left; the list beneath has everybody."""
    columns: dict[int, list[Relative]] = defaultdict(list)
    for one in family.members:
        columns[one.generation].append(one)
    shown = {generation: column[:MOST] for generation, column in sorted(columns.items())}
    tallest = max(len(column) for column in shown.values())
    height = tallest * (BOX_HEIGHT + GAP_Y) - GAP_Y
    boxes: dict[UUID, Box] = {}
    for index, column in enumerate(shown.values()):
        x = MARGIN + index * (BOX_WIDTH + GAP_X)
        y = MARGIN + (height - len(column) * (BOX_HEIGHT + GAP_Y) + GAP_Y) // 2
        for place, one in enumerate(column):
            boxes[one.public_id] = _box(one, x, y + place * (BOX_HEIGHT + GAP_Y), own)
    wires = [
        _wire(boxes[tie.parent], boxes[tie.child], tie)
        for tie in family.ties
        if {tie.parent, tie.child} <= boxes.keys()
    ]
    width = len(shown) * (BOX_WIDTH + GAP_X) - GAP_X + 2 * MARGIN
    return Drawing(width, height + 2 * MARGIN, list(boxes.values()), wires, len(family.members) - len(boxes))


def _box(one: Relative, x: int, y: int, own: UUID) -> Box:
    return Box(
        one.public_id, x, y, x + 12, y + 27, y + 48, _short(one.code), _short(one.issuer),
        " · ".join(filter(None, (one.code, one.issuer, f"{one.issued_on:%d/%m/%Y}" if one.issued_on else ""))),
        one.public_id == own,
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= LINE else text[: LINE - 1].rstrip() + "…"


def _wire(parent: Box, child: Box, tie: Tie) -> Wire:
    x1, y1 = parent.x + BOX_WIDTH, parent.y + BOX_HEIGHT // 2
    x2, y2 = child.x, child.y + BOX_HEIGHT // 2
    middle = (x1 + x2) // 2
    said = "?" if tie.carried is None else f"{tie.carried} · {tie.softened} · {tie.missing}"
    return Wire(f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}", x2 - 8, y2 - 8, said, numbers(tie))


def nested(family: Family, own: UUID) -> list[Branch]:
    """Return the family as a list in depth: each document below one that it implements, once."""
    ties = {(tie.parent, tie.child): tie for tie in family.ties}
    below: dict[UUID, list[Relative]] = defaultdict(list)
    for one in family.members:
        for parent in one.parents:
            below[parent].append(one)
    found: dict[UUID, Branch] = {}
    roots = [one for one in family.members if not one.parents]
    waiting: list[tuple[Relative, Tie | None, int]] = [(one, None, 1) for one in reversed(roots)]
    while waiting:
        one, tie, level = waiting.pop()
        if one.public_id in found:
            continue
        found[one.public_id] = Branch(one, numbers(tie), one.public_id == own, level)
        for child in reversed(below[one.public_id]):
            waiting.append((child, ties.get((one.public_id, child.public_id)), level + 1))
    left = [one for one in family.members if one.public_id not in found]  # documents that implement each other
    return [*found.values(), *(Branch(one, "", one.public_id == own, 1) for one in left)]
