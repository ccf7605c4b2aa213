"""Put a reading together: letterhead, orders, sentences, in one pass over the text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from kycuong.reader import charge, cites, closing, header, origin, outline, press, secrecy, sentences, tables
from kycuong.reader.fold import canonical
from kycuong.reader.layout import Layout, footnotes, is_appendix, is_form, plan
from kycuong.reader.lines import Page, Passage, cut
from kycuong.reader.orders import Picker
from kycuong.reader.shapes import Finding, Order, Party, Reading

_THEME = re.compile(r"\bvới chủ đề:? [\"“']?([^\"”.;\n]{8,160})")
_PERIOD = re.compile(r"\b(?:giai đoạn|nhiệm kỳ) (\d{4} ?[-–] ?\d{4})|\bnăm (\d{4})\b")


def read_text(text: str, name: str = "", issued: dt.date | None = None) -> Reading:
    """Read a document, or one typed line; raise Secret when it is stamped secret.

    `issued` says from which day years left out are counted when the text does not print its own date.
    """
    whole = canonical(text)
    page = cut(whole)
    secrecy.check_page(page, name)
    layout = plan(page)
    found = header.fields(page, layout)
    found.update({k: v for k, v in closing.read(page, layout).items() if k not in found})
    if layout.style == "press":
        press.fields(page, layout, found)
    origin.settle(page, layout, found)
    printed = dt.date.fromisoformat(found["issued_on"].value) if "issued_on" in found else None
    addressed = header.addressees(page, layout) if layout.style == "official" else []
    silent = _value(found, "doc_type") in {"Báo cáo", "Tờ trình"}
    orders = (
        [] if silent else _orders(page, layout, printed or issued or header.page_day(page, layout), _parties(addressed))
    )
    return _reading(page, layout, found, printed, orders, addressed)


def _orders(page: Page, layout: Layout, issued: dt.date | None, addressed: tuple[Party, ...]) -> list[Order]:
    found: list[Order] = []
    for body in layout.bodies:
        appendix = is_appendix(page.passages, body)
        if appendix and is_form(page.passages, body):
            continue
        kept = [page.passages[i] for i in body if i not in layout.noise]
        rows, kept = tables.rows(page, kept, issued)
        found.extend(rows)
        if kept:
            picker = Picker(
                page.text, issued, order_all=layout.style == "line", press=layout.style == "press", fallback=addressed
            )
            root = outline.build(kept, press=layout.style == "press")
            picked = picker.walk(root)
            found.extend(o for o in picked if not appendix or _plain(o))
    found.sort(key=lambda order: order.start)
    if layout.style == "line":
        found = [
            replace(order, path=order.path if order.path not in {"", "end"} else str(i))
            for i, order in enumerate(found, 1)
        ]
    return _apart(found)


def _plain(order: Order) -> bool:
    """Tell whether an item of an appendix names who does it, or by when."""
    return order.deadline.kind != "none" or any(p.rule != "addressee" for p in order.assignees)


def _parties(addressed: list[Finding]) -> tuple[Party, ...]:
    """Return the addressees as those charged by a letter that names nobody else; a long list says nothing."""
    if len(addressed) > 4:
        return ()
    return tuple(Party(f.value, f.start, f.end, "addressee", 0.65) for f in addressed)


def _apart(orders: list[Order]) -> list[Order]:
    """Drop an order that repeats the span of the one before."""
    kept: list[Order] = []
    for order in orders:
        if kept and order.start < kept[-1].end and order.end <= kept[-1].end and order.start == kept[-1].start:
            continue
        kept.append(order)
    return kept


def _value(found: dict[str, Finding], *names: str) -> str | None:
    for name in names:
        if name in found and found[name].value:
            return found[name].value
    return None


def _reading(
    page: Page,
    layout: Layout,
    found: dict[str, Finding],
    issued: dt.date | None,
    orders: list[Order],
    named: list[Finding],
) -> Reading:
    number, symbol = _value(found, "number"), _value(found, "symbol")
    code = f"{number}{_joint(page, found)}{symbol}" if number and symbol else None
    parts = [page.passages[i] for body in layout.bodies for i in body if i not in layout.noise]
    parts += [p for tail in layout.tails for p in footnotes(page.passages, tail)]
    head = [page.passages[i] for i in layout.head if not page.passages[i].bare.startswith("so")]
    cited = cites.cites(page, head + parts, code)
    named = named or _opened(parts)
    doc_type = _value(found, "doc_type") or (header.type_by_symbol(symbol) if symbol else None)
    theme = _theme(page, parts)
    return Reading(
        text=page.text, number=number, symbol=symbol, code=code, doc_type=doc_type,
        issuer=_value(found, "issuer", "site_issuer"), issued_on=issued, signer=_value(found, "signer", "site_signer"),
        signing_mark=_value(found, "signing_mark"), subject=_value(found, "subject"),
        addressees=tuple(f.value for f in named), cites=tuple(f.value for f in cited),
        theme=theme.value if theme else None, period=_period(_value(found, "subject")), orders=tuple(orders),
        sentences=sentences.cut(page, layout, orders),
        findings=(*found.values(), *named, *cited, *((theme,) if theme else ())),
    )  # fmt: skip


def _joint(page: Page, found: dict[str, Finding]) -> str:
    between = page.text[found["number"].end : found["symbol"].start]
    return "-" if "-" in between and "/" not in between else "/"


def _opened(passages: list[Passage]) -> list[Finding]:
    for passage in passages[:30]:
        if passage.raw.endswith(":") and passage.mark is None and (names := charge.opened(passage)):
            return [Finding("addressees", p.name, p.start, p.end, p.rule, p.confidence) for p in names]
    return []


def _theme(page: Page, passages: list[Passage]) -> Finding | None:
    for passage in passages[:30]:
        if match := _THEME.search(passage.low):
            a, b = passage.span(match.start(1), match.end(1))
            return Finding("theme", passage.raw[match.start(1) : match.end(1)].strip(), a, b, "theme", 0.8)
    return None


def _period(subject: str | None) -> str | None:
    match = _PERIOD.search((subject or "").lower())
    return (match.group(1) or match.group(2)) if match else None


__all__ = ["Layout", "read_text"]
