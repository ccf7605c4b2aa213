"""Charts of a report as PNG: drawn by matplotlib without a screen, readable in black and white."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

#: Grey fills with hatches, so that neighbours differ on any printer.
_FILLS = (
    ("#3b3b3b", ""),
    ("#8c8c8c", "//"),
    ("#d9d9d9", ".."),
    ("#ffffff", ""),
    ("#ffffff", "--"),
    ("#000000", ""),
    ("#f0f0f0", "xx"),
)
WIDTH_INCHES, DOTS = 6.3, 200


def build(what: str, rows: Sequence[tuple[str, int]], caption: str) -> bytes:
    """Return a chart as PNG; the same numbers give the same bytes."""
    return _png(what, tuple((str(name), int(n)) for name, n in rows), caption)


@lru_cache(maxsize=64)
def _png(what: str, rows: tuple[tuple[str, int], ...], caption: str) -> bytes:
    import matplotlib  # takes half a second: only when a chart is drawn

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    matplotlib.rcParams.update({"font.family": _fonts(), "font.size": 10})
    height = max(1.6, 0.34 * len(rows) + 0.6)
    drawn = Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS)
    axes: Any = drawn.subplots()
    _bars(axes, rows, several=what == "states")
    axes.set_title(caption, fontsize=11, fontweight="bold", loc="left")
    drawn.tight_layout()
    stream = io.BytesIO()
    drawn.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> list[str]:
    """Return those of the fonts of an official paper that this machine has, and the one that comes with the library."""
    from matplotlib.font_manager import fontManager

    there = {font.name for font in fontManager.ttflist}
    return [name for name in ("Times New Roman", "Liberation Serif") if name in there] + ["DejaVu Serif"]


def _bars(axes: Any, rows: Sequence[tuple[str, int]], *, several: bool) -> None:
    """Draw horizontal bars with their numbers at the end, the first on top."""
    names, numbers = [name for name, _ in rows], [n for _, n in rows]
    bars = axes.barh(range(len(rows)), numbers, color="#595959", edgecolor="black", linewidth=0.7, height=0.68)
    if several:
        for bar, (colour, hatch) in zip(bars, _FILLS * (len(rows) // len(_FILLS) + 1), strict=False):
            bar.set_facecolor(colour)
            bar.set_hatch(hatch)
    axes.bar_label(bars, labels=[f"{n:,}".replace(",", ".") for n in numbers], padding=3, fontsize=9)
    axes.set_yticks(range(len(rows)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, max([*numbers, 1]) * 1.12)
    axes.xaxis.set_visible(False)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
