"""Measure the steering board: figures exact to the last committed act, with tallies and without them.

`.venv/bin/python scripts/bench_board.py [--rows 1000000] [--only sqlite|postgresql] [--kept FOLDER]` prints markdown. With a
folder the database is made there once, brought to the present tables, and kept.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

import bench_ledger

DATABASES = bench_ledger.DATABASES


def measure_board(rows: int) -> dict[str, Any]:
    """Measure the board for who sees all and for heads, before and after the tallies are built, and with a tail of events."""
    import ledger_rows
    from django.core.management import call_command

    bench_ledger.build(ledger_rows.busy, rows)
    call_command("migrate", verbosity=0, interactive=False)
    _analyse()
    who = bench_ledger.people()
    chairman, head = who["Chairman (sees all)"], next(iter(who.values()))
    found: dict[str, Any] = {"naive": _naive(chairman)}
    began = time.perf_counter()
    _tally()
    found["built_s"] = time.perf_counter() - began
    _analyse()
    found["pages"] = {"Chairman, every unit": pages(chairman), "head of the largest department": pages(head)}
    _tail(head)
    found["tail"] = {"Chairman, every unit": pages(chairman)}
    began = time.perf_counter()
    _tally()
    found["followed_s"] = time.perf_counter() - began
    return found


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _tally() -> None:
    from kycuong.models import TallyMark
    from kycuong.services import tallies

    while tallies.keep_up() or not TallyMark.objects.filter(event__isnull=False).exists():
        pass


def _naive(who: Any) -> float:
    """Return the milliseconds of the figures with no tallies: every closed duty of the year is asked."""
    return bench_ledger.timed(lambda: _figures(who))


def _figures(who: Any) -> object:
    import ledger_rows

    from kycuong.queries.board import Filter, page, tallied

    with tallied.one_moment():
        chosen = page.choose(who, Filter(year=ledger_rows.NOW.year))
        return page.count(chosen, ledger_rows.NOW, tallied.since(chosen))


def pages(who: Any) -> dict[str, Any]:
    """Measure the figures alone, the board as its page asks for it, the desks, and the page over the wire."""
    import ledger_rows
    from django.test import Client

    from kycuong.models import Officer
    from kycuong.queries import board

    at, wanted = ledger_rows.NOW, board.Filter(year=ledger_rows.NOW.year)
    browser = Client()
    browser.force_login(Officer.objects.get(pk=who.officer_id), "django.contrib.auth.backends.ModelBackend")
    return {
        "figures by unit": bench_ledger.spread(lambda: _figures(who), 9),
        "board": bench_ledger.spread(lambda: board.board(who, at, wanted), 9),
        "all years": bench_ledger.spread(lambda: board.board(who, at, board.Filter()), 5),
        "desks": bench_ledger.spread(lambda: board.desks(who, at, wanted), 5),
        "`/bang-theo-doi/`": bench_ledger.spread(lambda: browser.get("/bang-theo-doi/"), 5),
    }


def _tail(head: Any) -> None:
    """Let five hundred acts happen after the mark."""
    from datetime import timedelta

    import ledger_rows

    from kycuong.core.tasks import LIFECYCLE
    from kycuong.models import Duty
    from kycuong.services.transitions import Act, move

    duties = Duty.objects.filter(holder_unit=head.body_ids[0], phase="open", kind="task").order_by("-id")[:500]
    for n, duty in enumerate(list(duties)):
        at = ledger_rows.NOW + timedelta(seconds=n)
        move(
            duty,
            Act(LIFECYCLE.row("revoke"), at),
            closed_at=at,
            outcome="withdrawn",
            running_since=None,
            next_check_at=None,
        )


def report(kinds: list[str], rows: int, kept: Path | None) -> None:
    print(f"## Steering board at {rows:,} duties\n")
    for kind in kinds:
        one = bench_ledger.measure(kind, "board", rows, __file__, kept / kind if kept else None)
        print(f"### {DATABASES[kind]}: queries · processor · best · median · 95th percentile, in ms\n")
        names = list(next(iter(one["pages"].values())))
        lines = [
            [who, *(_told(page[name]) for name in names)]
            for who, page in [
                *one["pages"].items(),
                *((f"{who}, 500 acts after the mark", page) for who, page in one["tail"].items()),
            ]
        ]
        print(bench_ledger.table(["Who", *names], lines))
        print(
            f"Figures without tallies: {one['naive']:.0f} ms. Tallies first built in {one['built_s']:.0f} s; "
            f"500 acts followed in {one['followed_s']:.2f} s.\n"
        )
    print("Wanted: the board ≤ 60 ms on PostgreSQL, ≤ 150 ms on SQLite at 10,000,000 duties.\n")


def _told(one: dict[str, float]) -> str:
    return f"{one['queries']:.0f} · {one['processor']:.0f} · {one['best']:.0f} · {one['median']:.0f} · {one['p95']:.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="duties, 100,000 at least")
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("--kept", type=Path, help="a folder in which the databases stay")
    parser.add_argument("--measure", choices=["board"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps(measure_board(options.rows)))
        return 0
    report([options.only] if options.only else list(DATABASES), options.rows, options.kept)
    print("Made by `.venv/bin/python scripts/bench_board.py`.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
