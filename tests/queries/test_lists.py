"""Lists: a fixed number of queries, states that are a partition, pages by key that show everything once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import make

from kycuong.core.duties import State, standing
from kycuong.core.errors import Invalid
from kycuong.models import Document, Duty
from kycuong.queries import calendars, documents, duties, scope, unit_duties
from kycuong.services import directives

NOW = make.at("2026-11-13 09:00")


def many(count: int) -> Document:
    """Issue one instruction with so many orders to Sở Xây dựng, in which Sở Tài chính takes part."""
    days = ["10/11", "13/11", "16/11", "18/11", "30/11", "31/12"]
    text = "\n".join(
        f"{n}. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính rà soát dự án {n}, báo cáo trước ngày {days[n % 6]}/2026."
        for n in range(1, count + 1)
    )
    document = make.line(text)
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=document)
    found = Document.objects.get(public_id=document)
    assert Duty.objects.filter(document=found).count() == count
    return found


def queries_of(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    few = many(3)
    head, deputy = make.who("gdsxd"), make.who("pgdsxd")
    calls: dict[str, Callable[[Document], Any]] = {
        "mine": lambda _: duties.my_duties(head, NOW, size=100),
        "counts": lambda _: duties.my_counts(head, NOW),
        "unit": lambda _: unit_duties.of_unit(deputy, NOW, size=100),
        "document": lambda document: documents.document(deputy, document.public_id, NOW),
        "register": lambda _: documents.register(deputy, NOW),
    }
    for call in calls.values():
        call(few)  # what is kept once a process is read before counting
    before = {name: queries_of(lambda call=call: call(few)) for name, call in calls.items()}
    more = many(60)
    for _ in range(3):
        many(2)
    calls["mine"](few)
    assert {name: queries_of(lambda call=call: call(more)) for name, call in calls.items()} == before
    assert before["mine"] <= 4
    assert before["document"] <= 20


def test_a_duty_s_page_has_a_fixed_number_of_queries() -> None:
    (duty,) = make.issued()
    who = make.who("chutich")
    before = queries_of(lambda: duties.duty(who, duty.public_id, NOW))
    road = make.Road(duty)
    for day in range(3, 9):
        road.assign("gdsxd", "tpqldt" if day % 2 else "cvqldt", f"2026-11-0{day} 08:00")
    assert queries_of(lambda: duties.duty(who, duty.public_id, NOW)) == before


def test_the_states_counted_are_the_partition_of_the_law_at_every_instant() -> None:
    document = many(12)
    rows = list(Duty.objects.filter(document=document).order_by("id"))
    for hours, duty in enumerate(rows[:4]):  # limits in hours end within a day
        Duty.objects.filter(pk=duty.pk).update(due_at=make.at(f"2026-11-1{hours} 10:30"))
    make.Road(rows[5]).send("gdsxd", "2026-11-03 08:00")
    make.issued("Sở Xây dựng thường xuyên kiểm tra công trường.")
    calendar, deputy = calendars.current(), make.who("pgdsxd")
    held = list(Duty.objects.filter(holder_unit__code="SXD"))
    start = make.at("2026-11-02 08:00")
    edges = [duty.due_at + timedelta(microseconds=step) for duty in held if duty.due_at for step in (-1, 0, 1)]
    for at in [start + timedelta(hours=17 * n) for n in range(90)] + edges:
        law = Counter(_law(duty, at, calendar) for duty in held)
        assert +Counter(unit_duties.of_unit(deputy, at, size=1).counts) == law, at


@pytest.mark.parametrize("day", range(20, 32))
def test_the_partition_holds_to_the_end_of_the_calendar_and_beyond(day: int) -> None:
    rows = list(Duty.objects.filter(document=many(6)).order_by("id"))
    dates = ["2030-12-24", "2030-12-28", "2031-01-01", "2031-01-02", "2031-01-03", "2031-02-01"]
    for duty, due in zip(rows, dates, strict=True):
        duty.due_at = make.at(f"{due} 00:00")
        duty.save()
    calendar, deputy = calendars.current(), make.who("pgdsxd")
    for at in (make.at(f"2030-12-{day} 09:00"), make.at(f"2031-01-{day} 09:00")):
        law = Counter(_law(duty, at, calendar) for duty in rows)
        assert +Counter(unit_duties.of_unit(deputy, at, size=1).counts) == law, at


def _law(duty: Duty, at: datetime, calendar: Any) -> State:
    return standing(
        phase=duty.phase, due_at=duty.due_at, late_working_days=duty.late_working_days, at=at, calendar=calendar
    ).state


def test_filtering_by_state_shows_exactly_those_counted() -> None:
    many(12)
    deputy = make.who("pgdsxd")
    counts = unit_duties.of_unit(deputy, NOW).counts
    assert sum(counts.values()) == 12
    for state, number in counts.items():
        rows = unit_duties.of_unit(deputy, NOW, state=state, size=100).rows
        assert [row.state for row in rows] == [state] * number


@pytest.mark.parametrize("size", [1, 4, 7, 13, 50])
def test_pages_by_key_show_every_duty_once_what_hurts_first(size: int) -> None:
    many(12)
    make.issued("Sở Xây dựng thường xuyên kiểm tra công trường.")
    for lister in (duties.my_duties, unit_duties.of_unit):
        seen, key = [], None
        while True:
            page = lister(make.who("gdsxd"), NOW, after=key, size=size)
            seen += page.rows
            key = page.next_key
            if key is None:
                break
        assert len({row.public_id for row in seen}) == len(seen) == 13
        dated = [row.due_at for row in seen if row.due_at]
        assert dated == sorted(dated)
        assert seen[-1].due_at is None  # without a date: last


@pytest.mark.parametrize("key", ["x", "2026-11-02~", "~x", "yesterday~3", "~"])
def test_a_key_that_no_page_gave_is_refused(key: str) -> None:
    with make.refused(Invalid, "kind_unknown"):
        duties.my_duties(make.who("gdsxd"), NOW, after=key)
    with make.refused(Invalid, "kind_unknown"):
        documents.register(make.who("vanthu"), NOW, after=key)


def test_what_was_sent_out_is_no_longer_on_my_desk_but_still_my_unit_s() -> None:
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", "2026-11-03 08:00")
    assert duties.my_duties(make.who("gdsxd"), NOW).rows == []
    (row,) = unit_duties.of_unit(make.who("gdsxd"), NOW).rows
    assert (row.state, row.waits_for) == (State.AWAITING, "Nguyễn Thu Hà")
    (waiting,) = duties.my_duties(make.who("theodoi"), NOW).rows
    assert (waiting.kind, waiting.parent_id) == ("confirmation", duty.public_id)


def test_words_of_a_unit_s_duties_match_with_and_without_diacritics() -> None:
    make.issued()
    make.issued("Giao Sở Xây dựng rà soát nhà ở xã hội.")
    for text, number in (("giải ngân", 1), ("giai ngan", 1), ("sở xây dựng", 2), ("không có", 0)):
        assert len(unit_duties.of_unit(make.who("gdsxd"), NOW, text=text).rows) == number, text


def test_the_desks_say_who_holds_how_much_and_what_is_late() -> None:
    document = many(6)
    first = Duty.objects.filter(document=document).order_by("due_at")[0]
    make.Road(first).assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    desks = unit_duties.of_unit(make.who("gdsxd"), NOW).desks
    assert {desk.name: (desk.open, desk.overdue) for desk in desks} == {
        "Trương Thị Nga": (1, 1),
        "Ngô Xuân Trường": (5, 1),
    }


def open_lines() -> None:
    """Put duties of one unit on desks of several divisions, in several states; one passed through a division and on."""
    make.division("KHAC", "SXD")
    for login, unit, kind in (("tpkhac", "KHAC", "division_head"), ("cvkhac", "KHAC", "officer")):
        make.join(login, unit, kind)
    rows = [make.Road(row) for row in Duty.objects.filter(document=many(7)).order_by("id")]
    for road, division, officer in ((rows[0], "tpqldt", "cvqldt"), (rows[1], "tpkhac", "cvkhac")):
        road.assign("gdsxd", division, "2026-11-03 08:00")
        road.assign(division, officer, "2026-11-03 09:00")
    rows[2].assign("gdsxd", "tpkhac", "2026-11-03 08:00")
    rows[2].assign("gdsxd", "cvqldt", "2026-11-03 09:00")
    rows[3].assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    rows[3].submit("cvqldt", "2026-11-04 08:00")
    rows[4].assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    rows[5].send("gdsxd", "2026-11-03 08:00")


def test_each_person_s_counts_and_desks_are_those_of_the_rows_that_they_see() -> None:
    open_lines()
    calendar, numbers = calendars.current(), {}
    for login in ("gdsxd", "pgdsxd", "tpqldt", "cvqldt", "tpkhac", "cvkhac"):
        who = make.who(login)
        held = list(scope.visible_duties(who).select_related("holder_officer"))
        mine = [row for row in held if row.holder_unit_id in who.member_ids and row.phase != "closed"]
        page = unit_duties.of_unit(who, NOW)
        assert +Counter(page.counts) == Counter(_law(row, NOW, calendar) for row in mine), login
        desks = Counter((row.holder_post_id, row.holder_officer.full_name) for row in mine if row.holder_officer)
        assert {(desk.post_id, desk.name): desk.open for desk in page.desks} == desks, login
        assert sum(desk.overdue for desk in page.desks) == page.counts[State.OVERDUE], login
        numbers[login] = len(page.rows)
    assert numbers == {"gdsxd": 7, "pgdsxd": 7, "tpqldt": 4, "cvqldt": 3, "tpkhac": 2, "cvkhac": 1}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite")
def test_counting_opens_no_row() -> None:
    open_lines()
    with CaptureQueriesContext(connection) as asked:
        unit_duties.of_unit(make.who("cvqldt"), NOW)
        duties.my_counts(make.who("cvqldt"), NOW)
    counting = [query["sql"] for query in asked if "COUNT(" in query["sql"] and "json_each" not in query["sql"]]
    plans = []
    for sql in counting:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plans += [row[3] for row in cursor.fetchall() if row[3].startswith("SEARCH kycuong_duty ")]
    assert [plan.split(" (")[0] for plan in plans] == [
        "SEARCH kycuong_duty USING COVERING INDEX duty_desk",
        "SEARCH kycuong_duty USING COVERING INDEX duty_mine",
    ]
