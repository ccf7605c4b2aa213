"""What a head was asked to explain, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kycuong.models import ChaseItem, ChaseLetter, Explanation
from kycuong.queries import scope


@dataclass(frozen=True, slots=True)
class ExplanationFacts:
    """An explanation as the page of its duty shows it."""

    step: str
    letter_id: UUID | None
    letter_code: str
    answer: str
    answered_by: str
    file_id: UUID | None
    file_name: str
    file_signed: str
    verdict: str
    about: list[tuple[UUID, str]]


def explanation(who: scope.Actor, duty: UUID) -> ExplanationFacts | None:
    """Return the facts of an explanation that the person sees; None for a duty of another kind."""
    rows = Explanation.objects.filter(duty__in=scope.visible_duties(who).filter(public_id=duty))
    one = rows.select_related("letter", "answer", "answered_by", "file").first()
    if one is None:
        return None
    sent = one.letter
    return ExplanationFacts(
        one.step, sent.public_id if sent else None, f"{sent.number}/{sent.symbol}" if sent else "",
        one.answer.text if one.answer else "", one.answered_by.full_name if one.answered_by else "",
        one.file.public_id if one.file else None, one.file.name if one.file else "",
        one.file.signed if one.file else "", one.verdict, _about(who, sent),
    )  # fmt: skip


def _about(who: scope.Actor, letter: ChaseLetter | None) -> list[tuple[UUID, str]]:
    """Return the duties that a letter asks about, those that the person sees, in the letter's order."""
    if letter is None:
        return []
    seen = ChaseItem.objects.filter(letter=letter, outcome="taken", duty__in=scope.visible_duties(who))
    return list(seen.order_by("id").values_list("duty__public_id", "duty__title"))
