"""One duty whole: what is ordered, its clock explained, on whose desk it lay, its results, what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import BigAutoField, Exists, OuterRef, Q, QuerySet, UUIDField

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.lifecycle import Row, lifecycles
from kycuong.core.limits import Limit, Unit, due, due_fixed
from kycuong.core.signatures import TOPICS
from kycuong.models import (
    BacklogLine,
    ChaseItem,
    DocumentFile,
    Duty,
    DutyHolding,
    SignatureCheck,
    Target,
    Task,
    TaskParticipant,
    TaskResult,
)
from kycuong.queries import calendars, covers, scope, successions, transfers
from kycuong.queries.consultations import opened_to
from kycuong.queries.duties import changes
from kycuong.queries.duties.history import (
    EventRow,
    Held,
    HoldingRow,
    desks_of,
    event_row,
    events_of,
    holding_row,
    moves,
)
from kycuong.queries.duties.proposals import ActForm, ProposalRow, offers, proposals_about
from kycuong.queries.duties.rows import DutyRow, rows_of, with_row_data
from kycuong.queries.kept import Slot, kept

#: Acts that the page offers apart from its forms: proposals by kind, the giver's changes on pages of their own.
ELSEWHERE = {"propose", *changes.CHANGES}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One attempt at the product; backdated: signed more than a day before it was sent."""

    attempt: int
    number: str
    symbol: str
    signed_on: date | None
    signer: str
    prepared_by: str
    prepared_at: datetime | None
    sent_at: datetime | None
    file_id: UUID | None
    file_name: str
    file_signed: str
    file_problem: str
    summary: str
    verdict: str
    judged_at: datetime | None
    days_between: int | None


@dataclass(frozen=True, slots=True)
class DutyPage:
    """All that the page of a duty shows."""

    row: DutyRow
    order_text: str
    order_span: tuple[int, int] | None
    document_subject: str
    giver: str
    follower: str
    confirmer: str
    participants: list[str]
    product: str
    channel: str
    results: list[ResultRow]
    history: list[EventRow]
    holdings: list[HoldingRow]
    clock: list[str]
    calendar: str
    moves: list[str]
    acts: list[ActForm]
    children: list[DutyRow]
    act_seq: int
    is_request: bool
    proposals: list[ProposalRow]
    offers: list[str]
    changes: list[str]
    replaces: DutyRow | None
    replaced_by: DutyRow | None
    may_open: set[UUID]
    to_receive: bool
    handled: covers.Handled | None
    acting_for: str
    there: frozenset[str]


def duty(who: scope.Actor, public_id: UUID, at: datetime) -> DutyPage:
    """Return the page of a duty for a person who sees it (a fixed number of queries).

    Raises: NotVisible.
    """
    seen, row = _whole(who, public_id)
    calendar = calendars.current(row.holder_unit_id)
    task = next(iter(_task(row.pk)), None)
    events = events_of(row.pk)
    order = task.order if task else None
    line = rows_of([row], at, calendar)[0]
    hanging = rows_of(_hanging(row.pk), at, calendar) if has(row, "hanging") else []
    proposals = proposals_about(who, row, hanging, at)
    said = changes.said_of(events, row) | successions.told(events)
    former = changes.replaces(row, at, calendar) if row.series or (task and task.replaces_id) else None
    successor = changes.replaced_by(row, at, calendar)
    held = desks_of(row.pk)
    return DutyPage(
        row=line,
        order_text=order.text if order else row.title,
        order_span=(order.start, order.end) if order else None,
        document_subject=row.document.subject if row.document else "",
        giver=row.giver_post.title if row.giver_post else "",
        follower=row.follower_unit.name if row.follower_unit else "",
        confirmer=_confirmer(row),
        participants=_participants(row.pk) if task else [],
        product=task.product if task else "",
        channel=task.channel if task else "",
        results=_results(task) if line.attempt else [],
        history=[event_row(event, row.kind, said.get(event.seq)) for event in events],
        holdings=[holding_row(one, at, calendar) for one in held],
        clock=_clock(row, calendar),
        calendar=row.calendar,
        moves=[line for event in events for line in moves(event)],
        acts=_acts(who, row),
        children=_children(who, hanging),
        act_seq=row.act_seq,
        is_request=row.holder_unit.relation in {"vertical", "party_mass", "council"},
        proposals=proposals,
        offers=_offered(who, row, proposals, hanging, at, again=former is not None),
        changes=changes.changes_open(who, row, replaced=successor is not None),
        replaces=former,
        replaced_by=successor,
        may_open=scope.seen_of(who, [one.public_id for one in (former, successor) if one]),
        to_receive=any(scope.sits_at(who, *desk) for desk in _not_read(seen, row, held)),
        handled=covers.handled(row.holder_officer_id, row.holder_post_id or 0, at) if row.phase == "open" else None,
        acting_for=_acting_for(who, row),
        there=frozenset(what for what in ("targets", "letters", "reviews") if has(row, what)),
    )


def has(row: Duty, what: str) -> bool:
    """Return whether something is there about a duty, as was read with it."""
    return bool(vars(row)[f"has_{what}"])


def _offered(
    who: scope.Actor, row: Duty, proposals: list[ProposalRow], hanging: list[DutyRow], at: datetime, *, again: bool
) -> list[str]:
    """Return the kinds that the person can propose; what an arbiter has ruled to be the unit's is returned no more."""
    found = offers(who, row, proposals, hanging, at)
    asked = again or any(child.kind == "arbitration" for child in hanging)  # else nobody can have ruled
    return [kind for kind in found if kind != "return" or not asked or not transfers.ruled_for(row)]


def _children(who: scope.Actor, hanging: list[DutyRow]) -> list[DutyRow]:
    """Return what hangs on a duty beside proposals; whose opinion was asked is told to who may open it."""
    opinions = [child.public_id for child in hanging if child.kind == "opinion"]
    closed = set(opinions) - opened_to(who, opinions)
    return [child for child in hanging if child.kind != "proposal" and child.public_id not in closed]


def _acting_for(who: scope.Actor, row: Duty) -> str:
    """Return for which absent officer the person acts here: the duty, or what hangs on it, lies on a covered desk."""
    if not who.covers:
        return ""
    here = scope.lying_with(who) & (Q(pk=row.pk) | Q(parent=row.pk))
    desks = set(Duty.objects.filter(here).values_list("holder_officer", "holder_post"))
    return next((cover.officer_name for cover in who.covers if any(cover.holds(*desk) for desk in desks)), "")


def _whole(who: scope.Actor, public_id: UUID) -> tuple[Duty, Duty]:
    """Return the duty asked for and the one that its page is about: of a confirmation or a proposal the task. Raises: NotVisible."""
    seen = scope.must_see(who, next(iter(_asked(public_id)), None))
    if seen.kind in {"confirmation", "proposal"} and seen.parent_id:
        return seen, next(iter(_rows(seen.parent_id)))
    return seen, seen


@kept(UUIDField())
def _asked(public_id: Slot) -> QuerySet[Duty]:
    return _with_all(Duty.objects.filter(public_id=public_id))


@kept(BigAutoField())
def _rows(duty: Slot) -> QuerySet[Duty]:
    return _with_all(Duty.objects.filter(pk=duty))


#: Of each record beside a duty its page reads a few columns; one that is not named here costs a query.
_BESIDE = {
    "holder_unit": ("name", "relation"), "holder_post": ("unit", "kind"), "giver_post": ("title",), "follower_unit": ("name",),
    "confirmer_unit": ("name",), "document": ("number", "symbol", "subject", "is_line", "issued_on", "higher_level", "follower_post"),
    "document__follower_post": ("title",),
}  # fmt: skip
_OWN = tuple(field.name for field in Duty._meta.concrete_fields)


def _with_all(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return duties with all that their page reads, and what is there about them, so that nothing is asked about what is not."""
    mine = {"duty": OuterRef("pk")}
    there = {
        "has_hanging": Exists(Duty.objects.filter(parent=OuterRef("pk"), parent__isnull=False)),
        "has_targets": Exists(Target.objects.filter(**mine)) | Exists(Target.objects.filter(series=OuterRef("series"))),
        "has_letters": Exists(ChaseItem.objects.filter(**mine)),
        "has_reviews": Exists(BacklogLine.objects.filter(**mine)),
    }
    return (
        with_row_data(duties)
        .annotate(**there)
        .select_related(*_BESIDE)
        .only(*_OWN, *(f"{one}__{name}" for one, names in _BESIDE.items() for name in names))
    )


@kept(BigAutoField())
def _hanging(parent: Slot) -> QuerySet[Duty]:
    return with_row_data(Duty.objects.filter(parent=parent)).order_by("id")


@kept(BigAutoField())
def _task(duty: Slot) -> QuerySet[Task]:
    return Task.objects.filter(duty=duty).select_related("order")


@kept(BigAutoField())
def _participants(duty: Slot) -> QuerySet[TaskParticipant, str]:
    return TaskParticipant.objects.filter(task__duty=duty).order_by("pk").values_list("unit__name", flat=True)


def _not_read(seen: Duty, row: Duty, held: list[Held]) -> list[tuple[int | None, int | None]]:
    """Return the desks on which the duty that was asked for lies unopened; `held` are those of the page's own, `row`."""
    if seen.pk != row.pk:
        return _unread(seen.pk)
    return [(one.officer_id, one.post_id) for one in held if one.until_at is None and one.read_at is None]


@kept(BigAutoField())
def _unread(duty: Slot) -> QuerySet[DutyHolding, tuple[int | None, int | None]]:
    lying = DutyHolding.objects.filter(duty=duty, until_at__isnull=True, read_at__isnull=True)
    return lying.values_list("officer", "post")


def _confirmer(row: Duty) -> str:
    post = row.document.follower_post if row.document else None
    return f"{post.title} ({row.confirmer_unit.name})" if post and row.confirmer_unit else str(row.confirmer_unit or "")


def _results(task: Task | None) -> list[ResultRow]:
    return [_result_row(row) for row in _attempts(task.pk)] if task else []


def _problem(file: DocumentFile | None) -> str:
    """Return the code of why the signature of a file is not valid or not trusted; of others nothing is asked."""
    if file is None or file.signed not in TOPICS:
        return ""
    return SignatureCheck.objects.filter(sha256=file.sha256).values_list("reason", flat=True).first() or ""


@kept(BigAutoField())
def _attempts(task: Slot) -> QuerySet[TaskResult]:
    return TaskResult.objects.filter(task=task).select_related("file", "prepared_by").order_by("attempt")


def _result_row(row: TaskResult) -> ResultRow:
    between = (local_date(row.sent_at) - row.signed_on).days if row.sent_at and row.signed_on else None
    return ResultRow(
        row.attempt, row.number, row.symbol, row.signed_on, row.signer,
        row.prepared_by.full_name if row.prepared_by else "", row.prepared_at, row.sent_at,
        row.file.public_id if row.file else None, row.file.name if row.file else "",
        row.file.signed if row.file else "", _problem(row.file), row.summary,
        row.verdict, row.judged_at, between,
    )  # fmt: skip


def _clock(row: Duty, calendar: Calendar) -> list[str]:
    """Return the explanation of the original due date, line by line; the moves since then stand in the events."""
    if row.original_due_at is None:
        return []
    if row.limit_qty:
        counted_by = calendars.under(
            row.calendar, row.holder_unit_id
        )  # as it was: what moved the end since stands in events
        return due(row.anchor_at, Limit(row.limit_qty, Unit(row.limit_unit)), counted_by).explanation
    last = local_date(row.original_due_at - timedelta(minutes=1))
    printed = last + timedelta(days=1) if row.bound == "before" else last
    source = str(row.document or "")
    end = due_fixed(printed, "before" if row.bound == "before" else "by", calendar, source=source)
    return end.explanation


def _acts(who: scope.Actor, row: Duty) -> list[ActForm]:
    known = scope.facts(row)
    table = lifecycles()[row.kind]
    steps = [step for step in table.from_phase(row.phase) if step.action not in ELSEWHERE]
    open_to = [step for step in steps if scope.permits(who, row, step, known)]
    first = _first(open_to, known)
    forms = [ActForm(step.action, step.label, step.action == first, step.needs) for step in open_to]
    return sorted(forms, key=lambda form: not form.primary)


def _first(open_to: list[Row], known: scope.Facts) -> str:
    """Return the act that the page offers first: what the person most likely came for."""
    order = ["confirm", "submit", "send", "assign"] if known.has_draft else ["confirm", "assign", "submit", "send"]
    order += ["explain", "accept_explanation"]
    actions = [step.action for step in open_to]
    return next((action for action in order if action in actions), actions[0] if actions else "")
