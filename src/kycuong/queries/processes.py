"""The agency's own process to read: its steps with who holds them, where the time of its tasks went, what a revision saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from kycuong.core import processes as law
from kycuong.core.calendars import Calendar, local_date, midnight
from kycuong.core.errors import NotVisible
from kycuong.core.processes import Stage
from kycuong.core.signals import Spread, range_of, spread
from kycuong.models import Duty, DutyHolding, ProcessStep, Unit, WorkProcess
from kycuong.queries import calendars, org, scope


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: whose it is, its limit, how long tasks lay there; `lying` are there now, `oldest_days` the longest of them."""

    stage: Stage
    title: str
    officer_name: str
    post_id: int | None
    limit_hours: int | None
    spread: Spread | None
    over: int
    lying: int
    lying_over: int
    oldest_days: float | None
    oldest: UUID | None
    oldest_title: str

    @property
    def runs_over(self) -> bool:
        """Return whether the middle of the tasks, or one that lies there now, is over the limit."""
        return bool(self.lying_over) or (self.spread is not None and self.over * 2 >= self.spread.n)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of the process, and the median of the whole road of the tasks given under it that have ended."""

    version: int
    in_force_from: date
    reason: str
    basis: str
    made_by: str
    steps: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """The process of one unit."""

    unit_id: UUID
    unit_name: str
    since: date
    until: date
    steps: list[StepRow]
    ended: int
    versions: list[VersionLine]
    saved: law.Saved | None
    may_revise: bool
    posts: list[org.Seat]


def may_read(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person sees a unit's process: whoever works in it, and who sees every duty."""
    return who.sees_all or unit_id in who.member_ids


def own_unit(who: scope.Actor) -> UUID:
    """Return the unit of the person's first hat. Raises: NotVisible."""
    if not who.hats:
        raise NotVisible("page_not_visible")
    return org.public_id_of(who.hats[0].body_id)


def to_read(who: scope.Actor, unit: UUID) -> Unit:
    """Return a unit whose process the person sees. Raises: NotVisible."""
    row = Unit.objects.filter(public_id=unit).exclude(kind="division").first()
    if row is None or not may_read(who, row.pk):
        raise NotVisible("unit_not_visible")
    return row


def in_force(unit_id: int, on: date) -> WorkProcess | None:
    """Return the version in force on a day: of those that have begun the one decided last."""
    return WorkProcess.objects.filter(unit=unit_id, in_force_from__lte=on).order_by("-version").first()


def latest(unit_id: int) -> WorkProcess | None:
    """Return the last version, in force or to come."""
    return WorkProcess.objects.filter(unit=unit_id).order_by("-version").first()


def posts(unit_id: int, on: date) -> list[org.Seat]:
    """Return every seat of a unit and its divisions."""
    divisions = Unit.objects.filter(org.valid_on(on), parent=unit_id, kind="division").order_by("name")
    return org.seats_in([unit_id, *divisions.values_list("pk", flat=True)], on)


def process(
    who: scope.Actor, at: datetime, unit: UUID, *, since: date | None = None, until: date | None = None
) -> ProcessPage:
    """Return a unit's process measured on the tasks that ended in some days and on what lies there. Raises: NotVisible, Invalid."""
    body, today = to_read(who, unit), local_date(at)
    first, last = range_of(since, until, today)
    begins, after = midnight(first), midnight(last + timedelta(days=1))
    calendar = calendars.current(body.pk)
    versions = list(WorkProcess.objects.filter(unit=body).select_related("made_by").order_by("version"))
    standing = [one for one in versions if one.in_force_from <= today]
    given = _given(standing[-1]) if standing else {}
    ended = _Roads(_done(body.pk).filter(answered_at__gte=begins, answered_at__lt=after), calendar, at)
    lying = _Roads(Duty.objects.filter(holder_unit=body, kind="task", phase="open"), calendar, at)
    seats = posts(body.pk, today)
    holders = {seat.post_id: seat.officer_name for seat in seats}
    shown = [stage for stage in Stage if stage in given or stage in ended.minutes or stage in lying.now]
    seen = scope.seen_of(who, [max(its)[1] for its in lying.now.values()])
    lines = _versions(body.pk, versions, calendar)
    return ProcessPage(
        body.public_id, body.name, first, last,
        [_step(stage, given.get(stage), holders, ended, lying, seen, calendar) for stage in shown], ended.n, lines,
        _saved(lines), who.leads(body.pk), seats if who.leads(body.pk) else [],
    )  # fmt: skip


def _given(version: WorkProcess) -> dict[Stage, ProcessStep]:
    return {Stage(row.code): row for row in ProcessStep.objects.filter(process=version).select_related("post")}


def _done(unit_id: int) -> QuerySet[Duty]:
    rows = Duty.objects.filter(holder_unit=unit_id, kind="task", answered_at__isnull=False)
    return rows.filter(Q(phase="answered") | Q(phase="closed", outcome__in=("done", "done_late")))


class _Roads:
    """The roads of some tasks from their desks (one query): minutes at each step, and the step at which each lies now."""

    def __init__(self, duties: QuerySet[Duty], calendar: Calendar, at: datetime) -> None:
        self.minutes: dict[Stage, list[int]] = defaultdict(list)
        self.now: dict[Stage, list[tuple[int, UUID, str]]] = defaultdict(list)
        self.n = 0
        rows = DutyHolding.objects.filter(duty__in=duties).order_by("duty", "from_at", "id")
        names = ("duty", "post__kind", "from_at", "until_at", "duty__answered_at", "duty__public_id", "duty__title")
        for _, its in groupby(rows.values_list(*names), key=lambda row: row[0]):
            desks = list(its)
            sent = desks[0][4]
            stays = list(_stays(desks, sent or at, calendar))
            self.n += 1
            for stage, minutes in law.dwell(stays).items():
                self.minutes[stage].append(minutes)
            if sent is None and stays:
                self.now[law.stages(stays)[-1]].append((stays[-1].minutes, desks[-1][5], desks[-1][6]))


def _stays(desks: Iterable[tuple[object, ...]], end: datetime, calendar: Calendar) -> Iterator[law.Stay]:
    """Yield the stays of one task up to its sending; what lay with the confirmer afterwards is not the unit's."""
    for _, kind, begun, until, *_rest in desks:
        assert isinstance(begun, datetime)
        left = min(until, end) if isinstance(until, datetime) else end
        if begun <= end:
            yield law.Stay(str(kind or ""), calendar.working_minutes_between(begun, max(begun, left)))


def _step(
    stage: Stage,
    given: ProcessStep | None,
    holders: dict[int, str],
    ended: _Roads,
    lying: _Roads,
    seen: set[UUID],
    calendar: Calendar,
) -> StepRow:
    day = calendar.hours.minutes_per_day
    limit = given.limit_hours * 60 if given else None
    took, now = ended.minutes.get(stage, []), sorted(lying.now.get(stage, []), reverse=True)
    oldest = now[0] if now else None
    shown = oldest is not None and oldest[1] in seen
    return StepRow(
        stage, given.post.title if given else "", holders.get(given.post_id, "") if given else "",
        given.post_id if given else None, given.limit_hours if given else None, spread([one / day for one in took]),
        sum(limit is not None and one > limit for one in took), len(now), sum(limit is not None and one[0] > limit for one in now),
        round(oldest[0] / day, 1) if oldest else None, oldest[1] if oldest and shown else None, oldest[2] if oldest and shown else "",
    )  # fmt: skip


def _versions(unit_id: int, versions: list[WorkProcess], calendar: Calendar) -> list[VersionLine]:
    """Return the versions with the time of the tasks given under each; those given before the first stand as version 0."""
    begins = [midnight(one.in_force_from) for one in versions]
    took: dict[int, list[float]] = defaultdict(list)
    if begins:
        floor = begins[0] - timedelta(days=366)
        rows = _done(unit_id).filter(opened_at__gte=floor).values_list("opened_at", "answered_at")
        for opened, answered in rows:
            number = law.version_on(opened, begins)
            assert answered is not None
            days = calendar.working_minutes_between(opened, answered) / calendar.hours.minutes_per_day
            took[0 if number is None else versions[number].version].append(days)
    counts: dict[int, int] = defaultdict(int)
    for key in ProcessStep.objects.filter(process__unit=unit_id).values_list("process", flat=True):
        counts[key] += 1
    lines = [
        VersionLine(
            one.version, one.in_force_from, one.reason, one.basis, one.made_by.full_name, counts[one.pk], spread(took[one.version])
        )
        for one in versions
    ]  # fmt: skip
    before = spread(took[0])
    if before and versions:
        first = local_date(begins[0]) - timedelta(days=366)
        lines.insert(0, VersionLine(0, first, "", "", "", 0, before))
    return lines


def _saved(lines: list[VersionLine]) -> law.Saved | None:
    """Return what the last revision saved, on tasks that have ended before and after it."""
    measured = [line.spread for line in lines if line.spread is not None]
    if len(measured) < 2 or lines[-1].spread is None:
        return None
    before, after = measured[-2], measured[-1]
    return law.Saved(before.median, before.n, after.median, after.n)
