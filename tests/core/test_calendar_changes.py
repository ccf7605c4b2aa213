"""Counting an end anew, and what nobody loses by it: for any change, any limit, any moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kycuong.core.calendar_changes import (
    Decision,
    End,
    Fate,
    counted_anew,
    day_changes,
    fate,
    ladder,
    read_days,
    read_spans,
)
from kycuong.core.calendars import DAY, TZ, Calendar, OutOfCalendar, from_minute, to_minute
from kycuong.core.duties import Rungs
from kycuong.core.errors import Invalid
from kycuong.core.limits import Limit, Unit, due
from kycuong.core.seed_calendar import seed

OLD = seed()
PAPER = Decision("1/QĐ-TTg", date(2026, 10, 1), "Thủ tướng Chính phủ")
DAYS = st.dates(date(2026, 11, 1), date(2027, 1, 31))
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=TZ))  # noqa: DTZ001
LIMITS = st.builds(
    Limit, st.integers(1, 40), st.sampled_from([Unit.working_day, Unit.working_hour, Unit.calendar_day, Unit.month])
).filter(lambda limit: limit.unit is not Unit.month or limit.qty < 6)


def changed(off: list[date], working: list[date]) -> Calendar:
    rows = [day.row for day in day_changes(off, [on for on in working if on not in off], PAPER) if day.row]
    return OLD.with_rows(rows, "changed")


SETS = st.tuples(st.lists(DAYS, max_size=4, unique=True), st.lists(DAYS, max_size=3, unique=True))


@given(MOMENTS, LIMITS, SETS)
def test_counting_anew_is_counting_from_the_anchor_by_the_new_days(
    anchor: datetime, limit: Limit, days: tuple[list[date], list[date]]
) -> None:
    assume(any(days))
    new = changed(*days)
    since = min([*days[0], *days[1]]).toordinal() * DAY
    end = End(to_minute(due(anchor, limit, OLD).due_at), to_minute(anchor), limit)
    assert from_minute(counted_anew(end, since, OLD, new)) == due(anchor, limit, new).due_at


@given(MOMENTS, LIMITS, SETS)
def test_what_ends_before_the_first_changed_day_and_what_was_named_stay(
    anchor: datetime, limit: Limit, days: tuple[list[date], list[date]]
) -> None:
    assume(any(days))
    new = changed(*days)
    end = to_minute(due(anchor, limit, OLD).due_at)
    assert counted_anew(End(end, to_minute(anchor), None), 0, OLD, new) == end
    since = min([*days[0], *days[1]]).toordinal() * DAY
    if end <= since:
        assert counted_anew(End(end, to_minute(anchor), limit), since, OLD, new) == end


@given(MOMENTS, MOMENTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(60)))
def test_nobody_becomes_late_after_the_fact(
    due_at: datetime, counted: datetime, at: datetime, after_told: timedelta
) -> None:
    told = due_at - after_told
    found = fate(due_at, counted, told, at, OLD)
    after = counted if found is Fate.MOVED else due_at
    if at < due_at:
        assert at < after  # on time stays on time
    assert after >= told  # never below what the holder was told
    if after < due_at:
        assert OLD.working_days_between(at.date(), (after - timedelta(minutes=1)).date()) >= 1
    if counted >= due_at:
        assert after == counted  # whoever gains a day gets it


@given(
    st.lists(MOMENTS, min_size=3, max_size=3).map(sorted), MOMENTS,
    st.frozensets(st.sampled_from(["near", "due", "overdue"])), MOMENTS,
)  # fmt: skip
def test_what_fired_stays_fired_and_no_rung_fires_twice(
    moments: list[datetime], due_at: datetime, fired: frozenset[str], at: datetime
) -> None:
    rungs = Rungs(*moments)
    found = ladder(rungs, due_at, fired, at)
    left = {moment: rung for rung, moment in zip(("near", "due", "overdue"), moments, strict=True)}
    if found.anew:
        assert due_at > at
        assert fired & {"due", "overdue"}
        assert found.next_check_at is not None
        assert found.next_check_at > at
        assert not ("near" in fired and found.next_check_at == moments[0] < moments[1])
    elif found.next_check_at is not None and len(left) == 3:
        assert left[found.next_check_at] not in fired
    if "overdue" in fired and due_at <= at:
        assert found.next_check_at is None


def test_an_end_that_rolls_rolls_by_the_new_days() -> None:
    ten = Limit(10, Unit.calendar_day)
    anchor = datetime(2026, 11, 10, 10, tzinfo=TZ)
    end = End(to_minute(due(anchor, ten, OLD).due_at), to_minute(anchor), ten)  # Friday 20/11
    new = changed([date(2026, 11, 20)], [])
    assert counted_anew(end, date(2026, 11, 20).toordinal() * DAY, OLD, new) == date(2026, 11, 24).toordinal() * DAY


def test_outside_the_calendar_nothing_is_guessed() -> None:
    limit = Limit(3, Unit.working_day)
    anchor = datetime(2030, 12, 26, 10, tzinfo=TZ)
    end = End(to_minute(due(anchor, limit, OLD).due_at), to_minute(anchor), limit)
    new = changed([], []).with_rows(
        [day.row for day in day_changes([date(2030, 12, 31)], [], PAPER) if day.row], "no last day"
    )
    with pytest.raises(OutOfCalendar):
        counted_anew(end, date(2030, 12, 27).toordinal() * DAY, OLD, new)


def test_days_and_hours_are_read_as_officials_write_them() -> None:
    assert read_days("05/02/2027-07/02/2027; 13.02.2027\n2027-03-01") == [
        date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 13), date(2027, 3, 1),
    ]  # fmt: skip
    assert read_days("23/11/2026 đến 24/11/2026") == [date(2026, 11, 23), date(2026, 11, 24)]
    assert read_spans("07:30-11:30, 13h30 – 17:00") == ((450, 690), (810, 1020))
    assert (read_days(" "), read_spans("")) == ([], None)


@pytest.mark.parametrize("text", ["mai", "31/02/2027", "07/02/2027-05/02/2027", "01/01/2027-31/12/2027", "5-7/2/2027"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_days(text)


@pytest.mark.parametrize(
    "text", ["sáng", "07:30", "11:30-07:30", "07:30-25:00", "07:70-11:00", "07:00-12:00, 11:00-17:00"]
)
def test_what_is_no_office_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="Giờ làm việc"):
        read_spans(text)
