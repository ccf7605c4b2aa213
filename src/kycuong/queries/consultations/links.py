"""Links of bodies outside the system: those of one opinion, and what the holder of a secret sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kycuong.core import links as law
from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.models import Duty, Opinion, OutsideLink
from kycuong.queries import scope
from kycuong.queries.consultations.conducting import latest_time, visible
from kycuong.queries.consultations.heading import symbol
from kycuong.queries.consultations.pages import PointRow


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as the lead sees it; its secret is shown once, when it is made."""

    public_id: UUID
    state: law.LinkState
    given_to: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    used_at: datetime | None
    receipt: str
    title: str = ""
    unit_name: str = ""
    duty: UUID | None = None


class TimeAsked(StrEnum):
    """Where a request for time stands."""

    NONE = "none"
    OPEN = "open"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What the holder of a live secret sees: the frozen proposal with its points, the term, what the rule makes of silence."""

    duty: UUID
    title: str
    lead_name: str
    lead_symbol: str
    unit_name: str
    unit_symbol: str
    asked_on: date
    last_on: date | None
    days: int
    version: int
    digest: str
    silence: str
    rule_document: str
    late: bool
    expires_at: datetime
    file_name: str
    more: TimeAsked = TimeAsked.NONE
    more_until: date | None = None  # asked for or given; while none was asked for, the last day that may be asked for
    points: list[PointRow] = field(default_factory=list)


def facts(row: OutsideLink) -> law.Facts:
    """Return what decides where a link stands; its row comes with opinion, duty, proposal and consultation."""
    one = row.opinion
    standing = one.proposed.number == one.consultation.version and one.consultation.ended_at is None
    owed = one.duty.phase == "open" or (one.duty.phase == "closed" and _silent(one.outcome, one.late_at))
    return law.Facts(row.expires_at, row.used_at, row.revoked_at, standing and owed)


def _silent(outcome: str, late_at: datetime | None) -> bool:
    """Return whether a letter that comes now would be filed as late."""
    return outcome in {"consent", "liable", "unbound", "missing"} and late_at is None


RELATED = ("opinion__duty", "opinion__proposed__file", "opinion__consultation__lead_unit", "opinion__consultation__rule",
           "opinion__unit", "made_by")  # fmt: skip


def of_opinion(who: scope.Actor, duty: UUID, at: datetime) -> list[LinkRow]:
    """Return the links given for an opinion to whoever sees its consultation, the newest first (one query)."""
    rows = OutsideLink.objects.filter(opinion__duty__public_id=duty, opinion__consultation__in=visible(who))
    return [_row(one, at) for one in rows.select_related(*RELATED).order_by("-id")[:20]]


def all_live(who: scope.Actor, at: datetime, size: int = 200) -> list[LinkRow]:
    """Return the links that are neither used nor revoked, of the consultations that a person sees, the newest first."""
    rows = OutsideLink.objects.filter(
        used_at__isnull=True, revoked_at__isnull=True, opinion__consultation__in=visible(who)
    )
    return [_row(one, at) for one in rows.select_related(*RELATED).order_by("-id")[:size]]


def _row(one: OutsideLink, at: datetime) -> LinkRow:
    opinion = one.opinion
    return LinkRow(
        one.public_id, law.state(facts(one), at), one.given_to, one.made_by.full_name, one.made_at, one.expires_at,
        one.opened_at, one.used_at, one.receipt, opinion.consultation.title, opinion.unit.name, opinion.duty.public_id,
    )  # fmt: skip


def page_of(row: OutsideLink, duty: Duty) -> LinkPage:
    """Return what the holder of a live secret sees; who asks for it has checked the secret (one query)."""
    opinion, found = row.opinion, row.opinion.consultation
    proposed = opinion.proposed
    points = proposed.points.order_by("number")
    return LinkPage(
        duty.public_id, found.title, found.lead_unit.name, symbol(found.lead_unit), opinion.unit.name,
        symbol(opinion.unit), local_date(proposed.at), last_date(duty.due_at) if duty.due_at else None, found.days,
        proposed.number, proposed.digest, found.rule.silence, found.rule.document, duty.phase == "closed", row.expires_at,
        proposed.file.name if proposed.file else "", *_more(opinion, duty),
        [PointRow(one.number, one.words, one.is_main) for one in points],
    )  # fmt: skip


def _more(opinion: Opinion, duty: Duty) -> tuple[TimeAsked, date | None]:
    """Return where a request for time stands, and until when; what may still be asked for while none was."""
    if opinion.more_until is not None:
        stands = {None: TimeAsked.ASKED, True: TimeAsked.GIVEN, False: TimeAsked.REFUSED}[opinion.more_given]
        return stands, last_date(opinion.more_until)
    if duty.phase != "open" or duty.due_at is None:
        return TimeAsked.NONE, None
    return TimeAsked.OPEN, latest_time(opinion, duty)
