"""Accounts from the machine: a one-time password, also where nobody can sign in yet; a lost authenticator app taken off."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from kycuong.core.errors import Fact, Invalid
from kycuong.queries import clocks
from kycuong.services import accounts


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong account", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    password = verbs.add_parser("password", help="Print a random one-time password, to be changed at the next sign-in.")
    password.add_argument("login", help="sign-in name of the officer")
    password.add_argument("--stdin", action="store_true", help="take the first line of the standard input instead")
    password.add_argument("--json", action="store_true", help="print JSON")
    lost = verbs.add_parser("totp-reset", help="Take off a lost authenticator app; the person registers another one.")
    lost.add_argument("login", help="sign-in name of the officer")
    lost.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        return give(options, at) if options.verb == "password" else reset(options, at)
    except Fact as fact:
        said = {"refused": fact.code, "message": fact.message}
        print(json.dumps(said, ensure_ascii=False) if options.json else fact.message, file=sys.stderr)
        return 1


def give(options: argparse.Namespace, at: datetime) -> int:
    """Give a one-time password and print it, unless it was typed."""
    given = accounts.give_password(actor=None, at=at, login=options.login, password=typed() if options.stdin else "")
    told = {"login": options.login} | ({} if options.stdin else {"password": given})  # what was typed is not repeated
    if options.json:
        print(json.dumps(told))
    elif options.stdin:
        print(f"Đã cấp mật khẩu cho {options.login}; phải đổi ở lần đăng nhập đầu.")
    else:
        print(f"Mật khẩu dùng một lần của {options.login}, phải đổi ở lần đăng nhập đầu: {given}")
    return 0


def reset(options: argparse.Namespace, at: datetime) -> int:
    """Take a lost authenticator app off."""
    accounts.reset_factor(actor=None, at=at, login=options.login)
    told = f"Đã hủy xác thực hai bước của {options.login}; các phiên đang mở đã kết thúc."
    print(json.dumps({"login": options.login}) if options.json else told)
    return 0


def typed() -> str:
    """Return the first line of the standard input. Raises: Invalid when it is empty."""
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Invalid("password_missing")
    return line
