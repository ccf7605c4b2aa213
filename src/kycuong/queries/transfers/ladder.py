"""Who arbitrates: the posts that the authority's rule names, else the head of the Office, and last the Chairman."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from kycuong.core import transfers as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import NotAllowed
from kycuong.models import Appointment, ArbiterRule, Post, Unit
from kycuong.queries import org, scope

#: Posts that may arbitrate, and in which bodies.
ARBITRATE: Final = ("chairman", "vice_chairman", "office_head", "office_deputy", "unit_head")
BODIES: Final = ("province", "office", "department")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of arbitration as it stood from a day on."""

    most: int
    arbiter: str
    above: str
    document: str
    in_force_from: date
    officer_name: str
    in_force: bool


def _rule(on: date) -> ArbiterRule | None:
    return ArbiterRule.objects.filter(in_force_from__lte=on).order_by("-in_force_from", "-id").first()


def most_now(on: date) -> int:
    """Return how often a matter is handed on at the most, by the rule of a day."""
    rule = _rule(on)
    return rule.most if rule else law.MOST


def ladder(on: date) -> list[org.Seat]:
    """Return the seats that arbitrate on a day, the first asked first; a vacant one is passed over unless it is the last."""
    rule = _rule(on)
    first = org.seat(rule.arbiter_id, on) if rule and rule.arbiter_id else _head("office", on)
    above = org.seat(rule.above_id, on) if rule and rule.above_id else None
    seats = [seat for seat in (first, above, _head("province", on)) if seat is not None]
    known = {seat.post_id: seat for seat in seats}
    return [seat for number, seat in enumerate(known.values(), 1) if seat.officer_id or number == len(known)]


def _head(kind: str, on: date) -> org.Seat | None:
    unit = Unit.objects.filter(org.valid_on(on), kind=kind).order_by("id").first()
    return org.head_of(unit.pk, on) if unit else None


def known(seat: org.Seat, on: date) -> law.Arbiter:
    """Return a seat as the rule takes it, with every body in which its holder sits that day."""
    own = {org.body_of(seat.unit_id)}
    if seat.officer_id:
        held = Appointment.objects.filter(scope.held_on(on), officer=seat.officer_id).values_list(
            "post__unit", flat=True
        )
        own |= {org.body_of(unit) for unit in held}
    return law.Arbiter(seat.post_id, frozenset(own))


def arbiter_for(parties: Collection[int], on: date, *, after: int | None = None) -> org.Seat | None:
    """Return who arbitrates between some bodies; `after` is the post that stepped aside."""
    seats = {seat.post_id: seat for seat in ladder(on)}
    chosen = law.arbiter([known(seat, on) for seat in seats.values()], parties, after=after)
    return seats[chosen.post_id] if chosen else None


def arbiters(on: date) -> QuerySet[Post]:
    """Return the posts that may be named as arbiters on a day."""
    units = Unit.objects.filter(org.valid_on(on))
    return Post.objects.filter(kind__in=ARBITRATE, unit__kind__in=BODIES, unit__in=units)


def choices(on: date) -> list[tuple[str, str]]:
    """Return the posts that may be named as arbiters: code and title, those of the province and its departments."""
    rows = arbiters(on).select_related("unit__parent").order_by("unit__kind", "unit__name", "id")
    return [(post.code, org.place(post)) for post in rows]


def to_change_rule(who: scope.Actor) -> None:
    """Refuse whoever does not set the authority's rules. Raises: NotAllowed."""
    if not who.may("calendar"):
        raise NotAllowed("calendar_not_allowed")


def rules(at: datetime) -> list[RuleRow]:
    """Return the rules of arbitration, the latest first (one query)."""
    on = local_date(at)
    rows = list(ArbiterRule.objects.select_related("arbiter", "above", "officer").order_by("-in_force_from", "-id"))
    now = next((row.pk for row in rows if row.in_force_from <= on), None)
    return [
        RuleRow(
            row.most, str(row.arbiter.title) if row.arbiter else "", str(row.above.title) if row.above else "", row.document,
            row.in_force_from, row.officer.full_name, row.pk == now,
        )
        for row in rows
    ]  # fmt: skip
