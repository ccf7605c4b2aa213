"""Plans: what a person sees is looked up for each row, and boards read tallies instead of duties."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import make

from kycuong.queries import board, scope, search, unit_duties
from kycuong.services import tallies

pytestmark = pytest.mark.django_db
#: Tables that hold all that a unit or a person ever had.
HISTORY = ("kycuong_dutyholding", "kycuong_taskparticipant", "kycuong_dutyevent")


def listed(told: str) -> list[str]:
    """Return the parts of a plan that are read into a list before any row is looked at."""
    numbers = set(re.findall(r"hashed SubPlan (\d+)", told))
    parts = re.split(r"^\s*SubPlan (\d+)$", told, flags=re.MULTILINE)
    return [text for number, text in zip(parts[1::2], parts[2::2], strict=True) if number in numbers]


@pytest.mark.parametrize("login", ["gdsxd", "tpqldt", "cvqldt", "ctx1"])
def test_no_list_is_made_of_what_was_ever_held(login: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite makes no such lists")
    who = make.who(login)
    for rows in (scope.visible_duties(who), scope.visible_documents(who)):
        told = rows.order_by("-pk").explain()
        assert "SubPlan" in told
        assert not [part for part in listed(told) if any(table in part for table in HISTORY)], told


def test_a_board_of_tallies_counts_no_duty(django_assert_max_num_queries: Any) -> None:
    make.issued()
    who, at = make.who("chutich"), make.at("2026-11-20 08:00")
    while tallies.keep_up():
        pass
    with django_assert_max_num_queries(40) as asked:
        board.board(who, at, board.Filter())
        board.desks(who, at, board.Filter())
    counting = [
        sql["sql"] for sql in asked.captured_queries if "COUNT(" in sql["sql"] and '"kycuong_duty"' in sql["sql"]
    ]
    assert all("'confirmation'" in sql for sql in counting), counting  # what hangs on duties is few


@pytest.mark.parametrize("login", ["gdsxd", "tpqldt", "cvqldt"])
def test_the_page_of_a_unit_and_the_overdue_of_a_narrow_scope_read_no_history(login: str) -> None:
    make.issued()
    who, at = make.who(login), make.at("2026-11-20 08:00")
    while tallies.keep_up():
        pass
    with CaptureQueriesContext(connection) as asked:
        unit_duties.of_unit(who, at)
        search.search(who, at, text="tiến độ", filters=search.Filters(kind="task", state="overdue"))
    told = [one["sql"] for one in asked.captured_queries]
    assert not [sql for sql in told if "GROUP BY" in sql and 'FROM "kycuong_duty" WHERE' in sql], told
    if connection.vendor == "postgresql":
        words = [sql for sql in told if "SELECT 4 AS tier" in sql]
        assert words
        assert not [sql for sql in words if any(table in sql for table in HISTORY)]
