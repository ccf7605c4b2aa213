"""`kycuong signs`: what calls for a look, per unit: asked around, sent back, silent, vague, passed on, left lying."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from kycuong.core.errors import Fact
from kycuong.core.imports import parse_day
from kycuong.core.signs import SIGNS, STANDING_LABELS, Code
from kycuong.queries import clocks, org, scope
from kycuong.queries import signs as queries


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong signs", description=__doc__)
    out.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
    out.add_argument("--since", default="", metavar="DAY", help="first day; 90 days back when left out")
    out.add_argument("--until", default="", metavar="DAY", help="last day; today when left out")
    out.add_argument("--unit", default="", metavar="CODE", help="list the cases of this unit")
    out.add_argument("--sign", default="", choices=["", *Code], help="only the cases of this sign")
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
        if options.unit:
            code = Code(options.sign) if options.sign else None
            told = _cases(queries.unit_signs(who, at, org.unit_of_code(options.unit), code=code, **days), options)
        else:
            told = _units(queries.signs(who, at, **days), options)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False) if options.json else "\n".join(told))
    return 0


def _units(page: queries.SignPage, options: argparse.Namespace) -> list[Any]:
    units = [unit for group in page.groups for unit in group.units]
    if options.json:
        return [
            {
                "unit": str(unit.unit_id), "name": unit.name, "tasks": unit.tasks,
                "signs": {
                    one.code.value: {
                        "n": one.n, "of": one.of, "contested": one.contested, "set_aside": one.aside, "fresh": one.fresh,
                    }
                    for one in unit.counts
                },
            }
            for unit in units
        ]  # fmt: skip
    lines = [
        f"{one.n:>5} / {one.of:<5} {SIGNS[one.code].label:<44} {unit.name}"
        for unit in units
        for one in unit.counts
        if one.n
    ]
    return lines or ["Không có việc nào là dấu hiệu cần rà soát trong phạm vi đồng chí được xem."]


def _cases(page: queries.UnitSignPage, options: argparse.Namespace) -> list[Any]:
    if options.json:
        return [
            {
                "sign": row.code.value, "duty": str(row.duty_id), "title": row.title, "found_at": row.found_at.isoformat(),
                "standing": row.standing.value, "explained": row.said.note if row.said else None,
            }
            for row in page.cases
        ]  # fmt: skip
    lines = [
        f"{row.found_at:%d/%m/%Y}  {SIGNS[row.code].label}: {row.title[:70]} ({STANDING_LABELS[row.standing]})"
        for row in page.cases
    ]
    return lines or ["Không có việc nào là dấu hiệu cần rà soát trong khoảng này."]
