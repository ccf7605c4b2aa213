"""Run the benchmarks that exist and write docs/benchmarks.md: every number with the machine it was measured on.

    python scripts/bench.py [--print] [NAME ...]

A benchmark is a script `scripts/bench_NAME.py` that prints markdown. Each has a part of the page, with the day and the load of
the machine when it began; a named one takes the place of its own part, and the others stay as they were measured.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pg

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

<!-- Made by `make bench`; do not edit. -->

Read the ratios, not single numbers: each part says how busy the machine was. What only a kept database of ten million duties
tells, and what was measured before and after a change, is in [benchmarks-large.md](benchmarks-large.md).

"""
#: Where the part of a benchmark begins in the page.
BEGINS = re.compile(r"^<!-- (\w+) -->$", re.MULTILINE)


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
    }
    return "| | |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in rows.items())


def measure(script: Path) -> tuple[bool, str]:
    """Run one benchmark; return whether it ended well, and its markdown."""
    print(f"{script.stem} ...", file=sys.stderr, flush=True)
    began = f"{datetime.now(UTC):%Y-%m-%d}, load of the machine when it began {os.getloadavg()[0]:.1f}"
    done = subprocess.run([sys.executable, script], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{script.stem} failed with status {done.returncode}", file=sys.stderr, flush=True)
        return False, ""
    told = done.stdout.strip()
    heading = "" if told.startswith("#") else f"## {script.stem.removeprefix('bench_').capitalize()}\n\n"
    return True, heading + told + f"\n\nMade by `.venv/bin/python scripts/{script.name}`, {began}.\n"


def parts(page: str) -> dict[str, str]:
    """Return the parts that a page has, each by the name of its benchmark."""
    cut = BEGINS.split(page)[1:]
    return dict(zip(cut[::2], (text.strip("\n") + "\n" for text in cut[1::2]), strict=True))


def main(words: list[str]) -> int:
    """Run the named benchmarks, or all, and put each in its place on the page; with --print only print them."""
    names = [word for word in words if not word.startswith("-")]
    scripts = [HERE / f"bench_{name}.py" for name in names] or sorted(HERE.glob("bench_*.py"))
    well = True
    for script in scripts:
        ended, told = measure(script)
        well = well and ended
        if "--print" in words:
            print(told, flush=True)
        elif ended:
            put(script.stem.removeprefix("bench_"), told)
    return 0 if well else 1


def put(name: str, part: str) -> None:
    """Put a part in its place on the page at once: what was measured is kept when a later benchmark fails."""
    kept = parts(PAGE.read_text("utf-8")) | {name: part}
    page = "\n".join(f"<!-- {one} -->\n\n{kept[one]}" for one in sorted(kept))
    PAGE.write_text(HEAD + machine() + "\n" + page, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
