"""The rungs of the day: each fires once on its working day, the highest alone after a stop, whoever works and however often."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models import F
from tests import make

from kycuong import jobs
from kycuong.core.ladders import Condition
from kycuong.models import AuditEntry, DayMark, Duty, DutyEvent, Notice, Proposal
from kycuong.services import ladders, proposals, receipts
from kycuong.services.leaves import leaf_of

FAR = make.LINE.replace("16/11/2026", "31/12/2026")


def fired(duty: Duty) -> list[tuple[str, str]]:
    """Return the rungs of the day of a duty: code without its desk, and the local day."""
    rows = DutyEvent.objects.filter(duty=duty, rung__contains=".").order_by("seq")
    return [
        (".".join(str(row.rung).split(".")[:2]), f"{make.TZ.fromutc(row.at.replace(tzinfo=make.TZ)):%d/%m}")
        for row in rows
    ]


def told(topic: str) -> Counter[str]:
    return Counter(Notice.objects.filter(topic=topic).values_list("recipient__login", flat=True))


def test_what_nobody_opens_or_begins_goes_up_the_line_day_by_day() -> None:
    (duty,) = make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))  # the rounds have begun before
    jobs.catch_up(make.at("2026-11-16 17:00"))
    assert fired(duty) == [
        ("not_read.1", "03/11"),
        ("not_started.1", "05/11"),
        ("not_read.2", "05/11"),
        ("not_read.3", "09/11"),
        ("not_started.2", "10/11"),
    ]
    assert told("rung_not_read") == {"gdsxd": 2, "theodoi": 1}
    assert told("rung_not_started") == {"gdsxd": 2, "theodoi": 1}


def test_whoever_has_opened_it_is_not_reminded_and_the_next_desk_is_anew() -> None:
    (duty,) = make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    head = make.who("gdsxd")
    assert receipts.receive(actor=head, at=make.at("2026-11-02 09:00"), duty=duty.public_id)
    assert not receipts.receive(actor=head, at=make.at("2026-11-02 10:00"), duty=duty.public_id)
    assert not receipts.receive(actor=make.who("cvqldt"), at=make.at("2026-11-02 10:00"), duty=duty.public_id)
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-03 09:00")
    jobs.catch_up(make.at("2026-11-05 17:00"))
    make.Road(duty).assign("tpqldt", "cvqldt", "2026-11-05 18:00")
    jobs.catch_up(make.at("2026-11-09 17:00"))
    assert fired(duty) == [("not_read.1", "04/11"), ("not_read.1", "06/11")]
    assert told("rung_not_read") == {"tpqldt": 1, "cvqldt": 1}


def test_a_late_task_climbs_to_the_giver() -> None:
    (duty,) = make.issued(make.LINE.replace("16/11", "07/11"))  # ends with Friday 6/11
    ladders.sweep(make.at("2026-11-02 17:00"))
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-02 17:30")
    receipts.receive(actor=make.who("cvqldt"), at=make.at("2026-11-02 17:40"), duty=duty.public_id)
    jobs.catch_up(make.at("2026-11-24 08:00"))
    assert fired(duty) == [("overdue.2", "11/11"), ("overdue.3", "13/11"), ("overdue.4", "20/11")]
    assert told("rung_overdue") == {"cvqldt": 1, "gdsxd": 3, "tpqldt": 1, "theodoi": 1, "chanhvp": 1, "chutich": 1}


def test_the_giver_s_side_is_reminded_too() -> None:
    (duty,) = make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    head = make.who("gdsxd")
    proposals.propose(
        actor=head, at=make.at("2026-11-02 18:00"), duty=duty.public_id, kind="obstacle", reason="Thiếu mặt bằng"
    )
    asked = Proposal.objects.get().duty
    make.Road(duty).send("gdsxd", "2026-11-03 09:00")
    jobs.catch_up(make.at("2026-11-13 17:00"))
    assert fired(asked) == [("not_decided.1", "04/11"), ("not_decided.2", "06/11")]
    confirmation = Duty.objects.get(parent=duty, kind="confirmation")
    assert fired(confirmation) == [
        ("not_confirmed.1", "04/11"),
        ("not_confirmed.2", "06/11"),
        ("not_confirmed.3", "10/11"),
    ]
    assert told("rung_not_decided") == {"chutich": 2, "chanhvp": 1}


def test_a_worker_that_slept_tells_the_highest_rung_alone() -> None:
    (duty,) = make.issued(make.LINE.replace("16/11", "07/11"))
    ladders.sweep(make.at("2026-11-02 17:00"))
    assert ladders.sweep(make.at("2026-11-30 08:00")) == 3  # not read, not started, overdue
    assert {code for code, _ in fired(duty)} == {"not_read.3", "not_started.2", "overdue.4"}
    assert ladders.sweep(make.at("2026-11-30 09:00")) == 0


def test_rounds_wait_for_the_office_to_open_and_rest_on_days_off() -> None:
    make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    assert ladders.sweep(make.at("2026-11-03 07:29")) == 0
    assert ladders.sweep(make.at("2026-11-03 07:30")) == 1
    assert ladders.sweep(make.at("2026-11-05 08:00")) == 2
    assert ladders.sweep(make.at("2026-11-08 12:00")) == 0  # Sunday: Friday's round had nothing
    assert ladders.next_opening(make.at("2026-11-09 12:00")) == make.at("2026-11-09 07:30")


def test_the_first_round_ever_brings_no_flood_of_the_past() -> None:
    make.issued(FAR, when="2026-10-01 08:00")
    assert ladders.sweep(make.at("2026-11-02 08:00")) == 0
    assert set(DayMark.objects.values_list("done_on", flat=True)) == {make.at("2026-11-02 08:00").date()}


def test_the_number_of_statements_does_not_grow_with_the_rows(django_assert_max_num_queries: Any) -> None:
    for _ in range(2):
        make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    with django_assert_max_num_queries(140) as few:
        assert ladders.sweep(make.at("2026-11-03 08:00")) == 2
    for _ in range(9):
        make.issued(FAR, when="2026-11-03 09:00")
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert ladders.sweep(make.at("2026-11-04 08:00")) == 9


def test_stopped_anywhere_and_repeated_each_fires_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [make.issued(FAR)[0] for _ in range(5)]
    ladders.sweep(make.at("2026-11-02 17:00"))
    write, calls = ladders.write_rungs, []

    def killed(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        write(*given)

    monkeypatch.setattr(ladders, "write_rungs", killed)
    with pytest.raises(KeyboardInterrupt):
        ladders.sweep(make.at("2026-11-03 08:00"), batch=2)
    monkeypatch.undo()
    DayMark.objects.update(done_on=make.at("2026-11-02 08:00").date())  # as if no round had been noted
    assert ladders.sweep(make.at("2026-11-03 08:00"), batch=2) == 3
    DayMark.objects.update(done_on=make.at("2026-11-02 08:00").date())
    assert ladders.sweep(make.at("2026-11-03 09:00")) == 0
    assert [fired(row) for row in rows] == [[("not_read.1", "03/11")]] * 5


def test_a_row_that_fails_is_recorded_and_the_others_go_on() -> None:
    poisoned, *others = [make.issued(FAR)[0] for _ in range(3)]
    ladders.sweep(make.at("2026-11-02 17:00"))
    Duty.objects.filter(pk=poisoned.pk).update(seq=F("seq") - 1)  # its next event exists already
    assert ladders.sweep(make.at("2026-11-03 08:00")) == 2
    assert [fired(row) for row in others] == [[("not_read.1", "03/11")]] * 2
    assert AuditEntry.objects.get(act="postpone_sweep").subject_id == str(poisoned.public_id)


def test_the_leaf_of_a_rung_of_the_day_is_that_of_its_columns() -> None:
    (standing,) = make.issued("Giao Sở Xây dựng thường xuyên kiểm tra trật tự xây dựng.")
    (dated,) = make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    ladders.sweep(make.at("2026-11-03 08:00"))
    events = list(DutyEvent.objects.filter(duty__in=[standing, dated], rung__isnull=False))
    assert {event.due_to is None for event in events} == {True, False}
    assert all(event.leaf == leaf_of(event) for event in events)


def test_what_is_changed_applies_from_the_next_opening_on() -> None:
    (duty,) = make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    for step, days in ((3, 9), (2, 7), (1, 2)):
        ladders.change(
            actor=make.who("chanhvp"), at=make.at("2026-11-02 17:30"), condition=Condition.NOT_READ, step=step,
            working_days=days, hearers=["desk", "giver"], is_active=step < 3, decision="12/QĐ-UBND", reason="Quy chế mới",
        )  # fmt: skip
    jobs.catch_up(make.at("2026-11-16 17:00"))
    assert [row for row in fired(duty) if row[0].startswith("not_read")] == [
        ("not_read.1", "04/11"),
        ("not_read.2", "11/11"),
    ]
    assert told("rung_not_read") == {"gdsxd": 2, "chutich": 2}


def test_who_has_left_the_post_is_not_reminded_and_the_head_is() -> None:
    (duty,) = make.issued(FAR)
    ladders.sweep(make.at("2026-11-02 17:00"))
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-02 17:30")
    make.vacate("cvqldt", "2026-11-03")
    jobs.catch_up(make.at("2026-11-04 17:00"))
    assert told("rung_not_read") == {"gdsxd": 1}
