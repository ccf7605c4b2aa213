"""`kycuong accountability --by LOGIN`: the heads whose units are late time after time, the cases, and the joint submission."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.accountability import STATE_LABELS
from kycuong.core.errors import Fact
from kycuong.queries import accountability as queries
from kycuong.queries import clocks, scope
from kycuong.services import accountability


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong accountability", description=__doc__)
    out.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who looks")
    out.add_argument("--case", type=UUID, metavar="CASE", help="show one case with its tasks instead of the list")
    out.add_argument("--print", choices=["docx", "pdf"], dest="form", help="with --case: write the joint submission")
    out.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here)")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        who = scope.actor_of(options.by, at)
        if options.case is None:
            told, lines = _listed(who, at)
        elif options.form:
            paper = accountability.write(actor=who, at=at, case=options.case, form=options.form)
            (options.to / paper.name).write_bytes(paper.data)
            told, lines = {"file": str(options.to / paper.name)}, [str(options.to / paper.name)]
        else:
            told, lines = _case(who, options.case, at)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return 0


def _listed(who: scope.Actor, at: datetime) -> tuple[Any, list[str]]:
    ruled, signals, cases = queries.rule(), queries.signals(who, at), queries.cases(who)
    told = {
        "rule": {"times": ruled.times, "months": ruled.months, "document": ruled.document, "verified": ruled.verified},
        "signals": [
            {"unit": one.unit_id, "name": one.unit_name, "head": one.head_name, "since": one.since, "late": one.late,
             "case": one.case_id}
            for one in signals
        ],
        "cases": [
            {"id": one.public_id, "name": one.unit_name, "head": one.head_name, "state": one.state, "late": one.late,
             "opened_at": one.opened_at.isoformat()}
            for one in cases
        ],
    }  # fmt: skip
    lines = [f"Từ {ruled.times} nhiệm vụ chậm trong {ruled.months} tháng: dấu hiệu cần rà soát, không phải kết luận."]
    lines += [f"{one.late:>4}  {one.head_name}, {one.unit_name}, từ {one.since:%d/%m/%Y}" for one in signals]
    lines += [f"{one.public_id}  {STATE_LABELS[one.state]}: {one.head_name}, {one.unit_name}" for one in cases]
    return told, lines


def _case(who: scope.Actor, case: UUID, at: datetime) -> tuple[Any, list[str]]:
    page = queries.case(who, case, at)
    row = page.row
    told = {
        "id": row.public_id, "name": row.unit_name, "head": row.head_name, "state": row.state, "since": page.since,
        "late": row.late, "counted": page.counted, "explanation": page.explanation_id, "answer": page.answer,
        "office": page.office_by, "home_affairs": page.home_by, "decision": page.decision_id, "document": page.code,
        "tasks": [{"duty": one.row.public_id, "title": one.row.title, "cause": one.cause} for one in page.items],
    }  # fmt: skip
    lines = [
        f"{row.head_name}, {row.unit_name}: {STATE_LABELS[row.state]}",
        f"{row.late} nhiệm vụ chậm từ {page.since:%d/%m/%Y}, còn {page.counted} sau khi trừ nguyên nhân khách quan",
        *(f"- {one.row.title}" for one in page.items),
    ]
    return told, lines
