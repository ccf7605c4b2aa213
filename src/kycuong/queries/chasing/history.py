"""What was done before: the steps that count as taken for a duty and for a unit, and the drafts that are under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet, UUIDField

from kycuong.core.calendars import local_date
from kycuong.core.chasing import Step, Taken
from kycuong.models import ChaseItem, ChaseLetter
from kycuong.queries import scope
from kycuong.queries.chasing.seeing import readable_letters, visible_letters
from kycuong.queries.kept import Slot, kept


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One step in the history of a duty or a unit: which time, by which letter."""

    letter_id: UUID
    step: str
    is_request: bool
    times: int
    code: str
    on: date
    reply_on: date | None
    signer: str
    file_id: UUID | None
    file_name: str
    file_signed: str
    duties: int = 1


def taken_of(duty_ids: Iterable[int], *, apart_from: int | None = None) -> dict[int, list[Taken]]:
    """Return the steps taken about some duties, oldest first, by duty, one letter left aside (one query)."""
    rows = (
        ChaseItem.objects.filter(duty__in=list(duty_ids), outcome="taken")
        .exclude(letter=apart_from)
        .order_by("letter__ended_at", "id")
        .values_list("duty_id", "letter__step", "letter__signed_on", "letter__ended_at", "letter__reply_on")
    )
    found: dict[int, list[Taken]] = defaultdict(list)
    for duty_id, step, signed_on, ended_at, reply_on in rows:
        on = signed_on or (local_date(ended_at) if ended_at else date.min)
        found[duty_id].append(Taken(Step(step), on, reply_on))
    return found


def drafts_of(duty_ids: Iterable[int]) -> dict[int, UUID]:
    """Return the letter in draft that holds each of some duties (one query)."""
    rows = ChaseItem.objects.filter(duty__in=list(duty_ids), outcome="")
    return dict(rows.values_list("duty_id", "letter__public_id"))


def chased(who: scope.Actor, duty: UUID) -> list[ChaseRow]:
    """Return the steps taken about a duty that the person was already found to see, oldest first; papers for who reads them."""
    rows = _taken(duty)
    signed = [row.pk for row in rows if row.file_id]
    read = set(readable_letters(who).filter(pk__in=signed).values_list("pk", flat=True)) if signed else set()
    return _numbered(rows, read)


@kept(UUIDField())
def _taken(duty: Slot) -> QuerySet[ChaseLetter]:
    letters = ChaseLetter.objects.filter(items__duty__public_id=duty, items__outcome="taken")
    return letters.select_related("file").order_by("ended_at", "id")


def of_unit(who: scope.Actor, unit: UUID, *, size: int = 50) -> list[ChaseRow]:
    """Return the steps taken towards a unit that the person may read, newest first, each with how many duties it was about."""
    rows = visible_letters(who).filter(unit__public_id=unit, state="taken")
    newest = rows.annotate(n=Count("items")).select_related("file").order_by("-ended_at", "-id")[:size]
    found = list(newest)[::-1]
    return _numbered(found, {row.pk for row in found})[::-1]


def _numbered(rows: Sequence[ChaseLetter], read: Collection[int]) -> list[ChaseRow]:
    """Return letters, oldest first, as rows that say which time of its step each was; `read` are those whose paper is shown."""
    times: dict[str, int] = defaultdict(int)
    made = []
    for row in rows:
        times[row.step] += 1
        file = row.file if row.pk in read else None
        made.append(
            ChaseRow(
                row.public_id, row.step, row.is_request, times[row.step],
                f"{row.number}/{row.symbol}" if row.symbol else row.number,
                row.signed_on or (local_date(row.ended_at) if row.ended_at else local_date(row.drafted_at)),
                row.reply_on, row.signer, file.public_id if file else None, file.name if file else "",
                file.signed if file else "",
                getattr(row, "n", 1),
            )
        )  # fmt: skip
    return made
