"""The charts of the board as shapes: bars with places and sizes, so that the template draws and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kycuong.queries.board import AgeBar, Filter, Group, MonthBar
from kycuong.web import board_address as address
from kycuong.web import words
from kycuong.web.board_page import percent

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 240, 44, 26
ROW, NAME, BAR = 26, 280, 400


@dataclass(frozen=True, slots=True)
class Block:
    """One rectangle of a bar: what it says by its class."""

    look: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale with its number."""

    at: float
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its blocks, the number over it, and for the table each figure with its address."""

    name: str
    middle: float
    blocks: list[Block]
    top: float
    said: str
    figures: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars with its scale."""

    title: str
    heads: list[str]
    bars: list[Bar]
    marks: list[Mark]
    width: int
    height: int


def _scale(most: int) -> tuple[int, list[int]]:
    """Return the top of a scale and its marks: round steps, four at most."""
    step = 1
    while step * 4 < most:
        step *= 5 if str(step)[0] == "2" else 2
        if str(step)[0] not in "125":
            step = int("5" + "0" * (len(str(step)) - 1))
    top = max(step * -(-most // step), step)
    return top, list(range(0, top + 1, step))


def _up(n: int, top: int) -> float:
    return (HEIGHT - BOTTOM - 16) * n / top


def _chart(title: str, heads: list[str], rows: list[tuple[str, list[tuple[str, int]], list[tuple[str, str]]]]) -> Chart:
    """Return upright bars of stacked blocks, the first at the bottom."""
    top, marks = _scale(max((sum(n for _look, n in blocks) for _name, blocks, _figures in rows), default=1))
    slot = (WIDTH - LEFT) / max(len(rows), 1)
    bars = []
    for place, (name, blocks, figures) in enumerate(rows):
        x, y, drawn = LEFT + slot * place + slot * 0.15, float(HEIGHT - BOTTOM), []
        for look, n in blocks:
            y -= _up(n, top)
            drawn.append(Block(look, round(x, 1), round(y, 1), round(slot * 0.7, 1), round(_up(n, top), 1)))
        whole = sum(n for _look, n in blocks)
        bars.append(Bar(name, round(x + slot * 0.35, 1), drawn, round(y - 5, 1), str(whole) if whole else "", figures))
    lines = [Mark(round(HEIGHT - BOTTOM - _up(n, top), 1), str(n)) for n in marks]
    return Chart(title, heads, bars, lines, WIDTH, HEIGHT)


def months(bars: list[MonthBar], wanted: Filter) -> Chart:
    """Return late work by month: closed late in it, and fallen due in it and overdue still."""
    rows = []
    for bar in bars:
        within = replace(wanted, year=bar.year, part=f"t{bar.month:02}")
        number = bar.year * 12 + bar.month - 1
        figures = [
            (str(bar.late), address.figure(within, "done_late") if bar.late else ""),
            (str(bar.open_late), address.figure(wanted, "overdue", han=number) if bar.open_late else ""),
            (str(bar.on_time), address.figure(within, "done_on_time") if bar.on_time else ""),
        ]
        rows.append((f"{bar.month}/{bar.year % 100:02}", [("late", bar.late), ("open", bar.open_late)], figures))
    heads = [
        _("Tháng"),
        _("Kết thúc quá hạn trong tháng"),
        _("Đến hạn trong tháng, nay vẫn quá hạn"),
        _("Kết thúc đúng hạn"),
    ]
    return _chart(_("Quá hạn theo tháng"), heads, rows)


def ages(bars: list[AgeBar], wanted: Filter) -> Chart:
    """Return the open duties by how long ago they were given."""
    rows = []
    for place, bar in enumerate(bars):
        name = f"{bar.first}–{bar.below - 1}" if bar.below else _("trên %(n)d") % {"n": bar.first - 1}
        figures = [
            (str(bar.n), address.figure(wanted, "open", tuoi=place) if bar.n else ""),
            (str(bar.overdue), address.figure(wanted, "overdue", tuoi=place) if bar.overdue else ""),
        ]
        rows.append((name, [("late", bar.overdue), ("rest", bar.n - bar.overdue)], figures))
    heads = [_("Số ngày từ khi giao"), _("Đang thực hiện"), _("Trong đó quá hạn")]
    return _chart(_("Tuổi của nhiệm vụ đang thực hiện"), heads, rows)


@dataclass(frozen=True, slots=True)
class GroupChart:
    """Units of one group as lying bars of their late shares, with the group's middle as a line."""

    title: str
    middle: str
    middle_x: float
    bars: list[Bar]
    width: int
    height: int


def group(found: Group, wanted: Filter) -> GroupChart:
    """Return one group of units compared among each other."""
    loads = {"": "", "high": _("nhiều việc"), "middle": _("số việc trung bình"), "low": _("ít việc")}
    kind = str(words.UNIT_KINDS.get(found.kind, found.kind))
    title = f"{kind}, {loads[found.load]}" if found.load else kind
    bars = []
    lines = sorted(found.lines, key=lambda line: -(line.late_share or 0))
    for place, line in enumerate(lines):
        share = line.late_share or 0
        block = Block("late", NAME, place * ROW + 5, round(BAR * share, 1), ROW - 10)
        href = address.figure(wanted, "overdue", line.unit_id) if line.figures.get("overdue") else ""
        figures = [(percent(line.late_share), ""), (str(line.figures.get("overdue", 0)), href), (str(line.counted), "")]
        said = percent(line.late_share)
        beside = NAME + BAR * max(share, found.middle or 0) + 6
        bars.append(Bar(line.name, place * ROW + 18, [block], round(beside, 1), said, figures))
    middle = found.middle or 0
    return GroupChart(
        title, percent(found.middle), round(NAME + BAR * middle, 1), bars, NAME + BAR + 60, len(bars) * ROW + 4
    )
