"""`kycuong intake PLACE --as LOGIN`: take in a folder, an archive or a message; the same again goes on where it stopped."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kycuong.core.errors import Fact, Invalid
from kycuong.core.sentences import told
from kycuong.queries import clocks, scope
from kycuong.services import intake

BAR, CLEAR = 30, "\033[K"
STATES = {"done": "đã vào sổ", "duplicate": "đã có trong sổ", "refused": "không nhận", "waiting": "chưa đọc được"}


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong intake", description=__doc__)
    out.add_argument("place", type=Path, help="a folder, a .zip, an .eml, or one document")
    out.add_argument("--as", dest="login", required=True, help="the clerk or specialist in whose name it is done")
    out.add_argument(
        "--register", choices=["incoming", "outgoing"], default="incoming", help="which register (incoming)"
    )
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Take everything in: 0 all taken in or known, 1 something refused or left, 2 usage."""
    options = parser().parse_args(argv)
    try:
        rows = take_in(options)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    counts = Counter(row["state"] for row in rows)
    if options.json:
        print(json.dumps({"counts": counts, "items": rows}, ensure_ascii=False))
    else:
        print(" · ".join(f"{counts[state]} {name}" for state, name in STATES.items() if counts[state]))
    return 1 if counts["refused"] or counts["waiting"] else 0


def take_in(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Take in each paper of the place and return what became of them."""
    if not options.place.exists():
        raise Invalid("source_unknown", name=options.place)
    at = clocks.now(datetime.now(UTC))
    actor = scope.actor_of(options.login, at)
    place = options.place.resolve()
    batch = intake.resume(actor=actor, at=at, place=str(place), name=place.name, register=options.register)
    rows: list[dict[str, Any]] = []
    total = sum(1 for _ in intake.papers(place)) if sys.stderr.isatty() else 0
    for paper in intake.papers(place):
        real = datetime.now(UTC)
        item = intake.take(actor=actor, at=clocks.now(real), real=real, batch=batch, paper=paper)
        said = told(item.said)
        rows.append({
            "name": item.name, "sha256": item.sha256, "state": item.state, "code": item.code, "said": said,
            "document": str(item.document.public_id) if item.document else None,
        })  # fmt: skip
        show(len(rows), total, rows[-1], quiet=options.json)
    if not rows:
        raise Invalid("batch_empty", name=options.place)
    intake.close_when_done(batch)
    return rows


def show(done: int, total: int, row: dict[str, Any], *, quiet: bool) -> None:
    """Draw a bar on a terminal, and say one sentence for each paper that was not taken in."""
    if row["state"] in {"refused", "waiting"} and not quiet:
        begin = f"\r{CLEAR}" if total else ""
        print(f"{begin}{row['name']}: {row['said']}", file=sys.stderr)
    if total:
        filled = BAR * done // total
        end = "\n" if done == total else ""
        print(f"\r{CLEAR}[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True)
