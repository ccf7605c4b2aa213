"""The same words on another question are shown with their links to who may see them; changing numbers and names hides nothing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from tests import make
from tests.services.test_consult import IN_TIME, POINTS, ask, opinion, take

from kycuong.core.boilerplate import plain, prints
from kycuong.core.consultations import Position, Said
from kycuong.models import Opinion, OpinionPrint
from kycuong.queries import consultations as queries
from kycuong.services import consultations as services

STOCK = "Cơ bản thống nhất với dự thảo số {n}; đề nghị {lead} thực hiện đúng quy định của pháp luật hiện hành."
OWN = "Đề nghị bố trí thêm 5% dự phòng cho hạng mục cầu qua suối vì địa chất yếu."


def said(words: str, position: Position = Position.AGREE) -> dict[int, Said]:
    return {1: Said(position, words), 2: Said(Position.AGREE)}


def answered(words: str, number: int, login: str = "gdsxd", position: Position = Position.AGREE) -> UUID:
    made = ask("STC", login=login)
    take(made)
    services.give_opinion(
        actor=make.who("gdstc", IN_TIME), at=make.at(f"2026-11-12 1{number}:00"), duty=opinion(made).duty.public_id,
        said=said(words, position), file=make.exchanged(str(300 + number), signed=date(2026, 11, 9)),
    )  # fmt: skip
    return opinion(made).duty.public_id


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Cơ bản  THỐNG NHẤT với dự thảo số 12/2026.", True),
        ("Cơ bản thống nhất, với dự thảo số 9 %", True),
        ("Co ban thong nhat voi du thao so 12", False),  # marks make words
        ("Cơ bản không thống nhất với dự thảo số 12", False),
    ],
)
def test_what_changes_from_question_to_question_is_left_out(text: str, same: bool) -> None:
    assert (plain(text) == plain("cơ bản thống nhất với dự thảo số 7")) is same
    assert plain("Gửi Sở Xây dựng ngày 05 tháng 11 năm 2026", ["Sở Xây dựng"]) == "gửi @ #"


def test_form_law_and_the_question_itself_are_no_boilerplate() -> None:
    form = [
        "Căn cứ Luật Đầu tư công ngày 29 tháng 11 năm 2024 của Quốc hội;", "GIÁM ĐỐC", POINTS[0][0],
        "Trên đây là ý kiến của Sở Tài chính, gửi Sở Xây dựng để tổng hợp./.",
        "Sở Tài chính nhận được văn bản lấy ý kiến của Sở Xây dựng về phương án phân bổ vốn.",
    ]  # fmt: skip
    assert prints(form, names=["Sở Tài chính", "Sở Xây dựng"], asked=[POINTS[0][0]]) == []
    assert len(prints([OWN, OWN.upper()])) == 1


def test_the_same_paragraph_on_three_questions_is_shown_with_its_links(_province: None) -> None:
    first = answered(STOCK.format(n=1, lead="Sở Xây dựng"), 1)
    second = answered(STOCK.format(n="22/TTr", lead="Sở Xây dựng"), 2)
    third = answered(STOCK.format(n=3, lead="Sở Nội vụ"), 3, login="gdsnv")
    other = answered(OWN, 4)
    overseer = make.who("chanhvp", IN_TIME)
    assert [row.duty for row in queries.alike(overseer, third)] == [second, first]
    assert all(row.same for row in queries.alike(overseer, third))
    assert queries.alike(overseer, first) == []
    shared = [row.duty for row in queries.alike(overseer, other)]  # the paragraph of the letter itself, not the words
    assert not OpinionPrint.objects.filter(
        opinion__duty__public_id__in=shared, at__gt=make.at("2026-11-12 14:00")
    ).exists()


def test_who_does_not_see_a_question_hears_nothing_of_its_answer(_province: None) -> None:
    answered(STOCK.format(n=1, lead="Sở Nội vụ"), 1, login="gdsnv")
    ours = answered(STOCK.format(n=2, lead="Sở Xây dựng"), 2)
    assert queries.alike(make.who("gdsxd", IN_TIME), ours) == []
    assert len(queries.alike(make.who("gdsnv", IN_TIME), ours)) == 1  # oversees
    assert queries.alike(make.who("gdstc", IN_TIME), ours) == []


def test_agreeing_to_everything_in_words_all_used_before_is_a_fact(_province: None) -> None:
    for number, words in enumerate((STOCK.format(n=1, lead="Sở Xây dựng"),) * 2, 1):
        last = answered(words, number)
    answered(STOCK.format(n=3, lead="Sở Xây dựng"), 3, position=Position.AGREE_IF)
    answered(OWN, 4)
    assert [one.duty.public_id for one in queries.stock_answers()] == [last]
    assert Opinion.objects.count() == 4
