"""`kycuong competence ask|list|import`: who is competent for what, the rows of the registry, a table taken in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact, Invalid
from kycuong.core.imports import parse_day
from kycuong.queries import clocks
from kycuong.queries import competences as queries
from kycuong.queries.competences import matters


def parser() -> argparse.ArgumentParser:
    """Return the parser of the verb."""
    made = argparse.ArgumentParser(prog="kycuong competence", description=__doc__)
    acts = made.add_subparsers(dest="act", required=True)
    ask = acts.add_parser("ask", help="say who is competent, or with --post whether a post may sign")
    ask.add_argument("matter", help="code, name or words of the matter")
    ask.add_argument("--place", default="", metavar="CODE", help="the commune, by code or name")
    ask.add_argument("--amount", default="", help="the amount in đồng: 15 tỷ, 500 triệu, 1200000000")
    ask.add_argument("--on", default="", metavar="DAY", help="the day, today when left out")
    ask.add_argument("--post", default="", metavar="CODE", help="the post that would sign")
    listed = acts.add_parser("list", help="list the rows in force or to come")
    listed.add_argument("--matter", default="", metavar="CODE", help="only what lies within this matter")
    listed.add_argument("--on", default="", metavar="DAY", help="as of this day, today when left out")
    listed.add_argument("--all", action="store_true", help="what has ended too")
    for one in (ask, listed):
        one.add_argument("--json", action="store_true", help="print JSON")
    acts.add_parser("import", help="look at a table and apply it: the options of `kycuong import`", add_help=False)
    return made


def main(argv: list[str]) -> int:
    """Ask, list or take in; exit 1 when refused, when nobody is competent, or when the post may not sign."""
    if argv[:1] == ["import"]:
        from kycuong.cli import imports

        return imports.main(["competence", *argv[1:]])
    options = parser().parse_args(argv)
    today = local_date(clocks.now(datetime.now(UTC)))
    try:
        on = parse_day(options.on) if options.on else today
        return _ask(options, on) if options.act == "ask" else _list(options, on)
    except Fact as refusal:
        said = {"refused": refusal.code, "message": str(refusal)}
        print(json.dumps(said, ensure_ascii=False) if options.json else said["message"], file=sys.stderr)
        return 1


def _ask(options: argparse.Namespace, on: date) -> int:
    chosen, perhaps = matters.choose(options.matter)
    if chosen is None:
        raise Invalid("matter_many", text=options.matter, labels="; ".join(one.label for one in perhaps[:8]))
    commune = queries.territory_of(options.place, on)
    question = law.Question(chosen.code, on, commune.pk if commune else None, amounts.parse(options.amount))
    answer = queries.ask(question, named=True)
    found: dict[str, Any] = {
        "matter": chosen.code, "name": chosen.name, "on": f"{on}", "doubtful": answer.doubtful,
        "competent": [_holder(one) for one in answer.holders],
        "near": [_row(one) | {"why": why} for one, why in answer.misses],
    }  # fmt: skip
    good = bool(answer.holders)
    if options.post:
        signing = queries.may_sign(queries.post_of(options.post), question)
        good = signing.verdict.allowed
        basis = [one.basis for one in signing.rests_on]
        found["signing"] = {"allowed": good, "code": signing.verdict.code, "said": signing.verdict.said, "basis": basis}
    print(json.dumps(found, ensure_ascii=False) if options.json else "\n".join(_told(found)))
    return 0 if good else 1


def _holder(one: queries.Holder) -> dict[str, Any]:
    chain = [{"holder": row.holder, "kind": row.kind, "basis": row.basis} for row in one.chain]
    return _row(one.entry) | {"officer": one.officer, "chain": chain}


def _row(one: queries.Entry) -> dict[str, Any]:
    return {
        "code": one.code, "matter": one.matter, "holder": one.holder, "level": one.level, "kind": one.kind,
        "territory": one.place, "above_vnd": one.above_vnd, "ceiling_vnd": one.ceiling_vnd, "source": one.source_code,
        "basis": one.basis, "valid_from": f"{one.valid_from}", "valid_until": f"{one.valid_until or ''}",
    }  # fmt: skip


def _told(found: dict[str, Any]) -> Iterable[str]:
    yield f"{found['matter']} · {found['name']}, ngày {date.fromisoformat(found['on']):%d/%m/%Y}"
    for one in found["competent"]:
        who = f"{one['holder']} ({one['officer']})" if one["officer"] else one["holder"]
        yield f"  {who}: {law.KIND_WORDS[law.Kind(one['kind'])]}; {one['basis']}"
        if len(one["chain"]) > 1:
            yield "    giao: " + " → ".join(row["holder"] for row in one["chain"])
    if found["doubtful"]:
        yield "  Sổ ghi hai nơi cùng có thẩm quyền; báo Sở Nội vụ xác định lại."
    if not found["competent"]:
        yield "  Chưa có nơi nào phù hợp trong sổ."
        yield from (f"  {one['holder']}: {one['why']}" for one in found["near"])
    if "signing" in found:
        yield f"  {found['signing']['said']}"


def _list(options: argparse.Namespace, on: date) -> int:
    rows = queries.listed(on=None if options.all else on, matter=options.matter.upper())
    if options.json:
        print(json.dumps([_row(one) for one in rows], ensure_ascii=False))
        return 0
    for one in rows:
        where = "; ".join(part for part in (one.place, one.band) if part)
        print(f"{one.code}  {one.matter}  {one.holder}{f' ({where})' if where else ''}  {one.basis}")
    return 0
