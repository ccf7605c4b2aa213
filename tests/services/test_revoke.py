"""The giver takes a task back: it leaves the partition of states, what hangs on it lapses, everybody concerned hears."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.duties import State
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.core.seals import canonical
from kycuong.models import Document, Duty, DutyEvent, DutyHolding, Notice, TaskChange
from kycuong.queries import documents, duties
from kycuong.services import proposals, series, tasks
from kycuong.services.requests import Request
from kycuong.web.words import state

LATER = "2026-11-11 09:00"
WHY: dict[str, Any] = {"note": "Đã lồng ghép vào Kế hoạch 30", "basis": "Thông báo 12/TB-UBND"}


def revoke(login: str, duty: Duty, when: str = LATER, **given: Any) -> Duty:
    tasks.revoke(actor=make.who(login), at=make.at(when), duty=duty.public_id, **WHY | given)
    duty.refresh_from_db()
    return duty


@pytest.fixture
def duty() -> Duty:
    """A duty of Sở Xây dựng due at the end of 15/11/2026, in which Sở Tài chính takes part."""
    (found,) = make.issued()
    return found


def test_it_leaves_the_partition_and_is_counted_apart(duty: Duty) -> None:
    revoke("chutich", duty, "2026-11-20 09:00")  # late already, and no longer so
    assert (duty.phase, duty.outcome, duty.late_working_days, duty.next_check_at) == ("closed", "withdrawn", None, None)
    chair, at = make.who("chutich"), make.at("2026-11-20 10:00")
    row = duties.duty(chair, duty.public_id, at).row
    assert (row.state, row.outcome, row.days) == (State.APART, "withdrawn", None)
    assert documents.document(chair, duty.document.public_id, at).counts == {State.APART: 1}
    assert not DutyHolding.objects.filter(duty=duty, until_at__isnull=True).exists()
    jobs.catch_up(make.at("2026-12-20 08:00"))
    assert not DutyEvent.objects.filter(duty=duty, rung__isnull=False, at__gt=make.at("2026-11-20 09:00")).exists()


def test_proposals_lapse_and_a_waiting_confirmation_closes(duty: Duty) -> None:
    proposals.propose(
        actor=make.who("gdsxd"),
        at=make.at("2026-11-09 08:00"),
        duty=duty.public_id,
        kind="obstacle",
        reason="Thiếu vốn",
    )
    make.Road(duty).send("gdsxd", "2026-11-10 09:00")
    revoke("theodoi", duty)
    hanging = Duty.objects.filter(parent=duty).order_by("id")
    assert [(child.kind, child.phase, child.outcome) for child in hanging] == [
        ("proposal", "closed", "lapsed"),
        ("confirmation", "closed", "lapsed"),
    ]
    assert duties.my_duties(make.who("chutich"), make.at(LATER)).rows == []


def test_the_reason_is_erasable_and_the_basis_proved_by_its_hash(duty: Duty) -> None:
    revoke("chutich", duty)
    event = DutyEvent.objects.get(duty=duty, act="revoke")
    change = TaskChange.objects.get(duty=duty, seq=event.seq)
    assert (event.note.text, change.basis, event.basis) == (WHY["note"], WHY["basis"], "")
    content = canonical({"basis": change.basis, "before": {}, "after": {}})
    assert event.data == {"change": hashlib.sha256((change.salt + content).encode()).hexdigest()}
    line = duties.duty(make.who("gdsxd"), duty.public_id, make.at(LATER)).history[-1]
    assert (line.label, line.note, line.basis) == ("Thôi giao nhiệm vụ", WHY["note"], WHY["basis"])


def test_the_desk_the_head_the_participants_and_the_giver_hear_of_it(duty: Duty) -> None:
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    revoke("theodoi", duty)
    jobs.work_once(make.at(LATER))
    told = Notice.objects.filter(topic="revoke").values_list("recipient__login", flat=True)
    assert sorted(told) == ["chutich", "cvqldt", "gdstc", "gdsxd"]


def test_of_a_series_every_open_occurrence_goes_and_no_other_opens() -> None:
    first, second = make.issued("Sở Xây dựng báo cáo kết quả trước ngày 20 hằng tháng.")
    revoke("chutich", first)
    second.refresh_from_db()
    assert second.outcome == "withdrawn"
    assert TaskChange.objects.count() == 2
    series.roll(make.at("2027-03-01 08:00"))
    assert Duty.objects.filter(series=first.series).count() == 2


def test_one_occurrence_alone_is_let_off_and_the_series_goes_on() -> None:
    first, second = make.issued("Sở Xây dựng báo cáo kết quả trước ngày 20 hằng tháng.")
    revoke("chutich", first, only_this=True)
    second.refresh_from_db()
    assert (first.phase, first.outcome, second.phase) == ("closed", "lapsed", "open")
    row = duties.duty(make.who("gdsxd"), first.public_id, make.at(LATER)).row
    assert (row.state, state(row)) == (State.APART, "Đã thôi giao kỳ này, không tính")
    series.roll(make.at("2026-12-22 08:00"))
    assert Duty.objects.filter(series=first.series, phase="open").count() == 3


OTHERS: list[tuple[str, type[Exception], str]] = [
    ("gdsxd", NotAllowed, "act_not_allowed"),
    ("chanhvp", NotAllowed, "act_not_allowed"),
    ("vanthu", NotAllowed, "act_not_allowed"),
    ("gdsnv", NotAllowed, "act_not_allowed"),
    ("gdstc", NotAllowed, "act_not_allowed"),  # takes part
    ("ctx1", NotVisible, "duty_not_visible"),
]


def test_only_the_giver_s_side_takes_it_back(duty: Duty) -> None:
    for login, kind, code in OTHERS:
        with make.refused(kind, code):
            revoke(login, duty)


def test_another_specialist_than_the_one_who_follows_it_does_not(duty: Duty) -> None:
    make.join("theodoi2", "VP", "follower")
    assert Document.objects.get().follower_post.code == "VP.2"
    with make.refused(NotAllowed, "act_not_allowed"):
        revoke("theodoi2", duty)


def test_it_says_why_and_on_what_basis(duty: Duty) -> None:
    with make.refused(Invalid, "change_reason_missing"):
        revoke("chutich", duty, note=" ")
    with make.refused(Invalid, "change_basis_missing"):
        revoke("chutich", duty, basis=" ")


def test_what_has_ended_is_not_taken_back_and_a_page_behind_is_refused(duty: Duty) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        revoke("chutich", duty, request=Request(seen=duty.act_seq + 1))
    make.Road(duty).send("gdsxd", "2026-11-10 09:00")
    make.Road(duty).confirm("theodoi", "2026-11-10 10:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        revoke("chutich", duty)
