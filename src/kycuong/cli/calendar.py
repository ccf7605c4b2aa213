"""`kycuong calendar preview|apply|undo|limit|history`: change calendar, office hours or a limit, having seen what moves."""

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

from kycuong.cli._days import day
from kycuong.core.calendar_changes import Decision, day_changes, read_days, read_spans
from kycuong.core.errors import Fact, Invalid
from kycuong.core.limit_rules import RULED
from kycuong.queries import calendar_changes as queries
from kycuong.queries import calendars, clocks, org, scope
from kycuong.queries.calendar_changes import Preview, Wanted
from kycuong.services import calendar_changes as services
from kycuong.services import limits


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
            "--file",
            required=True,
            type=Path,
            help="the change: number, date, issuer, reason; off, working, name, correction; or unit, hours",
        )
        one.add_argument(
            "--by", required=True, metavar="LOGIN", help="who decides: administrator or head of the Office"
        )
    undo.add_argument("--change", required=True, type=UUID, help="the key of the change, as history prints it")
    limit = verbs.add_parser("limit", help="Change how many working days a limit of the authority has.")
    limit.add_argument("--code", required=True, choices=sorted(RULED), help="which limit")
    limit.add_argument("--days", required=True, type=int, help="working days")
    limit.add_argument("--from", dest="since", required=True, type=day, help="in force from: 2026-12-01")
    limit.add_argument("--file", required=True, type=Path, help="the decision: number, date, issuer, reason")
    limit.add_argument("--by", required=True, metavar="LOGIN", help="who decides: administrator or head of the Office")
    for one in (preview, apply, undo, limit, history):
        one.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    try:
        status: int = VERBS[options.verb](options)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    except (OSError, ValueError) as wrong:
        print(f"kycuong calendar: {wrong}", file=sys.stderr)
        return 2
    return status


def read_decision(path: Path) -> tuple[Decision, Mapping[str, Any]]:
    """Return the decision of a file, and all that the file says. Raises: OSError, ValueError, Invalid."""
    said = json.loads(path.read_text("utf-8"))
    if not isinstance(said, dict) or not all(said.get(name) for name in ("number", "date", "issuer")):
        raise Invalid("decision_missing")
    return Decision(str(said["number"]), day_of(said["date"]), str(said["issuer"])), said


def day_of(text: object) -> date:
    """Return the one day that a file says. Raises: Invalid."""
    found = read_days(str(text))
    if len(found) != 1:
        raise Invalid("date_unknown", text=str(text))
    return found[0]


def read_change(path: Path) -> tuple[Decision, Wanted, Mapping[str, Any]]:
    """Return decision, change and the rest as a file says it. Raises: OSError, ValueError, Invalid."""
    paper, said = read_decision(path)
    if said.get("unit"):
        unit_id = org.unit_id_of(str(said["unit"]))
        if unit_id is None:
            raise Invalid("unit_unknown", text=said["unit"])
        return paper, Wanted(unit_id=unit_id, spans=read_spans(str(said.get("hours", "")))), said
    off, working = (read_days(", ".join(map(str, _several(said, name)))) for name in ("off", "working"))
    days = day_changes(off, working, paper, name=str(said.get("name", "")))
    return paper, Wanted(days=days, correction=bool(said.get("correction"))), said


def _several(said: Mapping[str, Any], name: str) -> list[object]:
    """Return what a file lists under a name, one thing as a list of one."""
    found = said.get(name) or []
    return found if isinstance(found, list) else [found]


def who(login: str, at: datetime) -> scope.Actor:
    """Return the person in whose name the command acts. Raises: Invalid."""
    officer_id = org.officer_id(login)
    if officer_id is None:
        raise Invalid("login_unknown", login=login)
    return scope.actor(officer_id, at)


def now() -> datetime:
    """Return the product's clock."""
    return clocks.now(datetime.now(UTC))


def preview(options: argparse.Namespace) -> int:
    """Show what a change would move."""
    at = now()
    _, wanted, _ = read_change(options.file)
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
    paper, wanted, said = read_change(options.file)
    given: dict[str, Any] = {
        "actor": who(options.by, at), "at": at, "decision": paper, "reason": str(said.get("reason", "")),
        "seen": calendars.version(), "batches": 0,
    }  # fmt: skip
    if wanted.unit_id is not None:
        change = services.change_hours(unit=org.public_id_of(wanted.unit_id), spans=wanted.spans, **given)
    else:
        change = services.change_days(days=wanted.days, correction=wanted.correction, **given)
    return done(change.public_id, at, as_json=options.json)


def undo(options: argparse.Namespace) -> int:
    """Take a change back."""
    at = now()
    paper, said = read_decision(options.file)
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


def limit(options: argparse.Namespace) -> int:
    """Change a limit of the authority."""
    at = now()
    paper, said = read_decision(options.file)
    row = limits.change_limit(
        actor=who(options.by, at), at=at, code=options.code, quantity=options.days, decision=paper,
        in_force_from=options.since, reason=str(said.get("reason", "")), article=str(said.get("article", "")),
    )  # fmt: skip
    found = {"code": row.code, "days": row.quantity, "from": row.in_force_from.isoformat()}
    label = RULED[row.code].label
    print(
        json.dumps(found) if options.json else f"{label}: {row.quantity} ngày làm việc từ {row.in_force_from:%d/%m/%Y}."
    )
    return 0


VERBS = {"preview": preview, "apply": apply, "undo": undo, "limit": limit, "history": history}
