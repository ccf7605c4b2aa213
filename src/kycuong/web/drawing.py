"""Draw whole what a page repeats by the dozen: choices of a field, lines of a list of duties, lines of the board.

Piece by piece, from a template, each takes ten times as long. Everything that is not written here is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kycuong.core.calendars import local_date
from kycuong.queries.board import Filter, UnitLine
from kycuong.queries.duties import DutyRow
from kycuong.web import board_address, chase_words, words
from kycuong.web.addresses import pieces
from kycuong.web.board_page import Cell, Row
from kycuong.web.board_page import row as board_row


@lru_cache(maxsize=64)
def icon(name: str) -> str:
    """Return an icon of the page's sprite, unseen by screen readers."""
    return f'<svg class="icon" aria-hidden="true"><use href="#i-{escape(name)}"></use></svg>'


#: A list of so many choices is that of the units: drawn once for as long as it says the same.
_LONG = 40


def options(choices: Iterable[tuple[object, object]], chosen: object = None) -> SafeString:
    """Return the choices of a field, the chosen one marked."""
    some = tuple(choices)
    return _long_options(some, chosen) if len(some) > _LONG else _options(some, chosen)


@lru_cache(maxsize=32)
def _long_options(choices: tuple[tuple[object, object], ...], chosen: object) -> SafeString:
    return _options(choices, chosen)


def _options(choices: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    return SafeString(
        "".join(
            f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>{escape(str(name))}</option>'
            for value, name in choices
        )
    )


def state(row: DutyRow) -> str:
    """Return a duty's state: word, icon and colour."""
    code = escape(row.state)
    return f'<span class="state state-{code}">{icon(row.state)} {escape(words.state(row))}</span>'


#: What was drawn of a state and its day, by all that it says: the lines of a list say few different things.
_DRAWN: dict[tuple[object, ...], str] = {}
_DRAWN_KEPT = 4096


def due(row: DutyRow, at: datetime) -> str:
    """Return a duty's state and, below it, its due day in words."""
    says = (get_language(), row.state, row.days, row.last_date, local_date(at), row.kind, row.outcome, row.waits_for)
    drawn = _DRAWN.get(says)
    if drawn is None:
        said = words.due(row, at)
        drawn = f'{state(row)}<span class="when">{escape(said)}</span>' if said else state(row)
        if len(_DRAWN) >= _DRAWN_KEPT:
            _DRAWN.clear()
        _DRAWN[says] = drawn
    return drawn


def moved(row: DutyRow, at: datetime) -> str:
    """Return, below a due date that has moved, the original one and the extensions that were given."""
    said = words.moved(row, at)
    return f'<span class="when">{escape(said)}</span>' if said else ""


def flags(row: DutyRow) -> str:
    """Return what hangs on a duty beside its state."""
    return " ".join(_flag(flag) for flag in words.flags(row))


def _flag(said: str) -> str:
    return f'<span class="flag">{escape(said)}</span>'


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the lines of one list share: the instant, the pieces of addresses, labels."""

    at: datetime
    duty: tuple[str, ...]
    document: tuple[str, ...]
    source: str
    desk: str
    point: str
    since: str
    choose: str = ""  # how the mark of a line that may be urged is read aloud; "": none is marked


def _pieces(name: str) -> tuple[str, ...]:
    return tuple(escape(piece) for piece in pieces(name))


def duty_lines(
    rows: Iterable[DutyRow], at: datetime, with_unit: object, with_desk: object, select: object = ""
) -> SafeString:
    """Return the lines of a list of duties, with the unit, the desk and a mark to urge by where they are asked for."""
    shared = _Shared(
        at, _pieces("duty"), _pieces("document"), escape(_("Từ văn bản")), escape(_("Đang ở bàn")), _("điểm %(path)s"),
        _("từ %(since)s"), _("Chọn: %(title)s") if select else "",
    )  # fmt: skip
    return SafeString("".join([_duty_line(row, shared, bool(with_unit), bool(with_desk)) for row in rows]))


def _duty_line(row: DutyRow, shared: _Shared, with_unit: bool, with_desk: bool) -> str:
    before, after = shared.duty
    return f"""<tr data-row>
  <th scope="row" class="title">{_pick(row, shared)}
    <a href="{before}{row.public_id}{after}"><span class="clip">{escape(row.title)}</span></a>
    {_marks(row)}</th>
  <td class="due">{due(row, shared.at)}{moved(row, shared.at)}</td>
  {f"<td>{escape(row.unit_name)}</td>" if with_unit else ""}
  {_desk(row, shared) if with_desk else ""}
  <td data-label="{shared.source}" class="nowrap">{_source(row, shared)}</td>
</tr>"""


def _pick(row: DutyRow, shared: _Shared) -> str:
    """Return the mark by which a line is chosen to be urged."""
    if not (shared.choose and chase_words.may_be_urged(row)):
        return ""
    said = escape(shared.choose % {"title": row.title})
    box = f'<input type="checkbox" name="duty" value="{row.public_id}">'
    return f'<label class="pick">{box}<span class="visually-hidden">{said}</span></label>'


def _marks(row: DutyRow) -> str:
    """Return what a line says of its duty beside the title."""
    found = []
    if row.kind == "confirmation":
        unit = row.about_unit
        found.append(_flag(_("Xác nhận kết quả của %(unit)s") % {"unit": unit} if unit else _("Xác nhận kết quả")))
    if row.kind == "explanation":
        found.append(_flag(_("Giải trình")))
    found.append(flags(row))
    if row.is_key:
        found.append(_flag(_("Trọng tâm")))
    if row.attempt_waiting:
        found.append(_flag(_("Chờ duyệt")))
    if row.attempt > 1:
        found.append(_flag(_("Lần gửi thứ %(n)s") % {"n": row.attempt}))
    return "".join(found)


def _desk(row: DutyRow, shared: _Shared) -> str:
    if row.waits_for:
        who, more = row.waits_for, escape(_("chờ xác nhận"))
    else:
        since = shared.since % {"since": words.local_day(row.since_at)} if row.since_at else ""
        who, more = row.desk_name, escape(row.desk_title) + (f" · {escape(since)}" if since else "")
    return f'<td class="desk" data-label="{shared.desk}">{escape(who)}<span class="when">{more}</span></td>'


def _source(row: DutyRow, shared: _Shared) -> str:
    if not row.document_id:
        return ""
    before, after = shared.document
    link = f'<a href="{before}{row.document_id}{after}">{escape(row.document_code)}</a>'
    return f'{link} <span class="text-muted">{escape(shared.point % {"path": row.path})}</span>' if row.path else link


#: Lines of the board as drawn, by all that they say: between two looks few units have moved.
_LINES: dict[tuple[object, ...], str] = {}
_LINES_KEPT = 1024


def board_lines(total: Row, lines: Iterable[UnitLine], wanted: Filter) -> SafeString:
    """Return the lines of the board, the sum of all first."""
    where = (get_language(), board_address.figures(wanted))
    drawn = [_board_line(total, ' class="sum"')]
    for line in lines:
        figures = tuple(line.figures.items())
        says = (
            where,
            line.unit_id,
            line.name,
            line.ended,
            figures,
            line.counted,
            line.late_share,
            line.on_time_share,
            line.late,
        )
        found = _LINES.get(says)
        if found is None:
            if len(_LINES) >= _LINES_KEPT:
                _LINES.clear()
            found = _LINES[says] = _board_line(board_row(line, wanted), " data-row")
        drawn.append(found)
    return SafeString("".join(drawn))


def _board_line(row: Row, look: str) -> str:
    late, on_time = escape(_("Tỷ lệ quá hạn")), escape(_("Tỷ lệ đúng hạn"))
    heads = [escape(_("Ngày quá hạn, %(head)s") % {"head": head}) for head, _said in row.days]
    name = f'<a href="{escape(row.href)}">{escape(row.name)}</a>' if row.href else escape(row.name)
    ended = " " + _flag(_("Đã sắp xếp")) if row.ended else ""
    asked = "".join(
        f' <a class="flag" href="{escape(cell.href)}">{cell.n} {escape(cell.label)}</a>' for cell in row.flags
    )
    states = "".join(_figure(cell, f"is-{cell.name}" if cell.n else "nil") + "\n" for cell in row.states)
    days = "".join(
        f'<td class="num" data-label="{head}">{escape(said)}</td>'
        for head, (_head, said) in zip(heads, row.days, strict=True)
    )
    return (
        f'<tr{look}><th scope="row" class="title">{name}{ended}{asked}</th>\n{_figure(row.whole, None)}\n{states}'
        f'<td class="num" data-label="{late}">{row.late_share}</td><td class="num" data-label="{on_time}">{row.on_time_share}</td>\n'
        f"{days}\n{_figure(row.apart, '' if row.apart.n else 'nil')}</tr>\n"
    )


def _figure(cell: Cell, look: str | None) -> str:
    """Return a cell with its figure, which opens its rows."""
    n = f'<a href="{escape(cell.href)}">{cell.n}</a>' if cell.n else "0"
    kind = "num" if look is None else f"num {look}"
    return f'<td class="{kind}" data-label="{escape(cell.label)}">{n}</td>'
