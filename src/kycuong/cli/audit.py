"""`kycuong audit seal|verify|export|rotate|follow`: the proof that what happened was not changed behind the product's back."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from kycuong.core.errors import Fact
from kycuong.queries import audit as entries
from kycuong.queries import clocks
from kycuong.services import seals, watermark


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong audit", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    seal = verbs.add_parser("seal", help="Seal everything since the last checkpoint.")
    verify = verbs.add_parser("verify", help="Recompute everything sealed; exit 1 when something is not as it was.")
    export = verbs.add_parser(
        "export", help="Write one file that verifier/kycuong_verify.py checks without the product."
    )
    export.add_argument("file", type=Path, help="the file to write, JSON lines")
    export.add_argument(
        "--rows", action="store_true", help="add the rows themselves: codes and ids, which may name people"
    )
    rotate = verbs.add_parser("rotate", help="Change the signing key; the old key announces the new one.")
    follow = verbs.add_parser(
        "follow", help="Print what was written down since, one JSON object a line, for a collector of logs."
    )
    follow.add_argument("--after", type=int, default=0, help="the id of the last line that was taken (0)")
    follow.add_argument("--most", type=int, default=10_000, help="so many lines at most (10000)")
    for one in (seal, verify, export, rotate):
        one.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done and intact, 1 refused or not intact, 2 usage."""
    options = parser().parse_args(argv)
    try:
        status: int = {
            "seal": seal, "verify": verify, "export": export, "rotate": rotate, "follow": follow,
        }[options.verb](options)  # fmt: skip
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    return status


def seal(options: argparse.Namespace) -> int:
    """Seal what is new."""
    done = seals.seal(clocks.now(datetime.now(UTC)))
    if options.json:
        print(json.dumps({"checkpoints": done.checkpoints, "leaves": done.leaves, "busy": done.busy}))
    elif done.busy:
        print("Đang có giao dịch ghi dở nên chưa niêm phong được; chạy lại sau ít giây.", file=sys.stderr)
    elif done.checkpoints:
        print(f"Đã niêm phong {done.leaves} dòng trong {done.checkpoints} mốc.")
    else:
        print("Không có dòng mới cần niêm phong.")
    return 1 if done.busy else 0


def follow(options: argparse.Namespace) -> int:
    """Print the entries since an id, none of which can still be joined by an earlier one; 1 when somebody was writing."""
    mark = watermark.mark()
    if mark is None:
        print("Đang có giao dịch ghi dở; chạy lại sau ít giây.", file=sys.stderr)
        return 1
    for line in entries.since(options.after, mark.entry, options.most):
        print(json.dumps(line, ensure_ascii=False))
    return 0


def progress(seen: int) -> None:
    """Show on a terminal how far a verification is."""
    if sys.stderr.isatty():
        print(f"\r{seen} dòng …", end="", file=sys.stderr, flush=True)


def verify(options: argparse.Namespace) -> int:
    """Verify, and say what was found."""
    return tell(seals.verify(progress), as_json=options.json)


def tell(verdict: seals.Verdict, *, as_json: bool) -> int:
    """Print a verdict and return the exit status that it means."""
    if as_json:
        found = [{"code": one.code, "text": one.sentence, **one.values} for one in verdict.findings]
        head = {"no": verdict.last_no, "hash": verdict.last_hash}
        counts = {"checkpoints": verdict.checkpoints, "leaves": verdict.leaves, "unsealed": verdict.unsealed}
        print(json.dumps({"intact": verdict.intact, **counts, "last": head, "findings": found}, ensure_ascii=False))
        return 0 if verdict.intact else 1
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    for one in verdict.findings:
        print(one.sentence)
    counted = f"{verdict.checkpoints} mốc niêm phong, {verdict.leaves} dòng đã niêm phong, {verdict.unsealed} dòng chưa niêm phong"
    print(
        f"Nguyên vẹn: {counted}."
        if verdict.intact
        else f"KHÔNG nguyên vẹn, {len(verdict.findings)} điểm sai: {counted}."
    )
    if verdict.last_no:
        print(f"Mốc cuối: {verdict.last_no} {verdict.last_hash}")
    return 0 if verdict.intact else 1


def export(options: argparse.Namespace) -> int:
    """Write the proof."""
    count = seals.export(options.file, rows=options.rows)
    print(
        json.dumps({"file": str(options.file), "leaves": count})
        if options.json
        else f"Đã ghi {count} lá: {options.file}"
    )
    return 0


def rotate(options: argparse.Namespace) -> int:
    """Change the signing key."""
    done = seals.rotate(clocks.now(datetime.now(UTC)))
    if options.json:
        print(json.dumps({"old": done.old, "new": done.new, "announced_in": done.no}))
    else:
        print(f"Đã đổi khóa niêm phong: {done.old} → {done.new}; khóa cũ công bố khóa mới ở mốc số {done.no}.")
    return 0
