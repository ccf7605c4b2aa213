"""`kycuong programme list`: the programmes of work of a year, how their lines stand, and which units have none."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from kycuong.core.errors import Fact
from kycuong.queries import clocks, scope
from kycuong.queries import programmes as queries


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong programme", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", help="List the programmes of a year that a person sees.")
    listing.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
    listing.add_argument("--year", type=int, help="the year; without it this one")
    listing.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        page = queries.year(scope.actor_of(options.by, at), at, options.year)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    if options.json:
        rows = [
            {
                "id": str(row.public_id), "unit": row.unit_name, "state": row.state, "lines": row.lines, "waiting": row.waiting,
                "progress": asdict(row.progress), "quarters": [asdict(one) for one in row.quarters],
            }
            for row in page.rows
        ]  # fmt: skip
        missing = [{"unit": str(one.unit_id), "name": one.unit_name} for one in page.missing]
        print(json.dumps({"year": page.year, "programmes": rows, "missing": missing}, ensure_ascii=False))
        return 0
    for row in page.rows:
        done = row.progress.done + row.progress.done_late
        print(f"{row.unit_name[:44]:<44} {done:>4}/{row.progress.total:<4} quá hạn {row.progress.overdue}")
    print(f"{len(page.missing)} trên {page.expected} đơn vị chưa có chương trình được phê duyệt.")
    return 0
