"""`kycuong transfers list|facts`: what waits for a ruling, and what can be counted of passing matters on."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from kycuong.cli._days import day
from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact
from kycuong.queries import clocks, org, scope
from kycuong.queries import transfers as queries


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong transfers", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    _verb(verbs, "list", "List the arbitrations that the person sees, what waits first.")
    facts = _verb(
        verbs, "facts", "Count wrong and late returns, hand-overs, upward submissions, the time to find an owner."
    )
    facts.add_argument("--since", type=day, metavar="DATE", help="from this day (thirty days ago)")
    facts.add_argument("--until", type=day, metavar="DATE", help="before this day (tomorrow)")
    facts.add_argument("--each", action="store_true", help="each fact with the task that it opens, not counted")
    return out


def _verb(verbs: Any, name: str, meaning: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=meaning)
    made.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
    made.add_argument("--json", action="store_true", help="print JSON")
    return made


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    officer = org.officer_id(options.by)
    if officer is None:
        print(f"kycuong transfers: nobody signs in as {options.by}", file=sys.stderr)
        return 1
    try:
        rows = _rows(options, scope.actor(officer, at), at)
    except Fact as refusal:
        print(str(refusal), file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return 0
    for row in rows:
        print("  ".join(str(value) for value in row.values() if value not in {"", None}))
    return 0


def _rows(options: argparse.Namespace, who: scope.Actor, at: datetime) -> list[dict[str, Any]]:
    if options.verb == "list":
        return [asdict(row) for row in queries.arbitrations(who, at)]
    first, last = queries.last_month(local_date(at))
    asked = who, options.since or first, options.until or last
    if options.each:
        return [asdict(row) for row in queries.facts(*asked)]
    return [asdict(row) | {"said": queries.LABELS[row.kind]} for row in queries.counted(*asked)]
