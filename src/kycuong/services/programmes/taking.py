"""Take lines from a table file or a pasted text: they are proposed, shown, and enter the programme when somebody says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core import programmes as law
from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.core.imports import find_headings
from kycuong.core.programme_table import LONGEST, TABLE
from kycuong.core.takeovers import secrecy_mark
from kycuong.models import ProgrammeLine
from kycuong.queries import scope
from kycuong.reader import read_text
from kycuong.reader.sheets import Sheet, read_book
from kycuong.services import files
from kycuong.services.programmes.drafting import record, to_change
from kycuong.services.programmes.lines import Maker, Typed, known_keys, save_new
from kycuong.services.workbooks.writing import Head, Page, Workbook, write

_NUMBERED = re.compile(r"^\s*(?:[-–•*+]|\(?\d{1,3}[.)]|[a-zđ][.)])\s*", re.IGNORECASE)
#: What a line says of itself behind a semicolon: the words in front of the colon, and the field they fill.
_NAMES = {
    "chu tri": "lead", "don vi chu tri": "lead", "co quan chu tri": "lead", "phong chu tri": "lead",
    "phoi hop": "participants", "don vi phoi hop": "participants", "co quan phoi hop": "participants",
    "thoi han": "term", "thoi gian": "term", "thoi gian hoan thanh": "term", "han hoan thanh": "term",
    "san pham": "product", "ket qua": "product",
}  # fmt: skip
_NAMED = re.compile(
    r"\s*[;,.(–-]\s*((?:(?:đơn vị|cơ quan|phòng) )?(?:chủ trì|phối hợp)|thời hạn|thời gian(?: hoàn thành)?|hạn hoàn thành"
    r"|sản phẩm|kết quả)\s*:\s*([^;]+)",
    re.IGNORECASE,
)
_FIELDS = ("text", "lead", "participants", "quarter", "term", "product")


def take_file(*, actor: scope.Actor, at: datetime, programme: UUID, file: tuple[str, bytes] | None) -> tuple[int, int]:
    """Propose the lines of a table file; return how many are new and how many the programme has already.

    Nothing of a file with a secret row is kept. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Invalid, Unreadable.
    """
    if file is None:
        raise Invalid("programme_file_missing")
    name, data = file
    files.check_size(data, name)
    rows = [row for sheet in read_book(data, name).sheets for row in _rows(sheet)]
    if not rows:
        raise Invalid("programme_file_unknown")
    return _propose(actor, at, programme, rows, "file")


def _rows(sheet: Sheet) -> Iterable[Typed]:
    lines = [(line.number, line.cells) for line in sheet.lines]
    heads = find_headings(TABLE, lines)
    if heads is None:
        return
    for number, cells in lines:
        if number <= heads.line:
            continue
        values = {code: cells[place] if place < len(cells) else "" for code, place in heads.places.items()}
        if mark := secrecy_mark({"text": values.get("text", ""), "secrecy": values.get("secrecy", "")}):
            raise Invalid("programme_file_secret", mark=mark)
        if values.get("text", "").strip():
            yield Typed(**{name: values.get(name, "") for name in _FIELDS})


def take_text(*, actor: scope.Actor, at: datetime, programme: UUID, text: str) -> tuple[int, int]:
    """Propose the lines of a pasted text: what the reader finds to be work, else each line of the text.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Invalid, Secret.
    """
    with transaction.atomic():
        year = to_change(actor, programme).year
    reading = read_text(text, issued=date(year, 1, 1))
    rows = [
        Typed(
            text=_NUMBERED.sub("", order.text), lead="; ".join(party.name for party in order.assignees[:1]),
            participants="; ".join(party.name for party in order.coordinating), term=order.deadline.text or "",
            product=order.product.value if order.product else "",
        )
        for order in reading.orders
    ]  # fmt: skip
    lines = [_NUMBERED.sub("", line).strip() for line in text.splitlines()]
    if not rows or len(rows) * 2 < len([line for line in lines if line]):
        rows = [Typed(text=line, term=line) for line in lines if line]
    if not rows:
        raise Invalid("programme_text_empty")
    return _propose(actor, at, programme, [_told_apart(row) for row in rows], "text")


def _told_apart(line: Typed) -> Typed:
    """Return a line with what it names itself ("…; chủ trì: …; sản phẩm: …") put where it belongs, and out of its text."""
    named = {_NAMES[words(found[1])]: found[2].strip(" .") for found in _NAMED.finditer(line.text)}
    text = _NAMED.sub("", line.text).strip(" ;,.")
    if not named or not text:
        return line
    term = text if line.term == line.text else line.term
    return replace(line, **{"text": text, "term": term, **named})


def _propose(actor: scope.Actor, at: datetime, programme: UUID, rows: list[Typed], source: str) -> tuple[int, int]:
    with transaction.atomic():
        row = to_change(actor, programme)
        keys = known_keys(row)
        if len(keys) + len(rows) > law.MOST_LINES:
            raise Invalid("programme_too_many", n=law.MOST_LINES)
        maker = Maker(row, actor, at)
        new, doubles = save_new(_proposed(maker, rows, source), keys)
        record(actor, at, "take_lines", row, source=source, new=new, known=doubles)
    return new, doubles


def _proposed(maker: Maker, rows: list[Typed], source: str) -> Iterable[ProgrammeLine]:
    for typed in rows:
        line = maker.line(typed, source)
        line.status = ProgrammeLine.Status.PROPOSED
        if source == "text":  # the whole line was looked through for a term: that it names none is no mistake
            line.problems = [one for one in line.problems if one[0] != "programme_term_unknown"]
            line.term_text = "" if line.term_text == line.text[: LONGEST["term"]] else line.term_text
        yield line


def template(*, actor: scope.Actor, at: datetime) -> Workbook:
    """Return the workbook to be filled in."""
    heads = [
        Head(column.heading, 40 if column.code == "text" else 20, column.note, (), column.needed)
        for column in TABLE.columns
    ]
    page = Page(TABLE.title, heads, [[column.example for column in TABLE.columns]])
    return Workbook("mau-chuong-trinh-cong-tac.xlsx", write([page], created=at))
