"""`kycuong consultation`: consultations, open dissents and voting slips as a person sees them; minutes and tallies printed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.dissents import STANDING_LABELS
from kycuong.core.errors import Fact
from kycuong.core.voting import CHOICE_LABELS, RESULT_LABELS, Choice
from kycuong.queries import clocks, scope
from kycuong.queries import consultations as queries
from kycuong.queries import voting as slips
from kycuong.services import consultations, voting


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong consultation", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    _verb(verbs, "list", "List what waits for one's unit and what one conducts, newest first.")
    show = _verb(verbs, "show", "Show a consultation: where each body stands, what is still owed.")
    show.add_argument("id", type=UUID, metavar="ID", help="the consultation")
    _verb(verbs, "dissents", "List what two bodies do not agree on in a main point, the oldest first.")
    minutes = _verb(verbs, "minutes", "Write the minutes of the meeting of two heads, the number blank.")
    minutes.add_argument("id", type=UUID, metavar="ID", help="the opinion, as the list of dissents names it")
    _verb(verbs, "votings", "List one's own slips and the rounds that one conducts, newest first.")
    count = _verb(verbs, "count", "Show a round of slips with its count.")
    count.add_argument("id", type=UUID, metavar="ID", help="the round")
    tally = _verb(verbs, "tally", "Write the tally of a round, the number blank.")
    tally.add_argument("id", type=UUID, metavar="ID", help="the round")
    for one in (minutes, tally):
        one.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here)")
        one.add_argument("--form", default="docx", choices=["docx", "pdf"], help="docx (the default) or pdf")
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
        told, lines = _DO[options.verb](options, scope.actor_of(options.by, at), at)
    except Fact as refusal:
        said = {"refused": refusal.code, "message": str(refusal)}
        print(json.dumps(said, ensure_ascii=False) if options.json else said["message"], file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return 0


Told = tuple[Any, Iterable[str]]


def _list(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    page = queries.consultations(who, at)
    lines = [f"{one.duty}  {one.title}: {one.lead_name} hỏi" for one in page.asked_of_us]
    lines += [f"{one.public_id}  {one.title}: đã trả lời {one.answered}/{one.asked}" for one in page.rows]
    return asdict(page), lines or ["Chưa có việc lấy ý kiến nào."]


def _show(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    page = queries.consultation(who, options.id, at)
    lines = [page.title, *(f"  {one.unit_name}: {one.outcome or 'dropped'}" for one in page.bodies)]
    return asdict(page), lines + [f"  còn thiếu: {one}" for one in page.owed]


def _dissents(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    page = queries.docket(who, at)
    lines = [
        f"{one.duty}  {one.title}: {one.lead_name}, {one.unit_name}, điểm {one.points}; {STANDING_LABELS[one.standing]}"
        for one in page.rows
    ]
    return asdict(page), lines or ["Không còn ý kiến khác nhau nào ở nội dung chính."]


def _minutes(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    paper = consultations.write_minutes(actor=who, at=at, duty=options.id, form=options.form)
    return _written(options, paper.name, paper.data)


def _votings(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    page = slips.votings(who)
    lines = [f"{one.duty}  {one.title}: hạn {one.last_on:%d/%m/%Y}" for one in page.mine]
    lines += [
        f"{one.public_id}  {one.title}: {one.voted}/{one.members}; {RESULT_LABELS[one.result]}" for one in page.rows
    ]
    return asdict(page), lines or ["Chưa có lần lấy phiếu nào."]


def _count(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    page = slips.voting(who, options.id, at)
    lines = [f"{page.title}: {RESULT_LABELS[page.count.result]}"]
    for one in page.slips:
        said = CHOICE_LABELS[Choice(one.present.choice)] if one.present else "Chưa gửi phiếu"
        lines.append(f"  {one.name}, {one.title}: {said}")
    return asdict(page), lines


def _tally(options: argparse.Namespace, who: scope.Actor, at: datetime) -> Told:
    paper = voting.write_tally(actor=who, at=at, voting=options.id, form=options.form)
    return _written(options, paper.name, paper.data)


def _written(options: argparse.Namespace, name: str, data: bytes) -> Told:
    place = options.to / name
    place.write_bytes(data)
    return {"file": str(place)}, [str(place)]


_DO: dict[str, Callable[[argparse.Namespace, scope.Actor, datetime], Told]] = {
    "list": _list, "show": _show, "dissents": _dissents, "minutes": _minutes, "votings": _votings, "count": _count,
    "tally": _tally,
}  # fmt: skip
