"""A plan laid over the organisation of its day: which units end, who heads what follows, who moves where, what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from kycuong.core.errors import Fact, Invalid
from kycuong.core.folding import fold
from kycuong.core.org_changes import OF_UNITS, Kind, Plan, Successor, subject_of
from kycuong.models import Appointment, Officer, Post, Unit, UnitClosure
from kycuong.queries import org, scope
from kycuong.queries.org_changes.refusals import refusals_of_units

BODY_HEADS = frozenset({"chairman", "unit_head", "office_head"})


@dataclass(frozen=True, slots=True)
class Inner:
    """A unit below one that changes: `to` is the successor that takes it over ("" for none), `into` its like there."""

    unit: Unit
    to: str
    into: Unit | None
    stays: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A post of a unit that changes and who holds it; carried: a post like it begins in the successor."""

    post: Post
    officer: Officer | None
    to: str
    carried: bool

    @property
    def is_head(self) -> bool:
        """Return whether this is the post of a body's head."""
        return self.post.kind in BODY_HEADS


@dataclass(frozen=True, slots=True)
class Head:
    """Who will head a successor; post None when the post is made with the unit."""

    code: str
    unit_name: str
    officer_name: str
    title: str


@dataclass(slots=True)
class Layout:
    """A plan with the rows it means; the first of `refusals` is what a service raises."""

    plan: Plan
    olds: list[Unit] = field(default_factory=list)
    known: dict[str, Unit] = field(default_factory=dict)
    inner: list[Inner] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    refusals: list[Fact] = field(default_factory=list)

    @property
    def of_divisions(self) -> bool:
        """Return whether the units that change are divisions, so that duties stay within their body."""
        return bool(self.olds) and self.olds[0].kind == "division"

    def name_of(self, code: str) -> str:
        """Return what people call the unit of a code, in force or new."""
        new = next((one.name for one in self.plan.successors if one.code == code and one.name), "")
        return new or (self.known[code].name if code in self.known else code)

    @property
    def unplaced(self) -> list[Place]:
        """Return those whose post ends and who have no place yet in what follows."""
        placed = {place.officer.pk for place in self.places if place.carried and place.officer}
        placed |= set(Officer.objects.filter(login__in=self._new_heads()).values_list("pk", flat=True))
        return [
            place for place in self.places if place.officer and not place.carried and place.officer.pk not in placed
        ]

    def _new_heads(self) -> list[str]:
        return [one.head for one in self.plan.successors if one.head]


def layout(plan: Plan, own: int | None = None) -> Layout:
    """Return the plan laid over the organisation of its day, with everything that stands against it.

    `own` is the change itself, once it is kept, which does not stand against itself.
    """
    made = Layout(plan)
    codes = {*plan.units, *(one.code for one in plan.successors)}
    made.known = {unit.code: unit for unit in Unit.objects.filter(code__in=codes).select_related("parent")}
    made.olds = [made.known[code] for code in plan.units if code in made.known]
    missing = [code for code in plan.units if code not in made.known]
    if missing:
        made.refusals.append(Invalid("unit_unknown", text=", ".join(missing)))
        return made
    made.refusals += refusals_of_units(plan, made.olds, made.known, own)
    if plan.kind in OF_UNITS and not made.refusals:
        _lay_inside(made)
        made.refusals += [*_without_head(made), *_begun_later(made)]
    return made


def _lay_inside(made: Layout) -> None:
    on = made.plan.in_force_on
    below = UnitClosure.objects.filter(ancestor__in=made.olds, depth__gt=0, valid_until__isnull=True)
    units = Unit.objects.filter(valid_until__isnull=True, pk__in=below.values("descendant")).select_related("parent")
    direct = [unit for unit in units.order_by("id") if unit.parent_id in {old.pk for old in made.olds}]
    made.refusals += [
        Invalid("org_change_before_unit", on=f"{on:%d/%m/%Y}", unit=unit.name, since=f"{unit.valid_from:%d/%m/%Y}")
        for unit in direct
        if unit.valid_from >= on
    ]
    existing = _divisions_of([made.known[one.code] for one in made.plan.successors if not one.name])
    made.inner = [_inner(made, unit, existing) for unit in direct]
    made.places = _places(made, on)
    made.heads = [head for one in made.plan.successors if (head := _head(made, one))]


def _divisions_of(units: Iterable[Unit]) -> dict[tuple[str, str], Unit]:
    """Return the divisions of units in force by the unit's code and their own folded name."""
    rows = Unit.objects.filter(parent__in=list(units), kind="division", valid_until__isnull=True)
    return {(row.parent.code, fold(row.name)): row for row in rows.select_related("parent") if row.parent}


def _inner(made: Layout, unit: Unit, existing: dict[tuple[str, str], Unit]) -> Inner:
    plan = made.plan
    alike = subject_of(unit.name, plan.successors) if plan.kind is Kind.SPLIT and not plan.stays else ""
    to = _taker(plan, plan.within.get(unit.code, "") or alike)
    stays = made.plan.stays and to in {"", *made.plan.units}
    return Inner(unit, "" if stays else to, existing.get((to, fold(unit.name))), stays)


def _taker(plan: Plan, chosen: str) -> str:
    """Return who takes over a part of a unit or one of its people: as said, else the first successor where all must go."""
    if chosen or plan.stays or plan.kind is Kind.ABOLISH:
        return chosen
    return plan.rest or plan.successors[0].code


def _places(made: Layout, on: date) -> list[Place]:
    leaving = [one for one in made.inner if not one.stays and one.unit.kind == "division"]
    inner = {one.unit.pk: one for one in leaving}
    units = [*inner, *([] if made.plan.stays else [old.pk for old in made.olds])]
    posts = list(Post.objects.filter(unit__in=units).select_related("unit").order_by("id"))
    moved = {place for place in made.plan.people if made.plan.stays}
    if moved:  # people of the unit that goes on who are named one by one
        held = Appointment.objects.filter(scope.held_on(on), officer__login__in=moved, post__unit__in=made.olds)
        posts += list(Post.objects.filter(pk__in=held.values("post")).select_related("unit"))
    rows = Appointment.objects.filter(scope.held_on(on), post__in=posts).select_related("officer")
    officers = {row.post_id: row.officer for row in rows}
    seats = org.heads([one.into.pk for one in leaving if one.into], on).values()
    there = {seat.unit_id for seat in seats if seat.officer_id}
    headed = {(one.to, fold(one.unit.name)) for one in leaving if one.into and one.into.pk in there}
    return [
        place for post in posts if (place := _place(made, post, officers.get(post.pk), inner.get(post.unit_id), headed))
    ]


def _place(
    made: Layout, post: Post, officer: Officer | None, inner: Inner | None, headed: set[tuple[str, str]]
) -> Place | None:
    """Return where a post goes; of several divisions of one name that become one the first head goes along."""
    login = officer.login if officer else ""
    to = made.plan.people.get(login, "") or (inner.to if inner else _taker(made.plan, ""))
    if inner and post.kind == "division_head":
        division = (to, fold(inner.unit.name))
        carried = bool(to) and division not in headed
        headed |= {division} if officer and carried else set()
        return Place(post, officer, to, carried) if officer or carried else None
    heads = post.kind in BODY_HEADS or (post.kind == "division_head" and made.of_divisions)
    return Place(post, officer, to, carried=bool(to) and not heads) if officer else None


def _head(made: Layout, one: Successor) -> Head | None:
    """Return who will head a successor, None when nobody is known."""
    if one.head:
        officer = Officer.objects.filter(login=one.head, is_active=True).first()
        if officer is None:
            made.refusals.append(Invalid("officer_unknown", text=one.head))
            return None
        return Head(one.code, made.name_of(one.code), officer.full_name, one.head_title)
    unit = made.known.get(one.code)
    seat = org.head_of(unit.pk, made.plan.in_force_on) if unit else None
    return Head(one.code, unit.name, seat.officer_name, seat.title) if unit and seat and seat.officer_id else None


def _without_head(made: Layout) -> list[Fact]:
    if made.of_divisions:  # without a head of its own a division's duties lie with the head of the body
        return []
    headed = {head.code for head in made.heads}
    on = f"{made.plan.in_force_on:%d/%m/%Y}"
    return [
        Invalid("successor_without_head", unit=made.name_of(one.code), on=on)
        for one in made.plan.successors
        if one.code not in headed
    ]


def _begun_later(made: Layout) -> list[Fact]:
    """Return the refusal when somebody was appointed in an ending unit on or after the day on which it ends."""
    on = made.plan.in_force_on
    ending = [] if made.plan.stays else [old.pk for old in made.olds]
    ending += [one.unit.pk for one in made.inner if not one.stays and one.unit.kind == "division"]
    later = Q(valid_from__gte=on) & (Q(post__unit__in=ending) | Q(post__in=[place.post.pk for place in made.places]))
    row = Appointment.objects.filter(later).select_related("officer", "post").order_by("id").first()
    if row is None:
        return []
    return [
        Invalid(
            "org_change_before_appointment", on=f"{on:%d/%m/%Y}", name=row.officer.full_name, title=row.post.title,
            since=f"{row.valid_from:%d/%m/%Y}",
        )
    ]  # fmt: skip
