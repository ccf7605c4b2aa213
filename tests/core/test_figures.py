"""Figures are counted from lines, printed alike everywhere, and proved by a hash; the clause gives the head of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kycuong.core import figures
from kycuong.core.duties import State
from kycuong.core.figures import BY_CODE, OF_STATE, Line
from kycuong.core.report_clauses import recipient_of, subject_of

LINES = [
    Line("a", "u", "u", "o", State.DONE_ON_TIME, dated=True),
    Line("b", "u", "u", "o", State.OVERDUE, dated=True),
    Line("c", "u", "u", "o", State.NO_TERM, dated=False),
    Line("d", "u", "u", "o", State.APART, dated=True, extended=2),
    Line("e", "u", "u", "o", State.AWAITING, dated=True, sent=2, sent_back=1),
]


def shown(code: str, lines: list[Line] = LINES) -> str:
    return figures.answer(BY_CODE[code], lines, {}).shown


def test_open_work_stands_in_the_denominator_and_what_was_taken_off_does_not() -> None:
    assert shown("NV-09") == "33,3%"
    assert shown("NV-01") == "4"
    assert shown("NV-10") == "1"


def test_the_seven_states_are_a_partition_of_the_total() -> None:
    assert sum(int(shown(code)) for code in OF_STATE) == int(shown("NV-01"))


def test_a_share_without_a_denominator_is_a_dash() -> None:
    assert shown("NV-09", LINES[2:3]) == "–"


@pytest.mark.parametrize(
    ("n", "of", "said"), [(1, 3, "33,3%"), (2, 3, "66,7%"), (1, 2000, "0,1%"), (1, 2001, "0,0%"), (5, 5, "100,0%")]
)
def test_a_share_is_rounded_half_up(n: int, of: int, said: str) -> None:
    assert figures.written(n, of) == said


def test_the_hash_knows_every_part_of_the_question_and_the_rows() -> None:
    one = figures.answer(BY_CODE["NV-07"], LINES, {"watermark": 5})
    assert one == figures.answer(BY_CODE["NV-07"], list(reversed(LINES)), {"watermark": 5})
    others = [replace(line, duty="x") if line.duty == "b" else line for line in LINES]
    prints = {
        one.fingerprint,
        figures.answer(BY_CODE["NV-07"], LINES, {"watermark": 6}).fingerprint,
        figures.answer(BY_CODE["NV-07"], others, {"watermark": 5}).fingerprint,
        figures.answer(BY_CODE["NV-02"], LINES, {"watermark": 5}).fingerprint,
    }
    assert len(prints) == 4


def test_lines_survive_being_stored() -> None:
    assert [Line.from_json(line.to_json()) for line in LINES] == LINES


def test_of_two_reports_the_later_one_tells_of_a_duty() -> None:
    later = [replace(LINES[1], state=State.DONE_LATE)]
    found = figures.merged([(9, later), (5, LINES)])
    assert [line.duty for line in found] == ["a", "b", "c", "d", "e"]
    assert found[1].state is State.DONE_LATE
    (one,) = figures.differences(LINES, found)
    assert {code for code, figure in BY_CODE.items() if one.moves(figure)} == {"NV-03", "NV-07"}


CLAUSES = [
    ("Các sở báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng năm về Ủy ban nhân dân tỉnh qua Sở Nội vụ.",
     "Kết quả thực hiện Chỉ thị số 9", "Ủy ban nhân dân tỉnh"),
    ("Gửi Văn phòng Ủy ban nhân dân tỉnh báo cáo tiến độ xử lý nhiệm vụ còn nợ trước ngày 25 hằng tháng.",
     "Tiến độ xử lý nhiệm vụ còn nợ theo Chỉ thị số 9", "Văn phòng Ủy ban nhân dân tỉnh"),
    ("", "Kết quả thực hiện Chỉ thị số 9", "Chủ tịch"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "subject", "to"), CLAUSES)
def test_the_clause_gives_subject_and_recipient(clause: str, subject: str, to: str) -> None:
    assert (subject_of(clause, "Chỉ thị số 9"), recipient_of(clause, "Chủ tịch")) == (subject, to)
