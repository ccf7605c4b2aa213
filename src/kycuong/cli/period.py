"""`kycuong period list|open|close|figures`: periods whose figures the units check, and what each counts."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kycuong.core.boards import SEVEN
from kycuong.core.errors import Fact
from kycuong.core.periods import PARTS, titled
from kycuong.queries import clocks, scope
from kycuong.queries import periods as queries
from kycuong.services import periods as services


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong period", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    listed_ = verbs.add_parser("list", help="List the periods, the latest first.")
    opens = verbs.add_parser("open", help="Open a period that has ended: units have some working days to check it.")
    opens.add_argument("kind", choices=list(PARTS), help="which kind of period")
    opens.add_argument("year", type=int, help="the year")
    opens.add_argument("number", type=int, nargs="?", default=1, help="which month, quarter or half of the year")
    closes = verbs.add_parser("close", help="Close a period: its figures never change again.")
    told = verbs.add_parser("figures", help="Tell what a period counts by unit, frozen once it is closed.")
    for verb in (closes, told):
        verb.add_argument("period", type=UUID, help="its id, as the list shows it")
    for verb in (listed_, opens, closes, told):
        verb.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
        verb.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    verb = {"list": listed, "open": opened, "close": closed, "figures": figures}[options.verb]
    try:
        told, text = verb(options, scope.actor_of(options.by, at), at)
    except Fact as fact:
        said = {"refused": fact.code, "message": fact.message}
        print(json.dumps(said, ensure_ascii=False) if options.json else fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False) if options.json else text)
    return 0


def listed(_options: argparse.Namespace, who: scope.Actor, _at: datetime) -> tuple[Any, str]:
    """List the periods."""
    rows = queries.periods(who)
    lines = [f"{row.public_id}  {titled(row.kind, row.number, row.year):<16} {_state(row)}" for row in rows]
    return [_plain(row) for row in rows], "\n".join(lines) or "Chưa mở kỳ nào."


def opened(options: argparse.Namespace, who: scope.Actor, at: datetime) -> tuple[Any, str]:
    """Open a period."""
    made = services.open_period(actor=who, at=at, kind=options.kind, year=options.year, number=options.number)
    row = queries.period(who, made, at).line
    return _plain(row), f"{made}  đã mở; đơn vị đối soát đến hết ngày {row.contest_until:%d/%m/%Y}."


def closed(options: argparse.Namespace, who: scope.Actor, at: datetime) -> tuple[Any, str]:
    """Close a period."""
    fingerprint = services.close(actor=who, at=at, period=options.period)
    told = {**_plain(queries.period(who, options.period, at).line), "fingerprint": fingerprint}
    return told, f"Đã chốt kỳ. Mã băm của số liệu: {fingerprint}"


def figures(options: argparse.Namespace, who: scope.Actor, at: datetime) -> tuple[Any, str]:
    """Tell the figures of a period by unit, as far as the person sees them."""
    page = queries.period(who, options.period, at)
    units = [
        {
            "unit": str(one.unit_id), "name": one.name, "total": one.total, "agreed": one.agreed, "contests": one.contests,
            "fingerprint": one.fingerprint, "states": {str(state): n for state, n in sorted(one.counts.items())},
        }
        for one in page.units
    ]  # fmt: skip
    told = {
        **_plain(page.line), "since": page.since.isoformat(), "last": page.last.isoformat(), "watermark": page.mark,
        "fingerprint": page.fingerprint, "states": {str(state): n for state, n in sorted(page.total.items())}, "units": units,
    }  # fmt: skip
    lines = [
        f"{one.name[:44]:<44} {one.total:>6} " + " ".join(f"{one.counts.get(state, 0):>6}" for state in SEVEN)
        for one in page.units
    ]
    return told, "\n".join(lines) or "Kỳ này chưa có nhiệm vụ nào trong phạm vi đồng chí được xem."


def _plain(row: queries.PeriodLine) -> dict[str, Any]:
    return {
        "id": str(row.public_id), "kind": row.kind, "year": row.year, "number": row.number, "state": row.state,
        "contest_until": row.contest_until.isoformat(), "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }  # fmt: skip


def _state(row: queries.PeriodLine) -> str:
    return "đã chốt" if row.state == "closed" else f"đang đối soát, đến hết ngày {row.contest_until:%d/%m/%Y}"
