"""The organisation on a day: who headed a unit, which desks lie inside it, who signs in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, DateField, FilteredRelation, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.models import Appointment, Officer, Post, Unit, UnitClosure
from kycuong.queries import scope
from kycuong.queries.kept import Slot, kept

HEAD_ORDER = ("chairman", "unit_head", "office_head", "division_head")


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and who holds it on the day asked about."""

    post_id: int
    title: str
    unit_id: int
    unit_name: str
    officer_id: int | None
    officer_name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """A desk to which a duty can be moved: value for the form, label for people."""

    value: str
    label: str
    unit_name: str


def valid_on(on: date | Slot) -> Q:
    """Return the condition that a unit exists on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


_RANK = (
    "chairman", "office_head", "unit_head", "vice_chairman", "office_deputy", "unit_deputy", "division_head",
    "division_deputy", "follower", "officer", "clerk",
)  # fmt: skip


#: The posts to which a head gives work within the unit.
BELOW_HEADS = ("unit_deputy", "division_head", "division_deputy", "follower", "officer", "office_deputy")


def _seats(posts: Q, on: date) -> list[Seat]:
    """Return the seats of some posts with who holds them on a day, heads first within each unit (one query)."""
    return _ranked(held_seats(posts, on))


#: What is read of a post for a seat; who keeps a question for seats may read more behind it.
SEAT_NAMES = ("pk", "title", "unit_id", "unit__name", "held__officer_id", "held__officer__full_name", "kind", "code")


def held_seats(posts: Q, on: date | Slot) -> QuerySet[Post, tuple[Any, ...]]:
    """Return the question for the seats of some posts on a day, to be kept; its rows go to `seat_that`."""
    holds = Q(appointments__valid_from__lte=on) & (
        Q(appointments__valid_until__isnull=True) | Q(appointments__valid_until__gt=on)
    )
    found = Post.objects.filter(posts).annotate(held=FilteredRelation("appointments", condition=holds))
    return found.values_list(*SEAT_NAMES)


@kept(BigAutoField(), DateField())
def _on_post(post: Slot, on: Slot) -> QuerySet[Post, tuple[Any, ...]]:
    return held_seats(Q(pk=post), on)


@kept(BigAutoField(), DateField())
def _in_unit(unit: Slot, on: Slot) -> QuerySet[Post, tuple[Any, ...]]:
    return held_seats(Q(unit=unit), on)


def _ranked(rows: Iterable[tuple[Any, ...]]) -> list[Seat]:
    ranked = sorted(rows, key=lambda row: (row[2], _RANK.index(row[6]) if row[6] in _RANK else len(_RANK), row[0]))
    return [Seat(row[0], row[1], row[2], row[3], row[4], row[5] or "", row[7]) for row in ranked]


def heads(unit_ids: Iterable[int], on: date) -> dict[int, Seat]:
    """Return the head's seat of each unit on a day (two queries); a vacant seat has no officer."""
    return _heads(_seats(Q(unit__in=list(unit_ids), kind__in=HEAD_ORDER), on))


def _heads(seats: Iterable[Seat]) -> dict[int, Seat]:
    found: dict[int, Seat] = {}
    for seat in seats:
        if seat.unit_id not in found or (found[seat.unit_id].officer_id is None and seat.officer_id):
            found[seat.unit_id] = seat
    return found


def head_of(unit_id: int, on: date) -> Seat | None:
    """Return who headed this unit on that day."""
    return head_among(row for row in _in_unit(unit_id, on) if row[6] in HEAD_ORDER)


def head_among(rows: Iterable[tuple[Any, ...]]) -> Seat | None:
    """Return the head's seat of one unit of whose heads' posts `held_seats` gave the rows."""
    return next(iter(_heads(_ranked(rows)).values()), None)


def seat(post_id: int, on: date) -> Seat | None:
    """Return a post and its holder on a day."""
    return seat_that(_on_post(post_id, on))


def seat_that(rows: Iterable[tuple[Any, ...]]) -> Seat | None:
    """Return the seat of a post of which `held_seats` gave the rows."""
    return next(iter(_ranked(rows)), None)


def seats(post_ids: Iterable[int], on: date) -> dict[int, Seat]:
    """Return the seats of some posts by post (one query)."""
    return {row.post_id: row for row in _seats(Q(pk__in=list(post_ids)), on)}


def seats_in(unit_ids: Iterable[int], on: date) -> list[Seat]:
    """Return every seat of some units, heads first within each (one query)."""
    return _seats(Q(unit__in=list(unit_ids)), on)


def seats_of(unit_id: int, on: date, *kinds: str) -> list[Seat]:
    """Return the seats of a unit of some kinds."""
    return _ranked(row for row in _in_unit(unit_id, on) if row[6] in kinds)


def leaders(at: datetime) -> list[Seat]:
    """Return the province's leaders in office, for whom an order can be written down, the Chairman first (one query)."""
    on = local_date(at)
    return [
        seat for seat in _seats(Q(kind__in=["chairman", "vice_chairman"], unit__kind="province"), on) if seat.officer_id
    ]


def committee(unit_id: int, on: date) -> list[tuple[Seat, str, bool]]:
    """Return the held seats of the Committee that a unit belongs to, each with the kind of its unit and whether it is the Chairman's.

    Of the province: its leaders and the heads of its bodies; of a commune: its leaders and the heads within it (four queries).
    """
    unit = Unit.objects.get(pk=unit_id)
    chair = Q(unit__kind="province", kind="chairman")
    if unit.kind == "commune":
        chair = Q(unit=unit_id, kind="unit_head")
        posts = Q(unit=unit_id, kind__in=("unit_head", "unit_deputy")) | Q(
            unit__parent=unit_id, kind__in=("division_head", "unit_head")
        )
    else:
        heads_of = Q(unit__kind__in=("office", "department", "vertical"), kind__in=("unit_head", "office_head"))
        posts = Q(unit__kind="province", kind__in=("chairman", "vice_chairman")) | heads_of
    kinds = dict(Unit.objects.filter(valid_on(on)).values_list("pk", "kind"))
    first = {"province": 0, "commune": 0, "vertical": 2}
    chairs = set(Post.objects.filter(chair).values_list("pk", flat=True))
    found = [
        (seat, kinds[seat.unit_id], seat.post_id in chairs)
        for seat in _seats(posts, on)
        if seat.officer_id and seat.unit_id in kinds
    ]
    return sorted(found, key=lambda row: first.get(row[1], 1))


def inside(unit_id: int, on: date) -> list[Seat]:
    """Return the seats of a charged unit and its divisions below the unit's heads, division by division."""
    within = Q(unit=unit_id) | Q(unit__parent=unit_id, unit__kind="division")
    kinds = Q(kind__in=BELOW_HEADS)
    return _seats(within & kinds, on)


def desks(who: scope.Actor, duty_public_id: UUID, at: datetime) -> list[DeskChoice]:
    """Return the desks to which the person may move this duty: a unit's head anywhere inside, a division's head within it."""
    duty = scope.duty_to_read(who, duty_public_id)
    seats = below(scope.standing_for(who, duty), duty.holder_unit_id, at, routing=duty.kind == "opinion")
    return [
        DeskChoice(f"post:{row.post_id}", f"{row.officer_name} · {row.title}", row.unit_name)
        for row in seats
        if row.post_id != duty.holder_post_id
    ]


def below(who: scope.Actor, unit_id: int, at: datetime, *, routing: bool = False) -> list[Seat]:
    """Return the occupied seats of a charged unit to which the person may give work; with `routing` its clerk may as well."""
    seats = [row for row in inside(unit_id, local_date(at)) if row.officer_id]
    anywhere = who.leads(unit_id) or (routing and who.routes(unit_id))
    return seats if anywhere else [row for row in seats if row.unit_id in who.division_ids]


def seat_below(who: scope.Actor, unit_id: int, post_id: int, at: datetime, *, routing: bool = False) -> Seat | None:
    """Return the seat of one post if the person may give the unit's work to it and somebody holds it."""
    row = next(iter(_held_below(post_id, local_date(at))), None)
    if row is None or unit_id not in {row[1], row[3] if row[6] == "division" else None}:
        return None
    anywhere = who.leads(unit_id) or (routing and who.routes(unit_id))
    return Seat(post_id, *row[:3], *row[4:6]) if anywhere or row[1] in who.division_ids else None


@kept(BigAutoField(), DateField())
def _held_below(post: Slot, on: Slot) -> QuerySet[Appointment, tuple[Any, ...]]:
    names = ("post__title", "post__unit", "post__unit__name", "post__unit__parent", "officer", "officer__full_name")
    held = Appointment.objects.filter(scope.held_on(on), post=post, post__kind__in=BELOW_HEADS).order_by("pk")
    return held.values_list(*names, "post__unit__kind")


def in_office(officer_ids: Iterable[int], on: date) -> set[int]:
    """Return those of some active people who hold a post on a day."""
    held = Appointment.objects.filter(scope.held_on(on), officer__in=list(officer_ids), officer__is_active=True)
    return set(held.values_list("officer", flat=True))


def demo_sign_ins(logins: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return (login, name, title and unit of today's first post) of the named people, for the sign-in page of a demo."""
    order = list(logins)
    rows = Appointment.objects.filter(officer__login__in=order, valid_until__isnull=True).order_by("-id")
    found = {
        row.officer.login: (row.officer.login, row.officer.full_name, place(row.post))
        for row in rows.select_related("officer", "post__unit__parent")
    }
    return [found[login] for login in order if login in found]


def place(post: Post) -> str:
    """Return a post's title with its unit, unless the title names the unit already."""
    if post.unit.name in post.title or post.unit.short_name in post.title:
        return post.title
    return f"{post.title}, {post.unit.name}"


def body_of(unit_id: int) -> int:
    """Return the charged unit in which a unit lies: itself, or the body above a division."""
    unit = Unit.objects.select_related("parent__parent").get(pk=unit_id)
    while unit.kind == "division" and unit.parent is not None:
        unit = unit.parent
    return unit.pk


def followers(on: date) -> list[Seat]:
    """Return the seats of the specialists who may follow and confirm: the Office's and other overseers' followers."""
    return _seats(Q(kind="follower"), on)


def officer_id(login: str) -> int | None:
    """Return the officer with this sign-in name, whatever its letter case."""
    return Officer.objects.filter(login__iexact=login, is_active=True).values_list("pk", flat=True).first()


def any_unit() -> bool:
    """Return whether an organisation has been loaded."""
    return Unit.objects.exists()


def unit_id(public_id: UUID) -> int | None:
    """Return the key of a unit by its public id."""
    return Unit.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def unit_choices(at: datetime) -> list[tuple[UUID, str]]:
    """Return the units of the day, the province first, to choose one from; a division with the body it lies in."""
    rows = Unit.objects.filter(valid_on(local_date(at))).exclude(kind="district").select_related("parent")
    top = sorted(rows, key=lambda row: (row.parent_id is not None, row.kind, row.name))
    return [
        (row.public_id, f"{row.name}, {row.parent.name}" if row.kind == "division" and row.parent else row.name)
        for row in top
    ]


def unit_id_of(code: str) -> int | None:
    """Return the key of a unit by its code."""
    return Unit.objects.filter(code=code).values_list("pk", flat=True).first()


def public_id_of(unit_id: int) -> UUID:
    """Return the public id of a unit."""
    return Unit.objects.values_list("public_id", flat=True).get(pk=unit_id)


def unit_of_code(code: str) -> UUID:
    """Return the public id of a unit by its code. Raises: Invalid."""
    found = Unit.objects.filter(code=code).values_list("public_id", flat=True).first()
    if found is None:
        raise Invalid("unit_unknown", text=code)
    return found


def board_choices(who: scope.Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Return the charged units that a person can choose a board of: all, those below the own one, or none to choose."""
    on = local_date(at)
    if who.sees_all:
        return _charged(on)
    below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True)
    return list(_charged_on(on).filter(pk__in=below.values("descendant")))


def _charged_on(on: date | Slot) -> QuerySet[Unit, tuple[UUID, str]]:
    rows = Unit.objects.filter(valid_on(on)).exclude(kind__in=["division", "district", "outside"])
    return rows.order_by("kind", "name").values_list("public_id", "name")


@kept(DateField())
def _charged(on: Slot) -> QuerySet[Unit, tuple[UUID, str]]:
    return _charged_on(on)
