"""What is drawn whole escapes what people typed, and marks what is chosen."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from tests import make

from kycuong.core.duties import State
from kycuong.queries.duties import DutyRow
from kycuong.web import drawing
from kycuong.web.board_page import Cell, Row

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


def test_a_line_of_the_board_escapes_names_and_addresses() -> None:
    cell = Cell("overdue", BAD, 2, f"/a?b={BAD}&c=1")
    row = Row(BAD, "", True, cell, [cell], cell, [cell], "12,5%", "", [("Trung vị", "3")])
    drawn = str(drawing.board_lines(row, [replace(row, href=f"?{BAD}")]))
    assert "<script" not in drawn
    assert drawn.count('<tr class="sum">') == drawn.count("<tr data-row>") == 1
    assert drawn.count("&amp;c=1") == 8
