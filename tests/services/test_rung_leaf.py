"""The leaf of a rung comes out of a mould; it is the leaf that the event's own content has."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from tests import make

from kycuong.models import DutyEvent
from kycuong.services import duties
from kycuong.services.leaves import LeafMould, leaf

CONTENT = {
    "act": "rung_due", "at": make.at("2026-11-16 07:30"), "actor": None, "post": None, "phase": "open", "holder": None,
    "due": make.at("2026-11-17 00:00"), "clock": 2, "rung": "due", "outcome": None, "late": None, "reason": "",
    "note": "trả lời “duty”:-1, đủ", "data": {"file": "seq", "attempt": 1},
}  # fmt: skip


@pytest.mark.parametrize(("duty", "seq"), [(1, 1), (42, 7), (9_999_999_999, 65_535)])
def test_a_mould_gives_the_leaf_of_the_same_content(duty: int, seq: int) -> None:
    assert LeafMould(CONTENT).leaf(duty, seq) == leaf(CONTENT | {"duty": duty, "seq": seq})


def test_a_swept_event_carries_the_leaf_of_its_own_content() -> None:
    task = make.issued()[0]
    for hour in (0, 24 * 14, 24 * 30):
        duties.sweep(make.at("2026-11-09 08:00") + timedelta(hours=hour))
    fired = list(DutyEvent.objects.filter(duty=task, rung__isnull=False).order_by("seq"))
    assert fired
    for event in fired:
        assert event.due_to is not None
        content = {
            "duty": event.duty_id, "seq": event.seq, "act": event.act, "at": event.at.astimezone(UTC), "actor": None,
            "post": None, "phase": event.phase_to, "holder": None, "due": event.due_to.astimezone(UTC),
            "clock": event.clock_no, "rung": event.rung, "outcome": None, "late": None, "reason": event.reason_code,
            "note": event.note_hash, "data": event.data,
        }  # fmt: skip
        assert event.leaf == leaf(content)
