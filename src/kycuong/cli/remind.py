"""`kycuong remind preview`: who would be reminded of what on a day, by the same rules as the worker; nothing is written."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from kycuong.cli._days import day
from kycuong.core.errors import Fact
from kycuong.core.ladders import CONDITION_LABELS, HEARER_LABELS
from kycuong.queries import clocks, ladders


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong remind", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    preview = verbs.add_parser("preview", help="Tell who would be reminded of what, if nothing happens until then.")
    preview.add_argument("--on", type=day, metavar="DATE", help="the day (the next working day)")
    preview.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    try:
        on = options.on or ladders.next_day(clocks.now(datetime.now(UTC)))
        found = ladders.preview(on)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(plain(found), ensure_ascii=False) if options.json else text(found))
    return 0


def plain(found: ladders.Preview) -> dict[str, object]:
    """Return a preview as JSON."""
    people = [
        {
            "login": person.login,
            "name": person.name,
            "told": [
                {
                    "duty": str(one.duty_id),
                    "title": one.title,
                    "unit": one.unit_name,
                    "rung": one.rung.code,
                    "as": one.hearer,
                }
                for one in person.told
            ],
        }
        for person in found.people
    ]
    return {"on": found.on.isoformat(), "working": found.working, "cut": found.cut, "people": people}


def text(found: ladders.Preview) -> str:
    """Return a preview as lines for a person."""
    if not found.working:
        return f"{found.on:%d/%m/%Y} là ngày nghỉ: không nhắc việc."
    if not found.people:
        return f"Ngày {found.on:%d/%m/%Y} không ai phải nhắc."
    lines = []
    for person in found.people:
        lines.append(f"{person.name} ({person.login})")
        lines += [
            f"  {CONDITION_LABELS[one.rung.condition]} · {one.unit_name} · {one.title[:80]} [{HEARER_LABELS[one.hearer]}]"
            for one in person.told
        ]
    return "\n".join(lines)
