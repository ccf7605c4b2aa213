"""The proposals about a duty: what was asked, how long it lies at the giver's desk, what was decided, what can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BigAutoField, QuerySet

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.lifecycle import lifecycles
from kycuong.core.proposals import WORDINGS, Kind, may_ask
from kycuong.models import Duty, Note, Proposal, Submission
from kycuong.queries import calendars, scope
from kycuong.queries.duties.rows import DutyRow
from kycuong.queries.kept import Slot, kept


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act that this person can take now; needs says which fields ("note!" is one that must be filled)."""

    code: str
    label: str
    primary: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the registry of competence said of a proposal's matter; `own` goes up with its reason, `unit` is whose it is."""

    matter: str
    holder: str
    basis: str
    own: bool
    why: str
    unit: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal; waited_days counts the working days that it lay, or lies, at the giver's desk."""

    row: DutyRow
    kind: str
    noun: str
    reason: str
    basis: str
    so_far: str
    wanted_on: date | None
    proposer: str
    asked_at: datetime
    waited_days: int
    outcome: str
    decided_at: datetime | None
    answer: str
    given_on: date | None
    extended_days: int | None
    acts: list[ActForm]
    act_seq: int
    public_id: UUID
    registry: Said | None = None


def proposals_about(who: scope.Actor, duty: Duty, rows: Iterable[DutyRow], at: datetime) -> list[ProposalRow]:
    """Return the proposals about a duty that the person sees, the oldest first; `rows` are its children as lines."""
    lines = {row.public_id: row for row in rows}
    if not any(row.kind == "proposal" for row in lines.values()):  # each is a duty of its own under the one it is about
        return []
    calendar = calendars.current(duty.giver_unit_id)
    return [_row(who, one, lines[one.duty.public_id], calendar, at) for one in _about(duty.pk)]


@kept(BigAutoField())
def _about(duty: Slot) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(about=duty).order_by("id")
    beside = ("matter", "why", "competence__unit", "competence__post")
    return found.select_related(
        "duty", "proposer", "reason", "so_far", "answer", *(f"submission__{name}" for name in beside)
    )


def _row(who: scope.Actor, one: Proposal, line: DutyRow, calendar: Calendar, at: datetime) -> ProposalRow:
    asked_at = one.duty.opened_at
    return ProposalRow(
        row=line,
        kind=one.kind,
        noun=WORDINGS[Kind(one.kind)].noun,
        reason=_text(one.reason),
        basis=one.basis,
        so_far=_text(one.so_far),
        wanted_on=one.wanted_on,
        proposer=one.proposer.full_name,
        asked_at=asked_at,
        waited_days=max(calendar.working_days_between(local_date(asked_at), local_date(one.decided_at or at)), 0),
        outcome=one.outcome,
        decided_at=one.decided_at,
        answer=_text(one.answer),
        given_on=one.given_on,
        extended_days=one.extended_days,
        acts=_acts(who, one.duty),
        act_seq=one.duty.act_seq,
        public_id=one.duty.public_id,
        registry=_said(one),
    )


def _said(one: Proposal) -> Said | None:
    found: Submission | None = getattr(one, "submission", None)
    if found is None:
        return None
    row = found.competence
    holder = "" if row is None else str(row.post or row.unit or row.central or row.get_everywhere_display())
    unit = f"unit:{found.next_unit_id}" if found.next_unit_id else ""
    return Said(found.matter.name, holder, row.basis if row else "", found.own, _text(found.why), unit)


def _text(note: Note | None) -> str:
    return note.text if note else ""


#: Deciding and withdrawing ask nothing of a proposal beside its row.
_NOTHING = scope.Facts(None, False, False, None)


def _acts(who: scope.Actor, duty: Duty) -> list[ActForm]:
    steps = lifecycles()["proposal"].from_phase(duty.phase)
    return [
        ActForm(step.action, step.label, step.primary, step.needs)
        for step in steps
        if scope.permits(who, duty, step, _NOTHING)
    ]


def offers(
    who: scope.Actor, duty: Duty, proposals: Iterable[ProposalRow], hanging: Iterable[DutyRow], at: datetime
) -> list[str]:
    """Return the kinds that the person can propose now: those not waiting already, and none that would be refused."""
    step = next((row for row in lifecycles()[duty.kind].from_phase(duty.phase) if row.action == "propose"), None)
    if step is None or duty.giver_unit_id is None or not scope.permits(who, duty, step, _NOTHING):
        return []
    waiting = {one.kind for one in proposals if one.decided_at is None}
    if any(row.kind == "arbitration" and row.phase == "open" for row in hanging):
        waiting.add(Kind.RETURN.value)
    above = bool(duty.document and duty.document.higher_level)
    return [
        kind.value
        for kind in Kind
        if kind.value not in waiting and may_ask(kind, due_at=duty.due_at, higher_level=above, at=at)
    ]
