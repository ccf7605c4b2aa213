"""Measure the ledger: the sweep against plain SQL, the pages at a million duties, an act as history grows.

`.venv/bin/python scripts/bench_ledger.py [--rows 1000000] [--only sqlite|postgresql]` prints markdown. Each database is
made in a temporary folder (SQLite with the product's own PRAGMAs, PostgreSQL by `scripts/pg.py`) and removed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pg

SMALL = 10_000
SWEEPS = 5
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextlib.contextmanager
def database(kind: str, home: Path, *, kept: bool = False) -> Iterator[str]:
    """Make an empty database, or find the one that was kept in the folder, and yield its address."""
    if kind == "sqlite":
        yield f"sqlite:///{home / 'ledger.sqlite3'}"
    else:
        with pg.cluster(home / "postgresql" if kept else None) as url:
            yield url


def measure(kind: str, what: str, rows: int, script: str = __file__, kept: Path | None = None) -> dict[str, Any]:
    """Run one measurement in a process and a database of its own; with a folder the database is kept there."""
    print(f"  {DATABASES[kind]}: {what}, {rows:,} duties ...", file=sys.stderr, flush=True)
    with contextlib.ExitStack() as stack:
        folder = str(kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="kycuong-bench-")))
        Path(folder).mkdir(parents=True, exist_ok=True)
        url = stack.enter_context(database(kind, Path(folder), kept=kept is not None))
        environment = {**os.environ, "KYCUONG_DATABASE": url, "KYCUONG_HOME": folder, "PYTHONPATH": "src"}
        environment |= {"DJANGO_SETTINGS_MODULE": "kycuong.settings", "KYCUONG_LOG_LEVEL": "ERROR"}
        command = [sys.executable, script, "--measure", what, "--rows", str(rows)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# ---- in the measuring process -------------------------------------------------------------------------------------


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds an act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def build(fill: Callable[[int], None], rows: int) -> None:
    """Make the tables and fill them, without waiting for the disk; measuring starts on a connection of its own."""
    from django.core.management import call_command
    from django.db import connection

    if "kycuong_duty" in connection.introspection.table_names():  # a database that was kept, brought up to date
        # After each migration SQLite looks up every key of every row: minutes a migration at ten million duties.
        connection.check_constraints = lambda table_names=None: None
        call_command("migrate", verbosity=0, interactive=False)
        del connection.check_constraints
        return
    began = time.perf_counter()
    hurry = {
        "sqlite": ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-524288"),
        "postgresql": ("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in hurry[connection.vendor]:
            cursor.execute(statement)
    warnings.simplefilter("ignore")
    call_command("migrate", verbosity=0, interactive=False)
    fill(rows)
    connection.close()
    print(f"    built in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


#: The peer: the same UPDATE and the same rows of events and outbox, in one transaction, without leaves.
PLAIN = (
    "INSERT INTO kycuong_dutyevent (duty_id, seq, act, at, recorded_at, phase_to, due_to, clock_no, rung, reason_code, "
    "basis, note_hash, data, leaf) SELECT id, seq + 1, 'rung_' || {rung}, {at}, {at}, 'open', due_at, clock_no, {rung}, "
    "'', '', '', '{{}}', '' FROM kycuong_duty WHERE next_check_at <= {at}",
    "INSERT INTO kycuong_outbox (duty_id, seq, topic, at) SELECT id, seq + 1, 'rung_' || {rung}, {at} FROM kycuong_duty "
    "WHERE next_check_at <= {at}",
    "UPDATE kycuong_duty SET seq = seq + 1, next_check_at = CASE WHEN late_at <= {at} THEN NULL "
    "WHEN last_day_at <= {at} THEN late_at ELSE last_day_at END WHERE next_check_at <= {at}",
)


def plain(at: datetime) -> None:
    from django.db import connection, transaction

    instant = f"'{at:%Y-%m-%d %H:%M:%S}'" + ("::timestamptz" if connection.vendor == "postgresql" else "")
    rung = f"CASE WHEN late_at <= {instant} THEN 'overdue' WHEN last_day_at <= {instant} THEN 'due' ELSE 'near' END"
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in PLAIN:
            cursor.execute(statement.format(at=instant, rung=rung))


def measure_sweep(rows: int) -> dict[str, Any]:
    """Sweep and plain SQL in turn, each on the rows of a minute of its own."""
    from datetime import UTC

    import ledger_rows

    from kycuong.models import Outbox
    from kycuong.services import duties

    build(ledger_rows.due, rows)
    ours, theirs, fired = [], [], []
    eve = ledger_rows.EVE.astimezone(UTC)
    plain(eve)
    duties.sweep(eve + timedelta(minutes=1))
    for turn in range(SWEEPS):
        theirs.append(timed(lambda: plain(eve + timedelta(minutes=2 * turn + 2))))  # noqa: B023
        before = Outbox.objects.count()
        ours.append(timed(lambda: duties.sweep(eve + timedelta(minutes=2 * turn + 3))))  # noqa: B023
        fired.append(Outbox.objects.count() - before)
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return {
        "sweep_ms": statistics.median(ours),
        "plain_ms": statistics.median(theirs),
        "ratio": statistics.median(ratios),
        "worst": max(ratios),
        "fired": statistics.median(fired),
    }


def processor() -> float:
    """Return the processor time in ms that this process, and the server process of its connection, have used."""
    from django.db import connection

    used = time.process_time() * 1000
    if connection.vendor == "postgresql" and connection.connection is not None:
        path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        used += int(path.read_text().split()[0]) / 1e6 if path.exists() else 0
    return used


def spread(act: Callable[[], object], times: int = 25) -> dict[str, float]:
    """Return best, median and 95th percentile in ms, the number of queries, and the median of the processor time used.

    The act changes nothing. On a machine that others use the processor time says more than the clock on the wall.
    """
    from django.db import connection

    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    act()
    with connection.execute_wrapper(listen):
        act()
    found, used = [], []
    for _ in range(times):
        before = processor()
        found.append(timed(act))
        used.append(processor() - before)
    found.sort()
    return {
        "queries": len(asked),
        "processor": statistics.median(used),
        "best": found[0],
        "median": statistics.median(found),
        "p95": found[max(int(times * 0.95) - 1, 0)],
    }


def people() -> dict[str, Any]:
    """Return the people for whom the pages are measured."""
    import ledger_rows

    from kycuong.models import Appointment, Duty, Officer
    from kycuong.queries import scope

    units = ledger_rows.charged_units()
    largest, middle = units[0], units[len(units) // 2]

    def on_post(kind: str, unit: int) -> Any:
        held = Appointment.objects.filter(valid_until=None, post__kind=kind)
        rows = held.filter(post__unit=unit) | held.filter(post__unit__parent=unit)
        return scope.actor(rows.order_by("id")[0].officer_id, ledger_rows.NOW)

    def named(login: str) -> Any:
        return scope.actor(Officer.objects.get(login=login).pk, ledger_rows.NOW)

    share = Duty.objects.filter(holder_unit=largest.pk).count() / Duty.objects.count()
    return {
        f"head of the largest department ({share:.0%} of all)": on_post("unit_head", largest.pk),
        "head of a commune": on_post("unit_head", middle.pk),
        "head of a division": on_post("division_head", largest.pk),
        "officer": on_post("officer", largest.pk),
        "following specialist (sees all)": named("theodoi"),
        "Chairman (sees all)": named("chutich"),
    }


def measure_pages(rows: int) -> dict[str, Any]:
    """Measure the pages for each kind of person, then acts on the same data."""
    import ledger_rows

    build(ledger_rows.busy, rows)
    found = {name: pages_of(who) for name, who in people().items()}
    return {"pages": found, "acts": acts(rows)}


def pages_of(who: Any) -> dict[str, Any]:
    import ledger_rows
    from django.test import Client

    from kycuong.models import Document, Officer
    from kycuong.queries import documents, duties, notices, scope, unit_duties

    at = ledger_rows.NOW
    paper = Document.objects.order_by("-id")[0].public_id
    seen = scope.visible_duties(who).filter(document__public_id=paper).order_by("id")[0].public_id
    browser = Client()
    browser.force_login(Officer.objects.get(pk=who.officer_id), "django.contrib.auth.backends.ModelBackend")

    def get(address: str) -> None:
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return {
        "my duties": spread(lambda: (duties.my_duties(who, at), duties.my_counts(who, at))),
        "a document, 200 tasks": spread(lambda: documents.document(who, paper, at)),
        "one duty": spread(lambda: duties.duty(who, seen, at)),
        "a unit": spread(lambda: unit_duties.of_unit(who, at)),
        "register": spread(lambda: documents.register(who, at, register="outgoing")),
        "notices": spread(lambda: notices.notices(who, at)),
        "`/viec/`": spread(lambda: get("/viec/")),
        "`/van-ban/…/`": spread(lambda: get(f"/van-ban/{paper}/")),
    }


def measure_acts(rows: int) -> dict[str, Any]:
    """Measure acts alone."""
    import ledger_rows

    build(ledger_rows.busy, rows)
    return {"acts": acts(rows)}


def acts(rows: int, times: int = 30) -> dict[str, float]:
    """Return the median milliseconds of assigning and of sending, each on open tasks of the largest department."""
    import ledger_rows

    from kycuong.models import Duty
    from kycuong.queries import org
    from kycuong.services import tasks

    head = next(iter(people().values()))
    unit = head.body_ids[0]
    paper = "SỞ XÂY DỰNG\nSố: {}/BC-SXD\nLam Giang, ngày 10 tháng 11 năm 2026\nBÁO CÁO\nKết quả rà soát\nGIÁM ĐỐC\nNgô Văn A\n"
    open_here = Duty.objects.filter(holder_unit=unit, phase="open", kind="task", term="dated").order_by("-id")
    chosen = list(open_here[: times + 3])
    assert len(chosen) == times + 3, (rows, len(chosen))
    spent: dict[str, list[float]] = {"assign": [], "send": []}
    for n, duty in enumerate(chosen):
        at = ledger_rows.NOW + timedelta(minutes=n)
        desk = next(row for row in org.below(head, unit, at) if row.post_id != duty.holder_post_id)
        key, to = duty.public_id, f"post:{desk.post_id}"
        spent["assign"].append(timed(lambda: tasks.assign(actor=head, at=at, duty=key, desk=to)))  # noqa: B023
        file = (f"{n}.txt", paper.format(n).encode())
        spent["send"].append(timed(lambda: tasks.send(actor=head, at=at, duty=key, file=file)))  # noqa: B023
    return {name: statistics.median(found[3:]) for name, found in spent.items()}


# ---- in the printing process --------------------------------------------------------------------------------------


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def report(kinds: list[str], rows: int) -> None:
    sweeps = {kind: measure(kind, "sweep", rows) for kind in kinds}
    busy = {kind: measure(kind, "pages", rows) for kind in kinds}
    small = {kind: measure(kind, "acts", SMALL) for kind in kinds}
    print(
        f"## Ledger\n\n### Sweep: {rows:,} open duties, {rows // 100:,} newly due, events with leaves and outbox written\n"
    )
    print(
        "Plain SQL is the same UPDATE plus INSERT … SELECT of events (without leaves) and outbox in one transaction.\n"
    )
    lines = [
        [DATABASES[kind], f"{one['fired']:,.0f}", f"{one['plain_ms']:.0f} ms", f"{one['sweep_ms']:.0f} ms",
         f"**{one['ratio']:.2f} ×**", f"{one['worst']:.2f} ×"]
        for kind, one in sweeps.items()
    ]  # fmt: skip
    print(table(["Database", "Rungs fired", "Plain SQL", "Sweep", f"Ratio (median of {SWEEPS})", "Worst"], lines))
    print("Wanted: ≤ 3 ×.\n")
    for kind, one in busy.items():
        print(f"### Pages at {rows:,} duties, {DATABASES[kind]}: queries · best · median · 95th percentile, in ms\n")
        names = list(next(iter(one["pages"].values())))
        lines = [
            [
                who,
                *(
                    f"{page[name]['queries']} · {page[name]['best']:.0f} · {page[name]['median']:.0f} · {page[name]['p95']:.0f}"
                    for name in names
                ),
            ]
            for who, page in one["pages"].items()
        ]
        print(table(["Who", *names], lines))
    print("Wanted: a fixed number of queries, ≤ 50 ms. Addresses are whole answers of the server, template included.")
    print("The best is nearest to what an idle machine does.\n")
    print(f"### One act at {SMALL:,} and at {rows:,} duties\n")
    lines = [
        [DATABASES[kind], act, f"{small[kind]['acts'][act]:.1f} ms", f"{busy[kind]['acts'][act]:.1f} ms",
         f"**{busy[kind]['acts'][act] / small[kind]['acts'][act]:.2f} ×**"]
        for kind in kinds
        for act in ("assign", "send")
    ]  # fmt: skip
    print(table(["Database", "Act", f"{SMALL:,}", f"{rows:,}", "Ratio"], lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="duties, 100,000 at least")
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("--measure", choices=["sweep", "pages", "acts"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        found = {"sweep": measure_sweep, "pages": measure_pages, "acts": measure_acts}[options.measure](options.rows)
        print(json.dumps(found))
        return 0
    kinds = [options.only] if options.only else list(DATABASES)
    try:
        pg.binaries()
    except pg.NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr)
        kinds = [kind for kind in kinds if kind != "postgresql"]
    report(kinds, options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
