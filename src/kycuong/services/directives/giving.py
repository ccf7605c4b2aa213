"""Give one unit one task by word of mouth, in a meeting or by telephone: written down and binding in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import BigAutoField, QuerySet, UUIDField

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.limits import due_fixed
from kycuong.core.proposals import check_day
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Document, DocumentText, DutyEvent, Order, OrderParty, Task, TaskParticipant, Unit
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.documents import DocumentState, Register
from kycuong.queries import calendars, org, scope
from kycuong.queries.actors import LEADERS
from kycuong.queries.addressees import directory
from kycuong.queries.kept import Slot, kept
from kycuong.services import audit, duties, rows, search
from kycuong.services.directives.issuing import duty_of, title_of
from kycuong.services.directives.registering import READER_VERSION, derive, propose_roles
from kycuong.services.transitions import Act, open_many

LONGEST = 2000


def give(
    *, actor: scope.Actor, at: datetime, unit: str, text: str, due_on: date | None = None, participants: Sequence[str] = (),
    product: str = "", giver_post: int | None = None, request_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Give a unit one task and return its duty; binding at once, its document may follow.

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
    names = directory(on).names
    charged, *aside = dict.fromkeys(_unit(value, names) for value in (unit, *participants))
    document = _document(actor, at, words, giver_post)
    try:
        return _write(actor, at, document, _Given(words, due_on, product, charged, tuple(aside), names), request_id)
    except IntegrityError as error:
        if request_id and (before := next(iter(_given(request_id)), None)):
            return before  # the same request came twice at once
        raise Conflict("moved_meanwhile") from error


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said: the words, until when, with which product, to whom, who takes part."""

    words: str
    due_on: date | None
    product: str
    charged: int
    aside: tuple[int, ...]
    names: dict[int, str]


def _write(actor: scope.Actor, at: datetime, document: Document, said: _Given, request_id: UUID | None) -> UUID:
    """Write document, order, duty and task of what was said, in one transaction; return the duty."""
    parties = (said.charged, *said.aside)
    with transaction.atomic():
        rows.add([document])
        rows.add([DocumentText(document=document, text=said.words, reading={}, reader_version=READER_VERSION)])
        order = _order(document, said)
        rows.add([order])
        rows.add([_party(order, place, key, said.names[key]) for place, key in enumerate(parties)])
        task = _open(actor, at, order, said, request_id)
        rows.add([TaskParticipant(task=task, unit_id=key) for key in said.aside])
        search.write_task(task, order, said.words, said.aside)
        key = document.public_id
        audit.record(actor_id=actor.officer_id, at=at, act="give", subject_kind="document", subject_id=key, tasks=1)
    return task.duty.public_id


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


def _unit(value: str, names: dict[int, str]) -> int:
    """Return the unit that a form's value names; only one that can be charged today. Raises: Invalid."""
    key = value.removeprefix("unit:")
    if not (key.isascii() and key.isdecimal()) or len(key) > 18 or int(key) not in names:
        raise Invalid("give_unit_missing")
    return int(key)


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


def _party(order: Order, place: int, unit_id: int, name: str) -> OrderParty:
    role = OrderParty.Role.PARTICIPANT if place else OrderParty.Role.LEAD
    return OrderParty(order=order, role=role, position=max(place - 1, 0), printed=name[:400], unit_id=unit_id)


def _open(actor: scope.Actor, at: datetime, order: Order, said: _Given, request_id: UUID | None) -> Task:
    """Open the duty of a spoken order on the desk of the unit's head, with its task."""
    unit = _of_key(said.charged)[0]
    duty = duty_of(order.document, unit.pk, org.head_of(unit.pk, local_date(at)), title_of(order), order.kind, at)
    duty.holder_unit = unit
    if said.due_on:
        calendar = calendars.current(unit.pk)
        duty.bound = order.bound
        duties.wind(duty, due_fixed(said.due_on, "by", calendar, source=str(order.document)), calendar, at)
    open_many([duty], Act(LIFECYCLE.row("open"), at, actor, request_id=request_id))
    task = Task(duty=duty, order=order, document=order.document, product=order.product)
    rows.add([task])
    return task


@kept(BigAutoField())
def _of_key(unit: Slot) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=unit)
