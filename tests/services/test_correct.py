"""The giver corrects words and dates: before and after are shown, the clock follows, and nobody becomes late by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.errors import Invalid, NotAllowed, TransitionNotAllowed
from kycuong.models import Document, Duty, DutyEvent, Note, Notice, TaskChange
from kycuong.queries import duties
from kycuong.services import series, tasks

DUE = make.at("2026-11-16 00:00")
LATER = "2026-11-11 09:00"


def correct(login: str, duty: Duty, when: str = LATER, **given: Any) -> Duty:
    given = {"note": "Ghi nhầm khi rà soát", **given}
    tasks.correct(actor=make.who(login), at=make.at(when), duty=duty.public_id, **given)
    duty.refresh_from_db()
    return duty


@pytest.fixture
def duty() -> Duty:
    """A duty due at the end of 15/11/2026."""
    (found,) = make.issued()
    return found


def test_words_are_set_right_and_the_history_shows_both(duty: Duty) -> None:
    was = duty.title
    correct("theodoi", duty, title="Báo cáo tiến độ giải ngân quý IV", product="Báo cáo", channel="Sở Tài chính")
    assert (duty.title, duty.task.product, duty.task.channel) == (
        "Báo cáo tiến độ giải ngân quý IV", "Báo cáo", "Sở Tài chính",
    )  # fmt: skip
    assert (duty.due_at, duty.clock_no) == (DUE, 1)
    line = duties.duty(make.who("gdsxd"), duty.public_id, make.at(LATER)).history[-1]
    assert (line.label, line.note) == ("Đính chính nhiệm vụ", "Ghi nhầm khi rà soát")
    assert line.changes == [
        ("Tên nhiệm vụ", was, "Báo cáo tiến độ giải ngân quý IV"),
        ("Sản phẩm", "", "Báo cáo"),
        ("Gửi qua", "", "Sở Tài chính"),
    ]


def test_the_event_keeps_codes_only(duty: Duty) -> None:
    correct("theodoi", duty, title="Tên riêng không được nằm trong sổ niêm phong")
    event = DutyEvent.objects.get(act="correct")
    assert (event.data["fields"], len(event.data["change"])) == (["title"], 64)
    assert "Tên riêng" not in str(event.data)


@pytest.mark.parametrize("day", [date(2026, 11, 13), date(2026, 11, 20)])
def test_a_date_moves_both_ways_and_the_original_stays(duty: Duty, day: date) -> None:
    correct("chutich", duty, due_on=day)
    end = make.at(f"2026-11-{day.day + 1} 00:00")
    assert (duty.due_at, duty.original_due_at, duty.clock_no) == (end, DUE, 2)
    event = DutyEvent.objects.get(act="correct")
    assert ([step["code"] for step in event.data["steps"]], event.due_to, event.clock_no) == (["corrected"], end, 2)
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at(LATER))
    assert any("Đính chính hạn" in line for line in page.moves)


def test_the_rungs_fire_for_the_new_date(duty: Duty) -> None:
    correct("chutich", duty, "2026-11-03 09:00", due_on=date(2026, 11, 20))
    jobs.catch_up(make.at("2026-11-23 12:00"))
    fired = (
        DutyEvent.objects.filter(duty=duty, rung__isnull=False).order_by("seq").values_list("clock_no", "rung", "at")
    )
    assert [(clock, rung, f"{at.astimezone(DUE.tzinfo):%d/%m}") for clock, rung, at in fired] == [
        (2, "near", "17/11"), (2, "due", "20/11"), (2, "overdue", "23/11"),
    ]  # fmt: skip


def test_nobody_becomes_late_or_later_by_it(duty: Duty) -> None:
    for when in ("2026-11-14 09:00", "2026-11-18 09:00"):
        with make.refused(Invalid, "correction_makes_late"):
            correct("chutich", duty, when, due_on=date(2026, 11, 12))


def test_a_result_sent_in_time_does_not_become_late_and_a_late_one_is_measured_anew(duty: Duty) -> None:
    make.Road(duty).send("gdsxd", "2026-11-17 09:00")
    duty.refresh_from_db()
    assert duty.late_working_days == 2
    with make.refused(Invalid, "correction_makes_late"):
        correct("chutich", duty, "2026-11-18 09:00", due_on=date(2026, 11, 13))
    correct("chutich", duty, "2026-11-18 09:00", due_on=date(2026, 11, 17))
    assert (duty.phase, duty.late_working_days, duty.next_check_at) == ("answered", 0, None)


def test_a_date_set_above_does_not_move(duty: Duty) -> None:
    Document.objects.update(higher_level=True)
    with make.refused(Invalid, "correction_higher_level"):
        correct("chutich", duty, due_on=date(2026, 11, 20))
    assert correct("chutich", duty, product="Báo cáo").task.product == "Báo cáo"


def test_words_of_a_series_are_corrected_in_all_that_is_open_and_opens_later() -> None:
    first, second = make.issued("Sở Xây dựng báo cáo kết quả trước ngày 20 hằng tháng.")
    correct("chutich", first, title="Báo cáo tháng", due_on=date(2026, 11, 21))
    second.refresh_from_db()
    assert (second.title, second.clock_no, first.clock_no) == ("Báo cáo tháng", 1, 2)
    series.roll(make.at("2026-11-25 08:00"))
    assert set(Duty.objects.filter(kind="task").values_list("title", flat=True)) == {"Báo cáo tháng"}


def test_the_holder_and_who_takes_part_hear_of_it(duty: Duty) -> None:
    correct("theodoi", duty, product="Báo cáo")
    jobs.work_once(make.at(LATER))
    assert sorted(Notice.objects.filter(topic="correct").values_list("recipient__login", flat=True)) == [
        "gdstc",
        "gdsxd",
    ]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"note": " ", "product": "Báo cáo"}, "change_reason_missing"),
    ({"due_on": date(2026, 11, 15)}, "correction_empty"),
    ({"title": "  "}, "correction_title_missing"),
]


def test_what_is_no_correction_is_refused(duty: Duty) -> None:
    for given, code in WRONG:
        with make.refused(Invalid, code):
            correct("chutich", duty, **given)


def test_what_has_no_date_gets_none_by_a_correction() -> None:
    (standing,) = make.issued("Giao Sở Xây dựng thường xuyên kiểm tra trật tự xây dựng.")
    with make.refused(Invalid, "correction_without_date"):
        correct("chutich", standing, due_on=date(2026, 11, 20))


def test_the_holder_does_not_correct_and_what_is_closed_stays(duty: Duty) -> None:
    with make.refused(NotAllowed, "act_not_allowed"):
        correct("gdsxd", duty, product="Báo cáo")
    make.Road(duty).send("gdsxd", "2026-11-10 09:00")
    make.Road(duty).confirm("theodoi", "2026-11-10 10:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        correct("chutich", duty, product="Báo cáo")
    assert not TaskChange.objects.exists()
    assert not Note.objects.filter(text__contains="nhầm").exists()
