"""`kycuong report`: the reports that fall due and who has sent them; one report as a paper; the figures of sent reports run again."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.cli._days import day
from kycuong.core.errors import Fact
from kycuong.queries import clocks, scope
from kycuong.queries import reports as queries
from kycuong.services import reports


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong report", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", help="List the report slots around today, or of a year, with who is missing.")
    listing.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who looks")
    listing.add_argument("--year", type=int, help="all slots of a year")
    listing.add_argument("--json", action="store_true", help="print JSON")
    build = verbs.add_parser("build", help="Write a unit's report as DOCX or PDF: as frozen, else a draft of now.")
    build.add_argument("key", type=UUID, help="the collection's key, as `list --json` prints it")
    build.add_argument("slot", type=day, help="the slot, 2026-12-01")
    build.add_argument("unit", type=UUID, help="public id of the unit")
    build.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who asks")
    build.add_argument("--to", type=Path, required=True, metavar="FILE", help="where to write: .docx or .pdf")
    build.add_argument("--json", action="store_true", help="print JSON")
    verify = verbs.add_parser("verify", help="Run the figures of sent reports again; exit 1 when one differs.")
    verify.add_argument("edition", type=UUID, nargs="*", help="public ids of editions; none: every sent one")
    verify.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused or a figure differs, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        if options.verb == "list":
            return _list(options, at)
        return _build(options, at) if options.verb == "build" else _verify(options)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1


def _list(options: argparse.Namespace, at: datetime) -> int:
    who = scope.actor_of(options.by, at)
    rows = queries.listed(who, at, options.year)
    if options.json:
        told = [
            {
                "key": str(row.line.key), "slot": row.line.slot.isoformat(), "document": row.line.document_code,
                "clause": row.line.clause, "due_at": row.line.due_at.isoformat(), "left_working_days": row.due.left,
                "late_working_days": row.due.late, "units": row.line.units, "sent": row.line.sent, "missing": row.missing,
            }
            for row in rows
        ]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for row in rows:
        left = (
            f"còn {row.due.left} ngày làm việc" if row.due.left is not None else f"quá hạn {row.due.late} ngày làm việc"
        )
        print(f"{row.line.slot:%d/%m/%Y}  {row.line.sent:>4}/{row.line.units:<4} {left:<26} {row.line.document_code}  "
              f"{row.line.clause[:70]}")  # fmt: skip
    return 0


def _build(options: argparse.Namespace, at: datetime) -> int:
    form = options.to.suffix.removeprefix(".").lower()
    place = reports.Place(options.key, options.slot, options.unit)
    paper = reports.print_out(actor=scope.actor_of(options.by, at), at=at, place=place, form=form)
    try:
        options.to.write_bytes(paper.data)
    except OSError as error:
        print(f"Không ghi được tệp {options.to}: {error.strerror}.", file=sys.stderr)
        return 1
    told = {"file": str(options.to), "bytes": len(paper.data)}
    print(json.dumps(told, ensure_ascii=False) if options.json else f"Đã ghi {options.to} ({len(paper.data):,} byte).")
    return 0


def _verify(options: argparse.Namespace) -> int:
    keys = options.edition or queries.sent_editions()
    found = [queries.check_of(key) for key in _watched(keys)]
    good = all(one.same and one.kept for one in found)
    if options.json:
        print(json.dumps({"same": good, "editions": [_plain(one) for one in found]}, ensure_ascii=False))
        return 0 if good else 1
    for one in found:
        print(f"{one.edition} bản {one.no}: {_said(one)}")
        for row in one.figures:
            if not row.same:
                print(f"  {row.code} {row.name}: đã in {row.printed}, chạy lại {row.again}")
        for difference in one.differences:
            print(f"  nhiệm vụ {difference.duty}: {_state(difference.was)} → {_state(difference.now)}")
    if not found:
        print("Chưa có báo cáo nào được gửi.")
    return 0 if good else 1


def _watched(keys: Sequence[UUID]) -> Iterator[UUID]:
    """Yield the editions; on a terminal say how far it is."""
    shown = sys.stderr.isatty() and len(keys) > 5
    for number, key in enumerate(keys, 1):
        if shown:
            sys.stderr.write(f"\r{number}/{len(keys)} ")
        yield key
    if shown:
        sys.stderr.write("\r\x1b[K")


def _said(one: queries.Check) -> str:
    if not one.kept:
        return "SỐ LIỆU LƯU CÙNG BÁO CÁO ĐÃ BỊ SỬA"
    return "mọi số liệu như cũ" if one.same else f"{len(one.differences)} nhiệm vụ cho kết quả khác"


def _state(line: Any) -> str:
    return line.state.value if line else "không có"


def _plain(one: queries.Check) -> dict[str, Any]:
    """Return a check as plain data."""
    figures = [
        {"code": row.code, "printed": row.printed, "again": row.again, "fingerprint": row.fingerprint, "same": row.same,
         "kept": row.kept}
        for row in one.figures
    ]  # fmt: skip
    moved = [
        {"duty": row.duty, "was": row.was.to_json() if row.was else None, "now": row.now.to_json() if row.now else None}
        for row in one.differences
    ]
    return {
        "edition": str(one.edition), "no": one.no, "as_of": one.as_of.isoformat(), "watermark": one.watermark,
        "sealed_by_checkpoint": one.sealed, "fingerprint": one.fingerprint, "kept": one.kept, "same": one.same,
        "figures": figures, "differences": moved,
    }  # fmt: skip
