"""What was signed in, seen and done in a person's name: four tables read together, newest first, paged by key.

A person sees the own lines only. The title of a duty stands there while the person may read the duty, as on its own page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from kycuong.core.calendars import TZ
from kycuong.core.errors import Invalid
from kycuong.models import AuditEntry, DutyEvent, DutyHolding
from kycuong.queries import scope
from kycuong.queries.audit import LABELS
from kycuong.queries.duties.history import event_label

KINDS: Final[dict[str, str]] = {
    "dang-nhap": "Đăng nhập, tài khoản",
    "viec-lam": "Việc tôi đã làm",
    "lam-thay": "Người khác xử lý thay tôi",
    "da-xem": "Nhiệm vụ tôi đã mở xem",
    "tai-xuong": "Dữ liệu tôi đã tải xuống",
}
#: Acts by which data leave: whatever is exported, downloaded or printed as an annex.
TAKEN: Final = tuple(code for code in LABELS if code.startswith(("export", "download", "annex", "ask_export")))

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line: what, of which duty, by whom when not by the person, for whom when as a substitute, and how one came."""

    at: datetime
    rank: int
    pk: int
    kind: str
    label: str
    duty_id: int | None = None
    duty: UUID | None = None
    title: str = ""
    by: str = ""
    stands_for: str = ""
    way: str = ""
    network: str = ""

    @property
    def key(self) -> str:
        """Return the key after which the next page begins."""
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.rank}-{self.pk}"


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the journal."""

    rows: list[JournalRow]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the journal is asked for: a kind, the first day, the last day; empty is all."""

    kind: str = ""
    first: date | None = None
    last: date | None = None


def journal(who: scope.Actor, wanted: Wanted, *, after: str = "", size: int = 50) -> JournalPage:
    """Return a page of a person's own journal (at most six queries). Raises: Invalid."""
    if wanted.kind and wanted.kind not in KINDS:
        raise Invalid("kind_unknown", text=wanted.kind)
    found: list[JournalRow] = []
    for rank, (kind, instant, rows, shape) in enumerate(_sources(who.officer_id)):
        if wanted.kind in {"", kind}:
            part = _between(rows, instant, wanted).filter(_below(after, rank, instant))
            found += [
                replace(shape(row), rank=rank, kind=kind) for row in part.order_by(f"-{instant}", "-pk")[: size + 1]
            ]
    found.sort(key=lambda row: (row.at, -row.rank, row.pk), reverse=True)
    page = _named(who, found[:size])
    return JournalPage(page, page[-1].key if len(found) > size else None)


Source = tuple[str, str, "QuerySet[Any]", Callable[[Any], JournalRow]]


def _sources(me: int) -> list[Source]:
    """Return the tables read: of which kind their lines are, their column of time, the person's rows, how a line is made."""
    account = Q(subject_kind="officer", subject_id=str(me))
    entries = AuditEntry.objects.select_related("actor")
    mine = entries.filter(actor=me).exclude(account)
    events = DutyEvent.objects.select_related("duty", "actor", "cover_for")
    seen = DutyHolding.objects.filter(officer=me, read_at__isnull=False)
    return [
        ("dang-nhap", "at", entries.filter(account), _entry(me)),
        ("viec-lam", "at", events.filter(actor=me), _event(me)),
        ("viec-lam", "at", mine.exclude(act__in=TAKEN), _entry(me)),
        ("lam-thay", "at", events.filter(cover_for=me), _event(me)),
        ("da-xem", "read_at", seen.select_related("duty"), _read),
        ("tai-xuong", "at", mine.filter(act__in=TAKEN), _entry(me)),
    ]


def _entry(me: int) -> Callable[[AuditEntry], JournalRow]:
    def shape(row: AuditEntry) -> JournalRow:
        other = row.actor.full_name if row.actor and row.actor_id != me else ""
        way, network = str(row.data.get("way", "")), str(row.data.get("address", ""))
        return JournalRow(row.at, 0, row.pk, "", LABELS.get(row.act, row.act), by=other, way=way, network=network)

    return shape


def _event(me: int) -> Callable[[DutyEvent], JournalRow]:
    def shape(row: DutyEvent) -> JournalRow:
        mine = row.actor_id == me
        return JournalRow(
            row.at, 0, row.pk, "", event_label(row.act, row.data, row.duty.kind), duty_id=row.duty_id,
            by=row.actor.full_name if row.actor and not mine else "",
            stands_for=row.cover_for.full_name if row.cover_for and mine else "",
        )  # fmt: skip

    return shape


def _read(row: DutyHolding) -> JournalRow:
    return JournalRow(row.read_at or row.from_at, 0, row.pk, "", "Mở xem nhiệm vụ", duty_id=row.duty_id)


def _between(rows: QuerySet[Any], instant: str, wanted: Wanted) -> QuerySet[Any]:
    if wanted.first:
        rows = rows.filter(**{f"{instant}__gte": _midnight(wanted.first)})
    if wanted.last:
        rows = rows.filter(**{f"{instant}__lt": _midnight(wanted.last + timedelta(days=1))})
    return rows


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=TZ)


def _below(after: str, rank: int, instant: str) -> Q:
    """Return the condition that a row of a table stands below a key: earlier, or at the same instant further down."""
    if not after:
        return Q()
    parts = after.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 18 for part in parts):
        raise Invalid("kind_unknown", text=after)
    micro, table, pk = (int(part) for part in parts)
    at = EPOCH + timedelta(microseconds=micro)
    earlier = Q(**{f"{instant}__lt": at})
    if rank < table:
        return earlier
    same = Q(**{instant: at})
    return earlier | (same if rank > table else same & Q(pk__lt=pk))


def _named(who: scope.Actor, rows: Iterable[JournalRow]) -> list[JournalRow]:
    """Return the rows with the titles of those duties that the person may read (one query)."""
    found = list(rows)
    wanted = {row.duty_id for row in found if row.duty_id}
    if not wanted:
        return found
    seen = scope.visible_duties(who).filter(pk__in=wanted).values_list("pk", "public_id", "title")
    named: dict[int | None, tuple[UUID, str]] = {pk: (public_id, title) for pk, public_id, title in seen}
    return [
        replace(row, duty=named[row.duty_id][0], title=named[row.duty_id][1]) if row.duty_id in named else row
        for row in found
    ]
