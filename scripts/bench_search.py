"""Measure search, and the pages beside it, at a million duties or more: how long a question takes, whatever it finds.

`.venv/bin/python scripts/bench_search.py [--rows 1000000] [--only sqlite|postgresql] [--pages] [--keep FOLDER]` prints
markdown. With --keep the databases lie in that folder, are used again when they are there, and stay; without it they
are made in a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import bench_ledger
import pg

TIMES = 9
#: What is looked for; in brackets what it stands for. The words are those of `ledger_search.py`.
QUESTIONS = {
    "in every record": "bao cao",
    "common words": "thủ tục hành chính",
    "abbreviation": "TTHC CCHC",
    "rare words": "chuyen doi so cum cang uyen",
    "one record in 4,096": "thôn yên bình 255",
    "phrase": '"kỷ luật, kỷ cương" dat dai',
    "number": "4321/CT-UBND",
    "half typed": "thu gom rac tha",
    "in no record": "khong co chu nay",
    "misspelt": "giai ngân vốnn",
}


def measure_search(rows: int) -> dict[str, Any]:
    """Ask every question for each kind of person; then the pages when asked for."""
    import ledger_rows

    bench_ledger.build(ledger_rows.busy, rows)
    found: dict[str, Any] = {}
    pages: dict[str, Any] = {}
    for name, who in bench_ledger.people().items():
        found[name] = {what: bench_ledger.spread(act, TIMES) for what, act in questions(who).items()}
        if os.environ.get("KYCUONG_BENCH_PAGES"):
            pages[name] = bench_ledger.pages_of(who)
    return {"search": found, "pages": pages}


def questions(who: Any) -> dict[str, Callable[[], object]]:
    """Return what a person asks, by what it stands for."""
    import ledger_rows
    from django.test import Client

    from kycuong.models import Officer
    from kycuong.queries import search

    at = ledger_rows.NOW
    browser = Client()
    browser.force_login(Officer.objects.get(pk=who.officer_id), "django.contrib.auth.backends.ModelBackend")
    late = search.Filters(kind="task", state="overdue")
    asked = {what: partial(search.search, who, at, text=text) for what, text in QUESTIONS.items()}
    asked["overdue only"] = partial(search.search, who, at, text="bao cao", filters=late)
    asked["`/tim/?q=…`"] = partial(browser.get, "/tim/", {"q": "thủ tục hành chính"})
    return asked


def lines_of(found: dict[str, Any]) -> str:
    """Return a table: a person a line, a question a column."""
    names = list(next(iter(found.values())))
    told = "{queries} · {processor:.0f} · {best:.0f} · **{median:.0f}** · {p95:.0f}"
    lines = [[who, *(told.format(**row[name]) for name in names)] for who, row in found.items()]
    return bench_ledger.table(["Who", *names], lines)


def report(kinds: list[str], rows: int, kept: Path | None) -> None:
    print("## Search\n")
    for kind in kinds:
        one = bench_ledger.measure(kind, "search", rows, __file__, kept)
        print(
            f"### At {rows:,} duties, {bench_ledger.DATABASES[kind]}: queries · processor · best · median · 95th percentile, in ms\n"
        )
        print(lines_of(one["search"]))
        if one["pages"]:
            print(f"### Pages at {rows:,} duties, {bench_ledger.DATABASES[kind]}\n")
            print(lines_of(one["pages"]))
    print("Wanted: the median ≤ 60 ms on PostgreSQL, ≤ 120 ms on SQLite.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="duties, 100,000 at least")
    parser.add_argument("--only", choices=bench_ledger.DATABASES)
    parser.add_argument("--pages", action="store_true", help="measure the pages too")
    parser.add_argument("--keep", type=Path, help="the folder in which the databases are kept")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps(measure_search(options.rows)))
        return 0
    if options.pages:
        os.environ["KYCUONG_BENCH_PAGES"] = "1"
    kinds = [options.only] if options.only else list(bench_ledger.DATABASES)
    try:
        pg.binaries()
    except pg.NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr)
        kinds = [kind for kind in kinds if kind != "postgresql"]
    report(kinds, options.rows, options.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
