"""`kycuong signature verify FILE.pdf`: the digital signatures of a file, judged by the certificates that are trusted here."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from kycuong.core.signatures import CHANGES, COVERAGES, LABELS, REASONS, REVOCATIONS, VALID, Report
from kycuong.queries import clocks, signatures


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong signature", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser(
        "verify", help="Look at the signatures without a network; exit 0 only when all are valid."
    )
    verify.add_argument("file", type=Path, help="a PDF")
    verify.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 every signature is valid, 1 not, 2 usage."""
    options = parser().parse_args(argv)
    try:
        report = signatures.look_at(options.file, clocks.now(datetime.now(UTC)))
    except OSError as wrong:
        print(f"kycuong signature: {wrong}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        print(text(report))
    return 0 if report.verdict == VALID else 1


def text(report: Report) -> str:
    """Return a report as lines."""
    lines = [_line(report.verdict, report.reason)]
    for number, one in enumerate(report.signatures, 1):
        who = ", ".join(part for part in (one.signer, one.organisation) if part) or "?"
        lines.append(f"{number}. {who}: {_line(one.verdict, one.reason)}")
        if one.serial:
            lines += [
                f"   Chứng thư {one.serial}, bên cấp {one.issuer}",
                f"   {COVERAGES.get(one.coverage, '')} · {CHANGES.get(one.changes, '')} · "
                f"Thu hồi: {REVOCATIONS.get(one.revocation, '')}",
            ]
        if at := one.stamped_at or one.claimed_at:
            lines.append(f"   Ký lúc {at.isoformat()}{' (có dấu thời gian)' if one.stamp == 'trusted' else ''}")
    return "\n".join(lines)


def _line(verdict: str, reason: str) -> str:
    return LABELS[verdict] + (f": {REASONS.get(reason, reason)}" if reason else "")
