"""`kycuong export --to FOLDER|FILE.zip`: everything, documented, in open formats."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from kycuong.core.errors import Fact
from kycuong.queries import clocks
from kycuong.services import exports


def progress(table: str, rows: int) -> None:
    """Show on a terminal how far the export is."""
    if sys.stderr.isatty():
        print(f"\r\033[K{table}: {rows} …", end="", file=sys.stderr, flush=True)


def main(argv: list[str]) -> int:
    """Write the export; exit 1 when refused."""
    what = "Write every table with its dictionary, every file, the checkpoints and a manifest, while the product runs."
    parser = argparse.ArgumentParser(prog="kycuong export", description=what)
    parser.add_argument("--to", type=Path, required=True, help="a new folder, or a file that ends in .zip")
    parser.add_argument("--format", choices=["jsonl", "csv"], default="jsonl", help="JSON Lines, or CSV in UTF-8")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        done = exports.export(options.to, at=at, form=options.format, progress=progress)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    if options.json:
        told = {"to": str(done.path), "tables": done.tables, "rows": done.rows, "files": done.files}
        print(json.dumps(told | {"missing_files": done.missing}))
    else:
        print(f"Đã xuất {done.rows} dòng của {done.tables} bảng và {done.files} tệp vào {done.path}.")
        if done.missing:
            print(f"Thiếu {done.missing} tệp trong kho; mã băm ghi trong manifest.json.", file=sys.stderr)
    return 0
