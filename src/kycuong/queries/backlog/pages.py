"""The reviews of the backlog: the list, one with all its lines as they stand now, one line to be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet, UUIDField

from kycuong.core.backlog import Decision, counts, grounds
from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.core.errors import NotVisible
from kycuong.core.tasks import LIFECYCLE as TASK
from kycuong.models import BacklogLine, BacklogReview, Duty, DutyEvent
from kycuong.queries import chasing, scope
from kycuong.queries import duties as duty_pages
from kycuong.queries.backlog.seeing import seen_review, visible_reviews
from kycuong.queries.chasing.letters import issuing_unit
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow
from kycuong.queries.kept import Slot, kept

_NOTHING = scope.Facts(None, False, False, None)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as the list shows it: how many of its lines were decided, of how many."""

    public_id: UUID
    unit_name: str
    measure: str
    days: int
    document_code: str
    term: str
    state: str
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None
    decided: int
    total: int
    code: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One duty of a review: as it stands now, what it was when the review opened, and what was decided."""

    place: int
    row: DutyRow
    unit_then: str
    last_then: date | None
    decision: str
    is_proposed: bool
    decided_by: str
    decided_at: datetime | None
    given_on: date | None
    given_unit: str
    note: str
    made_id: UUID | None

    @property
    def to_decide(self) -> bool:
        """Return whether the line still waits for a decision that its duty can take."""
        return not self.decision and self.row.phase == "open"


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review with its lines in the order of the meeting; counts by decision, "" for what is undecided."""

    row: ReviewRow
    unit_public_id: UUID
    unit_kind: str
    issuer: str
    held_by: str
    lines: list[LineRow]
    counts: dict[str, int]
    proposed: int
    gone: int
    next_id: UUID | None
    place: str
    chair: str
    secretary: str
    attendants: str
    conclusion: str
    closed_by: str
    file_id: UUID | None
    file_name: str
    file_signed: str
    may_act: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line of a review, large: its duty whole, what was urged, what can be decided, and the lines beside it."""

    review: ReviewRow
    line: LineRow
    duty: duty_pages.DutyPage
    chased: list[chasing.ChaseRow]
    previous_id: UUID | None
    next_id: UUID | None
    next_undecided: UUID | None
    may_act: bool
    gives: bool
    may_undo: bool
    made: DutyRow | None
    basis: str


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A review that went through a duty, as the page of the duty shows it."""

    review_id: UUID
    opened_at: datetime
    decision: str
    is_proposed: bool
    given_on: date | None
    given_unit: str


def reviews(who: scope.Actor, *, size: int = 50, after: str | None = None) -> tuple[list[ReviewRow], str | None]:
    """Return a page of the reviews that the person sees, newest first, and the key of the next page."""
    rows = visible_reviews(who)
    if after and after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    beside = rows.select_related("unit", "document", "opened_by").order_by("-id")[: size + 1]
    found = list(beside)
    numbers = _counts([one.pk for one in found])
    shown = [_row(one, numbers.get(one.pk, {})) for one in found[:size]]
    return shown, str(found[size - 1].pk) if len(found) > size else None


def _counts(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    rows = (
        BacklogLine.objects.filter(review__in=keys).order_by().values_list("review", "decision").annotate(n=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for review, decision, n in rows:
        found.setdefault(review, {})[decision] = n
    return found


def _row(one: BacklogReview, numbers: Mapping[str, int]) -> ReviewRow:
    open_yet = one.state == BacklogReview.State.OPEN
    ends = 0 if open_yet else sum(numbers.get(end, 0) for end in ("left", "done"))
    done, total = counts(numbers)
    return ReviewRow(
        one.public_id, one.unit.name, one.measure, one.days, str(one.document) if one.document else "", one.term, one.state,
        one.opened_by.full_name, one.opened_at, one.closed_at, done - ends, total,
        f"{one.number}/{one.symbol}" if one.symbol else one.number, one.signed_on,
    )  # fmt: skip


def review(who: scope.Actor, public_id: UUID, at: datetime) -> ReviewPage:
    """Return one review with its lines as their duties stand at `at` (a fixed number of queries). Raises: NotVisible."""
    one = seen_review(who, public_id)
    lines = _lines(who, BacklogLine.objects.filter(review=one), at)
    numbers: dict[str, int] = {"": 0} | {code.value: 0 for code in Decision}
    for line in lines:
        numbers[line.decision] = numbers.get(line.decision, 0) + 1
    issuer = issuing_unit()
    return ReviewPage(
        _row(one, numbers), one.unit.public_id, one.unit.kind, issuer.name if issuer else one.unit.name, _held_by(one), lines, numbers,
        sum(line.is_proposed for line in lines), sum(not line.decision and not line.to_decide for line in lines),
        next((line.row.public_id for line in lines if line.to_decide), None), one.place, one.chair, one.secretary,
        one.attendants.text if one.attendants else "", one.conclusion.text if one.conclusion else "",
        one.closed_by.full_name if one.closed_by else "", one.file.public_id if one.file else None,
        one.file.name if one.file else "", one.file.signed if one.file else "", scope.reviews(who, one.unit_id),
    )  # fmt: skip


def _held_by(one: BacklogReview) -> str:
    """Return the body whose meeting it is: of who opened it; empty for the province's own, or a meeting about all of it."""
    hats = scope.actor(one.opened_by_id, one.opened_at).hats
    if one.unit.kind == "province" or (hats and hats[0].body_kind == "province"):
        return ""
    if not hats:
        return one.unit.name
    return "Văn phòng" if hats[0].body_kind == "office" else hats[0].body_name


def _lines(who: scope.Actor, rows: QuerySet[BacklogLine], at: datetime) -> list[LineRow]:
    """Return lines in their order: their duties as they stand now, the reasons from the ledger (four queries)."""
    kept = list(rows.select_related("unit", "decided_by", "given_unit", "made").order_by("place"))
    keys = [line.duty_id for line in kept]
    notes = _notes(kept)
    seen = scope.seen_of(who, [line.made.public_id for line in kept if line.made])
    return [
        LineRow(
            line.place, row, line.unit.name, last_date(line.due_at) if line.due_at else None, line.decision, line.is_proposed,
            line.decided_by.full_name if line.decided_by else "", line.decided_at, line.given_on,
            line.given_unit.name if line.given_unit else "", notes.get((line.duty_id, line.event_seq), ""),
            line.made.public_id if line.made and line.made.public_id in seen else None,
        )
        for line, row in zip(kept, lines_of(keys, at), strict=True)
    ]  # fmt: skip


def _notes(lines: Sequence[BacklogLine]) -> dict[tuple[int, int | None], str]:
    """Return the reason of each decision, by duty and event: the words lie with the act, erased ones are not there any more."""
    decided = {(line.duty_id, line.event_seq) for line in lines if line.event_seq is not None}
    events = DutyEvent.objects.filter(
        duty__in=[duty for duty, _ in decided], seq__in=[seq for _, seq in decided], note__isnull=False
    ).select_related("note")  # fmt: skip
    return {
        (event.duty_id, event.seq): event.note.text
        for event in events
        if event.note and (event.duty_id, event.seq) in decided
    }


def line(who: scope.Actor, public_id: UUID, duty: UUID, at: datetime) -> LinePage:
    """Return one line of a review with its duty whole, and the lines beside it. Raises: NotVisible."""
    one = seen_review(who, public_id)
    order = _order(one)
    place = next((number for number, (key, _) in enumerate(order) if key == duty), None)
    if place is None:
        raise NotVisible("backlog_line_not_visible")
    kept = BacklogLine.objects.filter(review=one, duty__public_id=duty)
    (shown,) = _lines(who, kept, at)
    row = Duty.objects.select_related("document").get(public_id=duty)
    may_act = scope.reviews(who, one.unit_id) and one.state == BacklogReview.State.OPEN
    made = lines_of([key for key in kept.values_list("made", flat=True) if key], at) if shown.made_id else []
    return LinePage(
        _row(one, _counts([one.pk]).get(one.pk, {})), shown, duty_pages.duty(who, duty, at), chasing.chased(who, duty),
        order[place - 1][0] if place else None, order[place + 1][0] if place + 1 < len(order) else None,
        _next_undecided(order, place), may_act, scope.permits(who, row, TASK.row("replan"), _NOTHING),
        may_act and _can_go_back(shown, made), made[0] if made else None, grounds(local_date(one.opened_at)),
    )  # fmt: skip


def _order(one: BacklogReview) -> list[tuple[UUID, bool]]:
    """Return the duties of a review in the order of the meeting, each with whether it still is to be decided."""
    rows = BacklogLine.objects.filter(review=one).order_by("place")
    return [
        (key, not decision and phase == "open")
        for key, decision, phase in rows.values_list("duty__public_id", "decision", "duty__phase")
    ]


def _next_undecided(order: Sequence[tuple[UUID, bool]], place: int) -> UUID | None:
    """Return the next duty to be decided after a place, or the first before it when there is none."""
    turned = [*order[place + 1 :], *order[:place]]
    return next((key for key, waits in turned if waits), None)


def _can_go_back(line: LineRow, made: Sequence[DutyRow]) -> bool:
    if line.is_proposed:
        return bool(made) and made[0].phase == "open"
    return line.decision == Decision.NEW_DATE and line.row.phase == "open" and line.row.last_date == line.given_on


def of_duty(who: scope.Actor, duty: UUID) -> list[ReviewedRow]:
    """Return the reviews that went through a duty, newest first; those in which nothing was decided about it are left out."""
    if not _reviewed(duty):  # the page of every duty asks, and mostly there are none
        return []
    rows = BacklogLine.objects.filter(duty__public_id=duty, review__in=visible_reviews(who)).exclude(decision="left")
    found = rows.select_related("review", "given_unit").order_by("-review")
    return [
        ReviewedRow(
            line.review.public_id, line.review.opened_at, line.decision, line.is_proposed, line.given_on,
            line.given_unit.name if line.given_unit else "",
        )
        for line in found
    ]  # fmt: skip


@kept(UUIDField())
def _reviewed(duty: Slot) -> QuerySet[BacklogLine, int]:
    return BacklogLine.objects.filter(duty__public_id=duty).values_list("pk", flat=True)[:1]
