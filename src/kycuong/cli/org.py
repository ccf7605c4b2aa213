"""`kycuong org change`: a change of the organisation from a file: previewed, and with --apply decided and carried out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact, Invalid
from kycuong.core.org_changes import KIND_LABELS, WAY_LABELS, check, plan_of
from kycuong.queries import clocks, scope
from kycuong.queries import org_changes as queries
from kycuong.services import org_changes as changes


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong org", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    change = verbs.add_parser("change", help="Preview a change of the organisation; with --apply carry it out.")
    change.add_argument(
        "--file", type=Path, required=True, help="the change as JSON (docs/huong-dan/thay-doi-to-chuc.md)"
    )
    change.add_argument(
        "--by", required=True, metavar="LOGIN", help="sign-in name of who decides: Home Affairs or administrator"
    )
    change.add_argument(
        "--apply", action="store_true", help="decide the change, and carry it out once its day has come"
    )
    change.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        return change(options, at)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1


def read(path: Path) -> dict[str, Any]:
    """Return what a file says. Raises: Invalid."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as wrong:
        raise Invalid("org_change_part_unreadable", part=path.name) from wrong
    if not isinstance(found, dict):
        raise Invalid("org_change_part_unreadable", part=path.name)
    return found


def change(options: argparse.Namespace, at: datetime) -> int:
    """Preview the change of a file, or carry it out."""
    given = read(options.file)
    actor = scope.actor_of(options.by, at)
    scope.to_organise(actor)
    plan = plan_of(given)
    check(plan, local_date(at))
    if not options.apply:
        made = queries.preview(plan, queries.duties_chosen(plan), local_date(at))
        return tell(made, as_json=options.json)
    public_id = changes.draft(actor=actor, at=at, plan=given)
    try:
        changes.decide(actor=actor, at=at, change=public_id)
        changes.carry_due(at)
    except Fact:
        changes.cancel(actor=actor, at=at, change=public_id)
        raise
    done = queries.outcome(public_id)
    if options.json:
        print(json.dumps(done, ensure_ascii=False))
    else:
        print(f"{done['state_label']}: {KIND_LABELS[plan.kind]}, {plan.decision}. Nhiệm vụ bàn giao: {done['duties']}.")
    return 0


def tell(made: queries.Preview, *, as_json: bool) -> int:
    """Print a preview; 1 when something stands against the change."""
    counts = {made.laid.name_of(code) if code else "": n for code, n in made.by_successor.items()}
    stands = [{"code": fact.code, "text": fact.message} for fact in made.refusals]
    if as_json:
        lines = [
            {"duty": str(line.public_id), "title": line.title, "to": line.to, "how": line.how} for line in made.lines
        ]
        print(
            json.dumps(
                {"duties": len(lines), "by_successor": counts, "lines": lines, "refused": stands}, ensure_ascii=False
            )
        )
        return 1 if stands else 0
    print(f"Xem trước: {KIND_LABELS[made.plan.kind]}, {made.plan.decision}, hiệu lực {made.plan.in_force_on:%d/%m/%Y}")
    for name, n in counts.items():
        print(f"  {n:>5} nhiệm vụ → {name or 'chưa chọn đơn vị kế thừa'}")
    for line in made.lines[:20]:
        print(f"        {line.title[:90]} ({WAY_LABELS[line.how]})")
    for place in made.laid.unplaced:
        print(f"  Chưa bố trí: {place.officer.full_name if place.officer else ''}, {place.post.title}")
    for fact in stands:
        print(f"  Chưa thực hiện được: {fact['text']}", file=sys.stderr)
    return 1 if stands else 0
