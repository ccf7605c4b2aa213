"""Where the reader errs: what it proposed beside what reviewers issued, counted by field, type, rule and version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kycuong.core.errors import NotVisible
from kycuong.models import Document, Order, OrderChange
from kycuong.models.directives import OrderStatus
from kycuong.models.documents import DocumentState
from kycuong.queries import scope

#: What can be wrong about an order, in the order of a table.
FIELDS = ("lead", "participants", "deadline", "kind", "product", "span", "missed", "invented")
EXAMPLES = 100
CHUNK = 200

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the errors is asked for; empty values ask for all."""

    field: str = ""
    doc_type: str = ""
    rule: str = ""
    version: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One error: the order as it was proposed and as it was issued, plain data; None where there was none."""

    field: str
    document_id: UUID
    code: str
    doc_type: str
    rule: str
    version: str
    at: datetime
    before: State | None
    after: State | None


@dataclass(slots=True)
class Group:
    """The errors among the orders of one document type, rule or version."""

    name: str
    orders: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> int:
        """Return how many errors there are."""
        return self.errors.total()

    @property
    def row(self) -> list[int]:
        """Return the counts in the order of FIELDS."""
        return [self.errors[name] for name in FIELDS]


@dataclass(slots=True)
class Report:
    """What reviewers corrected in the documents that were issued."""

    documents: int = 0
    corrected: int = 0
    total: Group = field(default_factory=lambda: Group(""))
    by_type: dict[str, Group] = field(default_factory=dict)
    by_rule: dict[str, Group] = field(default_factory=dict)
    by_version: dict[str, Group] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    matching: int = 0

    def share_pct(self, name: str) -> float:
        """Return the share of an error among the orders read, in per cent with one decimal."""
        return round(100 * self.total.errors[name] / self.total.orders, 1) if self.total.orders else 0.0

    def count(self, one: Example) -> None:
        """Count an error in every table."""
        for table, name in self._tables(one.doc_type, one.rule, one.version):
            table.setdefault(name, Group(name)).errors[one.field] += 1
        self.total.errors[one.field] += 1

    def count_order(self, doc_type: str, rule: str, version: str) -> None:
        """Count an order that the reader proposed."""
        for table, name in self._tables(doc_type, rule, version):
            table.setdefault(name, Group(name)).orders += 1
        self.total.orders += 1

    def _tables(self, doc_type: str, rule: str, version: str) -> list[tuple[dict[str, Group], str]]:
        return [(self.by_type, doc_type), (self.by_rule, rule), (self.by_version, version)]


def report(who: scope.Actor | None, wanted: Filter = Filter()) -> Report:
    """Return where the reader erred in the issued documents that the person sees; None asks for the whole instance.

    Raises: NotVisible for who neither reviews nor audits.
    """
    if who is not None and not any(who.may(what) for what in ("intake", "audit", "administer")):
        raise NotVisible("page_not_visible")
    found = Report()
    rows = reviewed(who)
    if wanted.since:
        rows = rows.filter(issued_at__gte=wanted.since)
    for one in judged(rows):
        found.documents += 1
        found.corrected += bool(one.errors)
        for rule in one.rules:
            found.count_order(one.doc_type, rule, one.version)
        for error in one.errors:
            found.count(error)
            if _asked(error, wanted):
                found.matching += 1
                if len(found.examples) < EXAMPLES:
                    found.examples.append(error)
    return found


def reviewed(who: scope.Actor | None) -> QuerySet[Document]:
    """Return the issued documents, newest first: what stands in them is what a person decided."""
    rows = scope.visible_documents(who) if who is not None else Document.objects.all()
    return rows.filter(state=DocumentState.ISSUED).order_by("-issued_at", "-id")


def _asked(one: Example, wanted: Filter) -> bool:
    pairs = [
        (wanted.field, one.field), (wanted.doc_type, one.doc_type), (wanted.rule, one.rule), (wanted.version, one.version)
    ]  # fmt: skip
    return all(not want or want == have for want, have in pairs)


@dataclass(frozen=True, slots=True)
class Judged:
    """One document with the rules of the orders proposed and what was wrong about them."""

    document: Document
    doc_type: str
    version: str
    rules: list[str]
    errors: list[Example]


def judged(rows: QuerySet[Document]) -> Iterator[Judged]:
    """Judge documents in chunks: a fixed number of queries a chunk, memory of one chunk."""
    keys = list(rows.values_list("pk", flat=True))
    for begin in range(0, len(keys), CHUNK):
        chunk = keys[begin : begin + CHUNK]
        documents = (
            Document.objects.select_related("text_row").defer("text_row__text", "text_row__reading").in_bulk(chunk)
        )
        orders: dict[int, list[State]] = {key: [] for key in chunk}
        for order in Order.objects.filter(document__in=chunk).order_by("start", "id").prefetch_related("parties"):
            orders[order.document_id].append(state_of(order))
        changes: dict[int, list[OrderChange]] = {key: [] for key in chunk}
        for change in OrderChange.objects.filter(document__in=chunk, undone=False).order_by("id"):
            changes[change.document_id].append(change)
        for key in chunk:
            yield _judge(documents[key], orders[key], changes[key])


def state_of(order: Order) -> State:
    """Return an order as plain data, in the form of what a change keeps."""
    parties = sorted(order.parties.all(), key=lambda party: party.position)
    return {
        "public_id": str(order.public_id), "text": order.text, "start": order.start, "end": order.end, "kind": order.kind,
        "status": order.status, "deadline_on": order.deadline_on.isoformat() if order.deadline_on else None,
        "deadline_kind": order.deadline_kind, "bound": order.bound, "rrule": order.rrule, "product": order.product,
        "rule": order.rule, "added": order.added,
        "parties": [
            {"role": one.role, "printed": one.printed, "unit": one.unit_id, "group": one.group} for one in parties
        ],
    }  # fmt: skip


def _judge(document: Document, orders: list[State], changes: list[OrderChange]) -> Judged:
    first: dict[str, State] = {}
    made: dict[str, str] = {}
    for change in changes:
        for state in change.before:
            if state["public_id"] not in made:
                first.setdefault(state["public_id"], state)
        for state in change.after:
            if state["public_id"] not in first:
                made.setdefault(state["public_id"], change.act)
    last = {state["public_id"]: state for state in orders}
    rules = [first.get(key, state)["rule"] for key, state in last.items() if key not in made]
    rules += [state["rule"] for key, state in first.items() if key not in last]
    version = document.text_row.reader_version
    at = document.issued_at or document.registered_at

    def error(name: str, before: State | None, after: State | None) -> Example:
        rule = (before or after or {}).get("rule", "")
        return Example(
            name, document.public_id, str(document), document.doc_type, rule, version, at, before, after
        )  # fmt: skip

    errors = [
        error("missed" if act == "add" else "span", None, last[key])
        for key, act in made.items()
        if key in last and last[key]["status"] != OrderStatus.DROPPED
    ]
    for key, before in first.items():
        after = last.get(key)
        errors += [error(name, before, after) for name in _differs(before, after)]
    return Judged(document, document.doc_type, version, rules, errors)


def _differs(before: State, after: State | None) -> list[str]:
    """Return the fields that the reviewer changed; a merged order is a span, a dropped one is invented and nothing else."""
    if after is None:
        return ["span"]
    if after["status"] == OrderStatus.DROPPED:
        return ["invented"]
    return [name for name, of in _PARTS.items() if of(before) != of(after)]


def _parties(role: str, state: State) -> set[tuple[object, object]]:
    return {
        (one["unit"], one["group"]) for one in state["parties"] if one["role"] == role and (one["unit"] or one["group"])
    }


_PARTS: dict[str, Callable[[State], object]] = {
    "lead": lambda state: _parties("lead", state),
    "participants": lambda state: _parties("participant", state),
    "deadline": lambda state: (state["deadline_on"], state["rrule"], state["bound"] if state["deadline_on"] else ""),
    "kind": lambda state: state["kind"],
    "product": lambda state: state["product"],
    "span": lambda state: (state["start"], state["end"]),
}
