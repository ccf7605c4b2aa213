"""What a simulator of a province's life asks: who holds a duty now, which duties a document opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.models import Duty, Officer, Opinion, Task, Unit, VotingSlip
from kycuong.queries import org, processes, targets


@dataclass(frozen=True, slots=True)
class Opened:
    """A duty as it was opened."""

    public_id: UUID
    title: str
    document: str
    path: str
    unit_id: int
    unit_code: str
    unit_name: str
    unit_symbol: str
    unit_kind: str
    due_at: datetime | None
    slot: date | None


def officer_id(login: str) -> int:
    """Return the key of the officer with this sign-in name."""
    return Officer.objects.values_list("pk", flat=True).get(login=login)


def opened(document: UUID) -> list[Opened]:
    """Return the duties that a document opened, in order."""
    rows = Duty.objects.filter(document__public_id=document, kind="task").order_by("id")
    return [
        Opened(
            row.public_id, row.title, str(row.document), row.task.order.path if row.task.order else "",
            row.holder_unit_id, row.holder_unit.code, row.holder_unit.name, row.holder_unit.code.upper().split("-")[-1],
            row.holder_unit.kind, row.due_at, row.slot,
        )
        for row in rows.select_related("holder_unit", "document", "task__order")
    ]  # fmt: skip


def holder(duty: UUID) -> int | None:
    """Return the key of the officer on whose desk a duty lies."""
    return Duty.objects.filter(public_id=duty).values_list("holder_officer", flat=True).first()


def falls_short(duty: UUID) -> bool:
    """Return whether a task has a target that it has not reached."""
    return bool(targets.short(Duty.objects.get(public_id=duty)))


def unit_of(unit_id: int) -> UUID:
    """Return the public id of a unit."""
    return org.public_id_of(unit_id)


def proposal(duty: UUID) -> UUID | None:
    """Return the giver's duty to decide what was asked about a duty, if one is waiting."""
    waiting = Duty.objects.filter(parent__public_id=duty, kind="proposal").exclude(phase="closed")
    return waiting.values_list("public_id", flat=True).first()


def head(unit_id: int, at: datetime) -> int | None:
    """Return the key of the officer who heads a unit on the day."""
    seat = org.head_of(unit_id, local_date(at))
    return seat.officer_id if seat else None


def consulted(codes: Sequence[str]) -> dict[str, tuple[int, UUID]]:
    """Return the key and the public id of each unit by its code."""
    rows = Unit.objects.filter(code__in=codes, valid_until__isnull=True)
    return {code: (key, public_id) for code, key, public_id in rows.values_list("code", "pk", "public_id")}


def opinion(consultation: UUID, unit_id: int) -> UUID:
    """Return the duty of a body to give its opinion in a consultation."""
    rows = Opinion.objects.filter(consultation__public_id=consultation, unit=unit_id)
    return rows.values_list("duty__public_id", flat=True).latest("pk")


def signing(unit_id: int, at: datetime) -> tuple[str, str]:
    """Return the name of a unit and of who heads it on the day."""
    head_id = head(unit_id, at)
    name = Unit.objects.values_list("name", flat=True).get(pk=unit_id)
    return name, Officer.objects.values_list("full_name", flat=True).get(pk=head_id) if head_id else ""


def asked_of(duty: UUID, kind: str) -> UUID:
    """Return what a duty put before somebody to decide last: a proposal, an arbitration."""
    return Duty.objects.filter(parent__public_id=duty, kind=kind).values_list("public_id", flat=True).latest("id")


def follows(duty: UUID) -> UUID:
    """Return the task that was given in place of another."""
    return Task.objects.values_list("duty__public_id", flat=True).get(replaces__duty__public_id=duty)


def slip(voting: UUID, post: str) -> tuple[UUID, int]:
    """Return the slip of the member who holds a post in a round, and who that is."""
    rows = VotingSlip.objects.filter(voting__public_id=voting, duty__holder_post__code=post)
    public_id, officer = rows.values_list("duty__public_id", "officer").get()
    return public_id, officer


def road(code: str, at: datetime) -> dict[str, int]:
    """Return the posts of a unit by the step of its own process at which each acts."""
    unit = Unit.objects.values_list("pk", flat=True).get(code=code, valid_until__isnull=True)
    seats = processes.posts(unit, local_date(at))
    kinds = {
        "clerk": "_clerk", "leader": "_unit_head", "division": "_division_head", "officer": "_officer", "approve": "_unit_deputy",
        "issue": "_clerk",
    }  # fmt: skip
    return {
        step: next((seat.post_id for seat in seats if kind in seat.code), seats[0].post_id)
        for step, kind in kinds.items()
    }


def silent_of(unit: UUID) -> UUID | None:
    """Return the last question to a unit that ended in silence."""
    rows = Opinion.objects.filter(unit__public_id=unit, outcome__in=("consent", "liable"))
    return rows.order_by("-id").values_list("duty__public_id", flat=True).first()
