"""The tokens of other systems: whom one stands for now, and the list that an administrator sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, DateTimeField, QuerySet

from kycuong.core import tokens
from kycuong.core.calendars import local_date
from kycuong.core.errors import NotAllowed
from kycuong.models import Appointment, SystemToken
from kycuong.queries import scope
from kycuong.queries.kept import Slot, kept


@dataclass(frozen=True, slots=True)
class Bearer:
    """A system at the door: as whom it acts, what it may do, and how many calls of its minute were noted."""

    token: int
    key: str
    actor: scope.Actor
    rights: frozenset[str]
    minute: int
    calls: int


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token in the list; state is active, expired, revoked or vacant (the officer holds the post no more)."""

    public_id: UUID
    system: str
    officer_name: str
    title: str
    unit_name: str
    rights: list[str]
    key: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, as whom a system may act."""

    value: str
    label: str


def bearer(text: str, at: datetime) -> Bearer | None:
    """Return whom a token stands for now; None when it is unknown, revoked, expired, or its officer left the post."""
    read = tokens.read_token(text)
    row = next(iter(_standing(read[0], at)), None) if read else None
    if read is None or row is None or not tokens.same(row.digest, read[1]):
        return None
    actor = acting(row.officer_id, row.post_id, at)
    return Bearer(row.pk, row.key, actor, frozenset(row.rights), row.minute, row.calls) if actor else None


@kept(CharField(), DateTimeField())
def _standing(key: Slot, at: Slot) -> QuerySet[SystemToken]:
    return SystemToken.objects.filter(key=key, revoked_at__isnull=True, expires_at__gt=at)


def acting(officer_id: int, post_id: int, at: datetime) -> scope.Actor | None:
    """Return an officer in one post alone, without the others and without covers; None when it is held no more."""
    whole = scope.actor(officer_id, at)
    hats = tuple(hat for hat in whole.hats if hat.post_id == post_id)
    return replace(whole, hats=hats, covers=()) if hats else None


def stands(token: int, at: datetime) -> bool:
    """Return whether a token that was good a moment ago still is."""
    return SystemToken.objects.filter(pk=token, revoked_at__isnull=True, expires_at__gt=at).exists()


def must_administer(who: scope.Actor) -> None:
    """Refuse whoever is no administrator. Raises: NotAllowed."""
    if not who.may("administer"):
        raise NotAllowed("administer_not_allowed")


def listed(who: scope.Actor | None, at: datetime) -> list[TokenRow]:
    """Return every token, the newest first; `who` is none for whoever runs the machine. Raises: NotAllowed."""
    if who is not None:
        must_administer(who)
    rows = SystemToken.objects.select_related("officer", "post__unit", "made_by").order_by("-id")
    held = set(
        Appointment.objects.filter(
            scope.held_on(local_date(at)), post__in=[row.post_id for row in rows], officer__is_active=True
        ).values_list("officer", "post")
    )
    return [_row(row, (row.officer_id, row.post_id) in held, at) for row in rows]


def _row(row: SystemToken, held: bool, at: datetime) -> TokenRow:
    state = "active" if held else "vacant"
    if row.expires_at <= at:
        state = "expired"
    if row.revoked_at:
        state = "revoked"
    return TokenRow(
        row.public_id, row.system, row.officer.full_name, row.post.title, row.post.unit.name, list(row.rights), row.key,
        row.made_by.full_name if row.made_by else "", row.made_at, row.expires_at, row.last_used_at, row.revoked_at, state,
    )  # fmt: skip


def holders(who: scope.Actor, at: datetime) -> list[Holder]:
    """Return who holds which post today, to choose as whom a system acts. Raises: NotAllowed."""
    must_administer(who)
    rows = Appointment.objects.filter(scope.held_on(local_date(at)), officer__is_active=True)
    found = rows.select_related("officer", "post__unit").order_by("post__unit__name", "post_id")
    return [
        Holder(
            f"{row.officer.login} {row.post.code}", f"{row.officer.full_name}, {row.post.title}, {row.post.unit.name}"
        )
        for row in found
    ]
