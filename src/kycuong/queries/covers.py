"""Absence cover as people see it: whose desk is handled by whom, who may arrange it, whom one can choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import BigAutoField, DateTimeField, Q, QuerySet

from kycuong.core import covers as law
from kycuong.core.calendars import local_date
from kycuong.models import Appointment, Cover
from kycuong.queries import scope
from kycuong.queries.kept import Slot, kept

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of a post: who holds it on the day, and where the post stands."""

    post_id: int
    officer_id: int | None
    officer_name: str
    title: str
    unit_name: str
    place: law.Place


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One cover; state is upcoming, active or ended."""

    public_id: UUID
    officer_name: str
    title: str
    unit_name: str
    substitute_name: str
    substitute_title: str
    first: date
    last: date
    until_at: datetime
    reason: str
    made_by: str
    state: str
    ended_by: str
    may_end: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class CoversPage:
    """The covers that concern a person, the desks for which the person may arrange one, and whom to choose for one."""

    rows: list[CoverRow]
    desks: list[Desk]
    chosen: Desk | None
    substitutes: list[Desk]


def _desks(posts: Q, at: datetime) -> list[Desk]:
    """Return the occupied desks of some posts on a day, heads first (one query)."""
    held = Appointment.objects.filter(posts, scope.held_on(local_date(at)), officer__is_active=True)
    rows = held.select_related("officer", "post__unit__parent__parent").order_by("post__unit", "post")
    found = [_desk(row) for row in rows]
    rank = [law.HEADS, law.DEPUTIES, law.DIVISION_HEADS]
    return sorted(
        found, key=lambda one: next((n for n, kinds in enumerate(rank) if one.place.kind in kinds), len(rank))
    )


def _desk(row: Appointment) -> Desk:
    unit = body = row.post.unit
    while body.kind == "division" and body.parent is not None:
        body = body.parent
    place = law.Place(row.post.kind, unit.pk, body.pk, body.parent_id)
    return Desk(row.post_id, row.officer_id, row.officer.full_name, row.post.title, unit.name, place)


def desk_of(post_id: int, at: datetime) -> Desk | None:
    """Return the desk of a post with who holds it on the day of `at`; None when it is vacant."""
    return next(iter(_desks(Q(post=post_id), at)), None)


def own_places(who: scope.Actor) -> list[law.Place]:
    """Return where the person's own posts stand; a covered desk gives no right to hand desks on."""
    return [law.Place(hat.kind, hat.unit_id, hat.body_id) for hat in who.hats]


def may_arrange(who: scope.Actor, desk: Desk) -> bool:
    """Return whether the person may hand this desk to a substitute: its own officer, or who is above."""
    if desk.place.kind in law.APART:
        return False
    return desk.officer_id == who.officer_id or law.may_arrange(own_places(who), desk.place)


def substitutes(desk: Desk, at: datetime) -> list[Desk]:
    """Return who may handle a desk: deputies, or people of the same unit or division."""
    body = Q(post__unit=desk.place.body_id) | Q(post__unit__parent=desk.place.body_id, post__unit__kind="division")
    others = [one for one in _desks(body, at) if one.officer_id != desk.officer_id]
    return [one for one in others if law.may_cover(desk.place, one.place)]


def _within_reach(who: scope.Actor) -> Q:
    """Return the condition that a post may be one for which the person arranges covers; asked again of each."""
    bodies = [hat.body_id for hat in who.hats if hat.kind in law.HEADS | law.DEPUTIES]
    reach = Q(officer=who.officer_id) | Q(post__unit__in=who.division_ids)
    if bodies:
        reach |= Q(post__unit__in=bodies) | Q(post__unit__parent__in=bodies, post__unit__kind="division")
        reach |= Q(post__unit__parent__in=bodies, post__kind__in=sorted(law.HEADS))
    return reach


def page(who: scope.Actor, at: datetime, *, post: int | None = None) -> CoversPage:
    """Return the page of covers; `post` is the desk for which a substitute is looked for, one's own first by default."""
    desks = [desk for desk in _desks(_within_reach(who), at) if may_arrange(who, desk)]
    desks.sort(key=lambda desk: desk.officer_id != who.officer_id)
    wanted = [desk for desk in desks if desk.post_id == post] if post else desks
    chosen = wanted[0] if wanted else None
    return CoversPage(_rows(who, desks, at), desks, chosen, substitutes(chosen, at) if chosen else [])


def _concerning(who: scope.Actor) -> Q:
    return Q(officer=who.officer_id) | Q(substitute=who.officer_id) | Q(made_by=who.officer_id)


def cover_to_read(who: scope.Actor, public_id: UUID) -> Cover | None:
    """Return a cover that concerns the person, or of a desk for which the person may arrange covers."""
    row = Cover.objects.filter(public_id=public_id).select_related("post__unit__parent").first()
    if row is None:
        return None
    if who.officer_id in {row.officer_id, row.substitute_id, row.made_by_id}:
        return row
    unit = row.post.unit
    body = unit.parent if unit.kind == "division" and unit.parent else unit
    place = law.Place(row.post.kind, unit.pk, body.pk, body.parent_id)
    return row if law.may_arrange(own_places(who), place) else None


def _rows(who: scope.Actor, desks: Iterable[Desk], at: datetime) -> list[CoverRow]:
    mine = {desk.post_id for desk in desks}
    found = Cover.objects.filter(_concerning(who) | Q(post__in=mine))
    beside = ("officer", "substitute", "substitute_post", "post__unit", "reason", "made_by", "ended_by")
    rows = found.select_related(*beside).order_by("-until_at", "-id")[:SHOWN]
    return [_row(row, mine, who, at) for row in rows]


def _row(row: Cover, mine: set[int], who: scope.Actor, at: datetime) -> CoverRow:
    state = "ended" if row.until_at <= max(at, row.from_at) else "active" if row.from_at <= at else "upcoming"
    tells_why = who.officer_id in {row.officer_id, row.made_by_id} or row.post_id in mine  # why is not the substitute's
    return CoverRow(
        public_id=row.public_id,
        officer_name=row.officer.full_name,
        title=row.post.title,
        unit_name=row.post.unit.name,
        substitute_name=row.substitute.full_name,
        substitute_title=row.substitute_post.title,
        first=local_date(row.from_at),
        last=local_date(row.planned_until_at - timedelta(microseconds=1)),
        until_at=row.until_at,
        reason=row.reason.text if row.reason and tells_why else "",
        made_by=row.made_by.full_name,
        state=state,
        ended_by=row.ended_by.full_name if row.ended_by else "",
        may_end=state != "ended" and (row.post_id in mine or row.officer_id == who.officer_id),
        is_mine=row.substitute_id == who.officer_id,
    )


@dataclass(frozen=True, slots=True)
class Handled:
    """Who handles a desk while its officer is absent, until the end of which day."""

    officer_name: str
    substitute_id: int
    substitute_name: str
    last: date


def handled(officer_id: int | None, post_id: int | None, at: datetime) -> Handled | None:
    """Return who handles now the desk of an officer in a post; of any of the officer's posts when none is named."""
    if officer_id is None:
        return None
    rows = [row for row in _covers_now(officer_id, at) if post_id in {None, row.post_id}]
    row = next(iter(rows), None)
    if row is None:
        return None
    last = local_date(row.until_at - timedelta(microseconds=1))
    return Handled(row.officer.full_name, row.substitute_id, row.substitute.full_name, last)


@kept(BigAutoField(), DateTimeField())
def _covers_now(officer: Slot, at: Slot) -> QuerySet[Cover]:
    now = Cover.objects.filter(scope.in_force(at), officer=officer)
    return now.select_related("officer", "substitute").order_by("id")
