"""`kycuong process`: the road of a task inside one unit: person, limit, and how long tasks lay at each step."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from kycuong.core.errors import Fact
from kycuong.core.imports import parse_day
from kycuong.core.processes import STAGE_LABELS
from kycuong.queries import clocks, org, scope
from kycuong.queries import processes as queries


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong process", description=__doc__)
    out.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
    out.add_argument("--unit", default="", metavar="CODE", help="the code of the unit; one's own when left out")
    out.add_argument("--since", default="", metavar="DAY", help="first day; 90 days back when left out")
    out.add_argument("--until", default="", metavar="DAY", help="last day; today when left out")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        days = {
            name: parse_day(typed) if typed else None
            for name, typed in (("since", options.since), ("until", options.until))
        }
        who = scope.actor_of(options.by, at)
        unit = org.unit_of_code(options.unit) if options.unit else queries.own_unit(who)
        page = queries.process(who, at, unit, **days)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    if options.json:
        told = {
            "unit": str(page.unit_id), "ended": page.ended, "steps": [asdict(one) for one in page.steps],
            "versions": [asdict(one) for one in page.versions], "saved": asdict(page.saved) if page.saved else None,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, default=str))
        return 0
    for one in page.steps:
        took = f"{one.spread.median:g} / {one.spread.p90:g} / {one.spread.longest:g}" if one.spread else "–"
        limit = f"{one.limit_hours} giờ" if one.limit_hours else "–"
        over = f", {one.over} quá giới hạn" if one.over else ""
        print(
            f"{STAGE_LABELS[one.stage]:<20} {one.officer_name or one.title:<28} {limit:>8}  {took}{over}; đang nằm {one.lying}"
        )
    if page.saved:
        saved = page.saved
        print(
            f"Trước {saved.before_days:g} ngày ({saved.before_n}), sau {saved.after_days:g} ngày ({saved.after_n}): {saved.days:+g}"
        )
    if not page.steps:
        print("Chưa có quy trình, chưa có nhiệm vụ nào để đo.")
    return 0
