"""What a person sees of signing in: the sessions that are open, the second step, and of whom it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from kycuong.core import second_factors as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import NotAllowed
from kycuong.models import Appointment, FactorRule, Identity, RecoveryCode, SecondFactor, Session
from kycuong.queries import scope

#: People named on the page of the rules who have not registered yet.
NAMED = 30


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One open session; `key` is the hash by which it is ended."""

    key: str
    since_at: datetime | None
    seen_at: datetime | None
    way: str
    device: str
    network: str
    current: bool


@dataclass(frozen=True, slots=True)
class Factor:
    """Where a person's second step stands."""

    since_at: datetime | None
    codes_left: int
    required: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One group of people: whether the second step is asked of them, and how many have registered."""

    subject: str
    required: bool
    basis: str
    people: int
    registered: int


@dataclass(frozen=True, slots=True)
class RulePage:
    """The rules, and by name some of those who must and have not."""

    rows: list[RuleRow]
    waiting: list[str]
    more: int


def sessions(officer_id: int, real: datetime, *, at: datetime, current: str = "") -> list[SessionRow]:
    """Return a person's open sessions, the one at hand first, then the latest seen; in the time of the product's clock."""
    rows = Session.objects.filter(officer=officer_id, expire_date__gt=real)
    ahead = at - real
    found = [
        SessionRow(
            row.session_key,
            row.since_at and row.since_at + ahead,
            row.seen_at and row.seen_at + ahead,
            row.way,
            row.device,
            row.network,
            row.session_key == current,
        )
        for row in rows.defer("session_data")
    ]
    return sorted(found, key=lambda one: (one.current, one.seen_at or at), reverse=True)


def has_factor(officer_id: int) -> bool:
    """Return whether a person has registered an app."""
    return SecondFactor.objects.filter(officer=officer_id).exists()


def factor(who: scope.Actor) -> Factor:
    """Return where a person's own second step stands."""
    since = SecondFactor.objects.filter(officer=who.officer_id).values_list("since_at", flat=True).first()
    left = RecoveryCode.objects.filter(officer=who.officer_id, used_at=None).count()
    return Factor(since, left, asked_of(who))


def factor_since(officer_id: int) -> datetime | None:
    """Return since when a person has an app registered."""
    return SecondFactor.objects.filter(officer=officer_id).values_list("since_at", flat=True).first()


def linked_at(officer_id: int) -> datetime | None:
    """Return since when a person is linked to the provider of single sign-on."""
    rows = Identity.objects.filter(officer=officer_id, issuer=settings.OIDC_ISSUER)
    return rows.values_list("linked_at", flat=True).first()


def rules() -> dict[str, bool]:
    """Return what the authority has decided, by group; where nothing stands the default of the law holds."""
    return dict(FactorRule.objects.values_list("subject", "required"))


def asked_of(who: scope.Actor) -> bool:
    """Return whether the second step is asked of a person: by the setting of the instance, or by the rules for a post of the day."""
    if settings.SECOND_FACTOR != "policy":
        return bool(settings.SECOND_FACTOR == "all")
    return law.required((law.Holder(hat.kind, hat.oversees) for hat in who.hats), rules())


def must_register(who: scope.Actor) -> bool:
    """Return whether a person who signs in now must register an app before anything else."""
    return asked_of(who) and not has_factor(who.officer_id)


def rule_page(who: scope.Actor, at: datetime) -> RulePage:
    """Return the rules with the people of the day under each. Raises: NotAllowed."""
    if not who.may("administer"):
        raise NotAllowed("administer_not_allowed")
    rows = {row.subject: row for row in FactorRule.objects.all()}
    asked = [one for one in law.SUBJECTS if (rows[one].required if one in rows else one in law.REQUIRED)]
    lines = []
    for subject, (people, registered) in _people(at).items():
        basis = rows[subject].basis if subject in rows else ""
        lines.append(RuleRow(subject, subject in asked, basis, people, registered))
    waiting = _waiting(asked, at)
    return RulePage(lines, waiting[:NAMED], max(0, len(waiting) - NAMED))


def _people(at: datetime) -> dict[str, tuple[int, int]]:
    """Return for each group how many people are in it today and how many of them have registered (one query)."""
    held = Appointment.objects.filter(scope.held_on(local_date(at)), officer__is_active=True)
    registered = Exists(SecondFactor.objects.filter(officer=OuterRef("officer")))
    counts = {
        f"{subject}__{which}": Count("officer", distinct=True, filter=_of(subject) & condition)
        for subject in law.SUBJECTS
        for which, condition in (("all", Q()), ("on", Q(on=True)))
    }
    found = held.annotate(on=registered).aggregate(**counts)
    return {subject: (found[f"{subject}__all"], found[f"{subject}__on"]) for subject in law.SUBJECTS}


def _waiting(asked: Iterable[str], at: datetime) -> list[str]:
    """Return who must register and has not, by name."""
    who = Q(pk__in=[])
    for subject in asked:
        who |= _of(subject)
    held = Appointment.objects.filter(scope.held_on(local_date(at)), who, officer__is_active=True)
    without = held.exclude(Exists(SecondFactor.objects.filter(officer=OuterRef("officer"))))
    return list(without.order_by("officer__login").values_list("officer__full_name", flat=True).distinct())


def _of(subject: str) -> Q:
    """Return the condition that an appointment belongs to a group."""
    if subject != law.OVERSEER:
        return Q(post__kind=subject)
    body = Q(post__unit__oversees=True)
    return body | Q(post__unit__kind="division") & (
        Q(post__unit__parent__oversees=True)
        | Q(post__unit__parent__kind="division", post__unit__parent__parent__oversees=True)
    )
