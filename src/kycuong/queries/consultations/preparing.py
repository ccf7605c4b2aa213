"""What a body prepares before its head sends an opinion: the draft, by whom, whether it waits for the head, and on whose desk it lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kycuong.core.consultations import Position, Said
from kycuong.models import Duty, Opinion, OpinionDraft, OpinionPoint, ProposedPoint


@dataclass(frozen=True, slots=True)
class EarlierPoint:
    """What was written to one point of an earlier edition of the proposal."""

    number: int
    asked: str
    position: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as the body's own people see it; `prepared_at` None while it is in preparation again.

    `about` is the number of an earlier edition of the proposal where that is what was written about, with its points in
    `earlier`; `said` then holds what was said to points that the present edition repeats word for word.
    """

    prepared_by: str
    prepared_at: datetime | None
    said: dict[int, Said]
    about: int | None = None
    earlier: tuple[EarlierPoint, ...] = ()


def draft_of(opinion: Opinion, points: Sequence[ProposedPoint]) -> DraftRow | None:
    """Return the draft of an opinion on these points; else what was written about the edition before it (four queries at the most)."""
    row = OpinionDraft.objects.select_related("prepared_by").filter(opinion=opinion).first()
    if row is None:
        return _earlier(opinion, points) if opinion.proposed.number > 1 else None
    return DraftRow(row.prepared_by.full_name, row.prepared_at, _said(row))


def _said(row: OpinionDraft) -> dict[int, Said]:
    return {int(n): Said(Position(code), words) for n, (code, words) in row.positions.items()}


def _earlier(opinion: Opinion, points: Sequence[ProposedPoint]) -> DraftRow | None:
    """Return what the body drafted or sent on the latest edition before this one: a changed proposal drops nobody's work."""
    written = Q(draft__isnull=False) | Q(answer="opinion")
    before = Opinion.objects.filter(
        written, consultation=opinion.consultation_id, duty__holder_unit=opinion.duty.holder_unit_id,
        proposed__number__lt=opinion.proposed.number,
    ).select_related("draft__prepared_by", "answered_by", "proposed").order_by("-proposed__number", "-id").first()  # fmt: skip
    if before is None:
        return None
    draft: OpinionDraft | None = getattr(before, "draft", None)
    author = draft.prepared_by if draft else before.answered_by
    asked = list(before.proposed.points.order_by("number"))
    said = _said(draft) if draft else _sent(before)
    rows = tuple(
        EarlierPoint(one.number, one.words, said[one.number].position.value, said[one.number].words)
        for one in asked if one.number in said
    )  # fmt: skip
    return DraftRow(
        author.full_name if author else "", None, _repeated(points, asked, said), before.proposed.number, rows
    )


def _sent(opinion: Opinion) -> dict[int, Said]:
    rows = OpinionPoint.objects.filter(opinion=opinion).values_list("point__number", "position", "words")
    return {number: Said(Position(position), words) for number, position, words in rows}


def _repeated(
    points: Iterable[ProposedPoint], asked: Iterable[ProposedPoint], said: dict[int, Said]
) -> dict[int, Said]:
    by_words = {" ".join(one.words.split()): said[one.number] for one in asked if one.number in said}
    same = ((one.number, by_words.get(" ".join(one.words.split()))) for one in points)
    return {number: one for number, one in same if one is not None}


def desk_name(duty: Duty) -> str:
    """Return who holds an opinion inside the body, nothing while it lies with the body's head."""
    post = duty.holder_post
    if duty.holder_officer is None or post is None or post.unit_id == duty.holder_unit_id:
        return ""
    return f"{duty.holder_officer.full_name}, {post.unit.name}"
