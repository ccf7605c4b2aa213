"""`kycuong backlog`: the reviews of the backlog and what was decided in them, as the pages show it."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kycuong.core.backlog import DECISION_LABELS, End, label_of
from kycuong.core.errors import Fact
from kycuong.queries import backlog as queries
from kycuong.queries import clocks, scope


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong backlog", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    _verb(verbs, "list", "List the reviews, newest first.")
    show = _verb(verbs, "show", "Show one review: its duties as they stand now, and what was decided about each.")
    show.add_argument("review", type=UUID, metavar="REVIEW", help="the review")
    return out


def _verb(verbs: Any, name: str, meaning: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=meaning)
    made.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who looks")
    made.add_argument("--json", action="store_true", help="print JSON")
    return made


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        who = scope.actor_of(options.by, at)
        told, lines = _list(who) if options.verb == "list" else _show(who, options.review, at)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return 0


def _list(who: scope.Actor) -> tuple[Any, list[str]]:
    rows, after = queries.reviews(who)
    while after:
        more, after = queries.reviews(who, after=after)
        rows += more
    lines = [
        f"{row.public_id}  {row.opened_at:%d/%m/%Y}  {row.unit_name}  {row.decided}/{row.total} đã quyết định  {row.code or row.state}"
        for row in rows
    ]  # fmt: skip
    return [asdict(row) for row in rows], lines or ["Chưa có cuộc rà soát nào."]


def _show(who: scope.Actor, review: UUID, at: datetime) -> tuple[Any, list[str]]:
    page = queries.review(who, review, at)
    lines = [
        f"{line.place}. {line.row.title} ({line.unit_then}): "
        + (label_of(line.decision, proposed=line.is_proposed) if line.decision else DECISION_LABELS[End.LEFT])
        for line in page.lines
    ]
    return asdict(page), [f"{page.row.decided}/{page.row.total} đã quyết định", *lines]
