"""Close duties: a task taken off its unit, and what hangs on a task when there is nothing left to judge or decide."""

from __future__ import annotations

from kycuong.core.arbitrations import LIFECYCLE as ARBITRATION
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.lateness import days_late
from kycuong.core.proposals import LIFECYCLE as PROPOSAL
from kycuong.models import Arbitration, Duty, DutyEvent, Proposal
from kycuong.queries import calendars
from kycuong.services.transitions import Act, move, not_before


def close(duty: Duty, act: Act, outcome: str) -> DutyEvent:
    """Close a duty with its outcome; how late its holder was is frozen. Raises: TransitionNotAllowed, Conflict."""
    act = not_before(duty, act)
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


def end_task(task: Duty, act: Act, outcome: str, *, deciding: int | None = None) -> DutyEvent:
    """Close a task that is taken off its unit: neither on time nor late; what hangs on it lapses.

    `deciding` is the proposal that is being decided by this, which does not lapse.
    Raises: TransitionNotAllowed, Conflict.
    """
    event = move(
        task,
        act,
        closed_at=act.at,
        outcome=outcome,
        running_since=None,
        next_check_at=None,
        late_working_days=None,
    )
    lapse(task, act, deciding=deciding)
    return event


def lapse(about: Duty, act: Act, *, deciding: int | None = None) -> None:
    """Close the confirmation and the proposals about a task that has ended: there is nothing left to judge or decide."""
    waiting = Proposal.objects.filter(about=about, decided_at__isnull=True).select_related("duty").order_by("id")
    for proposal in waiting.exclude(pk=deciding or 0):
        close(proposal.duty, Act(PROPOSAL.row("lapse"), act.at, act.actor), "lapsed")
        proposal.outcome, proposal.decided_at = Proposal.Outcome.LAPSED, act.at
        proposal.save()
    for child in Duty.objects.filter(parent=about, kind="confirmation").exclude(phase="closed"):
        close(child, Act(CONFIRMATION.row("lapse"), act.at, act.actor), "lapsed")
    for asked in Arbitration.objects.filter(about=about, ended_at__isnull=True).select_related("duty"):
        close(asked.duty, Act(ARBITRATION.row("lapse"), act.at, act.actor), "lapsed")
        asked.outcome, asked.ended_at = "lapsed", act.at
        asked.save()
