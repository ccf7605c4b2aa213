"""The documents of tasks that are taken over: found in the register or entered with what the table says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from kycuong.core.addressees import above_province
from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.core.folding import fold, words
from kycuong.core.imports import day_or_none
from kycuong.core.takeovers import parts_of
from kycuong.models import Document, DocumentText, ImportRow, ImportRun, Order, OrderParty, Unit
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.documents import DocumentState, Register
from kycuong.queries import org
from kycuong.services import search

BATCH = 500
RULE = "take_over"


class Givers:
    """Who gave, follows and confirms: the Chairman or the deputy who signed; the Office."""

    def __init__(self, at: datetime) -> None:
        on = local_date(at)
        units = Unit.objects.filter(org.valid_on(on), kind__in=["province", "office"]).order_by("id")
        by_kind = {unit.kind: unit for unit in units}
        self.province, self.office = by_kind.get("province"), by_kind.get("office")
        if self.province is None:
            raise Invalid("take_over_no_giver")
        self.seats = org.seats_of(self.province.pk, on, "chairman", "vice_chairman")
        if not self.seats:
            raise Invalid("take_over_no_giver")
        self.follower = next((seat for seat in org.followers(on) if seat.officer_id), None)

    def post_of(self, signer: str) -> int:
        """Return the post of whoever signed, when in office; else the Chairman's."""
        name = fold(signer)
        found = next((seat for seat in self.seats if name and fold(seat.officer_name) == name), self.seats[0])
        return found.post_id


def enter(run: ImportRun, rows: list[ImportRow], at: datetime) -> None:
    """Give every row its document, entering those that the register does not have, each with its orders."""
    givers = Givers(at)
    groups: dict[tuple[object, ...], list[ImportRow]] = {}
    for row in rows:
        groups.setdefault(_group(row), []).append(row)
    fresh = {key: _document(run, group[0], givers, at) for key, group in groups.items() if key[0] is None}
    made = Document.objects.bulk_create(fresh.values(), batch_size=BATCH)
    by_group = dict(zip(fresh, made, strict=True))
    known = Document.objects.in_bulk([row.document_id for row in rows if row.document_id])
    for key, group in groups.items():
        document = by_group.get(key) or known[group[0].document_id or 0]
        for row in group:
            row.document = document
    # Raw SQL, marked: one worded statement for ten thousand rows; a CASE over them costs more than opening their duties.
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE kycuong_importrow SET document_id = %s WHERE id = %s", [(row.document_id, row.pk) for row in rows]
        )
    _write_orders([group for key, group in groups.items() if key[0] is None])
    _place_orders([group for key, group in groups.items() if key[0] is not None])
    touched = sorted({row.document_id for row in rows if row.document_id})
    for begin in range(0, len(touched), BATCH):
        search.write_documents(touched[begin : begin + BATCH])


def _group(row: ImportRow) -> tuple[object, ...]:
    if row.document_id:
        return (row.document_id,)
    number, symbol = parts_of(row.values["code"])
    day = row.values["issued_on"]
    issuer = words(row.values["issuer"])
    if not number:
        return (None, "", issuer, day or row.values["given_on"])
    return (None, number, symbol.upper(), issuer, day[-4:])


def _document(run: ImportRun, row: ImportRow, givers: Givers, at: datetime) -> Document:
    given = row.values
    assert givers.province is not None
    number, symbol = parts_of(given["code"])
    issuer = given["issuer"] or (givers.province.name if not number or symbol.upper().endswith("UBND") else "")
    issued = day_or_none(given["issued_on"]) or (None if number else day_or_none(given["given_on"]))
    own = words(issuer) in {words(name) for name in (givers.province.name, givers.province.short_name)}
    office = givers.office
    subject = given["subject"] or given["text"][:500]
    return Document(
        register=Register.OUTGOING if own else Register.INCOMING,
        state=DocumentState.ISSUED,
        is_line=not number,
        number=number,
        symbol=symbol,
        issuer=issuer[:200],
        issuer_folded=words(issuer)[:250],
        higher_level=above_province(issuer),
        issued_on=issued,
        issued_year=issued.year if issued else None,
        signer=given["signer"],
        subject=subject,
        folded=fold(f"{given['code']} {issuer} {subject} {given['signer']}"),
        giver_unit=givers.province,
        giver_post_id=givers.post_of(given["signer"]),
        follower_unit=office,
        confirmer_unit=office,
        follower_post_id=givers.follower.post_id if givers.follower else None,
        registered_by_id=run.officer_id,
        registered_at=at,
        issued_at=at,
    )


def _write_orders(groups: Iterable[list[ImportRow]]) -> None:
    """Write the text of each new document from the words of its tasks, and its orders with their places in it."""
    texts, orders, leads = [], [], []
    for group in groups:
        text, by_words = "", dict[str, list[ImportRow]]()
        for row in group:
            by_words.setdefault(row.values["text"], []).append(row)
        for number, (said, rows) in enumerate(by_words.items(), 1):
            start = len(text)
            text += said + "\n"
            orders.append(_order(rows[0], str(number), start, start + len(said)))
            leads.append(rows)
        document = group[0].document
        assert document is not None
        reading: dict[str, list[object]] = {"sentences": [], "findings": []}
        texts.append(DocumentText(document=document, text=text, reading=reading, reader_version=RULE))
    DocumentText.objects.bulk_create(texts, batch_size=BATCH)
    _keep(orders, leads)


def _place_orders(groups: Iterable[list[ImportRow]]) -> None:
    """Find the words of tasks in the texts of documents of the register; what is not found stays without a place."""
    found = list(groups)
    texts = DocumentText.objects.in_bulk([group[0].document_id or 0 for group in found])
    orders, leads = [], []
    for group in found:
        row_of: dict[str, list[ImportRow]] = {}
        for row in group:
            row_of.setdefault(row.values["text"], []).append(row)
        held = texts.get(group[0].document_id or 0)
        standing = set(
            Order.objects.filter(document=group[0].document_id, text__in=row_of).values_list("text", flat=True)
        )
        for said, rows in row_of.items():
            place = re.search(r"\s+".join(map(re.escape, said.split())), held.text) if held else None
            if place and said not in standing:
                orders.append(_order(rows[0], "", *place.span()))
                leads.append(rows)
    _keep(orders, leads)


def _order(row: ImportRow, path: str, start: int, end: int) -> Order:
    due = day_or_none(row.values["extended_due"] or row.values["original_due"])
    return Order(
        document=row.document,
        path=path,
        text=row.values["text"],
        start=start,
        end=end,
        kind=Term.DATED if due else Term.STANDING,
        status=OrderStatus.CHECKED,
        deadline_kind="absolute" if due else "none",
        deadline_on=due,
        bound="by" if due else "",
        product=row.values["product"],
        rule=RULE,
        added=True,
    )


def _keep(orders: list[Order], leads: list[list[ImportRow]]) -> None:
    made = Order.objects.bulk_create(orders, batch_size=BATCH)
    parties = []
    for order, rows in zip(made, leads, strict=True):
        units = {row.unit_id: row.values["lead"] for row in rows}
        parties += [
            OrderParty(order=order, role=OrderParty.Role.LEAD, position=place, printed=printed[:400], unit_id=unit)
            for place, (unit, printed) in enumerate(units.items())
        ]
        others = dict.fromkeys(unit for row in rows for unit in row.participants if unit not in units)
        parties += [
            OrderParty(order=order, role=OrderParty.Role.PARTICIPANT, position=place, printed="", unit_id=unit)
            for place, unit in enumerate(others)
        ]
    OrderParty.objects.bulk_create(parties, batch_size=BATCH)
