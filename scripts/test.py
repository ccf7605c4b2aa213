"""Play the whole suite on SQLite, then everything that touches the database again on PostgreSQL, and sum up.

python scripts/test.py [sqlite] [postgresql]
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [f"{BIN}/pytest", "--tb=short", "-n", "2", "--dist", "worksteal"]
#: The floors that touch the database, the slowest first so that two workers end together; core, reader and house do not
#: touch it and are not played twice, and neither are the tests of a browser, which see the same pages on either, nor the
#: few long ones marked `once`, whose paths shorter tests play on both.
#: On PostgreSQL the pages are gone through by the hostile requests, and what lies beneath them by stories, services and
#: queries; what a page shows of the same answers is the same on either, and so the whole stays under fifteen minutes.
ON_BOTH = ("stories", "api", "cli", "services", "queries", "gates")
HOSTILE = "tests/web/test_hostile.py"
#: The year is gone through by pages on SQLite and by the services themselves on PostgreSQL: twice, not three times.
YEAR_BENEATH = "tests/stories/test_year.py::test_a_year_of_the_province[services]"
TOUCHING = ("stories", "web", "api", "cli", "demo", "services", "queries", "jobs", "gates")
NOT_TOUCHING = ("reader", "core")
PATIENCE_SECONDS = 840
NO_POSTGRESQL, NO_TESTS = 75, 5


def phases() -> dict[str, list[str]]:
    """Return the command of each phase."""
    touching, beside = folders(TOUCHING), folders(NOT_TOUCHING)
    return {
        "sqlite": [*PYTEST, *touching, *beside, "--deselect", YEAR_BENEATH],
        "postgresql": [
            sys.executable,
            "scripts/pg.py",
            "run",
            "--",
            *PYTEST,
            "-m",
            "not browser and not once",
            *folders(ON_BOTH),
            HOSTILE,
        ],
    }


def folders(names: tuple[str, ...]) -> list[str]:
    """Return the folders of these names that hold tests."""
    return [f"tests/{name}" for name in names if any((TOP / "tests" / name).glob("**/test_*.py"))]


def play(name: str, command: list[str], skips: Path) -> tuple[bool, str]:
    """Run one phase; return whether it passed and the line that says so."""
    print(f"\n== tests on {name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KYCUONG_")}
    started = time.monotonic()
    command = [*command, "--durations=5", "--durations-min=3"]
    environment |= {"SKIPPED_ALOUD": str(skips), "SKIPPED_ALOUD_ON": name}
    status = wait(subprocess.Popen(command, cwd=TOP, stdin=subprocess.DEVNULL, env=environment))
    seconds = time.monotonic() - started
    if status == NO_POSTGRESQL:
        with skips.open("a", encoding="utf-8") as file:
            file.write("postgresql: every test, because there is no PostgreSQL here to start\n")
        return True, f"SKIPPED {name}"
    if status == NO_TESTS:
        return False, f"FAILED  {name}: no test was found"
    return status == 0, f"{'passed ' if status == 0 else 'FAILED '} {name:<11}{seconds:6.1f} s"


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for a phase; end one that hangs, so that the reason is told before the continuous integration gives up."""
    try:
        return process.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"still running after {PATIENCE_SECONDS} s: ended", flush=True)
        return 1
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            process.kill()


def main(names: list[str]) -> int:
    """Play the named phases, or all; print what passed and everything that was skipped."""
    commands, results = phases(), []
    with tempfile.TemporaryDirectory(prefix="kycuong-test-") as folder:
        skips = Path(folder) / "skips"
        for name in names or commands:
            results.append(play(name, commands[name], skips))
        lines = sorted(set(skips.read_text("utf-8").splitlines())) if skips.exists() else []
    print("\n== summary")
    for _, line in results:
        print(line)
    for line in lines:
        print(f"SKIPPED ALOUD: {line}")
    if not lines:
        print("nothing was skipped")
    return 0 if all(passed for passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
