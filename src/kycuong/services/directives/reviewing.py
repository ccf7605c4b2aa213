"""Review the orders of a document: check, correct, split, merge, add, drop, restore, undo; each change is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kycuong.core.addressees import GROUP_BY_CODE
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotVisible
from kycuong.core.recurrences import BadRecurrence, parse_rule
from kycuong.models import Document, DocumentText, Order, OrderChange, OrderParty
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.documents import DocumentState
from kycuong.queries import scope
from kycuong.queries.addressees import directory
from kycuong.reader import read_text
from kycuong.services import search
from kycuong.services.directives import snapshots
from kycuong.services.directives.proposing import doubts, order_row, party_rows


class _Change:
    """One change of a review: takes the states before, and after on leaving, and keeps both in the same transaction."""

    def __init__(self, actor: scope.Actor, at: datetime, document: Document, act: str, *orders: Order) -> None:
        self.actor, self.at, self.document, self.act = actor, at, document, act
        self.touched = list(orders)
        self.before = [snapshots.take(order) for order in orders]
        self.atomic = transaction.atomic()

    def __enter__(self) -> _Change:
        self.atomic.__enter__()
        locked = Document.objects.select_for_update(of=("self",)).get(pk=self.document.pk)
        if locked.state == DocumentState.ISSUED:
            self.atomic.__exit__(None, None, None)
            raise Conflict("document_moved_meanwhile", state=DocumentState.ISSUED.label)
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            after = [snapshots.take(order) for order in self.touched if order.pk]
            OrderChange.objects.create(
                document=self.document, act=self.act, before=self.before, after=after, officer_id=self.actor.officer_id, at=self.at
            )  # fmt: skip
            Document.objects.filter(pk=self.document.pk, state=DocumentState.TRIAGE).update(state=DocumentState.REVIEW)
            search.write_documents([self.document.pk])
        self.atomic.__exit__(kind, error, trace)


def _order(actor: scope.Actor, public_id: UUID) -> Order:
    order = Order.objects.select_related("document").filter(public_id=public_id).first()
    if order is None:
        raise NotVisible("order_not_visible")
    scope.document_to_review(actor, order.document.public_id)
    return order


def check_order(*, actor: scope.Actor, at: datetime, order: UUID) -> None:
    """Say that a doubtful order is right as it stands.

    Raises: NotVisible, NotAllowed, Conflict, Invalid when nobody would be charged.
    """
    row = _order(actor, order)
    if not _has_lead(row):
        raise Invalid("order_without_lead")
    with _Change(actor, at, row.document, "check", row):
        row.status, row.doubts = OrderStatus.CHECKED, []
        row.save()


def _has_lead(order: Order) -> bool:
    leads = order.parties.filter(role=OrderParty.Role.LEAD)
    return any(party.unit_id or party.group for party in leads)


def correct_order(
    *, actor: scope.Actor, at: datetime, order: UUID, leads: Sequence[str], participants: Sequence[str], kind: str,
    deadline_on: date | None = None, bound: str = "by", rrule: str = "", deadline_text: str | None = None,
    product: str = "", channel: str = "", is_key: bool = False,
) -> None:  # fmt: skip
    """Correct an order: whom it charges ("unit:ID" or "group:CODE"), its kind, deadline and product; it counts as checked.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = _order(actor, order)
    _check_kind(kind, deadline_on, rrule)
    chosen = [(OrderParty.Role.LEAD, value) for value in leads]
    chosen += [(OrderParty.Role.PARTICIPANT, value) for value in participants if value not in leads]
    if not any(value.startswith(("unit:", "group:")) for value in leads):  # a name kept as printed charges nobody
        raise Invalid("order_without_lead")
    with _Change(actor, at, row.document, "correct", row):
        _set_parties(row, chosen, local_date(at))
        row.kind, row.product, row.channel, row.is_key = Term(kind), product[:300], channel[:200], is_key
        row.deadline_on = deadline_on if kind == Term.DATED else None
        row.rrule = rrule if kind == Term.PERIODIC else ""
        row.bound = bound if kind in {Term.DATED, Term.PERIODIC} else ""
        row.deadline_kind = {Term.DATED: "absolute", Term.PERIODIC: "recurring"}.get(Term(kind), row.deadline_kind)
        if kind in {Term.STANDING, Term.PROHIBITION} and row.deadline_kind != "relative":
            row.deadline_kind = "none"
        if deadline_text is not None:
            row.deadline_text = deadline_text[:300]
        row.status, row.doubts = OrderStatus.CHECKED, []
        row.save()


def _check_kind(kind: str, deadline_on: date | None, rrule: str) -> None:
    if kind not in Term.values:
        raise Invalid("kind_unknown", text=kind)
    if kind == Term.DATED and deadline_on is None:
        raise Invalid("order_without_date")
    if kind == Term.PERIODIC and not rrule:
        raise Invalid("order_without_rule")
    if rrule:
        try:
            parse_rule(rrule)
        except BadRecurrence as error:
            raise Invalid("rule_unknown", rule=rrule) from error


def _set_parties(order: Order, chosen: Sequence[tuple[OrderParty.Role, str]], on: date) -> None:
    names = directory(on)
    printed = {_value(party): party.printed for party in order.parties.all()}
    rows = []
    for position, (role, value) in enumerate(dict.fromkeys(chosen)):
        kind, _, key = value.partition(":")
        unit_id = int(key) if kind == "unit" and key.isdigit() else None
        known = unit_id in names.names if unit_id is not None else kind == "group" and key in GROUP_BY_CODE
        if kind == "printed":  # a participant that the organisation does not know, kept as printed
            rows.append(OrderParty(order=order, role=role, position=position, printed=key[:400], confidence=0.0))
            continue
        if not known:
            raise Invalid("unit_unknown", text=key)
        label = names.names[unit_id] if unit_id is not None else GROUP_BY_CODE[key].label
        rows.append(
            OrderParty(
                order=order,
                role=role,
                position=position,
                printed=printed.get(value, label),
                unit_id=unit_id,
                group="" if unit_id is not None else key,
            )
        )
    order.parties.all().delete()
    OrderParty.objects.bulk_create(rows)


def _value(party: OrderParty) -> str:
    if party.unit_id:
        return f"unit:{party.unit_id}"
    return f"group:{party.group}" if party.group else f"printed:{party.printed}"


def drop_order(*, actor: scope.Actor, at: datetime, order: UUID, reason: str) -> None:
    """Say that nobody is charged with this order, and why. Raises: NotVisible, NotAllowed, Conflict, Invalid."""
    row = _order(actor, order)
    if not reason.strip():
        raise Invalid("drop_reason_missing")
    with _Change(actor, at, row.document, "drop", row):
        row.status, row.drop_reason, row.doubts = OrderStatus.DROPPED, reason.strip()[:300], []
        row.save()


def restore_order(*, actor: scope.Actor, at: datetime, order: UUID) -> None:
    """Take a dropped order back among the proposals. Raises: NotVisible, NotAllowed, Conflict."""
    row = _order(actor, order)
    with _Change(actor, at, row.document, "restore", row):
        row.status, row.drop_reason = OrderStatus.PROPOSED, ""
        row.doubts = [] if _has_lead(row) else ["no_lead"]
        row.save()


def split_order(*, actor: scope.Actor, at: datetime, order: UUID, offset: int) -> UUID:
    """Split an order at a position of the document's text; the second part keeps its parties and is read anew.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = _order(actor, order)
    text = DocumentText.objects.get(document=row.document).text
    if (
        not row.start < offset < row.end
        or not text[row.start : offset].strip(EDGES)
        or not text[offset : row.end].strip(EDGES)
    ):
        raise Invalid("split_outside")
    with _Change(actor, at, row.document, "split", row) as change:
        start, end = _trim(text, offset, row.end)
        second = _add(row.document, text, start, end, path=f"{row.path}*"[:40], on=local_date(at))
        if not _has_lead(second):
            for party in row.parties.order_by("role", "position"):
                party.pk, party.order = None, second
                party.save(force_insert=True)
            second.doubts = [code for code in second.doubts if code != "no_lead"]
            second.save()
        row.start, row.end = _trim(text, row.start, offset)
        row.text = text[row.start : row.end]
        row.save()
        change.touched.append(second)
    return second.public_id


#: What a passage does not begin with; of nothing else no order is made.
EDGES = " \n\t;,."


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(EDGES)), start + len(piece.rstrip())


def _add(document: Document, text: str, start: int, end: int, *, path: str, on: date) -> Order:
    """Write an order for a span that a person chose: read for its parties and deadline, never dropped for its words."""
    found = next(iter(read_text(text[start:end]).orders), None)
    if found is None:
        order = Order(document=document, kind=Term.STANDING, doubts=["no_lead"])
        order.path, order.text, order.start, order.end, order.added = path, text[start:end], start, end, True
        order.save()
        return order
    order = order_row(document, found)
    names = directory(on)
    made = party_rows(order, found, names)
    order.doubts = doubts(found, made, names)
    order.path, order.text, order.start, order.end, order.added = path, text[start:end], start, end, True
    order.save()
    OrderParty.objects.bulk_create(made)
    return order


def add_order(*, actor: scope.Actor, at: datetime, document: UUID, start: int, end: int) -> UUID:
    """Add an order for a span of the text that the reader did not take for one.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = scope.document_to_review(actor, document)
    text = DocumentText.objects.get(document=row).text
    if not 0 <= start < end <= len(text) or not text[start:end].strip(EDGES):
        raise Invalid("span_unknown")
    start, end = _trim(text, start, end)
    with _Change(actor, at, row, "add") as change:
        order = _add(row, text, start, end, path="+", on=local_date(at))
        change.touched.append(order)
    return order.public_id


def merge_orders(*, actor: scope.Actor, at: datetime, first: UUID, second: UUID) -> None:
    """Merge an order with the one that follows it; the first keeps its parties and deadline, or takes the second's.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    one, two = _order(actor, first), _order(actor, second)
    if one.document_id != two.document_id or one.pk == two.pk:
        raise Invalid("merge_apart")
    if one.start > two.start:
        one, two = two, one
    between = Order.objects.filter(document=one.document_id, start__gt=one.start, start__lt=two.start)
    if between.exclude(status=OrderStatus.DROPPED).exists():
        raise Invalid("merge_apart")
    text = DocumentText.objects.get(document=one.document).text
    with _Change(actor, at, one.document, "merge", one, two):
        if not _has_lead(one):
            two.parties.update(order=one)
        if one.deadline_kind == "none" and two.deadline_kind != "none":
            for name in ("kind", "deadline_kind", "deadline_text", "deadline_on", "bound", "rrule"):
                setattr(one, name, getattr(two, name))
        one.end = max(one.end, two.end)
        one.text, one.product = text[one.start : one.end], one.product or two.product
        one.doubts = [] if _has_lead(one) else ["no_lead"]
        two.delete()
        one.save()


def undo(*, actor: scope.Actor, at: datetime, document: UUID) -> None:
    """Take back the last change of the review. Raises: NotVisible, NotAllowed, Conflict, Invalid."""
    row = scope.document_to_review(actor, document)
    if row.state == DocumentState.ISSUED:
        raise Conflict("document_moved_meanwhile", state=DocumentState.ISSUED.label)
    with transaction.atomic():
        last = OrderChange.objects.filter(document=row, undone=False).order_by("-id").first()
        if last is None:
            raise Invalid("undo_empty")
        kept = {state["public_id"] for state in last.before}
        gone = [state["public_id"] for state in last.after if state["public_id"] not in kept]
        Order.objects.filter(document=row, public_id__in=gone).delete()
        for state in last.before:
            snapshots.put_back(row.pk, state)
        search.write_documents([row.pk])
        last.undone = True
        last.save()
