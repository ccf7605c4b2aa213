"""Hand out the outbox: each event becomes the notices of those who must hear of it, once each, however often it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.ladders import Hearer, parse
from kycuong.core.signatures import INVALID, TOPICS, UNTRUSTED
from kycuong.models import (
    Cover,
    Duty,
    DutyEvent,
    Notice,
    Outbox,
    Period,
    PeriodUnit,
    Proposal,
    SignatureCheck,
    TaskParticipant,
    TaskResult,
)
from kycuong.queries import hours, ladders, org, scope, trust
from kycuong.queries import notices as queries
from kycuong.queries.kept import kept
from kycuong.services import outreach

BATCH = 500
#: What was confirmed longer ago is not told of when an authority is trusted no more.
LONG_AGO = timedelta(days=90)
TO_HOLDER = frozenset(
    {
        "open",
        "assign",
        "submit",
        "assign_opinion",
        "submit_opinion",
        "return_opinion_draft",
        "give_time",
        "refuse_time",
        "return_draft",
        "send_back",
        "withdraw",
        "lapse",
        "calendar_changed",
        "chase",
        "chase_report",
        "refuse_explanation",
        "raise",
        "count_slip",
        "miss_slip",
        "cancel_slip",
        "step_aside",
        "join",
    }
)
#: What the giver does to a task: the holder hears of it, and the heads of the units that take part, and who prepared it.
TO_ALL = frozenset({"revoke", "replace", "correct", "replan", "undo_replan"})
TO_PROPOSER = frozenset({"extend", "close_returned", "settle"})  # and to the holder, whose date or task it is
#: The head of the charged unit hears of a step of chasing, beside who holds the duty.
TO_HEAD = frozenset({"chase", "chase_report", "raise"})
#: Dissent on a main point: the heads of both sides hear of it.
TO_BOTH = frozenset({"raise_dissent", "remind_dissent", "record_meeting", "correct_meeting", "sign_meeting"})
#: A body asks for time: the head of who asked hears of it, for left undecided it holds.
TO_ASKER = frozenset({"ask_time", "ask_time_by_link"})
TO_PREPARER = frozenset({"confirm", "send_back"}) | TO_ALL


def dispatch(at: datetime) -> int:
    """Turn every waiting outbox row into notices and return how many rows were handed out.

    Delivery is at least once, a notice exists once: killed anywhere, the next run finishes what is left.
    """
    total = 0
    while _is_waiting() and (done := _dispatch_batch(at)):
        total += done
    if _is_to_tell():
        tell_signatures(at)
    return total


@kept()
def _is_waiting() -> QuerySet[Outbox, int]:
    return Outbox.objects.filter(done_at__isnull=True).order_by("id").values_list("pk", flat=True)[:1]


@kept()
def _is_to_tell() -> QuerySet[SignatureCheck, int]:
    return SignatureCheck.objects.filter(to_tell=True).order_by("id").values_list("pk", flat=True)[:1]


def _dispatch_batch(at: datetime) -> int:
    with transaction.atomic():
        rows = Outbox.objects.filter(done_at__isnull=True).order_by("id")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True)
        waiting = list(rows[:BATCH])
        if not waiting:
            return 0
        duties = Duty.objects.select_related(*ladders.RELATED).in_bulk({row.duty_id for row in waiting})
        made = _notices(waiting, duties, at)
        Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
        outreach.mail_notices(made, duties, at)
        sent = [row.duty_id for row in waiting if row.topic == "send"]
        if sent:  # a draft may have been looked at before it went out
            _tell_of_results(Q(task__duty__in=sent), at)
        Outbox.objects.filter(pk__in=[row.pk for row in waiting]).update(done_at=at)
    return len(waiting)


def _notices(waiting: list[Outbox], duties: dict[int, Duty], at: datetime) -> list[Notice]:
    events = {
        (event.duty_id, event.seq): event
        for event in DutyEvent.objects.filter(duty__in=duties, seq__in={row.seq for row in waiting})
    }
    taking_part = _participants(row.duty_id for row in waiting if row.topic in TO_ALL)
    told = {unit for row in waiting for unit in _units_told(row.topic, duties[row.duty_id], taking_part)}
    heads = org.heads({unit for unit in told if unit is not None}, local_date(at))
    heard = _heard([row for row in waiting if row.topic.startswith("rung_")], duties, events, at)
    preparers = _preparers(row.duty_id for row in waiting if row.topic in TO_PREPARER)
    proposers = _proposers(row.duty_id for row in waiting if row.topic in TO_PROPOSER)
    covers = list(Cover.objects.filter(scope.in_force(at)).values_list("officer", "post", "substitute"))
    later = _later_occurrences([duties[row.duty_id] for row in waiting if row.topic == "open"])
    made = []
    for row in waiting:
        if row.topic == "open" and row.duty_id in later:
            continue
        duty, event = duties[row.duty_id], events.get((row.duty_id, row.seq))
        people = _at_the_desk(row.topic, duty, event)
        people |= {heads[unit].officer_id for unit in _units_told(row.topic, duty, taking_part) if unit in heads}
        people |= heard.get((row.duty_id, row.seq), set())
        if row.topic in TO_PREPARER:
            people |= preparers[row.duty_id] | {duty.holder_officer_id}
        if row.topic in TO_PROPOSER:
            people |= proposers[row.duty_id] | {duty.holder_officer_id}
        people |= _substitutes(covers, people, duty, event)
        people -= {None, event.actor_id if event else None}  # nobody is told of one's own act
        made += [
            Notice(recipient_id=person, duty_id=duty.pk, seq=row.seq, topic=row.topic, at=row.at)
            for person in people
            if person is not None
        ]
    _tell_in_office_hours(made, at)
    return made


def _later_occurrences(opened: list[Duty]) -> set[int]:
    """Return which of some duties were opened beside an earlier occurrence of their series: one order is told once."""
    series = {duty.series for duty in opened if duty.series}
    if not series:
        return set()
    beside = Duty.objects.filter(series__in=series).order_by().values("series", "opened_at")
    firsts = {(row["series"], row["opened_at"]): row["first"] for row in beside.annotate(first=Min("slot"))}
    return {
        duty.pk for duty in opened
        if duty.series and duty.slot and duty.slot > firsts[duty.series, duty.opened_at]
    }  # fmt: skip


def _substitutes(
    covers: list[tuple[int, int, int]], people: set[int | None], duty: Duty, event: DutyEvent | None
) -> set[int | None]:
    """Return who handles the desk of those who are told while they are absent; both are told."""
    posts = {duty.holder_post_id, event.holder_post_to_id if event else None}
    return {substitute for officer, post, substitute in covers if officer in people and post in posts}


def _at_the_desk(topic: str, duty: Duty, event: DutyEvent | None) -> set[int | None]:
    if topic == "succeed":  # who kept the work while the unit changed around it is not told of it
        moved = event is not None and event.data.get("officer_from") != event.holder_officer_to_id
        return {event.holder_officer_to_id} if event and moved else set()
    if topic not in TO_HOLDER:
        return set()
    return {event.holder_officer_to_id if event and event.holder_officer_to_id else duty.holder_officer_id}


def _units_told(topic: str, duty: Duty, taking_part: dict[int, set[int]]) -> set[int | None]:
    """Return the units whose heads hear of it: of what is changed the one charged and those taking part.

    The giver's head hears too when a task is taken back, whoever did it.
    """
    if topic in TO_HEAD:
        return {duty.holder_unit_id}
    if topic in TO_ASKER:
        return {duty.giver_unit_id}
    if topic in TO_BOTH:
        return {duty.holder_unit_id, duty.giver_unit_id}
    if topic not in TO_ALL:
        return set()
    giver = set() if topic in {"correct", "replan", "undo_replan"} else {duty.giver_unit_id}
    return {duty.holder_unit_id, *giver, *taking_part[duty.pk]}


def _tell_in_office_hours(made: list[Notice], at: datetime) -> None:
    """Tell what happens at night or on a day off when the office of the person opens next."""
    opens = hours.openings({notice.recipient_id for notice in made}, at)
    for notice in made:
        notice.told_at = opens.get(notice.recipient_id, at)


def _heard(
    rows: list[Outbox], duties: dict[int, Duty], events: dict[tuple[int, int], DutyEvent], at: datetime
) -> dict[tuple[int, int], set[int | None]]:
    """Return who hears of each rung, by the ladder in force; of a rung that was taken off since, the desk."""
    if not rows:
        return {}
    ladder = {(rung.condition, rung.step): rung.hearers for rung in ladders.rungs()}
    hearing = ladders.hearing([duties[row.duty_id] for row in rows], at)
    found: dict[tuple[int, int], set[int | None]] = {}
    for row in rows:
        event = events.get((row.duty_id, row.seq))
        place = parse(event.rung or "") if event else None
        hearers = ladder.get(place, (Hearer.DESK,)) if place else (Hearer.DESK,)
        found[row.duty_id, row.seq] = set(hearing.people(duties[row.duty_id], hearers))
    return found


def _preparers(duty_ids: Iterable[int]) -> dict[int, set[int | None]]:
    found: dict[int, set[int | None]] = defaultdict(set)
    rows = TaskResult.objects.filter(task__duty__in=list(duty_ids)).values_list("task__duty", "prepared_by")
    for duty_id, officer_id in rows:
        found[duty_id].add(officer_id)
    return found


def _participants(duty_ids: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = TaskParticipant.objects.filter(task__duty__in=list(duty_ids)).values_list("task__duty", "unit")
    for duty_id, unit_id in rows:
        found[duty_id].add(unit_id)
    return found


def _proposers(duty_ids: Iterable[int]) -> dict[int, set[int | None]]:
    found: dict[int, set[int | None]] = defaultdict(set)
    for duty_id, officer_id in Proposal.objects.filter(about__in=list(duty_ids)).values_list("about", "proposer"):
        found[duty_id].add(officer_id)
    return found


def tell_period(period: Period, at: datetime, but: int | None) -> int:
    """Tell the heads of the units of a period that its figures are to be checked, in their office hours; return how many.

    Who opened it is not told of it. By mail they hear in the morning's digest.
    """
    units = PeriodUnit.objects.filter(period=period).values_list("unit", flat=True)
    seats = org.heads(list(units), local_date(at)).values()
    people = {seat.officer_id for seat in seats if seat.officer_id is not None} - {but}
    made = [
        Notice(recipient_id=person, period=period, seq=0, topic="check_period", at=at)
        for person in sorted(people - {None})
    ]
    _tell_in_office_hours(made, at)
    return len(Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH))


def tell_contest(period: Period, duty: Duty, at: datetime, but: int | None) -> None:
    """Tell who gave a task that a unit contests how it is counted, once a period however many; it waits for a decision."""
    on, post, unit = local_date(at), duty.giver_post_id, duty.giver_unit_id
    seat = org.seat(post, on) if post else org.head_of(unit, on) if unit else None
    if seat is None or seat.officer_id is None or seat.officer_id == but:
        return
    made = [Notice(recipient_id=seat.officer_id, period=period, seq=0, topic="contested_period", at=at)]
    _tell_in_office_hours(made, at)
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def tell_heads(about: Iterable[tuple[int, str, int, int]], at: datetime) -> int:
    """Tell heads of units of a topic, once a number each, in their office hours; return how many notices were made.

    `about` names the unit of which it tells, topic, number, and the unit whose head hears: the same, or one that inherited.
    By mail they hear in the morning's digest.
    """
    found = list(about)
    heads = org.heads({answers for _, _, _, answers in found}, local_date(at))
    made = {
        (seat.officer_id, unit, topic, number): Notice(
            recipient_id=seat.officer_id, unit_id=unit, seq=number, topic=topic, at=at
        )
        for unit, topic, number, answers in found
        if (seat := heads.get(answers)) and seat.officer_id is not None
    }
    _tell_in_office_hours(list(made.values()), at)
    before = Notice.objects.filter(unit__isnull=False, recipient__in={person for person, _, _, _ in made})
    weeks = {number for _, _, _, number in made}
    known = set(before.filter(seq__in=weeks).values_list("recipient", "unit", "topic", "seq"))
    new = [one for key, one in made.items() if key not in known]
    return len(Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH))


def tell_signatures(at: datetime) -> int:
    """Tell of results whose signature was found not to be valid, each file once; return how many notices were made.

    Killed anywhere, the next run finishes what is left.
    """
    total = 0
    while True:
        with transaction.atomic():
            rows = SignatureCheck.objects.filter(to_tell=True).order_by("id")
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            found = list(rows[:BATCH])
            if not found:
                return total
            total += _tell_of_results(Q(file__sha256__in=[row.sha256 for row in found]), at)
            SignatureCheck.objects.filter(pk__in=[row.pk for row in found]).update(to_tell=False)


def _tell_of_results(which: Q, at: datetime) -> int:
    """Tell who confirmed a result, or has it on the desk to confirm, and the clerks of that unit, what its signature is.

    One sent back counts no more. Without a trusted authority, "not trusted" says nothing of a file; and when one is trusted no
    more, what was confirmed long ago is left alone.
    """
    told = Q(file__signed=INVALID)
    if trust.has_root():
        told |= Q(file__signed=UNTRUSTED) & (Q(judged_at__isnull=True) | Q(judged_at__gt=at - LONG_AGO))
    results = list(
        TaskResult.objects.filter(which, told, sent_at__isnull=False)
        .exclude(verdict=TaskResult.Verdict.SENT_BACK)
        .exclude(Exists(Notice.objects.filter(file=OuterRef("file"), file__isnull=False)))
        .select_related("task__duty", "file")
    )
    takers = _takers([result.task.duty_id for result in results])
    people: dict[tuple[int, str], list[TaskResult]] = defaultdict(list)
    for result in results:
        duty, file = result.task.duty, result.file
        unit = duty.confirmer_unit_id or duty.giver_unit_id
        hear = takers[duty.pk] | (_clerks(unit, local_date(at)) if unit else set())
        for person in hear - {None}:
            people[person or 0, TOPICS[file.signed if file else ""]].append(result)
    made = _grouped(people, at)
    _tell_in_office_hours(made, at)
    return len(Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH))


def _grouped(people: Mapping[tuple[int, str], Sequence[TaskResult]], at: datetime) -> list[Notice]:
    """Return the notices of files of one round: to each person the first tells of them all, the others are kept under it.

    What the round has told before, another batch of it, counts on.
    """
    same = Notice.objects.filter(file__isnull=False, at=at, recipient__in={person for person, _ in people}).order_by()
    counted = same.values_list("recipient", "topic").annotate(n=Count("pk"))
    before = {(person, topic): n for person, topic, n in counted}
    return [
        Notice(recipient_id=person, duty=result.task.duty, file=result.file, seq=place, topic=topic, at=at)
        for (person, topic), results in people.items()
        for place, result in enumerate(results, before.get((person, topic), 0))
    ]  # fmt: skip


def _takers(duty_ids: list[int]) -> dict[int, set[int | None]]:
    """Return who has a result on the desk to confirm, or confirmed it."""
    found: dict[int, set[int | None]] = defaultdict(set)
    lying = Duty.objects.filter(parent__in=duty_ids, kind="confirmation").exclude(phase="closed")
    for duty, officer in lying.values_list("parent", "holder_officer"):
        if duty is not None:
            found[duty].add(officer)
    confirmed = DutyEvent.objects.filter(duty__in=duty_ids, act="confirm")
    for duty, officer in confirmed.values_list("duty", "actor"):
        found[duty].add(officer)
    return found


def _clerks(unit: int, on: date) -> set[int | None]:
    """Return the records clerks of a unit; where there is none its head."""
    clerks = {seat.officer_id for seat in org.seats_of(unit, on, "clerk")} - {None}
    head = org.head_of(unit, on)
    return clerks or ({head.officer_id} if head else set())


def mark_read(*, actor: scope.Actor, at: datetime) -> None:
    """Mark every notice that the person has been told as read."""
    Notice.objects.filter(queries.told_by(at), recipient=actor.officer_id, read_at__isnull=True).update(read_at=at)
