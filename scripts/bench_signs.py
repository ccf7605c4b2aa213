"""Measure the signs to be looked into: the province's page, one unit's page, the morning's look, on 100,000 duties.

`.venv/bin/python scripts/bench_signs.py [--rows 100000] [--only sqlite|postgresql]` prints markdown: on so many tasks, and beside
them on a ledger of as many opinions.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from typing import Any

import bench_ledger

LEDGERS = {"tasks": "tasks", "opinions": "opinions of other bodies"}


def measure_signs(what: str, rows: int) -> dict[str, Any]:
    """Measure the pages and the morning's look on one ledger."""
    import bench_consultations
    import ledger_rows

    from kycuong.models import Officer
    from kycuong.queries import scope, signs

    bench_ledger.build(ledger_rows.busy if what == "tasks" else bench_consultations.fill, rows)
    at = ledger_rows.NOW
    _analyse()
    chairman = scope.actor(Officer.objects.get(login="chutich").pk, at)
    unit = ledger_rows.charged_units()[0].public_id
    found = {
        "the province": bench_ledger.spread(lambda: signs.signs(chairman, at), times=9),
        "one unit": bench_ledger.spread(lambda: signs.unit_signs(chairman, at, unit), times=9),
        "every morning": bench_ledger.spread(lambda: signs.arisen(at), times=9),
    }
    page = signs.signs(chairman, at)
    return {"pages": found, "cases": sum(one.n for group in page.groups for unit in group.units for one in unit.counts)}


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def report(kinds: list[str], rows: int) -> None:
    """Measure and print."""
    print("## Signs to be looked into, on a large ledger\n")
    print("Statements · processor ms of application and database · best · median · p95 on the wall.\n")
    for kind in kinds:
        for what, name in LEDGERS.items():
            one = bench_ledger.measure(kind, what, rows, __file__)
            print(f"### {bench_ledger.DATABASES[kind]}, {rows:,} {name}; {one['cases']:,} cases counted in 90 days\n")
            lines = [
                [
                    page,
                    f"{n['queries']:.0f} · {n['processor']:.0f} · {n['best']:.0f} · {n['median']:.0f} · {n['p95']:.0f}",
                ]
                for page, n in one["pages"].items()
            ]
            print(bench_ledger.table(["Page", ""], lines))


def main() -> int:
    """Measure in a process of its own, or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--only", choices=bench_ledger.DATABASES)
    parser.add_argument("--measure", choices=LEDGERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps(measure_signs(options.measure, options.rows)))
        return 0
    report([options.only] if options.only else list(bench_ledger.DATABASES), options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
