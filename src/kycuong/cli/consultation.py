"""`kycuong consultation`: whom a matter concerns, consultations and their opinions, dissents, voting slips, links and rules."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
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
from kycuong.core.dissents import STANDING_LABELS
from kycuong.core.errors import Fact, Invalid
from kycuong.core.links import LINK_LABELS
from kycuong.core.voting import CHOICE_LABELS, RESULT_LABELS, Choice
from kycuong.queries import clocks, org, scope
from kycuong.queries import consultations as queries
from kycuong.queries import voting as slips
from kycuong.queries.consultations import links
from kycuong.services import consultations, limits, voting

Told = tuple[Any, Iterable[str]]


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong consultation", description=__doc__)
    verbs = out.add_subparsers(dest="verb", required=True)
    _add_asking(verbs)
    _add_answers(verbs)
    _add_slips(verbs)
    _add_rules(verbs)
    return out


def _add_asking(verbs: Any) -> None:
    who = _verb(verbs, "who", "Name the competent bodies of some matters, to be asked.")
    who.add_argument("matter", nargs="+", help="code, name or words of a matter")
    who.add_argument("--place", default="", metavar="CODE", help="the commune, by code or name")
    who.add_argument("--unit", type=UUID, nargs="*", default=[], metavar="UNIT", help="the bodies chosen so far")
    _verb(verbs, "list", "List what waits for one's unit and what one conducts, newest first.")
    show = _verb(verbs, "show", "Show a consultation: where each body stands, what is still owed.")
    show.add_argument("id", type=UUID, metavar="ID", help="the consultation")
    why = _verb(verbs, "why", "Say why each body of a consultation was asked, who was left out, who asks the same.")
    why.add_argument("id", type=UUID, metavar="ID", help="the consultation")


def _add_answers(verbs: Any) -> None:
    assign = _verb(verbs, "assign", "Give an opinion to somebody in the unit to prepare; without --to list the desks.")
    assign.add_argument("id", type=UUID, metavar="ID", help="the opinion, as the list names it")
    assign.add_argument("--to", default="", metavar="DESK", help="the desk, as the list of desks names it")
    assign.add_argument("--note", default="", metavar="WORDS", help="what the head has noted")
    same = _verb(verbs, "alike", "List the earlier answers in which a body used the same words.")
    same.add_argument("id", type=UUID, metavar="ID", help="the opinion, by the id of its duty")
    _verb(verbs, "links", "List the links that bodies outside the system may still use, with where each stands.")
    _verb(verbs, "dissents", "List what two bodies do not agree on in a main point, the oldest first.")
    minutes = _verb(verbs, "minutes", "Write the minutes of the meeting of two heads, the number blank.")
    minutes.add_argument("id", type=UUID, metavar="ID", help="the opinion, as the list of dissents names it")
    _written_to(minutes)


def _add_slips(verbs: Any) -> None:
    _verb(verbs, "votings", "List one's own slips and the rounds that one conducts, newest first.")
    count = _verb(verbs, "count", "Show a round of slips with its count.")
    count.add_argument("id", type=UUID, metavar="ID", help="the round")
    tally = _verb(verbs, "tally", "Write the tally of a round, the number blank.")
    tally.add_argument("id", type=UUID, metavar="ID", help="the round")
    _written_to(tally)


def _add_rules(verbs: Any) -> None:
    rules = _verb(
        verbs, "rules", "List the rules of consulting, or decide one from a file; without --apply only preview it."
    )
    rules.add_argument(
        "file", nargs="?", type=Path, help="JSON: code, silence, days, kinds, since, number, date, issuer, reason"
    )
    rules.add_argument("--apply", action="store_true", help="decide what the file says")


def _verb(verbs: Any, name: str, meaning: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=meaning)
    made.add_argument("--by", required=True, metavar="LOGIN", help="sign-in name of who looks")
    made.add_argument("--json", action="store_true", help="print JSON")
    return made


def _written_to(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here)")
    verb.add_argument("--form", default="docx", choices=["docx", "pdf"], help="docx (the default) or pdf")


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        told, lines = _DO[options.verb](options, scope.actor_of(options.by, at), at)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        if options.verb != "rules":
            raise
        print(f"Không đọc được tệp: {wrong}", file=sys.stderr)
        return 2
    except Fact as refusal:
        said = {"refused": refusal.code, "message": str(refusal)}
        print(json.dumps(said, ensure_ascii=False) if options.json else said["message"], file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, default=str) if options.json else "\n".join(lines))
    return 0


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


def _assign(options: argparse.Namespace, actor: scope.Actor, at: datetime) -> Told:
    """List the desks of the unit, or give the opinion to one of them."""
    desks = {one.value: one for one in org.desks(actor, options.id, at)}
    if not options.to:
        return [asdict(one) for one in desks.values()], [
            f"{one.value}  {one.label} ({one.unit_name})" for one in desks.values()
        ]
    if options.to not in desks:
        raise Invalid("desk_unknown")
    consultations.assign_opinion(actor=actor, at=at, duty=options.id, desk=options.to, note=options.note)
    return {"duty": options.id, "desk": options.to}, [f"Đã giao: {desks[options.to].label}."]


def _who(options: argparse.Namespace, actor: scope.Actor, at: datetime) -> Told:
    found = queries.before(actor, at, units=options.unit, typed=options.matter, place=options.place, about=None)
    lines = [f"{one.name}: {one.matter}; {one.basis}" for one in found.found.rows]
    lines += [f"{one.name} tự quyết: {one.matter}; {one.basis}" for one in found.found.own]
    lines += [f"{name} (cơ quan trung ương)" for name in found.found.central]
    lines += [f"cần lý do: {name}" for _unit, name in found.unconcerned]
    lines += [_twice(one) for one in found.twice]
    return asdict(found), lines or ["Sổ thẩm quyền không ghi cơ quan nào."]


def _why(options: argparse.Namespace, actor: scope.Actor, at: datetime) -> Told:
    page = queries.grounds(actor, options.id)
    lines = [f"{one.unit_name}: {one.basis or one.reason or CONCERN_LABELS[one.concern]}" for one in page.rows]
    lines += [f"không được hỏi: {one.name} ({one.matter}; {one.basis})" for one in page.left_out]
    return asdict(page), lines + [_twice(one) for one in page.twice]


def _links(_options: argparse.Namespace, actor: scope.Actor, at: datetime) -> Told:
    rows = links.all_live(actor, at)
    lines = [
        f"{one.unit_name}: {one.title}; {LINK_LABELS[one.state].lower()}, đến {local_date(one.expires_at):%d/%m/%Y}, giao {one.given_to}"
        for one in rows
    ]
    return [asdict(one) for one in rows], lines or ["Không có liên kết nào chưa dùng."]


def _rules(options: argparse.Namespace, actor: scope.Actor, at: datetime) -> Told:
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
    ruling = Ruling(code=str(said["code"]), silence=Silence(said["silence"]), kinds=kinds, in_force_from=since,
                    casting=bool(said.get("casting", True)), **days)  # fmt: skip
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


def _alike(options: argparse.Namespace, actor: scope.Actor, _at: datetime) -> Told:
    rows = queries.alike(actor, options.id)
    lines = [
        f"{one.said_on:%d/%m/%Y} {one.letter}: {one.title} ({'giống toàn bộ' if one.whole else f'giống {one.same} đoạn'})"
        for one in rows
    ]
    return [asdict(one) for one in rows], lines or ["Không có câu trả lời nào giống."]


def _twice(one: queries.SameAsked) -> str:
    return f"{one.unit_name} đang được {one.lead_name} hỏi cùng việc từ {one.asked_on:%d/%m/%Y} ({one.asked_by}): {one.title}"


_DO: dict[str, Callable[[argparse.Namespace, scope.Actor, datetime], Told]] = {
    "who": _who, "list": _list, "show": _show, "why": _why, "assign": _assign, "alike": _alike, "links": _links,
    "dissents": _dissents, "minutes": _minutes, "votings": _votings, "count": _count, "tally": _tally, "rules": _rules,
}  # fmt: skip
