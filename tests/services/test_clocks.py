"""The demo clock: an offset in a table, never backwards, and only in a demo."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from tests import make

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import AuditEntry
from kycuong.queries import clocks as queries
from kycuong.services import clocks

REAL = make.at("2026-10-01 08:00")
DEMO = make.at("2026-11-02 08:00")


@pytest.fixture
def _demo() -> None:
    clocks.start(at=DEMO, real=REAL)


@pytest.mark.usefixtures("_demo")
def test_it_runs_at_a_distance_from_the_real_one() -> None:
    assert REAL + queries.offset() == DEMO
    clocks.start(at=make.at("2027-01-01 08:00"), real=REAL)  # a demo that runs already stays where it is
    assert REAL + queries.offset() == DEMO


@pytest.mark.usefixtures("_demo")
def test_it_goes_forward_and_says_so() -> None:
    to = make.at("2026-11-20 08:00")
    assert clocks.advance(to=to, real=REAL) == queries.offset() == to - REAL
    assert AuditEntry.objects.get(act="advance_clock").data == {"to": to.isoformat()}
    clocks.advance(to=to, real=REAL)  # standing still is not going back


@pytest.mark.usefixtures("_demo")
def test_it_never_goes_back() -> None:
    with make.refused(Invalid, "clock_backwards"):
        clocks.advance(to=DEMO - timedelta(seconds=1), real=REAL)
    with make.refused(Invalid, "clock_backwards"):
        clocks.advance(to=DEMO, real=REAL + timedelta(seconds=1))


@pytest.mark.parametrize("days", [-300, 300])
def test_it_can_be_set_to_where_it_stands_whichever_way_it_differs(days: int) -> None:
    real = REAL + timedelta(days=days, microseconds=640_000)
    clocks.start(at=DEMO, real=real)
    clocks.advance(to=DEMO, real=real)
    assert timedelta(0) <= DEMO - (real + queries.offset()) < timedelta(seconds=1)


@pytest.mark.usefixtures("_demo")
def test_the_refusal_speaks_in_local_time() -> None:
    with pytest.raises(Invalid) as caught:
        clocks.advance(to=make.at("2026-11-01 08:00"), real=REAL.astimezone(UTC))
    assert caught.value.values == {"now": "02/11/2026 08:00", "to": "01/11/2026 08:00"}


@pytest.mark.usefixtures("_demo")
def test_only_an_administrator_moves_it() -> None:
    with make.refused(NotAllowed, "administer_not_allowed"):
        clocks.advance(to=make.at("2026-11-20 08:00"), real=REAL, actor=make.who("chutich"))
    clocks.advance(to=make.at("2026-11-20 08:00"), real=REAL, actor=make.who("quantri"))


def test_without_a_demo_there_is_nothing_to_move() -> None:
    assert queries.offset() == timedelta(0)
    with make.refused(Invalid, "clock_not_demo"):
        clocks.advance(to=make.at("2027-01-01 08:00"), real=REAL)
