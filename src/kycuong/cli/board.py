"""`kycuong board --as LOGIN`: the steering board as that person sees it: units by state, days late, sides."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from kycuong.core.boards import PARTS, SEVEN
from kycuong.core.duties import STATE_LABELS
from kycuong.core.errors import Fact
from kycuong.queries import clocks, org, scope
from kycuong.queries.board import SORTS, Board, Filter, board, desks, kinds


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong board", description=__doc__)
    out.add_argument("--as", dest="login", required=True, help="the sign-in name of the person whose board is shown")
    out.add_argument("--unit", help="the code of a unit: it and all below it")
    out.add_argument("--year", type=int, help="the year of closing; open duties always count")
    out.add_argument("--part", choices=PARTS, default="", help="a quarter or month of the year: q1 … q4, t01 … t12")
    out.add_argument("--kind", choices=kinds(), default="task", help="the kind of duties")
    out.add_argument("--theme", type=UUID, help="the public id of a theme of the documents")
    out.add_argument("--sort", choices=SORTS, default="late", help="which units come first")
    out.add_argument("--desks", action="store_true", help="by desk, the giver's own included")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 shown, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        who = scope.actor_of(options.login, at)
        unit = org.unit_of_code(options.unit) if options.unit else None
        wanted = Filter(options.kind, unit, theme=options.theme, year=options.year, part=options.part)
        found = board(who, at, wanted, sort=options.sort, size=None)
        lines = desks(who, at, wanted) if options.desks else []
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps({**asdict(found), "desks": [asdict(line) for line in lines]}, ensure_ascii=False, default=str))
    else:
        print(told(found))
    return 0


def told(found: Board) -> str:
    """Return the board as lines, the sum last."""
    heads = " ".join(f"{STATE_LABELS[state][:14]:>14}" for state in SEVEN)
    lines = [f"{'':<44} {heads}"]
    for line in [*found.lines, found.total]:
        figures = " ".join(f"{line.figures.get(state, 0):>14}" for state in SEVEN)
        lines.append(f"{(line.name or 'Tổng số')[:44]:<44} {figures}")
    return "\n".join(lines)
