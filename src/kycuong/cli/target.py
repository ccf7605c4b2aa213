"""`kycuong target list`: targets with their plan, the latest value, its source day and what is missing."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from kycuong.core.errors import Fact
from kycuong.core.targets import written
from kycuong.queries import clocks, org, scope
from kycuong.queries import targets as queries


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong target", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", help="List the targets that a person sees.")
    listing.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
    listing.add_argument("--state", choices=list(queries.FILTERS), default="", help="reached, short of it, or no value")
    listing.add_argument("--unit", help="the code of a unit")
    listing.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        who = scope.actor_of(options.by, at)
        unit = org.unit_of_code(options.unit) if options.unit else None
        rows = queries.all_targets(who, state=options.state, unit=unit)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    if options.json:
        told = [
            {
                "id": str(row.public_id), "task": str(row.duty_id), "document": row.document_code, "unit": row.unit_name,
                "name": row.name, "plan": f"{row.plan.normalize():f}", "measure": row.measure, "direction": row.direction,
                "actual": f"{row.actual.normalize():f}" if row.actual is not None else None,
                "as_of": row.as_of.isoformat() if row.as_of else None,
                "gap": f"{row.gap.normalize():f}" if row.gap is not None else None, "reached": row.reached,
                "contested": row.contested,
            }
            for row in rows
        ]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for row in rows:
        actual = written(row.actual) if row.actual is not None else "chưa có"
        print(f"{actual:>10} / {written(row.plan):<10} {row.measure:<12} {row.unit_name[:30]:<30} {row.name[:70]}")
    if not rows:
        print("Chưa có chỉ tiêu nào trong phạm vi đồng chí được xem.")
    return 0
