"""Bad input: a period is closed while acts are under way. Each act is either in the closed figures or after them, never both."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from tests import make

from kycuong.core.duties import State
from kycuong.core.errors import Conflict
from kycuong.models import Duty, DutyEvent, Period, PeriodRow
from kycuong.queries import periods as queries
from kycuong.services import periods, tasks
from stories.test_two_people_act_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = make.at("2026-11-05 08:00")


def test_each_act_is_in_the_figures_or_after_them() -> None:
    make.province()
    text = "Giao Sở Xây dựng báo cáo tiến độ số {n} trước ngày 16/10/2026."
    duties = [make.issued(text.format(n=n), "2026-10-05 08:00")[0] for n in range(6)]
    period = periods.open_period(
        actor=make.who("vanthu"), at=make.at("2026-11-02 08:00"), kind="month", year=2026, number=10
    )
    giver, head = make.who("theodoi"), make.who("chanhvp")

    def correct(duty: Duty) -> None:
        tasks.correct(
            actor=giver, at=AT, duty=duty.public_id, note="Ghi nhầm tháng", due_on=date(2026, 11, 16),
            request=tasks.Request(None, None),
        )  # fmt: skip

    def close() -> str:
        for _ in range(100):
            try:
                return periods.close(actor=head, at=AT, period=period)
            except Conflict:  # somebody was writing at every try
                continue
        raise AssertionError("never closed")

    found = at_once(*(partial(correct, duty) for duty in duties), close)
    assert not [each for each in found if isinstance(each, Exception)], found
    mark = Period.objects.get().mark_event or 0
    states = dict(PeriodRow.objects.values_list("duty", "state"))
    assert len(states) == len(duties)
    after = {one.duty_id for one in queries.period(head, period, AT).adjustments}
    for duty in duties:
        event = DutyEvent.objects.get(duty=duty, act="correct")
        inside = event.pk <= mark
        assert states[duty.pk] == (State.NOT_DUE if inside else State.OVERDUE)
        assert (duty.public_id in after) is not inside
    assert queries.verified(period)
