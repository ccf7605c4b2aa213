"""Answers of a body in the same words as earlier ones of its own: shown to the asker, and told as facts to whoever looks for signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.models import Opinion, OpinionPoint, OpinionPrint
from kycuong.queries import scope
from kycuong.queries.consultations.conducting import visible

SHOWN = 10


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """An earlier answer of the same body: how many of the paragraphs now given stand in it in the same words."""

    duty: UUID
    title: str
    lead_name: str
    said_on: date
    letter: str
    same: int
    whole: bool


def alike(who: scope.Actor, duty: UUID) -> list[AlikeRow]:
    """Return the earlier answers in the same words, of the questions that the person sees, the newest first (three queries)."""
    mine = list(
        OpinionPrint.objects.filter(opinion__duty__public_id=duty, opinion__consultation__in=visible(who))
        .values_list("opinion", "unit", "fingerprint", "at", "opinion__consultation")
    )  # fmt: skip
    if not mine:
        return []
    _, unit, _, at, consultation = mine[0]
    others = OpinionPrint.objects.filter(unit=unit, fingerprint__in=[row[2] for row in mine], at__lt=at)
    seen = others.exclude(opinion__consultation=consultation).filter(opinion__consultation__in=visible(who))
    counted = {
        key: same
        for key, same, _ in seen.values_list("opinion")
        .annotate(same=Count("id"), last=Count("at"))
        .order_by("-opinion")[:SHOWN]
    }
    rows = Opinion.objects.filter(pk__in=counted).select_related("duty", "consultation__lead_unit").order_by("-id")
    return [_row(one, counted[one.pk], len(mine)) for one in rows]


def _row(one: Opinion, same: int, of: int) -> AlikeRow:
    said: datetime = one.late_at or one.said_at or one.consultation.asked_at
    return AlikeRow(
        one.duty.public_id, one.consultation.title, one.consultation.lead_unit.name, local_date(said),
        f"{one.number}/{one.symbol}".strip("/"), same, same >= of,
    )  # fmt: skip


def stock_answers(times: int = 1) -> QuerySet[Opinion]:
    """Return the answers that agree to every point in words which the body had all used so many times before on other questions.

    A fact for whoever looks for signs of vague answers; narrowed by unit or day it costs its own rows (one query).
    """
    earlier = OpinionPrint.objects.filter(
        ~Q(opinion__consultation=OuterRef("opinion__consultation")), unit=OuterRef("unit"),
        fingerprint=OuterRef("fingerprint"), at__lt=OuterRef("at"),
    )  # fmt: skip
    prints = OpinionPrint.objects.filter(opinion=OuterRef("pk"))
    often = Exists(earlier.order_by("at")[times - 1 : times])
    other = OpinionPoint.objects.filter(opinion=OuterRef("pk")).exclude(position="agree")
    return Opinion.objects.filter(Exists(prints), ~Exists(other), ~Exists(prints.filter(~often)), answer="opinion")
