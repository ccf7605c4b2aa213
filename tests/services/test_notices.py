"""The outbox becomes notices: each once, never of one's own act, however often it is handed out."""

from __future__ import annotations

from collections import Counter

import pytest
from tests import make

from kycuong import jobs
from kycuong.models import Notice, Outbox
from kycuong.queries import notices as queries
from kycuong.services import duties, notices

EVENING = make.at("2026-11-30 17:00")


def told() -> Counter[tuple[str, str]]:
    return Counter(Notice.objects.values_list("recipient__login", "topic"))


@pytest.fixture
def road() -> make.Road:
    """A task that went down to an officer and up again, out, back, out and was confirmed."""
    (duty,) = make.issued()
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    road.submit("cvqldt", "2026-11-04 09:00")
    road.submit("tpqldt", "2026-11-04 10:00")
    road.send("gdsxd", "2026-11-04 11:00")
    road.send_back("theodoi", "2026-11-04 15:00")
    road.send("gdsxd", "2026-11-05 11:00")
    road.confirm("theodoi", "2026-11-05 15:00")
    return road


def test_who_must_hear_of_it_is_told_and_nobody_of_one_s_own_act(road: make.Road) -> None:
    notices.dispatch(EVENING)
    assert told() == {
        ("gdsxd", "open"): 1,
        ("tpqldt", "assign"): 1,
        ("cvqldt", "assign"): 1,
        ("tpqldt", "submit"): 1,
        ("gdsxd", "submit"): 1,
        ("theodoi", "open"): 2,  # two confirmations
        ("gdsxd", "send_back"): 1,
        ("cvqldt", "send_back"): 1,  # who prepared it
        ("gdsxd", "confirm"): 1,
        ("cvqldt", "confirm"): 1,
    }


def test_each_is_told_once_although_it_is_handed_out_twice(road: make.Road) -> None:
    notices.dispatch(EVENING)
    before = told()
    assert notices.dispatch(EVENING) == 0
    Outbox.objects.update(done_at=None)  # a worker died after the notices, before it ticked them off
    assert notices.dispatch(EVENING) > 0
    assert told() == before


def test_overdue_is_told_to_the_desk_and_to_the_head_of_the_unit() -> None:
    (duty,) = make.issued()
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    duties.sweep(make.at("2026-11-10 08:00"))
    duties.sweep(make.at("2026-11-13 08:00"))
    duties.sweep(EVENING)
    notices.dispatch(EVENING)
    rungs = {key: n for key, n in told().items() if key[1].startswith("rung")}
    assert rungs == {
        ("cvqldt", "rung_near"): 1,
        ("cvqldt", "rung_due"): 1,
        ("cvqldt", "rung_overdue"): 1,
        ("gdsxd", "rung_overdue"): 1,
    }


def test_a_vacant_desk_is_told_nothing_and_stops_nothing() -> None:
    make.vacate("gdsxd", "2026-11-01 00:00")
    make.issued()
    jobs.catch_up(EVENING)
    assert "gdsxd" not in {login for login, _ in told()}
    assert not Outbox.objects.filter(done_at__isnull=True).exists()


def test_the_mark_counts_what_the_list_shows_until_it_is_read(road: make.Road) -> None:
    notices.dispatch(EVENING)
    head = make.who("gdsxd")
    assert queries.unread(head, EVENING) == len(queries.notices(head, EVENING).rows) == 4
    notices.mark_read(actor=head, at=EVENING)
    assert queries.unread(head, EVENING) == 0
    assert not any(row.unread for row in queries.notices(head, EVENING).rows)
    assert queries.unread(make.who("cvqldt"), EVENING) == 3  # other people's stay


def test_what_is_no_longer_mine_to_see_is_neither_listed_nor_counted() -> None:
    make.issued()
    jobs.catch_up(EVENING)  # the head was told that it is overdue
    (duty,) = make.issued(make.LINE.replace("16/11", "10/11"))
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    jobs.catch_up(EVENING)
    make.vacate("pgdsxd", "2026-11-03 00:00")
    deputy = make.who("pgdsxd", "2026-11-30 08:00")
    Notice.objects.filter(recipient__login="gdsxd", duty=duty).update(recipient=deputy.officer_id)
    assert queries.notices(deputy, EVENING).rows == []
    assert queries.unread(deputy, EVENING) == 0


def test_pages_by_key_show_everything_once(road: make.Road) -> None:
    notices.dispatch(EVENING)
    head, seen, key = make.who("gdsxd"), [], None
    while True:
        page = queries.notices(head, EVENING, after=key, size=1)
        seen += [row.id for row in page.rows]
        key = page.next_key
        if key is None:
            break
    assert len(seen) == len(set(seen)) == 4
    assert seen == sorted(seen, reverse=True)
