"""Answer: point by point and by a signed letter, or return what is not one's own, or ask once for more time.

Every act takes the row of its duty before that of its opinion: two at once wait for each other, none for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from kycuong.core.consultations import Answer, Said, answer_of, check_points
from kycuong.core.duties import last_date
from kycuong.core.errors import Invalid, TransitionNotAllowed
from kycuong.core.lateness import days_late
from kycuong.core.limits import due_fixed
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Duty, Opinion, OpinionPoint
from kycuong.queries import calendars, scope
from kycuong.queries import consultations as queries
from kycuong.services import duties, watermark
from kycuong.services.consultations.delivering import start
from kycuong.services.consultations.dissenting import raise_dissent
from kycuong.services.consultations.expiring import expire_one
from kycuong.services.consultations.preparing import keep_answered
from kycuong.services.consultations.printing import keep_prints
from kycuong.services.requests import Request, for_acting, for_request
from kycuong.services.tasks.papers import Returned, Signed, keep_file, take_back
from kycuong.services.transitions import Act, already_done, move, not_before


def give_opinion(
    *, actor: scope.Actor, at: datetime, duty: UUID, said: Mapping[int, Said], file: tuple[str, bytes] | None,
    typed: Signed = Signed(), request: Request = Request(),
) -> bool:  # fmt: skip
    """Send the signed opinion with a position on each point; return whether it came in time.

    What comes at the cut-off or later is filed as late, and what silence came to stands; so is what answers a version that
    has been replaced meanwhile. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return not Opinion.objects.filter(duty__public_id=duty, late_at__isnull=False).exists()
    late = partial(
        file_late, actor=actor, at=at, duty=duty, said=said, file=file, typed=typed, request=replace(request, seen=None)
    )
    try:
        row, step = for_acting(actor, duty, "give_opinion", request)
    except TransitionNotAllowed:  # only the clock or the asker has left behind what the person saw
        if _taken_late(duty):
            return late()
        raise
    letter = read_letter(said, row, file, typed, at)
    if expire_one(row, at):  # the letter is taken all the same
        return late()
    if answer_of(said.values()) is Answer.RETURNED:
        raise Invalid("opinion_return_basis")  # every point goes back: that is a return, with its own act and basis
    with transaction.atomic():
        if row.due_at is None:  # an answer is proof enough that the question arrived
            start(row, Act(LIFECYCLE.row("take_delivery"), at, actor), "answer")
            request = replace(request, seen=None)
        act = not_before(row, Act(step, at, actor, request.seen, request.request_id))
        move(row, act, desk=None, **answered_columns(row, act.at))
        opinion = Opinion.objects.get(duty=row)
        keep_answer(opinion, said, letter, at)
        opinion.file = keep_file(actor, act.at, letter.paper)
        opinion.answer, opinion.said_at, opinion.answered_by_id = Answer.OPINION.value, act.at, actor.officer_id
        opinion.save()
        keep_answered(opinion, said)
        raise_dissent(row, opinion, act.at)
    return True


def answered_columns(row: Duty, at: datetime) -> dict[str, object]:
    """Return the columns of an opinion that has come: late where a law demands it in writing and its term was over."""
    assert row.due_at is not None
    late = days_late(at, row.due_at, calendars.current(row.holder_unit_id))
    return {"answered_at": at, "running_since": None, "next_check_at": None, "late_working_days": late}


def _taken_late(duty: UUID) -> bool:
    """Return whether an answer to this can still be filed: silence ended it, or the proposal changed."""
    ended = Opinion.objects.filter(duty__public_id=duty, duty__phase="closed", late_at__isnull=True)
    return ended.filter(outcome__in=("consent", "liable", "unbound", "void")).exists()


def read_letter(
    said: Mapping[int, Said], row: Duty, file: tuple[str, bytes] | None, typed: Signed, at: datetime
) -> Returned:
    """Return the signed letter and what it says of itself. Basis: an official opinion is a signed letter. Raises: Invalid."""
    numbers = set(Opinion.objects.filter(duty=row).values_list("proposed__points__number", flat=True))
    check_points(said, numbers)
    return take_back(file, typed, at, no_file="opinion_letter_missing")


def keep_answer(opinion: Opinion, said: Mapping[int, Said], letter: Returned, at: datetime) -> None:
    """Keep the positions and what the letter says of itself; whoever calls saves the opinion."""
    points = {point.number: point.pk for point in opinion.proposed.points.all()}
    OpinionPoint.objects.filter(opinion=opinion).delete()  # what was sent back as vague; its words stand in the letter
    OpinionPoint.objects.bulk_create(
        [
            OpinionPoint(opinion=opinion, point_id=points[n], position=one.position.value, words=one.words.strip())
            for n, one in sorted(said.items())
        ]
    )
    opinion.number, opinion.symbol = letter.number, letter.symbol
    opinion.signed_on, opinion.signer = letter.signed_on, letter.signer
    keep_prints(opinion, said, letter, at)


def file_late(
    *, actor: scope.Actor, at: datetime, duty: UUID, said: Mapping[int, Said], file: tuple[str, bytes] | None,
    typed: Signed = Signed(), request: Request = Request(),
) -> bool:  # fmt: skip
    """File an opinion that came after the cut-off, dated; it holds nothing up. Returns False: it was not in time.

    Basis: NĐ 191/2026/NĐ-CP, Article 11(2)b. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return False
    row, step = for_acting(actor, duty, "file_late", request)
    letter = read_letter(said, row, file, typed, at)
    with transaction.atomic():
        move(row, Act(step, at, actor, request.seen, request.request_id))
        opinion = Opinion.objects.get(duty=row)
        if opinion.outcome == "" or opinion.late_at is not None:
            raise Invalid("opinion_not_closed")
        keep_answer(opinion, said, letter, at)
        opinion.file, opinion.late_at = keep_file(actor, at, letter.paper), at
        opinion.save()
    return False


def ask_time(
    *, actor: scope.Actor, at: datetime, duty: UUID, until: date, note: str, request: Request = Request()
) -> None:
    """Ask once for a later cut-off; undecided at the old one, the later one holds.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "ask_time", request)
    ask_for_time(row, Act(step, at, actor, request.seen, request.request_id, note), until)


def ask_for_time(row: Duty, act: Act, until: date) -> datetime:
    """Take a request for time, once and before the cut-off, with its reason; return the cut-off asked for.

    Raises: TransitionNotAllowed, Conflict, Invalid.
    """
    if row.due_at is None:
        raise Invalid("opinion_before_delivery")
    if not act.note.strip():
        raise Invalid("opinion_more_reason")
    opinion = Opinion.objects.select_related("consultation__rule").get(duty=row)
    if opinion.more_until is not None:
        raise Invalid("opinion_more_once")
    latest = queries.latest_time(opinion, row)
    if not last_date(row.due_at) < until <= latest or act.at >= row.due_at:
        raise Invalid("opinion_more_range", last=f"{latest:%d/%m/%Y}")
    with transaction.atomic():
        move(row, replace(act, data=act.data | {"until": until.isoformat()}))
        opinion.more_until = due_fixed(until, "by", calendars.current(row.holder_unit_id)).due_at
        opinion.save()
    return opinion.more_until


def give_time(*, actor: scope.Actor, at: datetime, duty: UUID, request: Request = Request()) -> None:
    """Give the time that was asked for: the cut-off moves, the reminders come anew.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_request(*queries.duty_to_conduct(actor, duty, "give_time"), request)
    opinion = _asking_time(row, at)
    with transaction.atomic():
        watermark.hold()  # before the calendar is read: no change of it comes between counting and writing
        move(row, Act(step, at, actor, request.seen, request.request_id), desk=None, **due_columns(opinion, row, at))
        opinion.more_given = True
        opinion.save()


def due_columns(opinion: Opinion, row: Duty, at: datetime) -> dict[str, object]:
    """Return the columns of a duty whose cut-off moves to what was asked for, unless the calendar has moved it further."""
    assert opinion.more_until is not None
    assert row.due_at is not None
    until = max(opinion.more_until, row.due_at)
    calendar = calendars.current(row.holder_unit_id)
    columns: dict[str, object] = dict(duties.rung_columns(until, at, calendar))
    return columns | {"due_at": until, "clock_no": row.clock_no + 1, "calendar": calendar.name}


def refuse_time(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Refuse the time that was asked for, with a reason: the cut-off stays.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_request(*queries.duty_to_conduct(actor, duty, "refuse_time"), request)
    opinion = _asking_time(row, at)
    if not note.strip():
        raise Invalid("act_reason_missing")
    with transaction.atomic():
        move(row, Act(step, at, actor, request.seen, request.request_id, note))
        opinion.more_given = False
        opinion.save()


def _asking_time(row: Duty, at: datetime) -> Opinion:
    """Return the opinion whose request for time waits; past the cut-off it holds by itself. Raises: Invalid."""
    expire_one(row, at)
    opinion = Opinion.objects.get(duty=row)
    if opinion.more_until is None or opinion.more_given is not None:
        raise Invalid("opinion_more_none")
    return opinion


def accept_opinion(*, actor: scope.Actor, at: datetime, duty: UUID, request: Request = Request()) -> None:
    """Take note of an opinion: the body has done its duty. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict."""
    if already_done(request.request_id, actor):
        return
    row, step = for_request(*queries.duty_to_conduct(actor, duty, "accept_opinion"), request)
    with transaction.atomic():
        act = not_before(row, Act(step, at, actor, request.seen, request.request_id))
        move(row, act, closed_at=act.at, outcome="done_late" if row.late_working_days else "done")
        Opinion.objects.filter(duty=row).update(outcome="opinion")


def refuse_vague(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Send an opinion back that takes no clear position, saying on which point; the clock runs on to the same cut-off.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_request(*queries.duty_to_conduct(actor, duty, "refuse_vague"), request)
    if not note.strip():
        raise Invalid("opinion_vague_reason")
    if expire_one(row, at):
        row, step = for_request(
            *queries.duty_to_conduct(actor, duty, "refuse_vague"), request
        )  # refused: it was taken note of at the cut-off
    calendar = calendars.current(row.holder_unit_id)
    assert row.due_at is not None
    with transaction.atomic():
        columns: dict[str, object] = dict(duties.rung_columns(row.due_at, at, calendar))
        move(
            row, Act(step, at, actor, request.seen, request.request_id, note), answered_at=None, late_working_days=None,
            running_since=at, desk=None, **columns,
        )  # fmt: skip
        Opinion.objects.filter(duty=row).update(answer=Answer.VAGUE.value)
