"""`kycuong consult`: whom a matter concerns, why each body was asked, links of bodies outside the system, rules of consulting."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.calendar_changes import Decision
from kycuong.core.calendars import local_date
from kycuong.core.concerns import CONCERN_LABELS
from kycuong.core.consultation_rules import Ruling
from kycuong.core.consultations import SILENCE_LABELS, Silence
from kycuong.core.errors import Fact
from kycuong.core.links import LINK_LABELS
from kycuong.queries import clocks, scope
from kycuong.queries import consultations as queries
from kycuong.queries.consultations import links
from kycuong.services import limits

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
    same = _verb(verbs, "alike", "List the earlier answers in which a body used the same words.")
    same.add_argument("opinion", type=UUID, help="the opinion, by the id of its duty")
    _verb(verbs, "links", "List the links that bodies outside the system may still use, with where each stands.")
    rules = _verb(
        verbs, "rules", "List the rules of consulting, or decide one from a file; without --apply only preview it."
    )
    rules.add_argument(
        "file", nargs="?", type=Path, help="JSON: code, silence, days, kinds, since, number, date, issuer, reason"
    )
    rules.add_argument("--apply", action="store_true", help="decide what the file says")
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
        verb = {"who": _who, "why": _why, "rules": _rules, "links": _links, "alike": _alike}[options.verb]
        told, lines = verb(actor, options, at)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"Không đọc được tệp: {wrong}", file=sys.stderr)
        return 2
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


def _why(actor: scope.Actor, options: argparse.Namespace, at: datetime) -> Told:
    page = queries.grounds(actor, options.consultation)
    lines = [f"{one.unit_name}: {one.basis or one.reason or CONCERN_LABELS[one.concern]}" for one in page.rows]
    lines += [f"không được hỏi: {one.name} ({one.matter}; {one.basis})" for one in page.left_out]
    return asdict(page), lines + [_twice(one) for one in page.twice]


def _links(actor: scope.Actor, _options: argparse.Namespace, at: datetime) -> Told:
    rows = links.all_live(actor, at)
    lines = [
        f"{one.unit_name}: {one.title}; {LINK_LABELS[one.state].lower()}, đến {local_date(one.expires_at):%d/%m/%Y}, giao {one.given_to}"
        for one in rows
    ]
    return [asdict(one) for one in rows], lines or ["Không có liên kết nào chưa dùng."]


def _rules(actor: scope.Actor, options: argparse.Namespace, at: datetime) -> Told:
    """List the rules, preview the one of a file, or decide it."""
    if options.file is None:
        cards = queries.rule_cards(at)
        lines = [
            f"{card.code}: {SILENCE_LABELS[Silence(card.now.silence)]}; {card.now.least_days}–{card.now.most_days} ngày làm việc; "
            f"{card.now.document}"
            for card in cards
        ]
        return [asdict(card) for card in cards], lines
    said = json.loads(options.file.read_text("utf-8"))
    days = {name: int(said[name]) for name in ("least_days", "usual_days", "most_days", "return_days")}
    since, kinds = date.fromisoformat(said["since"]), frozenset(map(str, said.get("kinds", ())))
    ruling = Ruling(code=str(said["code"]), silence=Silence(said["silence"]), kinds=kinds, in_force_from=since, **days)
    decision = Decision(str(said["number"]), date.fromisoformat(said["date"]), str(said["issuer"]))
    given: dict[str, Any] = {"ruling": ruling, "decision": decision, "reason": str(said.get("reason", "")),
                             "article": str(said.get("article", ""))}  # fmt: skip
    if options.apply:
        row = limits.change_consultation_rule(actor=actor, at=at, **given)
        return {"code": row.code, "from": f"{row.in_force_from}"}, [
            f"{row.name}: áp dụng từ {row.in_force_from:%d/%m/%Y}."
        ]
    limits.check_consultation_rule(actor=actor, at=at, **given)
    shown = queries.preview_rule(ruling, at)
    lines = [f"{what}: {old} → {new}" for what, old, new in shown.changes]
    lines += [f"{one.count}: {one.before} → {one.after}" for one in shown.silences]
    return asdict(shown), [*lines, f"{shown.still_open} việc lấy ý kiến chưa kết thúc giữ nguyên quy định lúc hỏi."]


def _alike(actor: scope.Actor, options: argparse.Namespace, _at: datetime) -> Told:
    rows = queries.alike(actor, options.opinion)
    lines = [
        f"{one.said_on:%d/%m/%Y} {one.letter}: {one.title} ({'giống toàn bộ' if one.whole else f'giống {one.same} đoạn'})"
        for one in rows
    ]
    return [asdict(one) for one in rows], lines or ["Không có câu trả lời nào giống."]


def _twice(one: queries.SameAsked) -> str:
    return f"{one.unit_name} đang được {one.lead_name} hỏi cùng việc từ {one.asked_on:%d/%m/%Y} ({one.asked_by}): {one.title}"
