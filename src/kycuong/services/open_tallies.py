"""Count open duties by unit, desk and due instant: the steps that services.tallies takes, inside its transactions.

A row holds the due instants of many duties, so that a board reads a row a unit instead of every open duty; who holds what now
is compared with what was counted, and only the rows that differ are written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Q

from kycuong.core.boards import month_of
from kycuong.core.calendars import local_date
from kycuong.core.tallies import DueTally, ticks
from kycuong.models import Duty, TallyOpen, TallyStanding
from kycuong.services import open_seats

#: Keys that one question names.
CHUNK: Final = 500
_STANDS = ("kind", "unit", "post", "officer", "phase", "due_at", "opened_at")
_HOLDS = ("kind", "holder_unit", "holder_post", "holder_officer", "phase", "due_at", "opened_at")


class _Place(NamedTuple):
    """The row of TallyOpen in which a duty is counted."""

    kind: str
    desk: bool
    given: int
    unit: int
    post: int
    officer: int
    phase: str


_Changes = defaultdict[_Place, Counter[int | None]]


def build(after: int, until: int) -> None:
    """Count the open duties whose keys lie above the first and up to the second; none of them is counted yet."""
    now = list(_open(Q(pk__gt=after, pk__lte=until)))
    _count_rows([], now)
    open_seats.add([row[0] for row in now])


def count(keys: Sequence[int]) -> None:
    """Count some duties anew: as what they stood they are taken out."""
    stood: list[tuple[Any, ...]] = []
    now: list[tuple[Any, ...]] = []
    for first in range(0, len(keys), CHUNK):
        some = keys[first : first + CHUNK]
        stood += TallyStanding.objects.filter(duty__in=some).values_list("duty", *_STANDS)
        now += _open(Q(pk__in=some))
    unchanged = set(stood) & set(now)
    _count_rows([row for row in stood if row not in unchanged], [row for row in now if row not in unchanged])
    open_seats.count(keys)


def clear() -> None:
    """Forget all."""
    TallyOpen.objects.all().delete()
    TallyStanding.objects.all().delete()
    open_seats.clear()


def _open(which: Q) -> Iterator[tuple[Any, ...]]:
    """Yield the open duties as rows of TallyStanding: nobody is 0 there."""
    rows: Any = Duty.objects.filter(which).exclude(phase="closed").values_list("pk", *_HOLDS)
    for key, kind, unit, post, officer, *rest in rows.iterator():
        yield key, kind, unit, post or 0, officer or 0, *rest


def _count_rows(stood: list[tuple[Any, ...]], now: list[tuple[Any, ...]]) -> None:
    gone = [row[0] for row in stood]
    for first in range(0, len(gone), CHUNK):
        TallyStanding.objects.filter(duty__in=gone[first : first + CHUNK]).delete()
    columns = ("duty_id", *_STANDS)
    TallyStanding.objects.bulk_create(
        [TallyStanding(**dict(zip(columns, row, strict=True))) for row in now], batch_size=CHUNK
    )
    changes: _Changes = defaultdict(Counter)
    for rows, sign in ((stood, -1), (now, 1)):
        for _, kind, unit, post, officer, phase, due_at, opened_at in rows:
            tick = ticks(due_at) if due_at else None
            month, day = month_of(opened_at), local_date(opened_at).toordinal()
            for given, whose in ((0, unit), (month, unit), (day, unit), (day, 0)):
                changes[_Place(kind, False, given, whose, 0, 0, phase)][tick] += sign
            changes[_Place(kind, True, 0, unit, post, officer, phase)][tick] += sign
    _write({place: by for place, by in changes.items() if any(by.values())})


def _write(changes: dict[_Place, Counter[int | None]]) -> None:
    known = _known(list(changes))
    written, empty = [], []
    for place, by in changes.items():
        row = known.get(place)
        tally = DueTally.unpacked(row.undated, bytes(row.due)) if row else DueTally.of({})
        tally = tally.changed(by)
        if tally.undated or tally.due:
            written.append(TallyOpen(**place._asdict(), undated=tally.undated, due=tally.packed()))
        elif row:
            empty.append(row.pk)
    TallyOpen.objects.filter(pk__in=empty).delete()
    TallyOpen.objects.bulk_create(
        written,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=list(_Place._fields),
        update_fields=["undated", "due"],
    )


def _known(places: Collection[_Place]) -> dict[_Place, TallyOpen]:
    """Return the rows of these places that there are, and some beside them."""
    kinds, units = {place.kind for place in places}, sorted({place.unit for place in places})
    found = {}
    for first in range(0, len(units), CHUNK):
        some = set(units[first : first + CHUNK])
        posts = {place.post for place in places if place.unit in some}
        given = {place.given for place in places if place.unit in some}
        for row in TallyOpen.objects.filter(kind__in=kinds, given__in=given, unit__in=some, post__in=posts):
            found[_Place(row.kind, row.desk, row.given, row.unit, row.post, row.officer, row.phase)] = row
    return found
