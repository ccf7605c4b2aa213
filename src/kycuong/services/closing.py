"""Close the duties that hang on a task: a confirmation judged, a proposal decided, what nobody needs to decide any more."""

from __future__ import annotations

from kycuong.core.lateness import days_late
from kycuong.core.proposals import LIFECYCLE as PROPOSAL
from kycuong.models import Duty, DutyEvent, Proposal
from kycuong.queries import calendars
from kycuong.services.transitions import Act, move


def close(duty: Duty, act: Act, outcome: str) -> DutyEvent:
    """Close a duty with its outcome; how late its holder was is frozen. Raises: TransitionNotAllowed, Conflict."""
    calendar = calendars.current(duty.holder_unit_id)
    late = days_late(act.at, duty.due_at, calendar) if duty.due_at else 0
    return move(
        duty,
        act,
        closed_at=act.at,
        outcome=outcome,
        running_since=None,
        next_check_at=None,
        late_working_days=late,
    )


def lapse(about: Duty, act: Act) -> None:
    """Close the proposals about a task that has ended: there is nothing left to decide."""
    waiting = Proposal.objects.filter(about=about, decided_at__isnull=True).select_related("duty").order_by("id")
    for proposal in waiting:
        close(proposal.duty, Act(PROPOSAL.row("lapse"), act.at, act.actor), "lapsed")
        proposal.outcome, proposal.decided_at = Proposal.Outcome.LAPSED, act.at
        proposal.save()
