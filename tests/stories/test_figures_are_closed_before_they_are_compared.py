"""Units check their figures for two working days, contest a row, the Office closes; then figures stay and are compared."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong.core.duties import State
from kycuong.models import PeriodRow
from kycuong.queries import periods as queries
from services.test_periods import october
from stories.period_doors import DOORS, Services, Web


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(DOORS))
def test_a_month_is_checked_and_closed(name: str) -> None:
    make.province()
    door: Services | Web = DOORS[name]()
    late, _, _ = october()
    period = door.open_month("vanthu", "2026-11-02 08:00", 2026, 10)
    door.agree("gdstc", "2026-11-02 09:00", period, "STC")
    door.contest("gdsxd", "2026-11-02 10:00", period, "SXD", late.public_id, "Văn bản gốc ghi 16/11")
    door.decide("theodoi", "2026-11-03 09:00", period, "corrected", "Đã đối chiếu", date(2026, 11, 16))
    door.close_period("chanhvp", "2026-11-05 08:00", period)
    (own,) = queries.period(make.who("gdsxd"), period, make.at("2026-11-05 09:00")).units
    assert (own.counts, own.agreed) == ({State.NOT_DUE: 1, State.DONE_ON_TIME: 1}, "silent")
    assert [peer.share for group in queries.compare(make.who("chutich"), period) for peer in group.peers] == [50.0, 0.0]
    frozen = list(PeriodRow.objects.order_by("id").values_list("duty", "state"))
    door.act("gdsxd", "2026-11-20 09:00", late.public_id, "send", file=make.result_file())  # late by then
    door.act("theodoi", "2026-11-20 10:00", late.public_id, "confirm")
    assert list(PeriodRow.objects.order_by("id").values_list("duty", "state")) == frozen
    assert queries.verified(period)
