"""Run the benchmarks that exist and write docs/benchmarks.md: every number with the machine it was measured on.

    python scripts/bench.py [--print] [NAME ...]

A benchmark is a script `scripts/bench_NAME.py` that prints markdown.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pg

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"


def machine() -> str:
    """Describe the machine by what matters to a number, and by nothing that names it."""
    try:
        postgresql = pg.version()
    except pg.NoPostgresql:
        postgresql = "none"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    rows = {
        "Cores": os.cpu_count(),
        "Memory": f"{memory:.0f} GiB",
        "Processor": platform.machine(),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": postgresql,
        "Measured": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    return "| | |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in rows.items())


def measure(script: Path) -> tuple[bool, str]:
    """Run one benchmark; return whether it ended well and its markdown, or what went wrong."""
    print(f"{script.stem} ...", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, script], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return False, f"## {script.stem}\n\nFailed with status {done.returncode}; see its own output.\n"
    told = done.stdout.strip()
    heading = "" if told.startswith("#") else f"## {script.stem.removeprefix('bench_').capitalize()}\n\n"
    return True, heading + told + f"\n\nMade by `.venv/bin/python scripts/{script.name}`.\n"


def main(words: list[str]) -> int:
    """Run the named benchmarks, or all, and write the page; with --print only print it."""
    names = [word for word in words if not word.startswith("-")]
    scripts = [HERE / f"bench_{name}.py" for name in names] or sorted(HERE.glob("bench_*.py"))
    if not scripts:
        print("there is no benchmark yet (scripts/bench_*.py)", file=sys.stderr)
        return 1
    results = [measure(script) for script in scripts]
    page = "# Benchmarks\n\n<!-- Made by `make bench`; do not edit. -->\n\n"
    page += "Measured by `make bench`, on a machine that other work shared: read the ratios, not single numbers.\n\n"
    page += machine() + "\n" + "\n".join(text for _, text in results)
    if "--print" in words or names:
        print(page)
    else:
        PAGE.write_text(page.rstrip("\n") + "\n", "utf-8")
    return 0 if all(well for well, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
