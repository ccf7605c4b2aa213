"""`kycuong consult`: whom a matter concerns by the registry, and why each body was asked, the links of bodies outside the system."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.concerns import CONCERN_LABELS
from kycuong.core.errors import Fact
from kycuong.core.links import LINK_LABELS
from kycuong.queries import clocks, scope
from kycuong.queries import consultations as queries
from kycuong.queries.consultations import links

Told = tuple[Any, list[str]]


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong consult", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    who = _verb(verbs, "who", "Name the competent bodies of some matters, to be asked.")
    who.add_argument("matter", nargs="+", help="code, name or words of a matter")
    who.add_argument("--place", default="", metavar="CODE", help="the commune, by code or name")
    who.add_argument("--unit", type=UUID, nargs="*", default=[], metavar="UNIT", help="the bodies chosen so far")
    why = _verb(verbs, "why", "Say why each body of a consultation was asked, who was left out, who asks the same.")
    why.add_argument("consultation", type=UUID, help="the consultation")
    _verb(verbs, "links", "List the links that bodies outside the system may still use, with where each stands.")
    return out


def _verb(verbs: Any, name: str, meaning: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=meaning)
    made.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who looks")
    made.add_argument("--json", action="store_true", help="print JSON")
    return made


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        actor = scope.actor_of(options.by, at)
        if options.verb == "links":
            told, lines = _links(actor, at)
        else:
            told, lines = _who(actor, options, at) if options.verb == "who" else _why(actor, options.consultation)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return 0


def _who(actor: scope.Actor, options: argparse.Namespace, at: datetime) -> Told:
    found = queries.before(actor, at, units=options.unit, typed=options.matter, place=options.place, about=None)
    lines = [f"{one.name}: {one.matter}; {one.basis}" for one in found.found.rows]
    lines += [f"{one.name} tự quyết: {one.matter}; {one.basis}" for one in found.found.own]
    lines += [f"{name} (cơ quan trung ương)" for name in found.found.central]
    lines += [f"cần lý do: {name}" for _unit, name in found.unconcerned]
    lines += [_twice(one) for one in found.twice]
    return asdict(found), lines or ["Sổ thẩm quyền không ghi cơ quan nào."]


def _why(actor: scope.Actor, consultation: UUID) -> Told:
    page = queries.grounds(actor, consultation)
    lines = [f"{one.unit_name}: {one.basis or one.reason or CONCERN_LABELS[one.concern]}" for one in page.rows]
    lines += [f"không được hỏi: {one.name} ({one.matter}; {one.basis})" for one in page.left_out]
    return asdict(page), lines + [_twice(one) for one in page.twice]


def _links(actor: scope.Actor, at: datetime) -> Told:
    rows = links.all_live(actor, at)
    lines = [
        f"{one.unit_name}: {one.title}; {LINK_LABELS[one.state].lower()}, đến {local_date(one.expires_at):%d/%m/%Y}, giao {one.given_to}"
        for one in rows
    ]
    return [asdict(one) for one in rows], lines or ["Không có liên kết nào chưa dùng."]


def _twice(one: queries.SameAsked) -> str:
    return f"{one.unit_name} đang được {one.lead_name} hỏi cùng việc từ {one.asked_on:%d/%m/%Y} ({one.asked_by}): {one.title}"
