"""`kycuong corrections report|export`: what reviewers corrected of the reader, counted or as labelled examples."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kycuong.core.errors import Fact
from kycuong.queries import clocks
from kycuong.queries import corrections as queries
from kycuong.services import corrections as services

NAMES = {
    "lead": "chủ trì", "participants": "phối hợp", "deadline": "thời hạn", "kind": "loại", "product": "sản phẩm",
    "span": "đoạn trích", "missed": "bỏ sót", "invented": "nhận nhầm",
}  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong corrections", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    report = verbs.add_parser("report", help="Count where the reader errs, by field, document type, rule and version.")
    export = verbs.add_parser("export", help="Write issued documents as labelled examples: texts/ and gold/.")
    export.add_argument("--to", type=Path, required=True, help="the folder to write below")
    export.add_argument("--changed", action="store_true", help="only documents that a reviewer corrected")
    for one in (report, export):
        one.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    try:
        return report(options) if options.verb == "report" else export(options)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1


def report(options: argparse.Namespace) -> int:
    """Print where the reader errs."""
    found = queries.report(None)
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
        return 0
    print(
        f"{found.documents} văn bản đã ban hành, {found.corrected} văn bản có sửa; {found.total.orders} nội dung đã đọc."
    )
    for name in queries.FIELDS:
        print(f"{NAMES[name]:<12} {found.total.errors[name]:>6} {found.share_pct(name):>6.1f}%")
    return 0


def as_json(found: queries.Report) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "documents": found.documents, "corrected": found.corrected, "orders": found.total.orders,
        "fields": {
            name: {"count": found.total.errors[name], "share_pct": found.share_pct(name)} for name in queries.FIELDS
        },
        **{
            key: {name: {"orders": group.orders, "errors": dict(group.errors)} for name, group in sorted(table.items())}
            for key, table in (("by_type", found.by_type), ("by_rule", found.by_rule), ("by_version", found.by_version))
        },
    }  # fmt: skip


def progress(done: int) -> None:
    """Show on a terminal how many examples were written."""
    if sys.stderr.isatty() and done % 20 == 0:
        print(f"\r{done} văn bản …", end="", file=sys.stderr, flush=True)


def export(options: argparse.Namespace) -> int:
    """Write the labelled examples."""
    at = clocks.now(datetime.now(UTC))
    done = services.export(options.to, at=at, changed=options.changed, progress=progress)
    if options.json:
        print(
            json.dumps(
                {"folder": str(options.to), "documents": done.documents, "orders": done.orders, "secret": done.secret}
            )
        )
    else:
        left = f" Bỏ qua {done.secret} văn bản mang dấu mật." if done.secret else ""
        print(f"Đã ghi {done.documents} văn bản, {done.orders} nội dung giao việc vào {options.to}.{left}")
    return 0
