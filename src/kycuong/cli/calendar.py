"""`kycuong calendar preview|apply|undo|history`: change the working calendar by a decision, having seen what it moves."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.calendar_changes import DayChange, Decision, day_changes, read_days
from kycuong.core.errors import Fact, Invalid
from kycuong.queries import calendar_changes as queries
from kycuong.queries import calendars, clocks, org, scope
from kycuong.queries.calendar_changes import Preview, Wanted
from kycuong.services import calendar_changes as services


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong calendar", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    preview = verbs.add_parser("preview", help="Show which due dates a change would move; writes nothing.")
    apply = verbs.add_parser("apply", help="Make the change and move the due dates.")
    undo = verbs.add_parser("undo", help="Take a change back by another decision.")
    history = verbs.add_parser("history", help="List the changes made, the latest first.")
    for one in (preview, apply, undo):
        one.add_argument(
            "--file", required=True, type=Path, help="the change: number, date, issuer, off, working, reason"
        )
        one.add_argument(
            "--by", required=True, metavar="LOGIN", help="who decides: administrator or head of the Office"
        )
    undo.add_argument("--change", required=True, type=UUID, help="the key of the change, as history prints it")
    for one in (preview, apply, undo, history):
        one.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    try:
        status: int = {"preview": preview, "apply": apply, "undo": undo, "history": history}[options.verb](options)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    except (OSError, ValueError) as wrong:
        print(f"kycuong calendar: {wrong}", file=sys.stderr)
        return 2
    return status


def read_change(path: Path) -> tuple[Decision, tuple[DayChange, ...], Mapping[str, Any]]:
    """Return decision, days and the rest of a change as its file says it. Raises: OSError, ValueError, Invalid."""
    said = json.loads(path.read_text("utf-8"))
    missing = [name for name in ("number", "date", "issuer") if not said.get(name)]
    if missing:
        raise Invalid("decision_missing")
    paper = Decision(str(said["number"]), date.fromisoformat(said["date"]), str(said["issuer"]))
    off, working = (read_days(", ".join(said.get(name, ()))) for name in ("off", "working"))
    return paper, day_changes(off, working, paper, name=str(said.get("name", ""))), said


def who(login: str, at: datetime) -> scope.Actor:
    """Return the person in whose name the command acts. Raises: Invalid."""
    officer_id = org.officer_id(login)
    if officer_id is None:
        raise Invalid("login_unknown", login=login)
    return scope.actor(officer_id, at)


def now() -> datetime:
    """Return the product's clock."""
    return datetime.now(UTC) + clocks.offset()


def preview(options: argparse.Namespace) -> int:
    """Show what a change would move."""
    at = now()
    _, days, said = read_change(options.file)
    wanted = Wanted(days=days, correction=bool(said.get("correction")))
    tell(queries.preview(who(options.by, at), at, wanted), as_json=options.json)
    return 0


def tell(shown: Preview, *, as_json: bool) -> None:
    """Print a preview."""
    if as_json:
        print(json.dumps(asdict(shown), ensure_ascii=False, default=str))
        return
    print(f"Chuyển {shown.moved} thời hạn, giữ nguyên {shown.kept}, chuyển mốc nhắc của {shown.rungs} nhiệm vụ khác.")
    for line in shown.units:
        print(f"  {line.name}: chuyển {line.moved}, giữ nguyên {line.kept}, mốc nhắc {line.rungs}")


def progress(done: int, total: int) -> None:
    """Show on a terminal how far the due dates have moved."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total} nhiệm vụ …", end="", file=sys.stderr, flush=True)


def apply(options: argparse.Namespace) -> int:
    """Make a change."""
    at = now()
    paper, days, said = read_change(options.file)
    change = services.change_days(
        actor=who(options.by, at), at=at, decision=paper, days=days, reason=str(said.get("reason", "")),
        seen=calendars.version(), correction=bool(said.get("correction")), batches=0,
    )  # fmt: skip
    return done(change.public_id, at, as_json=options.json)


def undo(options: argparse.Namespace) -> int:
    """Take a change back."""
    at = now()
    paper, _, said = read_change(options.file)
    change = services.reverse(
        actor=who(options.by, at), at=at, change=options.change, decision=paper, reason=str(said.get("reason", "")),
        seen=calendars.version(), batches=0,
    )  # fmt: skip
    return done(change.public_id, at, as_json=options.json)


def done(change: UUID, at: datetime, *, as_json: bool) -> int:
    """Carry a change out to its end, showing how far it is, and say what it did."""
    services.resume(at, tell=progress)
    row = next(one for one in queries.history() if one.public_id == change)
    found = {"change": str(change), "moved": row.due_moved, "kept": row.due_kept, "rungs": row.rungs_moved}
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    print(
        json.dumps(found)
        if as_json
        else f"Đã thay đổi lịch theo {row.number}: chuyển {row.due_moved} thời hạn, giữ nguyên {row.due_kept}."
    )
    return 0


def history(options: argparse.Namespace) -> int:
    """List the changes."""
    rows = queries.history()
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, default=str))
        return 0
    for row in rows:
        print(f"{row.public_id} {row.at:%d/%m/%Y} {row.number} ({row.issuer}): chuyển {row.due_moved} thời hạn")
    if not rows:
        print("Chưa có lần thay đổi nào.")
    return 0
