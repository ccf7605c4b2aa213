"""`kycuong token make|list|revoke`: tokens with which other systems ask through the API."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kycuong.core.errors import Fact
from kycuong.core.tokens import DAYS, Right
from kycuong.queries import clocks, tokens
from kycuong.services import tokens as services


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong token", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    make = verbs.add_parser("make", help="Make a token and print it; it is shown this once.")
    make.add_argument("system", help="name of the system that will carry it")
    make.add_argument("--as", dest="login", required=True, help="sign-in name of the officer as whom it acts")
    make.add_argument("--post", default="", help="code of the post, when the officer holds several")
    make.add_argument("--may", action="append", required=True, choices=[right.value for right in Right], help="a right")
    make.add_argument("--days", type=int, default=DAYS, help=f"how long it lasts (default {DAYS})")
    listed = verbs.add_parser("list", help="List every token, the newest first; never its secret.")
    revoke = verbs.add_parser("revoke", help="Revoke a token at once.")
    revoke.add_argument("token", type=UUID, help="its id, as the list shows it")
    for verb in (make, listed, revoke):
        verb.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        told, text = {"make": make, "list": listed, "revoke": revoke}[options.verb](options, at)
    except Fact as fact:
        said = {"refused": fact.code, "message": fact.message}
        print(json.dumps(said, ensure_ascii=False) if options.json else fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False) if options.json else text)
    return 0


def make(options: argparse.Namespace, at: datetime) -> tuple[Any, str]:
    """Make a token."""
    made = services.make(
        actor=None, at=at, system=options.system, login=options.login, post=options.post, rights=options.may,
        days=options.days,
    )  # fmt: skip
    told = {"id": str(made.public_id), "token": made.text, "expires_at": made.expires_at.isoformat()}
    return told, f"Mã truy cập, chỉ hiện một lần:\n{made.text}\nHết hạn {made.expires_at:%d/%m/%Y}."


def listed(options: argparse.Namespace, at: datetime) -> tuple[Any, str]:
    """List the tokens."""
    rows = tokens.listed(None, at)
    told = [
        {"id": str(row.public_id), "system": row.system, "as": row.officer_name, "post": row.title, "may": row.rights,
         "state": row.state, "expires_at": row.expires_at.isoformat()}
        for row in rows
    ]  # fmt: skip
    lines = [f"{row.public_id}  {row.state:<8} {row.system}: {row.officer_name}, {row.title}" for row in rows]
    return told, "\n".join(lines) or "Chưa có mã truy cập nào."


def revoke(options: argparse.Namespace, at: datetime) -> tuple[Any, str]:
    """Revoke a token."""
    services.revoke(actor=None, at=at, token=options.token)
    return {"id": str(options.token), "state": "revoked"}, "Đã thu hồi mã truy cập."
