"""The letters of chasing: the list, and one with its duties as they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from kycuong.core.chasing import Step, Taken, label_of
from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import ChaseItem, ChaseLetter, Unit
from kycuong.queries import scope
from kycuong.queries.chasing.history import taken_of
from kycuong.queries.chasing.seeing import visible_letters
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as the list shows it."""

    public_id: UUID
    unit_name: str
    step: str
    is_request: bool
    state: str
    code: str
    signed_on: date | None
    reply_on: date | None
    drafted_by: str
    drafted_at: datetime
    duties: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A duty in a letter: its line, what became of it, what was done about it before, whether it is still to be urged."""

    row: DutyRow
    outcome: str
    taken: list[Taken]
    stands: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter; `items` are what it is about, `left` what has dropped out of it since it was drafted."""

    row: LetterRow
    unit_public_id: UUID
    unit_kind: str
    issuer: str
    issuing_unit_id: int
    signing: str
    signer: str
    reason: str
    items: list[ItemRow]
    left: list[ItemRow]
    file_id: UUID | None
    file_name: str
    file_signed: str
    ended_by: str
    ended_at: datetime | None
    replaces: UUID | None
    replaced_by: UUID | None
    explanation_id: UUID | None
    times: int
    former: list[tuple[str, date]]
    may_act: bool
    may_record: bool
    steps: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of letters, newest first; counts by state over all of them."""

    rows: list[LetterRow]
    next_key: str | None
    counts: dict[str, int]


def letters(
    who: scope.Actor, *, state: str = "", batch: UUID | None = None, after: str | None = None, size: int = 50
) -> Page:
    """Return a page of the letters that the person sees. Raises: NotVisible, Invalid."""
    if not (who.chases or scope.sees_documents(who)):
        raise NotVisible("page_not_visible")
    rows = visible_letters(who)
    counts = {code: 0 for code, _ in ChaseLetter.State.choices} | dict(
        rows.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
    )
    if state:
        rows = rows.filter(state=state)
    if batch:
        rows = rows.filter(batch=batch)
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.annotate(n=Count("items")).select_related("unit", "drafted_by").order_by("-id")[: size + 1])
    return Page([_row(one) for one in found[:size]], str(found[size - 1].pk) if len(found) > size else None, counts)


def _row(one: ChaseLetter) -> LetterRow:
    return LetterRow(
        one.public_id, one.unit.name, one.step, one.is_request, one.state,
        f"{one.number}/{one.symbol}" if one.symbol else one.number, one.signed_on, one.reply_on,
        one.drafted_by.full_name, one.drafted_at, getattr(one, "n", 0),
    )  # fmt: skip


def letter(who: scope.Actor, public_id: UUID, at: datetime) -> LetterPage:
    """Return one letter with its duties as they stand at `at`. Raises: NotVisible."""
    rows = visible_letters(who).annotate(n=Count("items"))
    one = rows.select_related("unit", "issuing_unit", "drafted_by", "ended_by", "file", "reason").filter(
        public_id=public_id
    ).first()  # fmt: skip
    if one is None:
        raise NotVisible("chase_letter_not_visible")
    items = _items(one, at)
    row, linked = _row(one), _linked(one)
    return LetterPage(
        row, one.unit.public_id, one.unit.kind, one.issuing_unit.name, one.issuing_unit_id, one.signing, one.signer,
        one.reason.text if one.reason else "",
        [item for item in items if item.stands], [item for item in items if not item.stands],
        one.file.public_id if one.file else None, one.file.name if one.file else "",
        one.file.signed if one.file else "",
        one.ended_by.full_name if one.ended_by else "", one.ended_at, *linked, *_before(one),
        who.chases, who.chases or who.intake, _steps(is_request=one.is_request),
    )  # fmt: skip


def _steps(*, is_request: bool) -> list[tuple[str, str]]:
    """Return the steps for which a letter can be drafted."""
    allowed = (Step.URGING,) if is_request else tuple(step for step in Step if step is not Step.REMINDER)
    return [(step.value, label_of(step, is_request=is_request)) for step in allowed]


def _items(one: ChaseLetter, at: datetime) -> list[ItemRow]:
    """Return the duties of a letter: of a draft those still open with its unit, of a taken one those for which it counts."""
    rows = ChaseItem.objects.filter(letter=one).order_by("duty__due_at", "duty_id")
    kept = list(rows.values_list("duty_id", "outcome", "duty__holder_unit"))
    keys = [duty for duty, _, _ in kept]
    taken = taken_of(keys, apart_from=one.pk)
    draft = one.state == ChaseLetter.State.DRAFT
    return [
        ItemRow(
            row, outcome, taken.get(duty, []),
            row.phase == "open" and unit == one.unit_id if draft else outcome != "left",
        )
        for (duty, outcome, unit), row in zip(kept, lines_of(keys, at), strict=True)
    ]  # fmt: skip


def _linked(one: ChaseLetter) -> tuple[UUID | None, UUID | None, UUID | None]:
    keys = ChaseLetter.objects.filter(pk=one.pk).values_list(
        "replaces__public_id", "replaced_by__public_id", "explanation__duty__public_id"
    )
    return keys[0]


def _before(one: ChaseLetter) -> tuple[int, list[tuple[str, date]]]:
    """Return which time this step is taken towards the unit, and the earlier letters about these duties to cite."""
    same = ChaseLetter.objects.filter(unit=one.unit_id, step=one.step, state="taken")
    earlier = same.filter(Q(ended_at__lt=one.ended_at)) if one.ended_at else same
    cited = ChaseLetter.objects.filter(
        items__duty__in=ChaseItem.objects.filter(letter=one).values("duty"), items__outcome="taken", state="taken"
    ).exclude(number="").exclude(pk=one.pk)  # fmt: skip
    rows = cited.order_by("signed_on", "number").values_list("number", "symbol", "signed_on").distinct()
    return earlier.count() + 1, [(f"{number}/{symbol}", on) for number, symbol, on in rows if on is not None][-5:]


def issuing_unit() -> Unit | None:
    """Return the body that issues the letters: the province's People's Committee."""
    return Unit.objects.filter(kind="province", valid_until__isnull=True).order_by("id").first()
