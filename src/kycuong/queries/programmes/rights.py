"""Who sees a unit's programme of work, who drafts it, who approves it."""

from __future__ import annotations

from uuid import UUID

from kycuong.core.covers import APART
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import Programme, ProgrammeLine, Unit
from kycuong.queries import scope


def sees(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person sees a unit's programme: the unit's own people, and who sees every duty."""
    return who.sees_all or unit_id in who.member_ids


def drafts(who: scope.Actor, unit: Unit) -> bool:
    """Return whether the person drafts a unit's programme: its own people; the province's is drafted by the Office."""
    if unit.kind == "province" and who.intake:
        return True
    return any(hat.body_id == unit.pk and hat.kind not in APART for hat in who.hats)


def approves(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person approves a unit's programme: its head, or a deputy for the head."""
    return who.leads(unit_id)


def to_read(who: scope.Actor, public_id: UUID) -> Programme:
    """Return a programme that the person sees. Raises: NotVisible."""
    found = Programme.objects.select_related("unit", "returned").filter(public_id=public_id).first()
    if found is None or not sees(who, found.unit_id):
        raise NotVisible("programme_not_visible")
    return found


def to_draft(who: scope.Actor, public_id: UUID) -> Programme:
    """Return a programme for drafting, locked until the transaction ends. Raises: NotVisible, NotAllowed."""
    found = _locked(who, public_id)
    if not drafts(who, found.unit):
        raise NotAllowed("programme_not_allowed")
    return found


def to_decide(who: scope.Actor, public_id: UUID) -> Programme:
    """Return a programme for approving or returning, locked. Raises: NotVisible, NotAllowed."""
    found = _locked(who, public_id)
    if not approves(who, found.unit_id):
        raise NotAllowed("programme_not_approver")
    return found


def _locked(who: scope.Actor, public_id: UUID) -> Programme:
    to_read(who, public_id)
    rows = Programme.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(public_id=public_id)


def line_of(programme: Programme, public_id: UUID) -> ProgrammeLine:
    """Return a line of a programme. Raises: NotVisible."""
    found = ProgrammeLine.objects.filter(programme=programme, public_id=public_id).first()
    if found is None:
        raise NotVisible("programme_line_not_visible")
    return found
