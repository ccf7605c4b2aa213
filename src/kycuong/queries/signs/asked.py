"""What was asked of other bodies: questions needless or one's own, returns against the registry, silences, answers without a position.

A fact about an opinion is counted by the end of its duty, so that a number and what it is out of speak of the same rows; it
stands from when the last thing happened that makes it one, so that the unit has its days from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Case, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from kycuong.core import signs as law
from kycuong.models import Arbitration, ConsultedBody, ConsultedMatter, DutyEvent, Opinion, OpinionPoint
from kycuong.queries.consultations import stock_answers
from kycuong.queries.signs.span import Found, Span, cases, count

LEAD = "consultation__lead_unit"
#: What a law demands in writing and came after the term: taken, and late all the same.
_LATE_IN_WRITING = Q(consultation__rule__silence="written", said_at__gte=F("duty__due_at"))


def ended(span: Span) -> QuerySet[Opinion]:
    """Return the opinions whose duty ended in the days, with the question delivered or not; what was dropped or asked anew apart."""
    rows = Opinion.objects.filter(span.within("duty__closed_at"), duty__kind="opinion", duty__phase="closed")
    return rows.exclude(outcome__in=("dropped", "void"))


def asked(span: Span) -> QuerySet[Opinion]:
    """Return them for the side that asks."""
    return ended(span).filter(span.units(LEAD))


def heard(span: Span) -> QuerySet[Opinion]:
    """Return them for the side that is asked."""
    return ended(span).filter(span.units("unit"))


# What is known of one opinion: by the registry, by an arbiter, by what the body itself did later


def _listed(concern: str) -> Exists:
    return Exists(
        ConsultedBody.objects.filter(consultation=OuterRef("consultation"), unit=OuterRef("unit"), concern=concern)
    )


def _rulings() -> QuerySet[Arbitration]:
    """Return the rulings on a question itself, or on it where it was handed on to."""
    here = Q(about=OuterRef("duty")) | Q(about__handed_from__first=OuterRef("duty__handed_on__first"))
    return Arbitration.objects.filter(here, outcome="ruled")


def _later() -> QuerySet[Opinion]:
    """Return what a body said on the matter after all, to the same asker and on the same task."""
    return Opinion.objects.filter(
        unit=OuterRef("unit"), answer="opinion", said_at__gt=OuterRef("said_at"),
        consultation__about=OuterRef("consultation__about"), consultation__lead_unit=OuterRef(LEAD),
    )  # fmt: skip


def _wrongly() -> Q:
    """Return the condition that a return was wrong: ruled so, taken back by the deed, or against the registry and not ruled right."""
    ruled_back = Exists(_rulings().filter(unit=OuterRef("unit")))
    ruled_right = Exists(_rulings().exclude(unit=OuterRef("unit")))
    return Q(ruled_back | Exists(_later()) | (_listed("competent") & ~ruled_right))


def _called_own() -> Q:
    """Return the condition that the body asked says that the matter is the asker's own."""
    point = OpinionPoint.objects.filter(opinion=OuterRef("pk"), position="askers_own")
    ground = DutyEvent.objects.filter(duty=OuterRef("duty"), act="return_opinion", reason_code="askers_own")
    return Q(Exists(point) | Exists(ground))


def _is_own() -> Q:
    """Return the condition that an arbiter ruled so, or that the registry of the day did and named nobody who was asked."""
    own = ConsultedMatter.objects.filter(consultation=OuterRef("consultation"), own=True)
    competent = ConsultedBody.objects.filter(consultation=OuterRef("consultation"), concern="competent")
    return Q(Exists(_rulings().filter(unit=OuterRef(LEAD))) | (Exists(own) & ~Exists(competent)))


def _stock(times: int) -> Q:
    """Return the condition that an answer agrees in the body's usual words."""
    return Q(Exists(stock_answers(times).filter(pk=OuterRef("pk"))))


# The cases


def returned(span: Span) -> QuerySet[Opinion]:
    """Return what was sent back as not one's own."""
    return ended(span).filter(answer="returned")


def needless(span: Span) -> Iterator[Found]:
    """Find questions to a body that they do not concern; whom another body named is not the asker's choice."""
    back = returned(span).filter(span.units(LEAD), duty__handed_from__isnull=True).exclude(_wrongly())
    yield from cases(back.exclude(_called_own() & ~Q(_listed("reasoned"))), "duty", LEAD, "duty__closed_at")
    polite = asked(span).filter(_listed("reasoned"), _stock(1), outcome="opinion")
    yield from cases(polite, "duty", LEAD, "duty__closed_at")


def own_asked(span: Span) -> Iterator[Found]:
    """Find consultations on what is the asker's own: one case each, on the answer that ended first among those that say so.

    Bodies alone say so when it is more than half of those that spoke on the matter, once all have: one strict reader proves nothing.
    """
    now = asked(span).values("consultation")
    rows = Opinion.objects.filter(consultation__in=now.filter(_is_own() | _called_own()), duty__kind="opinion")
    rows = rows.exclude(outcome__in=("dropped", "void")).annotate(decided=Case(When(_is_own(), then=1), default=0))
    rows = rows.annotate(says=Case(When(_called_own(), then=1), default=0)).order_by(
        "consultation", "duty__closed_at", "duty"
    )
    its = rows.values_list("consultation", "duty", LEAD, "duty__closed_at", "decided", "says", "answer")
    for _, answers in groupby(its, key=itemgetter(0)):
        found = _first_own([_Own(*row[1:]) for row in answers])
        if found is not None and span.first <= found.at < span.after:
            yield found


class _Own(NamedTuple):
    """What one body of a consultation said of whose the matter is."""

    duty: int
    lead: int
    at: datetime | None
    decided: int
    says: int
    answer: str


def _first_own(answers: Sequence[_Own]) -> Found | None:
    over = [(one, one.at) for one in answers if one.at is not None]
    first = next(((one, at) for one, at in over if one.decided), None)
    if first is not None:
        return Found(first[0].duty, first[0].lead, first[1])
    said = [one for one, _ in over if one.says]
    if len(over) < len(answers) or 2 * len(said) <= sum(one.says or one.answer == "opinion" for one, _ in over):
        return None
    return Found(said[0].duty, said[0].lead, max(at for _, at in over))


def wrong_returns(span: Span) -> Iterator[Found]:
    """Find questions that a body sent back though they were its own."""
    rows = returned(span).filter(_wrongly(), span.units("unit"))
    when = Coalesce(
        Subquery(_rulings().filter(unit=OuterRef("unit")).order_by("id").values("ended_at")[:1]),
        Subquery(_later().order_by("said_at").values("said_at")[:1]),
        F("duty__closed_at"),
        output_field=DateTimeField(),
    )
    return cases(rows.annotate(since=when), "duty", "unit", "since")


def unwritten(span: Span) -> QuerySet[Opinion]:
    """Return what a law demands in writing, and the term has passed in the days without it, whatever came later."""
    rows = Opinion.objects.filter(span.units("unit"), span.within("duty__due_at"), duty__due_at__lte=span.at)
    rows = rows.filter(duty__kind="opinion", consultation__rule__silence="written")
    return rows.filter(Q(duty__phase="open", said_at__isnull=True) | _LATE_IN_WRITING)


def silences(span: Span) -> Iterator[Found]:
    """Find bodies that had the question and a term, and said nothing in it."""
    yield from cases(heard(span).filter(outcome__in=law.SILENT), "duty", "unit", "duty__closed_at")
    yield from cases(unwritten(span), "duty", "unit", "duty__due_at")


def vague(span: Span) -> Iterator[Found]:
    """Find answers that were sent back as taking no clear position, and those in words that a body uses whatever it is asked."""
    refused = DutyEvent.objects.filter(duty=OuterRef("duty"), act="refuse_vague")
    usual = _stock(law.STOCK_BEFORE) & ~Q(_listed("reasoned"))  # whom it does not concern has no more to say
    rows = heard(span).filter(Q(outcome="vague") | Exists(refused) | usual)
    return cases(rows, "duty", "unit", "duty__closed_at")


def unanswered_time(span: Span) -> QuerySet[Opinion]:
    """Return requests for time that the asker left without an answer until the clock gave it."""
    kept = DutyEvent.objects.filter(duty=OuterRef("duty"), act="keep_time")
    return asked(span).filter(Exists(kept), more_until__isnull=False)


# Out of how many


def of_asked(span: Span) -> Counter[int]:
    """Count the answers that ended, by who asked."""
    return count(asked(span), LEAD)


def of_questions(span: Span) -> Counter[int]:
    """Count the consultations of which an answer ended, by who asked."""
    rows = asked(span).order_by().values_list(LEAD).annotate(n=Count("consultation", distinct=True))
    return Counter(dict(rows))


def of_heard(span: Span) -> Counter[int]:
    """Count the answers that ended, and what a law demands in writing by its term, by who was asked."""
    return count(heard(span).exclude(_LATE_IN_WRITING), "unit") + count(unwritten(span), "unit")


def of_returned(span: Span) -> Counter[int]:
    """Count the questions sent back, by who sent them back."""
    return count(returned(span).filter(span.units("unit")), "unit")
