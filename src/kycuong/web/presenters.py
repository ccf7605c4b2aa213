"""Shape what the queries found for the pages of documents: lit text, cards, places to cut, names to suggest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kycuong.queries import documents
from kycuong.queries.competences import NamedBody, is_beside
from kycuong.queries.documents import OrderRow, Piece, ReviewPage
from kycuong.web import words

CUT = re.compile(r"[;.:,]\s+(?=\S)")
CUTS_SHOWN = 12
DEMANDS = frozenset({"order", "prohibition", "reporting"})
MUST_HAVE = frozenset({"number", "symbol", "issuer", "issued_on", "subject"})
DROP_REASONS: tuple[str | Promise, ...] = (
    gettext_lazy("Nêu bối cảnh, đánh giá; không giao việc"),
    gettext_lazy("Nêu nguyên tắc, yêu cầu chung"),
    gettext_lazy("Đã giao ở điểm khác của văn bản"),
    gettext_lazy("Việc đã hoàn thành trước khi văn bản đến"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the text as the page prints it: its place, its look, and its order when it starts or continues one."""

    start: int
    text: str
    look: str
    order_no: int | None
    first: bool
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """An order as a card: its form stands open when something about it is doubtful or was refused."""

    order: OrderRow
    place: str
    doubtful: bool
    previous: UUID | None
    cuts: tuple[tuple[int, str], ...]
    cycles: tuple[tuple[str, str | Promise], ...]
    said: str
    named: NamedBody | None = None  # whom the registry of competence names, where the order charges nobody or another
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Who gives the order of a document and who follows it, by name; empty while nobody is chosen."""

    giver: str
    follower: str


def lit(pieces: Iterable[Piece], orders: Iterable[OrderRow]) -> list[Run]:
    """Return the text in runs: orders lit, demands that nobody owns underlined, the rest plain."""
    runs: list[Run] = []
    labels = {order.no: order.path or str(order.no) for order in orders}
    shown: set[int] = set()
    for piece in pieces:
        number = piece.order_no
        first = number is not None and number not in shown
        if number is not None:
            shown.add(number)
        runs.append(Run(piece.start, piece.text, look_of(piece), number, first, labels.get(number or 0, "")))
    return runs


def look_of(piece: Piece) -> str:
    """Return how a piece looks: an order, a dropped one, a demand without an owner, or plain."""
    if piece.order_no is not None:
        return "dropped" if piece.klass == "dropped" else "owned"
    if piece.klass in DEMANDS:
        return "unowned"
    return ""


def unread_fields(page: ReviewPage) -> list[str]:
    """Return the names of the head's fields that a paper must have and the reader did not find."""
    if page.document.is_line:
        return []
    return [words.said(field.label) for field in page.header if field.name in MUST_HAVE and not field.value]


def cards(page: ReviewPage, part: str, said: str, named: Mapping[UUID, NamedBody] | None = None) -> list[Card]:
    """Return the cards of a review, in the order of the text; `named` is whom the registry names for each order."""
    made: list[Card] = []
    previous: UUID | None = None
    for order in page.orders:
        place = f"o-{order.public_id}"
        made.append(
            Card(
                order=order,
                place=place,
                doubtful=order.status != "dropped" and bool(order.doubts),
                previous=previous,
                cuts=cuts(page.text, order.start, order.end),
                cycles=cycles(order.rrule, order.deadline_text),
                said=said if part == place else "",
                **_by_registry(order, (named or {}).get(order.public_id)),
            )
        )
        previous = order.public_id
    return made


def _by_registry(order: OrderRow, named: NamedBody | None) -> dict[str, Any]:
    """Return whom the registry names, where the order charges nobody yet or one other unit."""
    charged = [lead.unit_id for lead in order.leads if lead.count]
    if named is None or order.status == "dropped" or any(lead.group for lead in order.leads):
        return {}
    beside = is_beside(named, [unit for unit in charged if unit])
    return {"named": named, "beside": beside} if beside or not charged else {}


def cycles(rrule: str, printed: str) -> tuple[tuple[str, str | Promise], ...]:
    """Return the cycles to choose from; one that the document prints and the list lacks keeps its printed words."""
    if not rrule or rrule in dict(words.CYCLES):
        return words.CYCLES
    return ((rrule, printed or rrule), *words.CYCLES)


def cuts(text: str, start: int, end: int) -> tuple[tuple[int, str], ...]:
    """Return the places where an order can be cut in two: offset in the text, and the words around the cut."""
    found = []
    for match in CUT.finditer(text, start, end):
        before, after = text[start : match.end()].rstrip(), text[match.end() : end]
        found.append((match.end(), f"…{before[-40:]} | {after[:40]}…"))
    return tuple(found[:CUTS_SHOWN])


def roles(page: ReviewPage) -> Roles:
    """Return the names of the giver and the follower chosen for a document."""
    givers, followers = dict(page.giver_choices), dict(page.follower_choices)
    return Roles(
        givers.get(page.giver, "") if page.giver else "", followers.get(page.follower, "") if page.follower else ""
    )


def party_names(at: datetime) -> list[str]:
    """Return the names that the suggestion list of leads and participants offers: groups first, then units."""
    groups = [label for _code, label, _count in documents.groups(at)]
    return groups + [name for _key, name in documents.unit_choices("", at)]
