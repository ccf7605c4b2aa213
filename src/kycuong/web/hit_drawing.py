"""Draw whole the lines of what a search has found; everything that is not written here is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kycuong.queries.duties import DutyRow
from kycuong.queries.search import Hit
from kycuong.web import drawing, words
from kycuong.web.addresses import address


def lit(runs: Iterable[tuple[str, bool]]) -> str:
    """Return a text with the words that were looked for marked."""
    return "".join([f"<mark>{escape(text)}</mark>" if on else escape(text) for text, on in runs])


def hit_lines(hits: Iterable[Hit], at: datetime) -> SafeString:
    """Return the lines of what was found: tasks with their state, orders with their product, documents with a passage."""
    return SafeString("".join([f"<li data-row>\n{_line(hit, at)}\n</li>" for hit in hits]))


def _line(hit: Hit, at: datetime) -> str:
    if hit.row:
        return _task(hit, hit.row, at)
    return _order(hit) if hit.order_id else _document(hit)


def _task(hit: Hit, row: DutyRow, at: datetime) -> str:
    source = f" · {escape(hit.code)}{_point(hit)}" if hit.code else ""
    kind = escape(_("Nhiệm vụ")) + f" · {escape(row.unit_name)}{source}"
    return f'{_head(kind, address("duty", hit.public_id), hit)}<p class="hit-state">{drawing.due(row, at)}</p>'


def _order(hit: Hit) -> str:
    kind = escape(_("Nội dung giao việc")) + f" · {escape(hit.doc_type)} {escape(hit.code)}{_point(hit)}"
    product = "<p>" + escape(_("Sản phẩm:")) + f" {lit(hit.passage)}</p>" if hit.passage else ""
    return _head(kind, f"{address('document', hit.public_id)}#o-{hit.order_id}", hit) + product


def _document(hit: Hit) -> str:
    code = f" {lit(hit.code_runs)}" if hit.code else ""
    issued = " · " + escape(_("ngày %(on)s") % {"on": words.day(hit.issued_on)}) if hit.issued_on else ""
    issuer = f" · {escape(hit.issuer)}" if hit.issuer else ""
    state = escape(str(words.DOCUMENT_STATES.get(hit.state, hit.state)))
    kind = escape(hit.doc_type or _("Văn bản")) + f"{code}{issued}{issuer} · {state}"
    return _head(kind, address("document", hit.public_id), hit) + (f"<p>{lit(hit.passage)}</p>" if hit.passage else "")


def _head(kind: str, href: str, hit: Hit) -> str:
    return f'<p class="hit-kind">{kind}</p>\n<p class="hit-title"><a href="{href}">{lit(hit.title)}</a></p>'


def _point(hit: Hit) -> str:
    return ", " + escape(_("điểm %(path)s") % {"path": hit.path}) if hit.path else ""
