"""The rules of consulting with their history, and what another rule would have made of the silences of the last months."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count

from kycuong.core.calendars import local_date
from kycuong.core.consultation_rules import CASTING_LABELS, KIND_LABELS, RULING_LABELS, Ruling
from kycuong.core.consultations import OUTCOME_LABELS, SILENCE_LABELS, Outcome, Silence, bound
from kycuong.models import Consultation, ConsultationRule, Opinion

#: So many days back the preview looks.
LOOK_BACK: Final = 90
_DAYS: Final = ("least_days", "usual_days", "most_days", "return_days")
_SILENT: Final = (Outcome.CONSENT, Outcome.LIABLE, Outcome.UNBOUND)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule from a day on, until the one after it; days are working days."""

    silence: str
    least_days: int
    usual_days: int
    most_days: int
    return_days: int
    binds: list[str]
    kinds: list[str]
    document: str
    article: str
    in_force_from: date
    in_force_until: date | None
    verified: bool
    number: str
    reason: str
    officer_name: str
    in_force: bool
    casting: bool = True


@dataclass(frozen=True, slots=True)
class RuleOf:
    """A rule of consulting by its code, with its rows, the latest first, and the one in force."""

    code: str
    name: str
    now: RuleLine
    rows: list[RuleLine]


@dataclass(frozen=True, slots=True)
class Became:
    """So many silences of the last months, what they came to and what they would come to."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What another rule would change: each thing from what to what, what stays as it was asked, and past silences anew."""

    changes: list[tuple[str, str, str]]
    still_open: int
    days_back: int
    silences: list[Became]


def rule_cards(at: datetime) -> list[RuleOf]:
    """Return every rule with its history (one query)."""
    on = local_date(at)
    found = list(ConsultationRule.objects.select_related("reason", "officer").order_by("-in_force_from", "-id"))
    cards = []
    for code in dict.fromkeys(row.code for row in sorted(found, key=lambda one: one.pk)):
        rows = [row for row in found if row.code == code]
        lines = _lines(rows, on)
        cards.append(RuleOf(code, rows[0].name, next((one for one in lines if one.in_force), lines[-1]), lines))
    return cards


def _lines(rows: list[ConsultationRule], on: date) -> list[RuleLine]:
    lines, until = [], None
    for row in rows:
        kinds = sorted(filter(None, row.bound_kinds.split(",")))
        holds = row.in_force_from <= on and (until is None or on < until)
        lines.append(
            RuleLine(
                row.silence, row.least_days, row.usual_days, row.most_days, row.return_days, [KIND_LABELS[one] for one in kinds],
                kinds, row.document, row.article, row.in_force_from, until, row.verified, row.number,
                row.reason.text if row.reason else "", row.officer.full_name if row.officer else "", holds, row.casting_vote,
            )
        )  # fmt: skip
        until = row.in_force_from
    return lines


def preview_rule(given: Ruling, at: datetime) -> RulePreview:
    """Return what a rule would change: of the rule in force, and of the silences of the last months (three queries)."""
    on = local_date(at)
    row = (
        ConsultationRule.objects.filter(code=given.code, in_force_from__lte=on)
        .order_by("-in_force_from", "-id")
        .first()
    )
    running = Consultation.objects.filter(ended_at__isnull=True, rule__code=given.code).count()
    return RulePreview(_changes(row, given) if row else [], running, LOOK_BACK, _anew(given, at))


def _changes(row: ConsultationRule, given: Ruling) -> list[tuple[str, str, str]]:
    def named(kinds: frozenset[str]) -> str:
        return "; ".join(KIND_LABELS[one] for one in sorted(kinds)) or "–"

    pairs = [
        ("silence", SILENCE_LABELS[Silence(row.silence)], SILENCE_LABELS[given.silence]),
        ("kinds", named(frozenset(filter(None, row.bound_kinds.split(",")))), named(given.kinds)),
        *((name, str(getattr(row, name)), str(getattr(given, name))) for name in _DAYS),
        ("casting", CASTING_LABELS[row.casting_vote], CASTING_LABELS[given.casting]),
    ]
    return [(RULING_LABELS[name], old, new) for name, old, new in pairs if old != new]


def _anew(given: Ruling, at: datetime) -> list[Became]:
    """Count past silences under the rule by what they came to, and say what each would come to."""
    rows = Opinion.objects.filter(
        consultation__rule__code=given.code, duty__closed_at__gte=at - timedelta(days=LOOK_BACK), duty__closed_at__lte=at,
        outcome__in=_SILENT,
    )  # fmt: skip
    kinds = rows.order_by().values_list("outcome", "duty__holder_unit__kind", "duty__holder_unit__relation")
    found: Counter[tuple[Outcome, Outcome]] = Counter()
    for outcome, kind, relation, count in kinds.annotate(count=Count("id")):
        binds = bound(kind, relation, given.silence, given.kinds)
        anew = {Silence.CONSENT: Outcome.CONSENT, Silence.LIABILITY: Outcome.LIABLE}.get(given.silence, Outcome.MISSING)
        found[Outcome(outcome), anew if binds or given.silence is Silence.WRITTEN else Outcome.UNBOUND] += count
    return [Became(OUTCOME_LABELS[a], OUTCOME_LABELS[b], n) for (a, b), n in sorted(found.items())]
