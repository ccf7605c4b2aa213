"""Take the signed letter back: only then the step counts, the unit is told, and a head who is asked to explain has a clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core.calendars import local_date
from kycuong.core.chasing import ANSWERED_BY_HEAD, Step
from kycuong.core.errors import Invalid
from kycuong.models import ChaseItem, ChaseLetter
from kycuong.queries import scope
from kycuong.queries.addressees import directory
from kycuong.services import audit
from kycuong.services.chasing.drafting import drafted, tell
from kycuong.services.chasing.explaining import open_explanation
from kycuong.services.tasks.papers import Returned, Signed, keep_file, take_back


def record(
    *, actor: scope.Actor, at: datetime, letter: UUID, file: tuple[str, bytes] | None, typed: Signed = Signed(),
) -> tuple[int, int]:  # fmt: skip
    """Attach the signed paper to a draft; return for how many duties the step counts, and how many had dropped out.

    Raises: NotVisible, NotAllowed, Conflict, Invalid, Secret.
    """
    with transaction.atomic():
        row = drafted(actor, letter)
        back = take_back(file, typed, at)
        _check_addressee(row, back, at)
        _fill(row, back)
        row.file = keep_file(actor, at, back.paper)
        row.state, row.ended_by_id, row.ended_at = ChaseLetter.State.TAKEN, actor.officer_id, at
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Invalid("chase_number_known", number=f"{row.number}/{row.symbol}") from error
        counted, left = _count(row, actor, at)
        if Step(row.step) in ANSWERED_BY_HEAD and counted:
            open_explanation(row, actor, at)
        audit.record(
            actor_id=actor.officer_id, at=at, act="record_chase", subject_kind="chase", subject_id=row.public_id,
            step=row.step, number=f"{row.number}/{row.symbol}", file=row.file.sha256, counted=counted, left=left,
        )  # fmt: skip
    return counted, left


def _check_addressee(row: ChaseLetter, back: Returned, at: datetime) -> None:
    """Refuse a paper that says itself that it is for another unit: of several signed at once two are easily mixed up."""
    addressees = back.paper.reading.addressees if back.paper.reading else ()
    names = directory(local_date(at))
    found = [{one.unit_id for one in names.resolve(name) if one.confidence == 1} for name in addressees]
    named: set[int | None] = set().union(*found)
    if found and all(found) and not named & {None, row.unit_id}:  # None: a group, or nobody in particular
        raise Invalid("chase_other_addressee", named="; ".join(addressees), unit=row.unit.name)


def _fill(row: ChaseLetter, said: Returned) -> None:
    drafted_on = local_date(row.drafted_at)
    if said.signed_on < drafted_on:
        raise Invalid("chase_signed_early", date=f"{said.signed_on:%d/%m/%Y}", drafted=f"{drafted_on:%d/%m/%Y}")
    row.number, row.symbol, row.signed_on, row.signer = said.number, said.symbol, said.signed_on, said.signer
    known = ChaseLetter.objects.filter(number=said.number, symbol=said.symbol, signed_on=said.signed_on)
    if known.exists():  # before its file is kept; the table's own word is for two at the same moment
        raise Invalid("chase_number_known", number=said.code)


def _count(row: ChaseLetter, actor: scope.Actor, at: datetime) -> tuple[int, int]:
    """Let the step count for the duties that are still the unit's to do; the others drop out of the letter."""
    items = ChaseItem.objects.filter(letter=row, outcome="")
    everything = items.count()
    theirs = items.filter(duty__holder_unit=row.unit_id)  # what another unit has inherited is not this one's any more
    moved = tell(row, list(theirs.order_by("duty").values_list("duty_id", flat=True)), actor, at)
    items.filter(duty__in=moved).update(outcome="taken")
    items.exclude(duty__in=moved).update(outcome="left")
    return len(moved), everything - len(moved)
