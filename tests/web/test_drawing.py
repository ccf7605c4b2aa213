"""What is drawn whole escapes what people typed, and marks what is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override
from tests import make

from kycuong.core.boards import Spread
from kycuong.core.duties import State
from kycuong.queries.board import Filter, UnitLine
from kycuong.queries.duties import DutyRow
from kycuong.web import board_page, drawing

NOW = make.at("2026-11-24 09:00")
BAD = "<script>alert(\"x\")</script> & 'y'"
ROW = DutyRow(
    public_id=uuid4(), title=BAD, kind="confirmation", term="dated", document_code=BAD, document_id=uuid4(), path=BAD,
    unit_name=BAD, desk_name=BAD, desk_title=BAD, state=State.OVERDUE, days=-3, due_at=NOW, last_date=NOW.date(),
    original_last_date=None, bound="by", attempt=2, attempt_waiting=True, waits_for="", opened_at=NOW, since_at=NOW,
    is_key=True, phase="open", parent_id=None, about_unit=BAD, flags=("obstacle",), taken_over=BAD,
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [ROW, replace(ROW, waits_for=BAD, state=State.AWAITING), replace(ROW, kind="proposal", proposal_kind="return")],
)
def test_a_line_of_duties_escapes_what_people_typed(row: DutyRow) -> None:
    line = str(drawing.duty_lines([row], NOW, True, True))
    assert "<script" not in line
    assert line.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;y&#x27;") >= 5
    assert line.count("<td") == line.count("</td>") == 4


def test_a_line_without_unit_and_desk_has_neither() -> None:
    line = str(drawing.duty_lines([ROW], NOW, "", None))
    assert line.count("<td") == 2


def test_choices_escape_and_mark_the_chosen_one() -> None:
    drawn = str(drawing.options([("", BAD), (BAD, "hai"), (3, "ba")], 3))
    assert "<script" not in drawn
    assert drawn.count(" selected") == 1
    assert '<option value="3" selected>ba</option>' in drawn


def line(**said: Any) -> UnitLine:
    given: dict[str, Any] = {
        "unit_id": uuid4(), "name": BAD, "kind": "department", "ended": True, "figures": {"overdue": 2, "paused": 1},
        "counted": 2, "late_share": 0.125, "on_time_share": None, "late": Spread(2, 1.5, 1, 2, 2), "longest": NOW,
    }  # fmt: skip
    return UnitLine(**(given | said))


def test_a_line_of_the_board_escapes_names_and_addresses() -> None:
    wanted = Filter(year=2026, group=BAD)
    total = board_page.row(line(unit_id=None, name=""), wanted)
    drawn = str(drawing.board_lines(total, [line()], wanted))
    assert "<script" not in drawn
    assert drawn.count('<tr class="sum">') == drawn.count("<tr data-row>") == 1
    assert drawn.count("&amp;loc=overdue") == 2
    assert drawn.count("&lt;script&gt;") == 1


def test_a_line_of_the_board_is_drawn_anew_when_anything_of_it_has_changed() -> None:
    wanted, unit = Filter(year=2026), uuid4()
    total = board_page.row(line(unit_id=None, name=""), wanted)
    first = line(unit_id=unit, name="Phòng A")
    others = [
        replace(first, name="Phòng B"), replace(first, figures={"overdue": 3, "paused": 1}), replace(first, ended=False),
        replace(first, late_share=0.5), replace(first, late=None), replace(first, unit_id=uuid4()),
    ]  # fmt: skip
    drawn = [str(drawing.board_lines(total, [one], wanted)) for one in (first, *others, first)]
    assert drawn[0] == drawn[-1]
    assert len(set(drawn)) == 1 + len(others)
    assert str(drawing.board_lines(total, [first], Filter(year=2025))) not in drawn
    with override("en"):
        assert str(drawing.board_lines(total, [first], wanted)) not in drawn
