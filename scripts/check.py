"""Run every gate that needs no running system, two at a time, and say which failed (docs/house.md, Gates).

python scripts/check.py [NAME ...]
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

LINES = 60
TOP = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

#: name -> command; the slow ones first, so that the fast ones fill the gaps.
GATES: dict[str, list[str]] = {
    "house": [f"{BIN}/pytest", "-p", "no:django", "-W", "ignore::pytest.PytestConfigWarning", "tests/house"],
    "types": [f"{BIN}/mypy"],
    "migrations": f"env DJANGO_SETTINGS_MODULE=kycuong.settings KYCUONG_DATABASE=sqlite:///:memory: "
    f"{BIN}/django-admin makemigrations --check --dry-run".split(),
    "imports": [f"{BIN}/lint-imports", "--no-cache"],
    "docs": [f"{BIN}/python", "scripts/docs.py", "--check"],
    "english": [f"{BIN}/python", "scripts/catalogue.py", "--check"],
    "lint": [f"{BIN}/ruff", "check", "--quiet", "--output-format=concise", "."],
    "format": [f"{BIN}/ruff", "format", "--check", "--output-format=concise", "."],
    "scripts": ["sh", "-c", "for f in scripts/*.sh .ci/run; do bash -n $f || exit 1; done"],
}


def run(name: str) -> tuple[str, int, float, str]:
    """Run one gate; return its name, status, seconds and output."""
    started = time.monotonic()
    done = subprocess.run(
        GATES[name], cwd=TOP, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return name, done.returncode, time.monotonic() - started, done.stdout.decode("utf-8", "replace")


def main(names: list[str]) -> int:
    """Run the named gates, or all; return 1 when one failed, 2 for an unknown name."""
    unknown = [name for name in names if name not in GATES]
    if unknown:
        print(f"no such gate: {', '.join(unknown)}; there are {', '.join(GATES)}", file=sys.stderr)
        return 2
    started, failed = time.monotonic(), []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(run, name) for name in names or GATES]):
            name, status, seconds, output = future.result()
            print(f"{'ok    ' if status == 0 else 'FAILED'} {name:<11}{seconds:5.1f} s", flush=True)
            if status:
                failed.append(name)
                lines = output.rstrip().splitlines()
                print("\n".join(lines if len(lines) <= LINES else ["...", *lines[-LINES:]]), flush=True)
    print(
        f"check: {time.monotonic() - started:.1f} s, "
        + (f"FAILED: {', '.join(failed)}" if failed else "all gates pass")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
