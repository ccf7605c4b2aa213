"""Find ruled tables on a picture of a page: their rows, their columns, the cells that span several rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

#: A rule is dark over whole stretches of so many points; no letter is.
_STRETCH = 40
#: How dark such a stretch is at least, of 255.
_DARK = 215
#: Rules that stand so near, in points, are one rule that leans or is thick.
_NEAR = 6
_LEAST_ROWS, _LEAST_COLUMNS = 2, 3
#: A page of more ruled columns than this is a form or a ledger, no table of orders.
_MOST_COLUMNS = 10

#: A rectangle in points: left, top, right, bottom.
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: where it stands across its direction, and the stretches along it that are dark."""

    at: int
    dark: frozenset[int]

    def covers(self, begin: int, stop: int) -> bool:
        """Tell whether the rule runs along most of a span."""
        span = range(begin // _STRETCH + 1, max(begin // _STRETCH + 2, stop // _STRETCH))
        return sum(1 for block in span if block in self.dark) * 5 >= 3 * len(span)


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the edges of its rows and columns, and for each edge of rows the columns that it parts."""

    edges: tuple[int, ...]
    columns: tuple[int, ...]
    parted: tuple[frozenset[int], ...]

    @property
    def box(self) -> Box:
        """Return the rectangle of the whole table."""
        return self.columns[0], self.edges[0], self.columns[-1], self.edges[-1]

    def rows(self, text_of: Callable[[Box], str]) -> list[str]:
        """Return one line a row with cells behind tabs; a cell that spans rows is told in each of them."""
        cells: dict[tuple[int, int], str] = {}
        for column in range(len(self.columns) - 1):
            first = 0
            for row in range(1, len(self.edges)):
                if row < len(self.edges) - 1 and column not in self.parted[row]:
                    continue
                box = (self.columns[column], self.edges[first], self.columns[column + 1], self.edges[row])
                text = " ".join(text_of(box).split())
                cells |= {(inside, column): text for inside in range(first, row)}
                first = row
        lines = [
            [cells[(row, column)] for column in range(len(self.columns) - 1)] for row in range(len(self.edges) - 1)
        ]
        return ["\t".join(line) for line in lines if any(line)]


def find(image: Image) -> list[Grid]:
    """Return the ruled tables of a page from top to bottom; one of a single row or of two columns is no table."""
    from PIL import Image as pil

    dark = image.point(lambda v: 255 if v < 185 else 0)
    across = _rules(dark, 0.2 * image.width)
    if len(across) <= _LEAST_ROWS:
        return []
    down = _rules(dark.transpose(pil.Transpose.TRANSPOSE), 2 * _STRETCH)
    bands = [(a, b, [rule for rule in down if rule.covers(a.at, b.at)]) for a, b in pairwise(across)]
    grids, begin = [], 0
    for i, (_, _, inside) in enumerate([*bands, (across[-1], across[-1], [])]):
        if len(inside) > _LEAST_COLUMNS - 1:
            continue
        if grid := _grid(across[begin : i + 1], bands[begin:i]):
            grids.append(grid)
        begin = i + 1
    return grids


def _grid(across: list[Rule], bands: list[tuple[Rule, Rule, list[Rule]]]) -> Grid | None:
    if len(bands) < _LEAST_ROWS:
        return None
    places: dict[int, int] = {}
    for _, _, inside in bands:
        for rule in inside:
            places[rule.at] = places.get(rule.at, 0) + 1
    columns = tuple(sorted(at for at, times in places.items() if times * 3 >= len(bands)))
    if not _LEAST_COLUMNS < len(columns) <= _MOST_COLUMNS + 1:
        return None
    spans = list(pairwise(columns))
    parted = tuple(frozenset(i for i, span in enumerate(spans) if rule.covers(*span)) for rule in across)
    return Grid(tuple(rule.at for rule in across), columns, parted)


def _rules(dark: Image, least: float) -> list[Rule]:
    """Return the level rules of a black and white picture that are dark over at least so many points."""
    from PIL import Image as pil

    blocks = dark.width // _STRETCH
    small = dark.resize((blocks, dark.height), pil.Resampling.BOX).tobytes()
    found: list[tuple[int, set[int]]] = []
    for y in range(dark.height):
        row = small[y * blocks : (y + 1) * blocks]
        if max(row) < _DARK:
            continue
        stretches = {i for i, value in enumerate(row) if value >= _DARK}
        if found and y - found[-1][0] <= _NEAR:
            found[-1] = (y, found[-1][1] | stretches)
        else:
            found.append((y, stretches))
    return [Rule(y - 1, frozenset(s)) for y, s in found if len(s) * _STRETCH >= least]


def without(image: Image, boxes: list[Box]) -> Image:
    """Return the picture with rectangles painted white."""
    from PIL import ImageDraw

    copy = image.copy()
    draw = ImageDraw.Draw(copy)
    for left, top, right, bottom in boxes:
        draw.rectangle((left - 6, top - 6, right + 6, bottom + 6), fill=255)
    return copy
