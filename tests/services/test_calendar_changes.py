"""A swap of days moves the due dates that count working days, and takes nothing from anyone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests import make

from kycuong import jobs
from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.core.duties import rungs
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import AuditEntry, CalendarChange, CalendarDay, CalendarMove, Duty, DutyEvent, Note, Notice, Outbox
from kycuong.queries import calendar_changes as queries
from kycuong.queries import calendars
from kycuong.queries.calendar_changes.preview import Wanted
from kycuong.services import calendar_changes, proposals
from kycuong.services.duties import RUNGS
from kycuong.services.leaves import leaf_of

PAPER = Decision("1508/QĐ-TTg", date(2026, 11, 1), "Thủ tướng Chính phủ")
BACK = Decision("1600/QĐ-TTg", date(2026, 11, 1), "Thủ tướng Chính phủ")
SENT, NOW = "2026-11-09 09:00", "2026-11-09 10:00"


def swap(off: str = "2026-11-10", on: str = "", when: str = NOW, **given: Any) -> CalendarChange:
    days = day_changes([date.fromisoformat(off)], [date.fromisoformat(on)] if on else [], PAPER)
    given = {"actor": make.who("quantri"), "decision": PAPER, "days": days, "reason": "Bão số 9"} | given
    return calendar_changes.change_days(at=make.at(when), seen=calendars.version(), **given)


def confirmation(when: str = SENT) -> Duty:
    """Return a confirmer's duty: two working days from the sending."""
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", when)
    return Duty.objects.get(parent=duty)


def test_a_limit_in_working_days_moves_and_a_printed_day_does_not() -> None:
    printed = make.issued()[0]
    counted = confirmation()
    assert counted.due_at == make.at("2026-11-12 00:00")
    change = swap()
    counted.refresh_from_db()
    printed.refresh_from_db()
    assert (counted.due_at, counted.original_due_at) == (make.at("2026-11-13 00:00"), make.at("2026-11-12 00:00"))
    assert printed.due_at == make.at("2026-11-16 00:00")
    assert (change.due_moved, change.due_kept, change.done_at) == (1, 0, make.at(NOW))
    event = DutyEvent.objects.get(duty=counted, act="calendar_changed")
    assert (event.seq, event.due_to, event.basis) == (counted.seq, counted.due_at, PAPER.number)
    assert event.data["from"] == "2026-11-11T17:00:00+00:00"
    assert event.data["to"] == "2026-11-12T17:00:00+00:00"
    assert Outbox.objects.filter(duty=counted, seq=event.seq, topic="calendar_changed").exists()
    move = CalendarMove.objects.get(change=change)
    assert (move.duty, move.kept) == (counted, False)
    jobs.work_once(make.at(NOW))
    assert Notice.objects.filter(duty=counted, topic="calendar_changed").exists()


def test_rungs_move_with_the_days_also_where_the_date_stays() -> None:
    (printed,) = make.issued()  # before 16/11: near on 10/11, last working day 13/11
    swap("2026-11-10")
    printed.refresh_from_db()
    assert printed.near_at == printed.next_check_at == make.at("2026-11-09 07:30")
    swap("2026-11-13")
    printed.refresh_from_db()
    assert printed.last_day_at == make.at("2026-11-12 07:30")
    assert DutyEvent.objects.filter(duty=printed).count() == 1


def test_new_duties_count_by_the_new_calendar_and_remember_it() -> None:
    swap()
    made = confirmation("2026-11-09 11:00")
    assert (made.due_at, made.calendar) == (make.at("2026-11-13 00:00"), "VN-2026.11.2")
    assert calendars.current().off_basis(date(2026, 11, 10)) == PAPER.basis
    assert calendars.under("VN-2026.11").is_working(date(2026, 11, 10))


def test_an_end_is_never_pulled_below_what_the_holder_was_told() -> None:
    made = confirmation("2026-11-13 09:00")  # Friday: Monday and Tuesday
    assert made.due_at == make.at("2026-11-18 00:00")
    change = swap("2026-11-20", "2026-11-14", when="2026-11-13 10:00")  # Saturday is worked: counted to Monday
    made.refresh_from_db()
    assert made.due_at == make.at("2026-11-18 00:00")
    assert (change.due_moved, change.due_kept) == (0, 1)
    kept = CalendarMove.objects.get(change=change)
    assert (kept.kept, kept.due_from, kept.due_to) == (True, made.due_at, make.at("2026-11-17 00:00"))
    assert not DutyEvent.objects.filter(duty=made, act="calendar_changed").exists()


def test_undoing_gives_the_first_date_back_and_is_a_change_of_its_own() -> None:
    made = confirmation()
    first = swap("2026-11-11")
    made.refresh_from_db()
    assert made.due_at == make.at("2026-11-13 00:00")
    row, wanted = calendar_changes.reversal(first.public_id, date(2026, 11, 9))
    shown = queries.preview(make.who("chanhvp"), make.at(NOW), wanted)
    assert (row, shown.moved, shown.rows[0].due_to) == (first, 1, make.at("2026-11-12 00:00"))
    second = calendar_changes.reverse(
        actor=make.who("chanhvp"), at=make.at(NOW), change=first.public_id, decision=BACK, reason="Bão tan", seen=2
    )
    made.refresh_from_db()
    assert made.due_at == make.at("2026-11-12 00:00")
    assert (second.version, second.reverses) == (3, first)
    assert not CalendarDay.objects.filter(on=date(2026, 11, 11)).exists()
    with make.refused(Invalid, "change_reversed"):
        calendar_changes.reversal(first.public_id, date(2026, 11, 9))


def test_undoing_on_the_eve_shortens_nothing() -> None:
    made = confirmation()
    first = swap("2026-11-12")  # beyond the end: nothing moves
    assert first.due_moved == 0
    second = swap("2026-11-11")
    calendar_changes.reverse(
        actor=make.who("quantri"), at=make.at("2026-11-11 08:00"), change=second.public_id, decision=BACK, reason="Bão tan",
        seen=3,
    )  # fmt: skip
    made.refresh_from_db()
    assert made.due_at == make.at("2026-11-14 00:00")  # Friday was told; the day before yesterday it was Thursday


def test_a_day_off_today_takes_back_that_it_was_late_and_the_ladder_goes_on() -> None:
    made = confirmation("2026-11-09 09:00")
    jobs.catch_up(make.at("2026-11-11 07:31"))  # due today was said
    change = swap("2026-11-11", when="2026-11-11 07:40")
    made.refresh_from_db()
    assert (change.due_moved, made.due_at, made.clock_no) == (1, make.at("2026-11-13 00:00"), 2)
    assert made.next_check_at == make.at("2026-11-12 07:30")
    jobs.catch_up(make.at("2026-11-13 08:00"))
    fired = DutyEvent.objects.filter(duty=made, rung__in=RUNGS).order_by("seq").values_list("clock_no", "rung")
    assert list(fired) == [(1, "due"), (2, "due"), (2, "overdue")]


def test_what_is_late_stays_late_and_what_is_answered_keeps_its_lateness() -> None:
    late = confirmation("2026-11-04 09:00")
    jobs.catch_up(make.at(NOW))
    answered = late.parent
    assert answered is not None
    before = (late.due_at, answered.late_working_days)
    swap("2026-11-09", when=NOW)
    late.refresh_from_db()
    answered.refresh_from_db()
    assert (late.due_at, answered.late_working_days) == before
    assert late.next_check_at is None


def test_killed_between_batches_it_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [confirmation() for _ in range(3)]
    real, calls = calendar_changes.carrying._write, []

    def killed(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*given)

    monkeypatch.setattr(calendar_changes.carrying, "_write", killed)
    monkeypatch.setattr(
        calendar_changes.carrying.carry_out, "__kwdefaults__", {"batches": None, "batch": 2, "tell": None}
    )
    with pytest.raises(KeyboardInterrupt):
        swap()
    monkeypatch.setattr(calendar_changes.carrying, "_write", real)
    change = CalendarChange.objects.get()
    assert change.done_at is None
    with make.refused(Conflict, "calendar_busy"):
        swap("2026-11-12")
    jobs.work_once(make.at("2026-11-09 10:05"))
    jobs.work_once(make.at("2026-11-09 10:06"))
    change.refresh_from_db()
    assert (change.due_moved, change.done_at) == (3, make.at("2026-11-09 10:05"))
    for one in made:
        one.refresh_from_db()
        assert one.due_at == make.at("2026-11-13 00:00")
        assert DutyEvent.objects.filter(duty=one, act="calendar_changed").count() == 1


def test_the_preview_says_what_the_act_does_and_writes_nothing() -> None:
    confirmation()
    make.issued()
    before = make.picture()
    wanted = Wanted(days=day_changes([date(2026, 11, 10)], [], PAPER))
    shown = queries.preview(make.who("quantri"), make.at(NOW), wanted)
    assert make.picture() == before
    change = swap()
    assert (shown.moved, shown.kept, shown.rungs) == (change.due_moved, change.due_kept, change.rungs_moved)
    assert (shown.units[0].moved, shown.units[0].name) == (1, shown.rows[0].unit_name)
    assert shown.rows[0].title == ""  # an administrator does not see the duty, only that its date moves
    assert queries.preview(make.who("chanhvp"), make.at(NOW), wanted).rows == []  # done already


def test_a_past_day_is_refused_but_as_a_correction_that_moves_nothing() -> None:
    made = confirmation()
    with make.refused(Invalid, "day_past"):
        swap("2026-11-05")
    change = swap("2026-11-05", correction=True)
    made.refresh_from_db()
    assert (made.due_at, change.due_moved, change.done_at) == (make.at("2026-11-12 00:00"), 0, make.at(NOW))
    assert calendars.current().off_name(date(2026, 11, 5)) == "nghỉ hoán đổi"
    with make.refused(Invalid, "day_not_past"):
        swap("2026-11-12", correction=True)


def test_refusals_change_nothing() -> None:
    confirmation()
    with make.refused(NotAllowed, "calendar_not_allowed"):
        swap(actor=make.who("chutich"))
    with make.refused(Invalid, "calendar_reason_missing"):
        swap(reason=" ")
    with make.refused(Invalid, "decision_missing"):
        swap(decision=Decision("", date(2026, 11, 1), "Thủ tướng"))
    with make.refused(Invalid, "decision_future"):
        swap(decision=Decision("1/QĐ", date(2026, 11, 10), "Thủ tướng"))
    with make.refused(Invalid, "day_twice"):
        swap("2026-11-10", "2026-11-10")
    with make.refused(Invalid, "days_missing"):
        swap(days=())
    with make.refused(Invalid, "day_outside"):
        swap("2031-01-02")
    days = day_changes([date(2026, 11, 10)], [], PAPER)
    with make.refused(Conflict, "calendar_changed_meanwhile"):
        calendar_changes.change_days(
            actor=make.who("quantri"), at=make.at(NOW), decision=PAPER, days=days, reason="Bão", seen=7
        )


def test_a_repeated_request_is_one_change() -> None:
    confirmation()
    key = uuid4()
    first, second = swap(request_id=key), swap(request_id=key)
    assert first == second
    assert AuditEntry.objects.filter(act="change_days").count() == 1
    for other in ({"off": "2026-11-12"}, {"actor": make.who("chanhvp")}, {"decision": replace(PAPER, number="9/QĐ")}):
        with make.refused(Conflict, "request_used"):
            swap(request_id=key, **other)


def test_a_reason_that_was_erased_meanwhile_holds_no_due_date_up() -> None:
    due = confirmation()
    swap(batches=0)
    Note.objects.filter(pk=CalendarChange.objects.get().reason_id).delete()
    calendar_changes.resume(make.at(NOW))
    event = DutyEvent.objects.get(duty=due, act="calendar_changed")
    assert (event.note_id, event.note_hash, event.leaf) == (None, "", leaf_of(event))
    assert CalendarChange.objects.get().done_at is not None


def test_statements_do_not_grow_with_the_rows(django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        confirmation()
    with django_assert_max_num_queries(60):
        swap()


def test_what_was_counted_before_the_change_and_opened_after_it_is_counted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (duty,) = make.issued()
    counted_by = calendars.current()
    swap()
    asked = {"duty": duty.public_id, "kind": "obstacle", "reason": "Thiếu vốn"}
    monkeypatch.setattr(calendars, "current", lambda *_: counted_by)  # read a moment before the change was committed
    with make.refused(Conflict, "calendar_changed_now"):
        proposals.propose(actor=make.who("gdsxd"), at=make.at(NOW), **asked)
    monkeypatch.undo()
    proposals.propose(actor=make.who("gdsxd"), at=make.at(NOW), **asked)
    assert Duty.objects.get(kind="proposal").due_at == make.at("2026-11-14 00:00")


def test_a_change_that_was_undone_by_its_transaction_leaves_no_calendar_behind() -> None:
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        swap("2026-11-10")
        assert not calendars.current().is_working(date(2026, 11, 10))  # a process keeps what it has built
        raise KeyboardInterrupt
    swap("2026-11-11")
    assert calendars.current().is_working(date(2026, 11, 10))
    assert not calendars.current().is_working(date(2026, 11, 11))


def test_every_duty_looked_at_or_not_has_the_rungs_of_the_new_calendar() -> None:
    orders = (f"{day}. Giao Sở Xây dựng báo cáo tiến độ nhóm {day} trước ngày {day}/11/2026." for day in range(5, 30))
    made = make.issued("\n".join(orders))
    assert len({duty.due_at for duty in made}) == 25
    swap("2026-11-17", "2026-11-14", when="2026-11-03 08:00")
    for duty in made:
        duty.refresh_from_db()
        assert duty.due_at is not None
        found = rungs(duty.due_at, duty.opened_at, calendars.current(duty.holder_unit_id))
        assert (duty.near_at, duty.last_day_at, duty.late_at) == (found.near_at, found.last_day_at, found.late_at)
