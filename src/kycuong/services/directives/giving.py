"""Give one unit one task by word of mouth, in a meeting or by telephone: written down and binding in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import BigAutoField, DateField, Model, Q, QuerySet, UUIDField

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.limits import due_fixed
from kycuong.core.proposals import check_day
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Document, DocumentText, Duty, DutyEvent, Order, OrderParty, Post, Task, TaskParticipant, Unit
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.documents import DocumentState, Register
from kycuong.queries import calendars, competences, org, scope
from kycuong.queries.actors import LEADERS
from kycuong.queries.addressees import CHARGEABLE
from kycuong.queries.kept import Slot, kept
from kycuong.services import audit, duties, rows, search, watermark
from kycuong.services.directives.issuing import duty_of, title_of
from kycuong.services.directives.registering import READER_VERSION, derive, propose_roles
from kycuong.services.directives.weighing import Charged, note_reason, weigh
from kycuong.services.transitions import Act, first_rows

LONGEST = 2000


def give(
    *, actor: scope.Actor, at: datetime, unit: str, text: str, due_on: date | None = None, participants: Sequence[str] = (),
    product: str = "", giver_post: int | None = None, request_id: UUID | None = None, why: str | None = None,
) -> UUID:  # fmt: skip
    """Give a unit one task and return its duty; binding at once, its document may follow.

    Without a unit it goes to the body that the registry of competence names for what it is about.

    `why` is the reason for giving it to another unit than the registry names, None where nobody asks for one.

    Without a date it is a standing order. The giver is the leader who gives it, or the one for whom the Office writes it
    down. Repeated with the same request it gives nothing twice. Raises: NotAllowed, Invalid, Conflict.
    """
    scope.to_give(actor)
    on, words = local_date(at), " ".join(text.split())
    try:
        _check(words, due_on, on)
        if due_on:
            check_day(due_on, at)
        with transaction.atomic():
            (charged, head), *others = [_charged(one, on) for one in (unit or _routed(words, on), *participants)]
            aside = {one.pk: one for one, _ in others if one.pk != charged.pk}
            document = _document(actor, at, words, giver_post)
            beside = weigh({0: Charged("", words, [charged.pk])}, on, why).get(0) if unit else None
            said = _Given(words, due_on, product, charged, head, tuple(aside.values()), beside, why or "")
            return _write(actor, at, document, said, request_id)
    except (
        IntegrityError,
        Invalid,
    ) as refusal:  # a request that comes again is looked for only where it cannot be carried out
        if request_id and (before := _before(request_id, actor, words, unit)):
            return before
        if isinstance(refusal, Invalid):
            raise
        raise Conflict("moved_meanwhile") from refusal


def _routed(words: str, on: date) -> str:
    """Return the body that the registry names for some words, as a form names it. Raises: Invalid, when it names none."""
    found = competences.route(words, on)
    if not found:
        raise Invalid("give_unit_unnamed")
    return f"unit:{found[0]}"


class _Body(NamedTuple):
    """A unit that can be charged, by key and names."""

    pk: int
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said: the words, until when, with which product, to whom and who heads it, who takes part."""

    words: str
    due_on: date | None
    product: str
    charged: _Body
    head: org.Seat | None
    aside: tuple[_Body, ...]
    beside: competences.NamedBody | None
    why: str


def _write(actor: scope.Actor, at: datetime, document: Document, said: _Given, request_id: UUID | None) -> UUID:
    """Write document, order, duty and task of what was said, in one statement where the database can; return the duty."""
    tables = (Document, Order, Duty, Task)[: 4 if said.aside else 3]  # who takes part hangs on the key of the task
    # The mark first: what the calendar says from here on stays so until the task is written.
    document.pk, *keys = watermark.hold_keys(*tables)
    order = _order(document, said, keys[0])
    duty = _duty(at, order, said, keys[1])
    task = rows.new(Task, id=keys[2] if said.aside else None, product=order.product)
    task.duty, task.order, task.document = duty, order, document
    units = [one.pk for one in said.aside]
    charged = said.charged
    opening = Act(LIFECYCLE.row("open"), at, actor, request_id=request_id)
    if said.beside:
        opening = note_reason(opening, said.beside, said.why)
    together: list[Model] = [
        document,
        order,
        *first_rows(duty, opening, charged.pk),
        task,
        rows.new(DocumentText, document_id=document.pk, text=said.words, reading={}, reader_version=READER_VERSION),
        *(_party(order, place, unit) for place, unit in enumerate((charged, *said.aside))),
        *(rows.new(TaskParticipant, task_id=task.pk, unit_id=unit) for unit in units),
        *search.task_rows(task, order, (charged.name, charged.short_name), units),
        audit.entry_of(actor.officer_id, at, "give", "document", document.public_id, {"tasks": 1}),
    ]
    rows.insert_records(together)
    return duty.public_id


def _before(request_id: UUID, actor: scope.Actor, words: str, unit: str) -> UUID | None:
    """Return the duty that the person gave by the same request. Raises: Conflict, when the request gave something else."""
    for duty, officer, order in _given(request_id):
        parties = OrderParty.objects.filter(order=order, order__text=words, role=OrderParty.Role.LEAD)
        charged = parties.values_list("unit", flat=True).first()
        same = charged is not None and unit.removeprefix("unit:") in {"", str(charged)}
        if officer != actor.officer_id or not same:
            raise Conflict("request_used")
        return duty
    return None


@kept(UUIDField())
def _given(request_id: Slot) -> QuerySet[DutyEvent, tuple[UUID, int | None, int]]:
    return DutyEvent.objects.filter(request_id=request_id).values_list("duty__public_id", "actor", "duty__task__order")


def _check(words: str, due_on: date | None, on: date) -> None:
    if not words:
        raise Invalid("give_empty")
    if len(words) > LONGEST:
        raise Invalid("give_too_long", limit=LONGEST)
    if due_on and due_on < on:
        raise Invalid("give_date_past", on=f"{due_on:%d/%m/%Y}")


def _charged(value: str, on: date) -> tuple[_Body, org.Seat | None]:
    """Return the unit that a form's value names, only one that can be charged on the day, with its head's seat. Raises: Invalid."""
    key = value.removeprefix("unit:")
    if not (key.isascii() and key.isdecimal() and len(key) <= 18):
        raise Invalid("give_unit_missing")
    if seats := _heads_of(int(key), on):
        return _Body(int(key), seats[0][3], seats[0][-1]), org.head_among(seats)
    if found := next(iter(_chargeable(int(key), on)), None):  # a unit without a head's post
        return _Body(*found), None
    raise Invalid("give_unit_missing")


@kept(BigAutoField(), DateField())
def _heads_of(unit: Slot, on: Slot) -> QuerySet[Post, tuple[Any, ...]]:
    """Return the head's seats of a unit that can be charged on a day, with its short name behind each."""
    units = Unit.objects.filter(org.valid_on(on), pk=unit, kind__in=sorted(CHARGEABLE)).values("pk")
    return org.held_seats(Q(unit__in=units, kind__in=org.HEAD_ORDER), on).values_list(
        *org.SEAT_NAMES, "unit__short_name"
    )


@kept(BigAutoField(), DateField())
def _chargeable(unit: Slot, on: Slot) -> QuerySet[Unit, tuple[int, str, str]]:
    found = Unit.objects.filter(org.valid_on(on), pk=unit, kind__in=sorted(CHARGEABLE))
    return found.values_list("pk", "name", "short_name")


def _document(actor: scope.Actor, at: datetime, words: str, giver_post: int | None) -> Document:
    """Return the unsaved document of a spoken order, issued, with who gives, follows and confirms it."""
    own = next((hat.post_id for hat in actor.hats if hat.kind in LEADERS), None)
    on = local_date(at)
    document = rows.new(
        Document, register=Register.OUTGOING, is_line=True, state=DocumentState.ISSUED, subject=words, issued_on=on, issued_at=at,
        registered_by_id=actor.officer_id, registered_at=at, giver_post_id=own or giver_post,
    )  # fmt: skip
    derive(document)
    propose_roles(document, at)
    if document.giver_post_id is None or (not own and giver_post and not _in_office(document, giver_post, on)):
        raise Invalid("giver_missing")
    return document


def _in_office(document: Document, post: int, on: date) -> bool:
    """Return whether a post is one of the province's leaders' that somebody holds on a day."""
    unit = document.giver_unit_id
    return any(seat.post_id == post and seat.officer_id for seat in org.seats_of(unit, on, *LEADERS)) if unit else False


def _order(document: Document, said: _Given, key: int) -> Order:
    on = said.due_on
    dated = {"deadline_kind": "absolute", "deadline_text": f"{on:%d/%m/%Y}", "bound": "by"} if on else {}
    made = rows.new(
        Order, id=key, text=said.words, start=0, end=len(said.words), kind=Term.DATED if on else Term.STANDING,
        status=OrderStatus.CHECKED, deadline_on=on, product=" ".join(said.product.split())[:300], rule="given", **dated,
    )  # fmt: skip
    made.document = document
    return made


def _party(order: Order, place: int, unit: _Body) -> OrderParty:
    role = OrderParty.Role.PARTICIPANT if place else OrderParty.Role.LEAD
    return rows.new(
        OrderParty, order_id=order.pk, role=role, position=max(place - 1, 0), printed=unit.name[:400], unit_id=unit.pk
    )


def _duty(at: datetime, order: Order, said: _Given, key: int) -> Duty:
    """Return the unsaved duty of a spoken order on the desk of the unit's head, on its clock."""
    unit = said.charged.pk
    duty = duty_of(order.document, unit, said.head, title_of(order), order.kind, at)
    duty.pk = key
    if said.due_on:
        calendar = calendars.current(unit)
        duty.bound = order.bound
        duties.wind(duty, due_fixed(said.due_on, "by", calendar, source=str(order.document)), calendar, at)
    return duty
