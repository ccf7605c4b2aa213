"""Whatever is merged and divided in whatever order: open duties stay as many, and each lies with somebody in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import make, organising
from tests.organising import plan

from kycuong.core.errors import Fact
from kycuong.models import Duty, DutyEvent, Unit
from kycuong.services import org_changes

BODIES = ("SXD", "STC", "X1", "X2")
#: One change: which of the units in force changes, how, and which takes over.
CHANGES = st.tuples(st.integers(0, 7), st.sampled_from(("merge", "split", "part", "abolish")), st.integers(0, 7))


def in_force() -> list[str]:
    kinds = ("department", "commune")
    units = Unit.objects.filter(kind__in=kinds, valid_until__isnull=True).exclude(oversees=True)
    return list(units.order_by("id").values_list("code", flat=True))


def planned(no: int, change: tuple[int, str, int], on: date) -> dict[str, object] | None:
    units = in_force()
    old, other = units[change[0] % len(units)], units[change[2] % len(units)]
    head = Unit.objects.get(code=old).posts.filter(appointments__valid_until__isnull=True).values_list(
        "appointments__officer__login", flat=True
    )  # fmt: skip
    if change[1] in {"merge", "abolish"}:
        return plan(change[1], old, on=on.isoformat(), successors=[other], rest=other) if old != other else None
    parts = [{"code": f"N{no}{part}", "name": f"Đơn vị {no}{part}", "head": head[0]} for part in "ab"]
    if change[1] == "part":
        return plan("split", old, on=on.isoformat(), successors=parts[:1], stays=True, rest=parts[0]["code"])
    return plan("split", old, on=on.isoformat(), successors=parts, rest=parts[1]["code"])


@pytest.fixture
def work() -> None:
    """Three open duties, given once: each example takes its changes back, not the duties."""
    for text in ("Sở Xây dựng", "Sở Tài chính", "Ủy ban nhân dân xã Khe Sim"):
        make.issued(f"Giao {text} báo cáo tiến độ trước ngày 30/11/2026.")


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=4))
def test_totals_are_conserved_and_no_duty_is_left(work: None, changes: list[tuple[int, str, int]]) -> None:
    with transaction.atomic():
        before, dates = organising.open_now(), dict(Duty.objects.values_list("pk", "due_at"))
        day = date(2026, 11, 16)
        for no, change in enumerate(changes):
            on = day + timedelta(days=no)
            given_plan = planned(no, change, on)
            if given_plan is None:
                continue
            try:
                done = organising.decided(given_plan, f"{on:%Y-%m-%d} 08:00")
            except Fact as fact:  # a successor without a head is the one thing that such a plan can lack
                assert fact.code == "successor_without_head"
                continue
            assert done.state == "applied"
            assert done.open_before == done.open_after
        assert organising.open_now() == before
        assert dict(Duty.objects.values_list("pk", "due_at")) == dates
        assert organising.without_holder() == []
        assert DutyEvent.objects.filter(act="succeed").exclude(duty__kind="task").count() == 0
        transaction.set_rollback(True)


def test_an_interrupted_batch_is_finished_by_whoever_comes_next() -> None:
    duties = [make.issued(f"Giao Sở Xây dựng báo cáo việc số {n} trước ngày 30/11/2026.")[0] for n in range(5)]
    change = organising.drafted(organising.merged("STC", "SXD", on="2026-11-20"))
    org_changes.decide(actor=make.who("gdsnv"), at=make.at("2026-11-16 08:00"), change=change)
    at = make.at("2026-11-20 00:05")
    interrupted(at)
    held = Duty.objects.filter(kind="task", holder_unit__code="STC").count()
    assert held == 2
    org_changes.carry_due(at)
    assert organising.open_at("STC") == len(duties)
    assert DutyEvent.objects.filter(act="succeed").count() == len(duties)
    assert organising.without_holder() == []


def interrupted(at: object) -> None:
    from kycuong.services.org_changes import carrying

    calls = []
    whole, size = carrying.move_many, carrying.BATCH

    def dies(steps: object, act: object) -> list[int]:
        calls.append(steps)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(steps, act)  # type: ignore[arg-type]

    carrying.move_many, carrying.BATCH = dies, 2
    try:
        org_changes.carry_due(at)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        return
    finally:
        carrying.move_many, carrying.BATCH = whole, size
