"""Who acts: a person with every hat of the day, and with the desks of absent officers that the person handles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, DateField, DateTimeField, Exists, OuterRef, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.covers import DEPUTIES, DIVISION_HEADS, HEADS
from kycuong.models import Appointment, Cover, Post
from kycuong.queries.kept import Slot, kept

LEADERS = ("chairman", "vice_chairman")
INTAKE = frozenset({"clerk", "follower", "office_head", "office_deputy"})


@dataclass(frozen=True, slots=True)
class Hat:
    """One post that a person holds on the day: body is the charged unit, unit the post's own (a division or the body)."""

    post_id: int
    kind: str
    title: str
    unit_id: int
    unit_name: str
    unit_kind: str
    body_id: int
    body_name: str
    body_kind: str
    oversees: bool


@dataclass(frozen=True, slots=True)
class CoverHat:
    """The desk of an absent officer that a person handles: it gives a right to what lies there and to nothing else."""

    cover_id: UUID
    hat: Hat
    officer_id: int
    officer_name: str
    until_at: datetime

    def holds(self, officer_id: int | None, post_id: int | None) -> bool:
        """Return whether what lies with this officer in this post lies on the covered desk."""
        return officer_id == self.officer_id and post_id == self.hat.post_id


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with every hat of the day; rights follow the appointments and end with them.

    `covers` are the desks of absent officers that the person handles now: they are hats for what lies there only.
    """

    officer_id: int
    login: str
    full_name: str
    hats: tuple[Hat, ...]
    covers: tuple[CoverHat, ...] = ()

    def has(self, *kinds: str) -> bool:
        """Return whether one of the person's posts is of one of these kinds."""
        return any(hat.kind in kinds for hat in self.hats)

    @property
    def sees_all(self) -> bool:
        """Return whether the person sees every open duty: the province's leaders, the Office, Home Affairs, the auditor."""
        return any(
            hat.kind in {"chairman", "vice_chairman", "auditor"} or (hat.oversees and hat.kind != "administrator")
            for hat in self.hats
        )

    @property
    def intake(self) -> bool:
        """Return whether the person registers, reviews and issues: clerks, followers and heads of the Office."""
        return any(hat.body_kind == "office" and hat.kind in INTAKE for hat in self.hats)

    @property
    def gives(self) -> bool:
        """Return whether the person gives units tasks directly: the province's leaders, and the Office that writes for them."""
        return self.intake or self.has(*LEADERS)

    @property
    def chases(self) -> bool:
        """Return whether the person urges units: those who follow and lead in the Office, and the province's leaders."""
        return any(
            (hat.body_kind == "office" and hat.kind in {"follower", "office_head", "office_deputy"})
            or hat.kind in {"chairman", "vice_chairman"}
            for hat in self.hats
        )

    def may(self, what: str) -> bool:
        """Return whether the person may `intake`, `give`, `audit`, `organise`, `administer`, set the `calendar`, keep `competence`."""
        if what in {"intake", "give"}:
            return self.intake if what == "intake" else self.gives
        if what == "audit":
            return self.has("auditor", "administrator", "office_head")
        if what in {"organise", "competence"}:  # who decides what is part of the organisation
            return self.organises
        if what == "calendar":
            return self.has("administrator", "office_head")
        return what == "administer" and self.has("administrator")

    @property
    def organises(self) -> bool:
        """Return whether the person changes the organisation: the administrator, and the heads of Home Affairs.

        Home Affairs advises the Committee on its organisation (its statutory function) and is the department that oversees.
        """
        return self.has("administrator") or self.leads_home_affairs

    @property
    def leads_home_affairs(self) -> bool:
        """Return whether the person heads Home Affairs or is a deputy of its head."""
        return any(hat.oversees and hat.body_kind == "department" and hat.kind in HEADS | DEPUTIES for hat in self.hats)

    def leads(self, unit_id: int) -> bool:
        """Return whether the person heads the unit or is a deputy of its head."""
        return any(hat.body_id == unit_id and hat.kind in HEADS | DEPUTIES for hat in self.hats)

    def leads_division(self, unit_id: int | None) -> bool:
        """Return whether the person heads that division."""
        return any(hat.unit_id == unit_id and hat.kind in DIVISION_HEADS for hat in self.hats)

    def routes(self, unit_id: int) -> bool:
        """Return whether the person is the unit's clerk, who receives papers and passes them on as its head has noted."""
        return any(hat.body_id == unit_id and hat.kind == "clerk" for hat in self.hats)

    @property
    def body_ids(self) -> tuple[int, ...]:
        """Return the units whose duties as a whole concern the person: heads, deputies and clerks."""
        return tuple({hat.body_id for hat in self.hats if hat.kind in HEADS | DEPUTIES | {"clerk"}})

    @property
    def division_ids(self) -> tuple[int, ...]:
        """Return the divisions that the person heads."""
        return tuple({hat.unit_id for hat in self.hats if hat.kind in DIVISION_HEADS})

    @property
    def member_ids(self) -> tuple[int, ...]:
        """Return the charged units in which the person works."""
        return tuple({hat.body_id for hat in self.hats})


def held_on(on: date | Slot) -> Q:
    """Return the condition that an appointment holds on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def actor(officer_id: int, at: datetime) -> Actor:
    """Return the person as an actor with the posts held on the day of `at` and the desks covered then (one query, two for a substitute)."""
    rows = _appointments(officer_id, at, local_date(at))
    if not rows:
        return Actor(officer_id, "", "", ())
    login, full_name, covers = rows[0][:3]
    return actor_with((officer_id, login, full_name), [row[3:] for row in rows], at, covers=covers)


def actor_with(person: tuple[int, str, str], posts: Sequence[tuple[Any, ...]], at: datetime, *, covers: bool) -> Actor:
    """Return a person (key, sign-in name, name) in some posts, as `POST_NAMES` reads them; `covers`: desks covered are looked for."""
    hats = tuple(map(_hat_of, posts))
    return Actor(*person, hats, _covers(person[0], hats, at) if covers else ())


#: What is read of a unit for a hat, and how far up: a division lies in a body, or in a division of one.
_OF_UNIT, _UP = ("id", "name", "kind", "oversees"), ("unit", "unit__parent", "unit__parent__parent")
#: What is read of an appointment for a hat.
POST_NAMES = ("post", "post__kind", "post__title", *(f"post__{unit}__{name}" for unit in _UP for name in _OF_UNIT))


@kept(BigAutoField(), DateTimeField(), DateField())
def _appointments(officer: Slot, at: Slot, on: Slot) -> QuerySet[Appointment, tuple[Any, ...]]:
    held = Appointment.objects.filter(held_on(on), officer=officer, officer__is_active=True)
    covers = Exists(Cover.objects.filter(in_force(at), substitute=officer))
    names = ("officer__login", "officer__full_name", "covers", *POST_NAMES)
    return held.annotate(covers=covers).order_by("id").values_list(*names)


def _hat_of(row: tuple[Any, ...]) -> Hat:
    own, *above = row[3:7], row[7:11], row[11:15]
    body = own
    for unit in above:
        if body[2] == "division" and unit[0] is not None:
            body = unit
    if body[2] == "division" and body is above[-1]:  # a division in one of another one: nobody has it, none is lost
        return _hat(Post.objects.select_related("unit__parent__parent").get(pk=row[0]))
    return Hat(*row[:3], *own[:3], *body)


def may_act(officer_id: int, at: datetime) -> bool:
    """Return whether a person still acts at an instant: active, and in some post on that day.

    What a person has left with others (a calendar feed, a token) asks this before it answers.
    """
    held = Appointment.objects.filter(held_on(local_date(at)), officer_id=officer_id, officer__is_active=True)
    return held.exists()


def _hat(post: Post) -> Hat:
    unit = body = post.unit
    while body.kind == "division" and body.parent is not None:
        body = body.parent
    return Hat(
        post.pk, post.kind, post.title, unit.pk, unit.name, unit.kind, body.pk, body.name, body.kind, body.oversees
    )


def in_force(at: datetime | Slot) -> Q:
    """Return the condition that a cover is in force at an instant."""
    return Q(from_at__lte=at, until_at__gt=at)


def _covers(officer_id: int, hats: tuple[Hat, ...], at: datetime) -> tuple[CoverHat, ...]:
    """Return the desks that a person covers now: while the absent officer and the substitute both hold their posts."""
    own = {hat.post_id for hat in hats}
    return tuple(
        CoverHat(row.public_id, _hat(row.post), row.officer_id, row.officer.full_name, row.until_at)
        for row in _covers_of(officer_id, at, local_date(at))
        if row.substitute_post_id in own
    )


@kept(BigAutoField(), DateTimeField(), DateField())
def _covers_of(substitute: Slot, at: Slot, on: Slot) -> QuerySet[Cover]:
    still = Appointment.objects.filter(held_on(on), post=OuterRef("post"), officer=OuterRef("officer"))
    rows = Cover.objects.filter(in_force(at), Exists(still), substitute=substitute)
    return rows.select_related("officer", "post__unit__parent__parent").order_by("id")
