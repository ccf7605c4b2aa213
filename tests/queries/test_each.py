"""Plans: what a person sees is looked up for each row, and boards read tallies instead of duties."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from tests import make

from kycuong.queries import board, scope
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
