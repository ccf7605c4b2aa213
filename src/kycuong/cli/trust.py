"""`kycuong trust list|add|retire`: the authorities by whose certificates digital signatures are judged."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.errors import Fact
from kycuong.queries import clocks, trust
from kycuong.services import trust as services


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong trust", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    listed = verbs.add_parser("list", help="List every certificate, those in use first.")
    add = verbs.add_parser("add", help="Trust the certificates in a PEM or DER file: roots, and bridges to them.")
    add.add_argument("file", type=Path, help="the file; compare its fingerprint with the published one before")
    retire = verbs.add_parser("retire", help="Trust a certificate no more; its row stays.")
    retire.add_argument("certificate", type=UUID, help="its id, as the list shows it")
    for verb in (listed, add, retire):
        verb.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        told, text = {"list": listed, "add": add, "retire": retire}[options.verb](options, at)
    except Fact as fact:
        said = {"refused": fact.code, "message": fact.message}
        print(json.dumps(said, ensure_ascii=False) if options.json else fact.message, file=sys.stderr)
        return 1
    except OSError as wrong:
        print(f"kycuong trust: {wrong}", file=sys.stderr)
        return 2
    print(json.dumps(told, ensure_ascii=False) if options.json else text)
    return 0


def listed(options: argparse.Namespace, at: datetime) -> tuple[Any, str]:
    """List the certificates."""
    rows = trust.listed(None, at)
    told = [
        {"id": str(row.public_id), "subject": row.subject, "issuer": row.issuer, "serial": row.serial,
         "fingerprint": row.fingerprint, "is_root": row.is_root, "state": row.state,
         "valid_from": row.valid_from.isoformat(), "valid_until": row.valid_until.isoformat()}
        for row in rows
    ]  # fmt: skip
    lines = [f"{row.public_id}  {row.state:<8} {row.subject}, đến {row.valid_until:%d/%m/%Y}" for row in rows]
    return told, "\n".join(lines) or "Chưa có chứng thư tin cậy nào."


def add(options: argparse.Namespace, at: datetime) -> tuple[Any, str]:
    """Trust the certificates in a file."""
    added = services.add(actor=None, at=at, data=options.file.read_bytes())
    told = [{"subject": one.subject, "fingerprint": one.fingerprint, "is_root": one.is_root} for one in added]
    return told, "\n".join(f"Đã thêm {one.subject}\n  SHA-256 {one.fingerprint}" for one in added)


def retire(options: argparse.Namespace, at: datetime) -> tuple[Any, str]:
    """Trust a certificate no more."""
    services.retire(actor=None, at=at, certificate=options.certificate)
    return {"retired": str(options.certificate)}, "Đã thôi tin cậy chứng thư."
