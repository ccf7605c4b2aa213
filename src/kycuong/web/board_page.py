"""Shape a board for its page: cells with their addresses, figures as people write them, choices of the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kycuong.core.boards import FLAGS, SEVEN, Spread
from kycuong.core.calendars import local_date
from kycuong.queries import org, targets, themes
from kycuong.queries.board import Board, DeskLine, Filter, SideLine, UnitLine, document_name, kinds
from kycuong.queries.scope import Actor
from kycuong.web import board_address as address
from kycuong.web import words
from kycuong.web.period_words import TARGET_STATES

FLAG_NAMES: Final[dict[str, str | Promise]] = {
    "paused": gettext_lazy("tạm dừng"),
    "extension": gettext_lazy("xin gia hạn"),
    "return": gettext_lazy("đề xuất trả lại"),
    "obstacle": gettext_lazy("khó khăn, vướng mắc"),
    "suggestion": gettext_lazy("kiến nghị"),
}
SORT_NAMES: Final[dict[str, str | Promise]] = {
    "late": gettext_lazy("Nhiều việc quá hạn trước"),
    "share": gettext_lazy("Tỷ lệ quá hạn cao trước"),
    "longest": gettext_lazy("Quá hạn lâu nhất trước"),
    "most": gettext_lazy("Nhiều việc trước"),
    "name": gettext_lazy("Theo tên đơn vị"),
}
SIDE_NAMES: Final[dict[str, str | Promise]] = {
    "unit": gettext_lazy("Ở bàn đơn vị được giao"),
    "confirmation": gettext_lazy("Ở bàn người xác nhận"),
    "proposal": gettext_lazy("Ở bàn người giao, chờ quyết định đề xuất"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its name, how many, and the address of its rows ("" for none)."""

    name: str
    label: str
    n: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    href: str
    ended: bool
    whole: Cell
    states: list[Cell]
    apart: Cell
    flags: list[Cell]
    late_share: str
    on_time_share: str
    days: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk of the page of desks."""

    line: DeskLine
    open: Cell
    overdue: Cell
    days: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Side:
    """How much lies on one side of the work."""

    label: str
    open: Cell
    overdue: Cell
    days: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Labels:
    """The names of the figures of a line in one language."""

    whole: str
    states: tuple[tuple[str, str], ...]
    apart: str
    flags: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def _labels(language: str | None) -> _Labels:
    states = tuple((state.value, str(words.STATES[state])) for state in SEVEN)
    return _Labels(_("Tổng số"), states, _("Không tính"), tuple((name, str(FLAG_NAMES[name])) for name in FLAGS))


def row(line: UnitLine, wanted: Filter) -> Row:
    """Return one line; the sum of all when it has no unit."""
    begin, figures, labels = address.figures(wanted, line.unit_id), line.figures, _labels(get_language())

    def cell(name: str, label: str) -> Cell:
        n = figures.get(name, 0)
        return Cell(name, label, n, address.named(begin, name) if n else "")

    whole = Cell("", labels.whole, line.counted, address.named(begin, "") if line.counted else "")
    inside = f"?{address.write(replace(wanted, unit=line.unit_id, only=None))}" if line.unit_id else ""
    return Row(
        line.name or labels.whole, inside, line.ended, whole, [cell(*state) for state in labels.states],
        cell("apart", labels.apart), [cell(*flag) for flag in labels.flags if figures.get(flag[0])],
        percent(line.late_share), percent(line.on_time_share), days(line.late),
    )  # fmt: skip


def percent(share: float | None) -> str:
    """Return a share as people write it, 12,5%."""
    return "" if share is None else f"{share * 100:.1f}%".replace(".", ",")


def days(found: Spread | None) -> list[tuple[str, str]]:
    """Return mean, median, 90th percentile and the most of a spread, each with its heading."""
    said = (
        [f"{found.mean:.1f}".replace(".", ","), str(found.median), str(found.p90), str(found.oldest)]
        if found
        else [""] * 4
    )
    return list(zip(heads(), said, strict=True))


def heads() -> list[str]:
    """Return the headings of a spread."""
    return list(_heads(get_language()))


@lru_cache(maxsize=8)
def _heads(language: str | None) -> tuple[str, ...]:
    return _("Trung bình"), _("Trung vị"), _("Phân vị 90"), _("Lâu nhất")


def desk(line: DeskLine, wanted: Filter) -> Desk:
    """Return one desk with the addresses of what lies on it."""
    where = address.figure(wanted, "", desk=line.post_id)
    late = address.figure(wanted, "overdue", desk=line.post_id) if line.overdue else ""
    return Desk(
        line,
        Cell("", _("Đang giữ"), line.open, where),
        Cell("overdue", _("Quá hạn"), line.overdue, late),
        days(line.late),
    )


def side(line: SideLine, wanted: Filter) -> Side:
    """Return one side of the work with the addresses of its rows."""
    label = str(SIDE_NAMES[line.code])
    every, late = (f"side_{line.code}", f"side_{line.code}_late")
    return Side(
        label,
        Cell(every, label, line.open, address.figure(wanted, every) if line.open else ""),
        Cell(late, _("quá hạn"), line.overdue, address.figure(wanted, late) if line.overdue else ""),
        days(line.waits),
    )


def ended(found: Board, wanted: Filter) -> list[tuple[Cell, list[tuple[str, str]]]]:
    """Return what was done in the period, and what of it late: how many, and the spread of the days behind it."""
    done = found.took.n if found.took else 0
    late = found.done_late.n if found.done_late else 0
    return [
        (Cell("done", _("Đã hoàn thành"), done, address.figure(wanted, "done")), days(found.took)),
        (Cell("done_late", _("Hoàn thành quá hạn"), late, address.figure(wanted, "done_late")), days(found.done_late)),
    ][: 2 if late else 1 if done else 0]


def choices(who: Actor, wanted: Filter, at: datetime) -> dict[str, Any]:
    """Return what the fields of the filter offer and what is chosen."""
    today = local_date(at)
    parts = [("", _("Cả năm")), *((f"q{n}", _("Quý %(n)d") % {"n": n}) for n in range(1, 5))]
    parts += [(f"t{n:02}", _("Tháng %(n)d") % {"n": n}) for n in range(1, 13)]
    return {
        "units": org.board_choices(who, at),
        "groups": list(words.UNIT_KINDS.items()),
        "years": [*range(today.year, today.year - 10, -1)],
        "parts": parts,
        "kinds": [(name, words.said(title)) for name, title in kinds().items()],
        "themes": [(row.public_id, row.name) for row in themes.choices(ended=True)],
        "document_name": document_name(who, wanted.document),
        "sorts": list(SORT_NAMES.items()),
        "all_years": address.ALL_YEARS,
    }


def narrowed(who: Actor, wanted: Filter, at: datetime) -> str:
    """Return what a board is narrowed to beside its period, as its file says it; empty when it is not."""
    offered = choices(who, wanted, at)
    kept: list[tuple[str, Any]] = [
        (_("văn bản %(name)s"), offered["document_name"]),
        (_("%(name)s và các đơn vị trực thuộc"), dict(offered["units"]).get(wanted.unit)),
        (_("khối %(name)s"), dict(offered["groups"]).get(wanted.group)),
        (_("chủ đề %(name)s"), dict(offered["themes"]).get(wanted.theme)),
        (_("loại %(name)s"), dict(offered["kinds"]).get(wanted.kind) if wanted.kind != Filter().kind else ""),
    ]
    return "; ".join(text % {"name": name} for text, name in kept if name)


def figure_name(name: str) -> str:
    """Return the name of a figure."""
    if name in FLAG_NAMES:
        return str(FLAG_NAMES[name])
    if name == "apart":
        return _("Không tính")
    if name == "open":
        return _("Đang thực hiện")
    if name == "done":
        return _("Đã hoàn thành")
    if name.startswith("side_"):
        return str(SIDE_NAMES.get(name.removeprefix("side_").removesuffix("_late"), ""))
    return str(words.STATES.get(name, _("Tất cả")))


@dataclass(frozen=True, slots=True)
class TargetCells:
    """The targets of one unit: how many, and each figure with its name and the address of its rows."""

    name: str
    total: int
    cells: list[Cell]


def target_lines(lines: Sequence[targets.UnitTargets], wanted: Filter) -> list[TargetCells]:
    """Return the targets by unit, each figure with the address of its rows."""
    page = reverse("board_targets")
    return [
        TargetCells(
            line.name,
            len(line.rows),
            [
                Cell(
                    state,
                    str(TARGET_STATES[state]),
                    n,
                    f"{page}?{address.write(wanted.alone(line.unit_id), loc=state)}#cac-dong" if n else "",
                )
                for state, n in line.counts.items()
            ],
        )
        for line in lines
    ]
