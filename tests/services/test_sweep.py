"""The sweep fires every rung once, set-based, however it is stopped; a row that fails does not hold up the others."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models import F
from tests import make

from kycuong import jobs
from kycuong.models import AuditEntry, Duty, DutyEvent, Outbox
from kycuong.services import duties
from kycuong.services.leaves import leaf

LONG_AFTER = make.at("2026-12-01 08:00")


def fired() -> Counter[tuple[int, str]]:
    rows = DutyEvent.objects.filter(rung__isnull=False)
    return Counter(rows.values_list("duty", "rung"))


def test_each_rung_fires_once_in_the_morning_of_its_day() -> None:
    (duty,) = make.issued()  # ends with Sunday 15/11
    jobs.catch_up(LONG_AFTER)
    jobs.catch_up(LONG_AFTER)
    rows = DutyEvent.objects.filter(duty=duty, rung__in=duties.RUNGS).order_by("seq")
    assert [(row.rung, row.at) for row in rows] == [
        ("near", make.at("2026-11-10 07:30")),
        ("due", make.at("2026-11-13 07:30")),  # the last working day before its end
        ("overdue", make.at("2026-11-16 07:30")),
    ]
    duty.refresh_from_db()
    assert duty.next_check_at is None
    topics = Outbox.objects.filter(duty=duty, seq__in=[row.seq for row in rows]).order_by("seq")
    assert [row.topic for row in topics] == ["rung_near", "rung_due", "rung_overdue"]


def test_a_rung_is_no_act_of_a_person_and_makes_no_page_old() -> None:
    (duty,) = make.issued()
    seen = make.Road(duty).request().seen
    duties.sweep(make.at("2026-11-10 08:00"))
    duty.refresh_from_db()
    assert (duty.seq, duty.act_seq) == (2, seen)


def test_nothing_fires_before_its_moment() -> None:
    make.issued()
    assert duties.sweep(make.at("2026-11-10 07:29")) == 0
    assert duties.sweep(make.at("2026-11-10 07:30")) == 1


def test_a_long_stop_brings_the_highest_rung_alone() -> None:
    (duty,) = make.issued()
    assert duties.sweep(LONG_AFTER) == 1
    assert fired() == {(duty.pk, "overdue"): 1}
    assert duties.sweep(LONG_AFTER) == 0


def test_the_leaf_of_a_rung_is_the_hash_of_its_content() -> None:
    (duty,) = make.issued()
    duties.sweep(make.at("2026-11-10 08:00"))
    event = DutyEvent.objects.get(duty=duty, rung="near")
    content = {
        "duty": duty.pk, "seq": 2, "act": "rung_near", "at": event.at, "actor": None, "post": None, "phase": "open",
        "holder": None, "due": event.due_to, "clock": 1, "rung": "near", "outcome": None, "late": None, "reason": "",
        "note": "", "data": {},
    }  # fmt: skip
    assert event.leaf == leaf(content)


def test_the_number_of_statements_does_not_grow_with_the_rows(django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        make.issued()
    with django_assert_max_num_queries(8):
        assert duties.sweep(LONG_AFTER) == 12


def test_what_is_answered_or_closed_is_left_alone() -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    road.send("gdsxd", "2026-11-03 08:00")
    jobs.catch_up(LONG_AFTER)
    assert {pk for pk, _ in fired()} == {Duty.objects.get(parent=duty).pk}  # only the confirmer's own clock runs


def test_a_row_that_fails_is_postponed_and_recorded_and_the_others_go_on() -> None:
    poisoned, *others = [make.issued()[0] for _ in range(4)]
    Duty.objects.filter(pk=poisoned.pk).update(seq=F("seq") - 1)  # its next event exists already
    assert duties.sweep(LONG_AFTER) == 3
    assert fired() == {(duty.pk, "overdue"): 1 for duty in others}
    poisoned.refresh_from_db()
    assert poisoned.next_check_at == make.at("2026-12-02 08:00")
    assert AuditEntry.objects.get(act="postpone_sweep").subject_id == str(poisoned.public_id)
    assert duties.sweep(LONG_AFTER) == 0
    Duty.objects.filter(pk=poisoned.pk).update(seq=F("seq") + 1)  # mended
    assert duties.sweep(make.at("2026-12-02 08:00")) == 1


def test_stopped_between_batches_it_leaves_whole_ones_and_the_rest_comes_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [make.issued()[0] for _ in range(7)]
    write, calls = duties.write_rungs, []

    def killed(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(*given)

    monkeypatch.setattr(duties, "write_rungs", killed)
    with pytest.raises(KeyboardInterrupt):
        duties.sweep(LONG_AFTER, batch=2)
    monkeypatch.undo()
    assert sum(fired().values()) == 4
    assert Duty.objects.filter(next_check_at__isnull=False).count() == 3
    assert duties.sweep(LONG_AFTER, batch=2) == 3
    assert fired() == {(duty.pk, "overdue"): 1 for duty in rows}
    assert Outbox.objects.filter(topic="rung_overdue").count() == 7


def test_a_task_late_when_opened_has_its_rung_after_its_opening() -> None:
    (duty,) = make.issued("Giao Sở Xây dựng báo cáo tiến độ giải ngân trước ngày 01/10/2026.")
    jobs.catch_up(LONG_AFTER)
    opened, rung, *_ = DutyEvent.objects.filter(duty=duty).order_by("seq")
    assert (rung.rung, opened.at <= rung.at) == ("overdue", True)
