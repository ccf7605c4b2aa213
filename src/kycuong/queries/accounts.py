"""Accounts as the administrator sees them: who can sign in, who still waits for a first password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from kycuong.core.accounts import STATE_LABELS, AccountState
from kycuong.core.calendars import local_date
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.core.folding import fold
from kycuong.models import Appointment, Duty, Officer
from kycuong.queries import org, scope


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One person's account: the posts of the day, and whether the person can sign in."""

    officer_id: int
    login: str
    name: str
    places: tuple[str, ...]
    state: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountCount:
    """How many accounts stand in a state."""

    state: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One page of accounts, with the counts of all that the words find."""

    counts: list[AccountCount]
    rows: list[AccountRow]
    next_key: str | None


_STATE = Case(
    When(is_active=False, then=Value(AccountState.STOPPED.value)),
    When(Q(("password", "")) | Q(("password__startswith", "!")), then=Value(AccountState.NEW.value)),
    When(must_change=True, then=Value(AccountState.GIVEN.value)),
    default=Value(AccountState.USED.value),
)


def accounts(
    who: scope.Actor, at: datetime, *, text: str = "", state: str = "", after: str = "", size: int = 50
) -> AccountPage:
    """Return a page of accounts whose name or sign-in name has these words, by sign-in name. Raises: NotAllowed."""
    rows = _rows(who)
    if text.strip():
        rows = rows.filter(Q(folded__contains=fold(text)) | Q(login__icontains=text.strip()))
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    counts = [AccountCount(one, STATE_LABELS[one], found.get(one, 0)) for one in AccountState]
    if state in set(AccountState):
        rows = rows.filter(state=state)
    page = list(rows.filter(login__gt=after).order_by("login")[: size + 1])
    more = page[size - 1].login if len(page) > size else None
    return AccountPage(counts, _shaped(page[:size], at), more)


def account(who: scope.Actor, at: datetime, officer_id: int) -> tuple[AccountRow, int]:
    """Return one account, and how many open duties lie with the person. Raises: NotAllowed, NotVisible."""
    found = _rows(who).filter(pk=officer_id)
    if not found:
        raise NotVisible("account_unknown", text=officer_id)
    held = Duty.objects.exclude(phase="closed").filter(holder_officer=officer_id).count()
    return _shaped(found, at)[0], held


def _rows(who: scope.Actor) -> QuerySet[Any]:
    if not who.may("administer"):
        raise NotAllowed("administer_not_allowed")
    return Officer.objects.annotate(state=_STATE)


def _shaped(officers: Iterable[Any], at: datetime) -> list[AccountRow]:
    """Return the rows with the posts of the day (one query)."""
    people = list(officers)
    held = Appointment.objects.filter(scope.held_on(local_date(at)), officer__in=people).order_by("pk")
    places: dict[int, list[str]] = {}
    for row in held.select_related("post__unit"):
        places.setdefault(row.officer_id, []).append(org.place(row.post))
    return [
        AccountRow(
            one.pk, one.login, one.full_name, tuple(places.get(one.pk, [])), one.state, STATE_LABELS[one.state],
            one.stopped_reason,
        )
        for one in people
    ]  # fmt: skip
