"""Measure the proof: sealing and verifying a hundred thousand leaves, and how many acts of people a second are made durable.

`.venv/bin/python scripts/bench_proof.py [--only sqlite|postgresql]` prints markdown.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import bench_ledger
import pg

LEAVES = 100_000
ACTS = 500


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measure_seals(rows: int) -> dict[str, Any]:
    """Fire one rung of every duty, seal the events and verify them."""
    import ledger_rows

    from kycuong.services import duties, seals

    bench_ledger.build(ledger_rows.due, rows)
    ledger_rows.run("UPDATE kycuong_duty SET seq = 0")  # rows without an opening event: the rung is their first
    late = ledger_rows.EVE + timedelta(days=1)
    duties.sweep(late)
    sealed: list[Any] = []
    sealing = seconds(lambda: sealed.append(seals.seal(late)))
    verdicts: list[Any] = []
    verifying = min(seconds(lambda: verdicts.append(seals.verify())) for _ in range(3))
    assert all(one.intact for one in verdicts), verdicts[0].findings[:3]
    return {"leaves": sealed[0].leaves, "seal_s": sealing, "verify_s": verifying}


def measure_acts(rows: int) -> dict[str, Any]:
    """Assign tasks one after the other, each in a transaction of its own that the database has made durable."""
    import ledger_rows

    from kycuong.models import Duty
    from kycuong.queries import org
    from kycuong.services import tasks

    bench_ledger.build(ledger_rows.busy, rows)
    head = next(iter(bench_ledger.people().values()))
    unit = head.body_ids[0]
    seats = org.below(head, unit, ledger_rows.NOW)[:2]
    found = Duty.objects.filter(holder_unit=unit, phase="open", kind="task", term="dated").order_by("-id")

    def assign(n: int, duty: Duty) -> None:
        desk = next(seat.post_id for seat in seats if seat.post_id != duty.holder_post_id)
        asked = tasks.Request(duty.act_seq, uuid4())
        at = ledger_rows.NOW + timedelta(minutes=n)
        tasks.assign(actor=head, at=at, duty=duty.public_id, desk=f"post:{desk}", request=asked)

    chosen = list(found[: ACTS + 20])
    for n, duty in enumerate(chosen[:20]):
        assign(n, duty)
    spent = seconds(lambda: [assign(n + 20, duty) for n, duty in enumerate(chosen[20:])])
    return {"acts": len(chosen) - 20, "acts_s": spent}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=bench_ledger.DATABASES)
    parser.add_argument("--rows", type=int, default=1_000_000, help="duties beside which the acts are made")
    parser.add_argument("--measure", choices=["seals", "proof_acts"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps({"seals": measure_seals, "proof_acts": measure_acts}[options.measure](options.rows)))
        return 0
    kinds = [options.only] if options.only else list(bench_ledger.DATABASES)
    try:
        pg.binaries()
    except pg.NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr)
        kinds = [kind for kind in kinds if kind != "postgresql"]
    lines = []
    for kind in kinds:
        proof = bench_ledger.measure(kind, "seals", LEAVES, __file__)
        durable = kind == "sqlite"  # the PostgreSQL of the tests does not wait for its disk
        done = bench_ledger.measure(kind, "proof_acts", options.rows, __file__) if durable else {}
        lines.append(
            [
                bench_ledger.DATABASES[kind],
                f"{proof['leaves']:,}",
                f"{proof['seal_s']:.2f} s",
                f"{proof['leaves'] / proof['verify_s']:,.0f}/s",
                f"{done['acts'] / done['acts_s']:,.0f}/s" if done else "–",
            ]
        )
    print(
        "## Proof\n\nSealing one batch of events after a sweep; verifying recomputes every leaf, root, link and signature."
    )
    print(f"Acts: one process assigns tasks beside {options.rows:,} duties; each is committed before the next begins")
    print(
        "(SQLite, synchronous=FULL; the PostgreSQL that the scripts start does not wait for its disk and is not asked).\n"
    )
    print(bench_ledger.table(["Database", "Leaves", "Sealed in", "Verified", "Acts of a person"], lines))
    print("Wanted: sealed in ≤ 3 s, verified ≥ 30,000/s, acts ≥ 300/s on SQLite.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
