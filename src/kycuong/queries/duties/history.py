"""What has happened to one duty and on whose desks it lay, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BigAutoField, QuerySet

from kycuong.core import chasing
from kycuong.core.calendars import Calendar, local_date
from kycuong.core.lifecycle import lifecycles
from kycuong.core.limits import Step
from kycuong.core.proposals import told
from kycuong.core.sentences import Sentence
from kycuong.models import DutyEvent, DutyHolding
from kycuong.queries.kept import Slot, kept


class Happened(NamedTuple):
    """An event of a duty with the names that its history shows: names, never whole rows of seven tables."""

    seq: int
    at: datetime
    act: str
    data: dict[str, Any]
    actor: str | None
    actor_title: str | None
    holder: str | None
    holder_title: str | None
    note: str | None
    cover: str | None


class Held(NamedTuple):
    """A desk on which a duty lay, with its names."""

    officer_id: int | None
    post_id: int | None
    unit_name: str
    officer_name: str | None
    title: str | None
    from_at: datetime
    read_at: datetime | None
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the history."""

    at: datetime
    act: str
    label: str
    actor_name: str
    actor_title: str
    holder_name: str
    holder_title: str
    note: str
    steps: list[str]
    cover_name: str = ""
    basis: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """The duty lay on this desk between two instants, for so many working days begun; read_at when it was first opened."""

    unit_name: str
    officer_name: str
    title: str
    from_at: datetime
    read_at: datetime | None
    until_at: datetime | None
    working_days: int


def events_of(duty: int) -> list[Happened]:
    """Return what has happened to a duty, in order (one query)."""
    return [Happened(*row) for row in _events(duty)]


@kept(BigAutoField())
def _events(duty: Slot) -> QuerySet[DutyEvent, tuple[Any, ...]]:
    return DutyEvent.objects.filter(duty=duty).order_by("seq").values_list(
        "seq", "at", "act", "data", "actor__full_name", "actor_post__title", "holder_officer_to__full_name", "holder_post_to__title",
        "note__text", "cover_for__full_name",
    )  # fmt: skip


def desks_of(duty: int) -> list[Held]:
    """Return the desks on which a duty lay and lies, in order (one query)."""
    return [Held(*row) for row in _holdings(duty)]


@kept(BigAutoField())
def _holdings(duty: Slot) -> QuerySet[DutyHolding, tuple[Any, ...]]:
    return DutyHolding.objects.filter(duty=duty).order_by("from_at", "id").values_list(
        "officer_id", "post_id", "unit__name", "officer__full_name", "post__title", "from_at", "read_at", "until_at",
    )  # fmt: skip


def event_label(act: str, data: dict[str, Any], kind: str) -> str:
    """Return what an event on a duty of a kind is called in its history."""
    found = told(act, data) or chasing.told(act, data)
    if found:
        return found
    return next((row.label for row in lifecycles()[kind].rows if row.action == act), act)


def event_row(event: Happened, kind: str, said: tuple[str, list[tuple[str, str, str]]] | None) -> EventRow:
    """Return an event as a line; `said` is the basis of a change with what it changed."""
    basis, differences = said or ("", [])
    return EventRow(
        event.at, event.act, event_label(event.act, event.data, kind), event.actor or "Đồng hồ hệ thống", event.actor_title or "",
        event.holder or "", event.holder_title or "", event.note or "", _steps(event), event.cover or "", basis, differences,
    )  # fmt: skip


def _steps(event: Happened) -> list[str]:
    return [Step.of(step["code"], step["values"]).text for step in event.data.get("steps", [])]


def moves(event: Happened) -> list[str]:
    """Return how an event moved the due date; of a decision with who took it and when."""
    lines = _steps(event)
    if event.act in {"extend", "replan"} and event.actor:
        title = f", {event.actor_title}" if event.actor_title is not None else ""
        who, on = f"{event.actor}{title}", f"{local_date(event.at):%d/%m/%Y}"
        lines.append(Sentence("Người quyết định: {who}, ngày {on}.", who=who, on=on))
    return lines


def holding_row(row: Held, at: datetime, calendar: Calendar) -> HoldingRow:
    """Return a desk as a line, with the working days for which the duty lay there."""
    days = calendar.working_days_between(local_date(row.from_at), local_date(row.until_at or at))
    return HoldingRow(
        row.unit_name, row.officer_name or "", row.title or "", row.from_at, row.read_at, row.until_at, max(days, 0),
    )  # fmt: skip
