"""Measure some questions on a database filled with rows: the same command line and table for every script that asks them."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import bench_ledger

KEYS = ("queries", "processor", "best", "median", "p95")


@dataclass(frozen=True)
class Bench:
    """What is measured, by which script; `heading` and `wanted` stand above and below, `rows` and `asked` in the tables."""

    script: str
    about: str
    heading: str
    wanted: str
    rows: str
    asked: str
    measure: Callable[[int], dict[str, Any]]

    def main(self) -> int:
        """Measure on each database and print markdown; with --measure, in the process that asks, print what was found."""
        parser = argparse.ArgumentParser(description=self.about)
        parser.add_argument("--rows", type=int, default=100_000)
        parser.add_argument("--only", choices=bench_ledger.DATABASES)
        parser.add_argument("--measure", choices=["questions"], help=argparse.SUPPRESS)
        options = parser.parse_args()
        if options.measure:
            import django

            django.setup()
            logging.disable(logging.WARNING)
            print(json.dumps(self.measure(options.rows)))
            return 0
        self.report([options.only] if options.only else list(bench_ledger.DATABASES), options.rows)
        return 0

    def report(self, kinds: list[str], rows: int) -> None:
        """Print one table a database."""
        print(f"## {self.heading}, {rows:,} {self.rows}\n")
        for kind in kinds:
            found = bench_ledger.measure(kind, "questions", rows, self.script)
            lines = [
                [name, *(f"{one[key]:.0f}" if key == "queries" else f"{one[key]:.2f}" for key in KEYS)]
                for name, one in found["pages"].items()
            ]
            print(f"### {bench_ledger.DATABASES[kind]}, {found['rows']:,} {self.rows}, in ms\n")
            print(bench_ledger.table([self.asked, "queries", "processor", "best", "median", "95th percentile"], lines))
        print(f"{self.wanted}\n")
