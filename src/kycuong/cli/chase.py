"""`kycuong chase`: who is late, the letters that urge them, the signed paper taken back; by the same rules as the pages."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.cli._days import day
from kycuong.core.chasing import label_of
from kycuong.core.errors import Fact, Invalid
from kycuong.queries import chasing as queries
from kycuong.queries import clocks, org, scope
from kycuong.services import chasing
from kycuong.services.tasks.papers import Signed


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong chase", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    whom = _verb(verbs, "whom", "List the units with late tasks, and the step that comes next.")
    whom.add_argument("--near", action="store_true", help="also what is about to be late")
    draft = _verb(verbs, "draft", "Draft one letter a unit and step about everything that is late of the units.")
    draft.add_argument("--unit", action="append", required=True, metavar="CODE", help="code of a unit; may be repeated")
    draft.add_argument("--reply-on", type=day, metavar="DATE", help="until when an answer is asked")
    letters = _verb(verbs, "letters", "List the letters, newest first.")
    letters.add_argument("--state", default="", choices=["draft", "taken", "cancelled"], help="only these")
    paper = _verb(verbs, "print", "Write a letter as DOCX or PDF, its number blank.")
    paper.add_argument("letter", type=UUID, metavar="LETTER", help="the letter")
    paper.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here)")
    paper.add_argument("--form", default="docx", choices=["docx", "pdf"], help="docx (the default) or pdf")
    record = _verb(verbs, "record", "Attach the signed paper: only then the step counts and the unit is told.")
    record.add_argument("letter", type=UUID, metavar="LETTER", help="the letter")
    record.add_argument("file", type=Path, metavar="FILE", help="the signed paper")
    for name, meaning in (("number", "its number"), ("symbol", "its symbol"), ("signer", "who signed")):
        record.add_argument(f"--{name}", default="", help=f"{meaning}, where the paper cannot be read")
    record.add_argument("--signed-on", type=day, metavar="DATE", help="when it was signed")
    cancel = _verb(verbs, "cancel", "Cancel a draft.")
    cancel.add_argument("letter", type=UUID, metavar="LETTER", help="the letter")
    return out


def _verb(verbs: Any, name: str, meaning: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=meaning)
    made.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who acts")
    made.add_argument("--json", action="store_true", help="print JSON")
    return made


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        told, lines = _DO[options.verb](options, scope.actor_of(options.by, at), at)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return 0


Told = tuple[Any, list[str]]


def _whom(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    page, told, lines = queries.whom(who, at, near=options.near), [], []
    while True:
        for one in page.units:
            steps = sorted({line.step for line in one.lines}, key=lambda step: step.rank)
            told.append(
                {"unit": one.public_id, "name": one.name, "overdue": one.overdue, "near": one.near, "steps": steps}
            )
            named = ", ".join(label_of(step, is_request=one.is_request) for step in steps)
            lines.append(f"{one.name}: {one.overdue} quá hạn, {one.near} sắp đến hạn · {named}")
        if page.next_page is None:
            return told, lines or ["Không có nhiệm vụ nào quá hạn."]
        page = queries.whom(who, at, near=options.near, page=page.next_page)


def _draft(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    units = [org.public_id_of(_unit(code)) for code in options.unit]
    duties = queries.marked(who, at, [], units)
    made = chasing.draft(actor=who, at=at, duties=duties, reply_on=options.reply_on)
    return asdict(made), [str(letter) for letter in made.letters]


def _unit(code: str) -> int:
    found = org.unit_id_of(code)
    if found is None:
        raise Invalid("unit_unknown", text=code)
    return found


def _letters(options: argparse.Namespace, who: scope.Actor, _at: datetime) -> Told:
    rows, after = [], None
    while True:
        page = queries.letters(who, state=options.state, after=after)
        rows += page.rows
        after = page.next_key
        if after is None:
            break
    lines = [
        f"{row.public_id}  {label_of(row.step, is_request=row.is_request)}  {row.unit_name}  {row.code or row.state}"
        for row in rows
    ]
    return [asdict(row) for row in rows], lines or ["Chưa có văn bản nào."]


def _print(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    paper = chasing.write(actor=who, at=at, letter=options.letter, form=options.form)
    place = options.to / paper.name
    try:
        place.write_bytes(paper.data)
    except OSError as error:
        raise Invalid("folder_unwritable", folder=options.to, why=error.strerror) from error
    return {"file": place}, [str(place)]


def _record(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise Invalid("file_unopened", name=options.file, why=error.strerror) from error
    typed = Signed(options.number, options.symbol, options.signed_on, options.signer)
    counted, left = chasing.record(actor=who, at=at, letter=options.letter, file=(options.file.name, data), typed=typed)
    return {"counted": counted, "left": left}, [f"Tính cho {counted} nhiệm vụ; {left} nhiệm vụ đã có kết quả trước đó."]


def _cancel(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    chasing.cancel(actor=who, at=at, letter=options.letter)
    return {"cancelled": options.letter}, ["Đã hủy dự thảo."]


_DO: dict[str, Callable[[argparse.Namespace, scope.Actor, datetime], Told]] = {
    "whom": _whom, "draft": _draft, "letters": _letters, "print": _print, "record": _record, "cancel": _cancel,
}  # fmt: skip
