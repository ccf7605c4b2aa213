"""What the pages of arbitration show, and the way that a matter went from body to body, with its circles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kycuong.core import transfers as law
from kycuong.core.arbitrations import LIFECYCLE
from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.core.errors import NotVisible
from kycuong.core.sentences import Sentence
from kycuong.models import Arbitration, Duty, DutyHolding, Note, Unit
from kycuong.queries import calendars, org, scope
from kycuong.queries.competences.matters import MatterRow, offered
from kycuong.queries.transfers.chains import whole

LISTED = 50


@dataclass(frozen=True, slots=True)
class Stop:
    """A body that held a matter, since when and until when, for how many working days begun."""

    unit_name: str
    from_on: date
    until_on: date | None
    working_days: int
    duty: UUID | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """The way of a matter: where it was, and in words where it came back to."""

    stops: list[Stop]
    loops: list[str]

    @property
    def handed(self) -> int:
        """Return how often the matter was handed on."""
        return len(self.stops) - 1


@dataclass(frozen=True, slots=True)
class ArbitrationRow:
    """One arbitration in the list."""

    duty: UUID
    title: str
    cause: str
    unit_name: str
    asked_on: date
    last_on: date | None
    late: bool
    outcome: str
    ruled_unit: str
    ended_on: date | None
    arbiter: str


@dataclass(frozen=True, slots=True)
class ArbitrationPage:
    """One arbitration: what is asked, by whom, the way of the matter, what the person may do."""

    row: ArbitrationRow
    act_seq: int
    reason: str
    basis: str
    matter: str
    named: UUID | None
    about: UUID
    of_opinion: bool
    dated: bool
    due_on: date | None
    path: Path
    acts: frozenset[str]
    units: list[tuple[UUID, str]]
    matters: list[MatterRow]
    competence: UUID | None
    competence_code: str
    ruled_by: str
    ruling: str


def path(who: scope.Actor, duty: Duty, at: datetime) -> Path:
    """Return the way of a matter through bodies and, inside those whose duty the person sees, through divisions.

    Four queries at the most.
    """
    chain = whole(duty)
    seen = scope.seen_of(who, [one.public_id for one in chain])
    within = [one.pk for one in chain if one.public_id in seen]
    held = DutyHolding.objects.filter(duty__in=within).order_by("from_at", "id")
    desks: dict[int, list[tuple[int, str]]] = {}
    for duty_id, unit, name in held.values_list("duty", "unit", "unit__name"):
        desks.setdefault(duty_id, []).append((unit, name))
    return Path([_stop(one, at, seen) for one in chain], _circles(chain, desks))


def path_of(who: scope.Actor, duty: UUID, at: datetime) -> Path:
    """Return the way of the matter of a duty. Raises: NotVisible."""
    return path(who, scope.duty_to_read(who, duty), at)


def shown_path(
    who: scope.Actor, duty: UUID, at: datetime, *, handed: bool, desks: Iterable[str], unit: str
) -> Path | None:
    """Return the way of a task when there is something to show: it was handed on, or came back to a division; no query else."""
    if not handed and not law.loops([name for name in desks if name != unit]):
        return None
    return path(who, scope.duty_to_read(who, duty), at)


def opinion_path(who: scope.Actor, duty: UUID, at: datetime) -> Path | None:
    """Return the way of a question that was handed on, to whoever sees its duty; None when it was not (one query)."""
    moved = Q(handed_on__isnull=False) | Q(handed_from__isnull=False)
    row = scope.visible_duties(who).filter(moved, public_id=duty).first()
    return path(who, row, at) if row else None


def _stop(one: Duty, at: datetime, seen: set[UUID]) -> Stop:
    calendar = calendars.current(one.holder_unit_id)
    until = local_date(one.closed_at) if one.closed_at else None
    days = calendar.working_days_between(local_date(one.opened_at), until or local_date(at))
    shown = one.public_id if one.public_id in seen else None
    return Stop(one.holder_unit.name, local_date(one.opened_at), until, max(days, 0), shown)


def _circles(chain: Iterable[Duty], desks: dict[int, list[tuple[int, str]]]) -> list[str]:
    """Return in words the bodies, and the divisions within one, to which the matter came back; passing the head is no stop."""
    names, bodies = dict[int, str](), list[int]()
    for one in chain:
        names[one.holder_unit_id] = one.holder_unit.name
        bodies.append(one.holder_unit_id)
    found = law.loops(bodies)
    for one in chain:
        inside = [(unit, name) for unit, name in desks.get(one.pk, []) if unit != one.holder_unit_id]
        names |= dict(inside)
        found += law.loops([unit for unit, _ in inside])
    return [Sentence("{unit} nhận việc này {n} lần", unit=names[int(str(one.place))], n=one.times) for one in found]


def arbitrations(who: scope.Actor, at: datetime) -> list[ArbitrationRow]:
    """Return the arbitrations that the person sees: what waits first, then what was ruled last (one query)."""
    rows = _rows().filter(duty__in=scope.visible_duties(who)).order_by(F("ended_at").desc(nulls_first=True), "-id")
    return [_row(one, at) for one in rows[:LISTED]]


def _rows() -> QuerySet[Arbitration]:
    beside = (
        "duty__holder_post",
        "duty__giver_unit",
        "unit",
        "competence",
        "ruled_by",
        "matter",
        "named_unit",
        "about",
        "reason",
    )
    return Arbitration.objects.select_related(*beside)


def _row(one: Arbitration, at: datetime) -> ArbitrationRow:
    duty = one.duty
    late = one.ended_at is None and duty.due_at is not None and at >= duty.due_at
    return ArbitrationRow(
        duty.public_id, duty.title, law.CAUSE_LABELS[law.Cause(one.cause)], duty.giver_unit.name if duty.giver_unit else "",
        local_date(duty.opened_at), last_date(duty.due_at) if duty.due_at else None, late, one.outcome,
        one.unit.name if one.unit else "", local_date(one.ended_at) if one.ended_at else None,
        duty.holder_post.title if duty.holder_post else "",
    )  # fmt: skip


def arbitration(who: scope.Actor, duty: UUID, at: datetime) -> ArbitrationPage:
    """Return one arbitration to whoever sees its duty. Raises: NotVisible."""
    one = _rows().filter(duty__public_id=duty, duty__in=scope.visible_duties(who)).first()
    if one is None:
        raise NotVisible("arbitration_not_visible")
    known, about = scope.facts(one.duty), one.about
    acts = frozenset(
        step.action for step in LIFECYCLE.from_phase(one.duty.phase) if scope.permits(who, one.duty, step, known)
    )
    last = last_date(about.due_at) if about.due_at else None
    return ArbitrationPage(
        _row(one, at), one.duty.act_seq, one.reason.text if one.reason else "", one.basis,
        f"{one.matter.code} · {one.matter.name}" if one.matter else "", one.named_unit.public_id if one.named_unit else None,
        about.public_id, about.kind == "opinion", about.kind == "task" and about.term == "dated",
        last if last and last >= local_date(at) else None, path(who, about, at), acts,
        _charged(local_date(at)) if acts else [], offered() if acts else [],
        one.competence.public_id if one.competence else None, one.competence.code if one.competence else "",
        one.ruled_by.full_name if one.ruled_by else "", _ruling(one),
    )  # fmt: skip


def _charged(on: date) -> list[tuple[UUID, str]]:
    rows = Unit.objects.filter(org.valid_on(on)).exclude(kind__in=("division", "province")).order_by("kind", "name")
    return list(rows.values_list("public_id", "name"))


def _ruling(one: Arbitration) -> str:
    """Return what the arbiter wrote; the text lies in the erasable table of notes."""
    if one.outcome != "ruled":
        return ""
    notes = Note.objects.filter(pk__in=one.duty.events.filter(act="rule").values("note"))
    return notes.values_list("text", flat=True).first() or ""
