"""`kycuong backup FILE` and `kycuong restore FILE`: the whole instance in one archive, and back into an empty place."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from kycuong.cli import audit, migrate
from kycuong.core.errors import Fact
from kycuong.queries import clocks
from kycuong.services import archives, seals, sessions


def progress(files: int) -> None:
    """Show on a terminal how many files were packed or unpacked."""
    if sys.stderr.isatty() and files % 100 == 0:
        print(f"\r{files} tệp …", end="", file=sys.stderr, flush=True)


def parse(prog: str, what: str, argv: list[str]) -> argparse.Namespace:
    """Read the command line of both verbs."""
    parser = argparse.ArgumentParser(prog=prog, description=what)
    parser.add_argument("file", type=Path, help="the archive, such as kycuong-2026-11-30.tar")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Seal what is new, then pack."""
    what = "Pack database, files, checkpoints and public keys into one archive while the product runs; never the private key."
    options = parse("kycuong backup", what, argv)
    try:
        seals.seal(clocks.now(datetime.now(UTC)))
        done = archives.back_up(options.file, at=datetime.now(UTC), progress=progress)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps({"file": str(done.path), "files": done.files, "bytes": done.size}))
    else:
        print(f"Đã sao lưu vào {done.path}: cơ sở dữ liệu và {done.files} tệp, {done.size} byte.")
    return 0


def restore(argv: list[str]) -> int:
    """Unpack, bring the tables up to date, verify; exit 1 when refused or when what was restored is not intact."""
    what = "Unpack an archive into an empty database and an empty folder of files, then verify what came back."
    options = parse("kycuong restore", what, argv)
    try:
        files = archives.restore(options.file, progress=progress)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    migrate.prepare()
    sessions.clear()
    if not options.json:
        print(f"Đã khôi phục cơ sở dữ liệu và {files} tệp; đang kiểm tra …", flush=True)
    return audit.tell(seals.verify(audit.progress), as_json=options.json)
