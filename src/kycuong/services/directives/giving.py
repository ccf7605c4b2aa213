"""Give one unit one task by word of mouth, in a meeting or by telephone: written down and binding in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import BigAutoField, DateField, Model, QuerySet, UUIDField

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.limits import due_fixed
from kycuong.core.proposals import check_day
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Document, DocumentText, Duty, DutyEvent, Order, OrderParty, Task, TaskParticipant, Unit
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.documents import DocumentState, Register
from kycuong.queries import calendars, competences, org, scope
from kycuong.queries.actors import LEADERS
from kycuong.queries.addressees import CHARGEABLE
from kycuong.queries.kept import Slot, kept
from kycuong.services import audit, duties, rows, search, watermark
from kycuong.services.directives.issuing import duty_of, title_of
from kycuong.services.directives.registering import READER_VERSION, derive, propose_roles
from kycuong.services.transitions import Act, add_opened, first_rows

LONGEST = 2000


def give(
    *, actor: scope.Actor, at: datetime, unit: str, text: str, due_on: date | None = None, participants: Sequence[str] = (),
    product: str = "", giver_post: int | None = None, request_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Give a unit one task and return its duty; binding at once, its document may follow.

    Without a unit it goes to the body that the registry of competence names for what it is about.

    Without a date it is a standing order. The giver is the leader who gives it, or the one for whom the Office writes it
    down. Repeated with the same request it gives nothing twice. Raises: NotAllowed, Invalid, Conflict.
    """
    scope.to_give(actor)
    before = next(iter(_given(request_id)), None) if request_id else None
    if before:
        return before
    on, words = local_date(at), " ".join(text.split())
    _check(words, due_on, on)
    if due_on:
        check_day(due_on, at)
    charged, *aside = {
        one.pk: one for one in (_unit(value, on) for value in (unit or _routed(words, on), *participants))
    }.values()
    document = _document(actor, at, words, giver_post)
    try:
        return _write(actor, at, document, _Given(words, due_on, product, charged, tuple(aside)), request_id)
    except IntegrityError as error:
        if request_id and (before := next(iter(_given(request_id)), None)):
            return before  # the same request came twice at once
        raise Conflict("moved_meanwhile") from error


def _routed(words: str, on: date) -> str:
    """Return the body that the registry names for some words, as a form names it; "" when it names none."""
    found = competences.route(words, on)
    return f"unit:{found[0]}" if found else ""


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said: the words, until when, with which product, to whom, who takes part."""

    words: str
    due_on: date | None
    product: str
    charged: Unit
    aside: tuple[Unit, ...]


def _write(actor: scope.Actor, at: datetime, document: Document, said: _Given, request_id: UUID | None) -> UUID:
    """Write document, order, duty and task of what was said, in one transaction; return the duty."""
    with transaction.atomic():
        watermark.hold()  # first: what the calendar says from here on stays so until the task is written
        rows.add([document])
        order = _order(document, said)
        rows.add([order])
        duty = _duty(at, order, said)
        add_opened([duty], at)
        task = Task(duty=duty, order=order, document=document, product=order.product)
        act = Act(LIFECYCLE.row("open"), at, actor, request_id=request_id)
        units, key = [one.pk for one in said.aside], document.public_id
        together: list[Model] = [
            DocumentText(document=document, text=said.words, reading={}, reader_version=READER_VERSION),
            *(_party(order, place, unit) for place, unit in enumerate((said.charged, *said.aside))),
            *first_rows(duty, act, said.charged.pk),
            *search.task_rows(task, order, said.charged, units),
            audit.entry_of(actor.officer_id, at, "give", "document", key, {"tasks": 1}),
        ]
        if units:  # who takes part hangs on the key of the task
            rows.add([task])
            rows.add([TaskParticipant(task=task, unit_id=unit) for unit in units])
        rows.insert_records(together if units else [*together, task])
    return duty.public_id


@kept(UUIDField())
def _given(request_id: Slot) -> QuerySet[DutyEvent, UUID]:
    return DutyEvent.objects.filter(request_id=request_id).values_list("duty__public_id", flat=True)


def _check(words: str, due_on: date | None, on: date) -> None:
    if not words:
        raise Invalid("give_empty")
    if len(words) > LONGEST:
        raise Invalid("give_too_long", limit=LONGEST)
    if due_on and due_on < on:
        raise Invalid("give_date_past", on=f"{due_on:%d/%m/%Y}")


def _unit(value: str, on: date) -> Unit:
    """Return the unit that a form's value names; only one that can be charged on the day. Raises: Invalid."""
    key = value.removeprefix("unit:")
    known = key.isascii() and key.isdecimal() and len(key) <= 18
    found = next(iter(_chargeable(int(key), on)), None) if known else None
    if found is None:
        raise Invalid("give_unit_missing")
    return found


@kept(BigAutoField(), DateField())
def _chargeable(unit: Slot, on: Slot) -> QuerySet[Unit]:
    return Unit.objects.filter(org.valid_on(on), pk=unit, kind__in=sorted(CHARGEABLE))


def _document(actor: scope.Actor, at: datetime, words: str, giver_post: int | None) -> Document:
    """Return the unsaved document of a spoken order, issued, with who gives, follows and confirms it."""
    own = next((hat.post_id for hat in actor.hats if hat.kind in LEADERS), None)
    on = local_date(at)
    document = Document(
        register=Register.OUTGOING, is_line=True, state=DocumentState.ISSUED, subject=words, issued_on=on, issued_at=at,
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


def _order(document: Document, said: _Given) -> Order:
    on = said.due_on
    dated = {"deadline_kind": "absolute", "deadline_text": f"{on:%d/%m/%Y}", "bound": "by"} if on else {}
    return Order(
        document=document, text=said.words, start=0, end=len(said.words), kind=Term.DATED if on else Term.STANDING,
        status=OrderStatus.CHECKED, deadline_on=on, product=" ".join(said.product.split())[:300], rule="given", **dated,
    )  # fmt: skip


def _party(order: Order, place: int, unit: Unit) -> OrderParty:
    role = OrderParty.Role.PARTICIPANT if place else OrderParty.Role.LEAD
    return OrderParty(order=order, role=role, position=max(place - 1, 0), printed=unit.name[:400], unit_id=unit.pk)


def _duty(at: datetime, order: Order, said: _Given) -> Duty:
    """Return the unsaved duty of a spoken order on the desk of the unit's head, on its clock."""
    unit = said.charged.pk
    duty = duty_of(order.document, unit, org.head_of(unit, local_date(at)), title_of(order), order.kind, at)
    if said.due_on:
        calendar = calendars.current(unit)
        duty.bound = order.bound
        duties.wind(duty, due_fixed(said.due_on, "by", calendar, source=str(order.document)), calendar, at)
    return duty
