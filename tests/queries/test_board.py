"""The board: each figure equals the rows that open behind it and the naive count, for each kind of person."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from tests import make

from kycuong.core.boards import FLAGS, SEVEN
from kycuong.core.duties import standing
from kycuong.core.errors import NotVisible
from kycuong.models import Duty
from kycuong.queries import board, calendars, scope
from kycuong.services import proposals, tasks

NOW = make.at("2026-11-13 09:00")
PEOPLE = ("chutich", "theodoi", "gdsnv", "gdsxd", "pgdsxd", "tpqldt", "cvqldt", "gdstc", "ctx1", "kiemtoan", "quantri")


def life() -> None:
    """Let the small province live through two weeks: late, sent, confirmed, sent back, returned, taken back, paused over."""
    orders = [
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ {n} trước ngày 10/11/2026.",
        "Giao Sở Tài chính rà soát dự toán {n}, hoàn thành trước ngày 16/11/2026.",
        "Giao UBND xã Khe Sim thường xuyên kiểm tra công trường {n}.",
        "Giao Sở Xây dựng lập danh mục {n}, hoàn thành trước ngày 25/12/2026.",
    ]
    made = [make.issued(text.format(n=n))[0] for n in range(3) for text in orders]
    road = make.Road(made[0])
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    late = make.Road(made[4])
    late.send("gdsxd", "2026-11-12 08:00")
    late.confirm("theodoi", "2026-11-12 10:00")
    done = make.Road(made[1])
    done.send("gdstc", "2026-11-05 08:00")
    done.confirm("theodoi", "2026-11-06 08:00")
    make.Road(made[5]).send("gdstc", "2026-11-09 08:00")
    back = make.Road(made[9])
    back.send("gdstc", "2026-11-09 08:00")
    back.send_back("theodoi", "2026-11-10 08:00")
    proposals.propose(
        actor=make.who("gdsxd"), at=make.at("2026-11-05 08:00"), duty=made[3].public_id, kind="return",
        reason="Không thuộc thẩm quyền", basis="Nghị định 1/2026/NĐ-CP",
    )  # fmt: skip
    tasks.revoke(
        actor=make.who("chutich"), at=make.at("2026-11-06 08:00"), duty=made[7].public_id, note="Thôi",
        basis="Thông báo 1",
    )  # fmt: skip


def _law(duties: Any) -> Counter[str]:
    calendar = calendars.current()
    return Counter(
        str(
            standing(
                phase=one.phase, due_at=one.due_at, late_working_days=one.late_working_days, at=NOW, calendar=calendar,
                outcome=one.outcome,
            ).state
        )
        for one in duties
    )  # fmt: skip


@pytest.mark.parametrize("login", PEOPLE)
def test_a_person_s_figures_are_the_rows_that_the_person_sees_and_open_to_them(login: str) -> None:
    life()
    who = make.who(login, "2026-11-13 08:00")
    for kind in ("task", "confirmation"):
        wanted = board.Filter(kind=kind, year=2026)
        found = board.board(who, NOW, wanted)
        mine = scope.visible_duties(who).filter(kind=kind)
        if who.body_ids and not who.sees_all:
            mine = mine.filter(holder_unit__in=who.body_ids)
        assert +Counter({name: found.total.figures.get(name, 0) for name in (*SEVEN, "apart")}) == _law(mine)
        for line in found.lines:
            for name, n in line.figures.items():
                if "undated" not in name:
                    assert line.unit_id
                    rows = board.rows(who, NOW, wanted.alone(line.unit_id), board.Figure(name), size=100)
                    assert (rows.total, len(rows.rows)) == (n, n), (line.name, name)
            assert line.unit_id
            everything = board.rows(who, NOW, wanted.alone(line.unit_id), board.Figure(), size=100)
            assert everything.total == line.counted
        for name in FLAGS:
            assert board.rows(who, NOW, wanted, board.Figure(name)).total == found.total.figures.get(name, 0)
        for desk in board.desks(who, NOW, wanted):
            assert board.rows(who, NOW, wanted, board.Figure(desk=desk.post_id)).total == desk.open
            late = board.rows(who, NOW, wanted, board.Figure("overdue", desk.post_id))
            assert late.total == desk.overdue
        for side in found.sides:
            assert board.rows(who, NOW, wanted, board.Figure(f"side_{side.code}")).total == side.open
            assert board.rows(who, NOW, wanted, board.Figure(f"side_{side.code}_late")).total == side.overdue
        for name, spread in (("done", found.took), ("done_late", found.done_late)):
            assert board.rows(who, NOW, wanted, board.Figure(name)).total == (spread.n if spread else 0)


def test_the_giver_s_own_desk_is_counted_like_any_other() -> None:
    life()
    who = make.who("chutich")
    desks = {line.name: line for line in board.desks(who, NOW, board.Filter())}
    assert (desks["Nguyễn Thu Hà"].to_confirm, desks["Phan Trọng Nghiêm"].to_decide) == (1, 1)
    assert desks["Nguyễn Thu Hà"].overdue == 1
    sides = {side.code: side for side in board.board(who, NOW, board.Filter()).sides}
    assert (sides["confirmation"].open, sides["confirmation"].overdue) == (1, 1)
    waits = sides["proposal"].waits
    assert waits is not None
    assert waits.oldest == 6
    assert sides["unit"].open == Duty.objects.filter(kind="task", phase="open").count()


def test_open_ones_stand_in_the_denominator_and_those_without_a_date_outside() -> None:
    life()
    found = board.board(make.who("chutich"), NOW, board.Filter(year=2026)).total
    assert found.counted == 11
    assert found.figures["no_term"] == 3
    assert found.figures["apart"] == 1
    assert found.late_share == pytest.approx((found.figures["overdue"] + 1) / 8)
    assert found.on_time_share == pytest.approx(1 / 8)


def test_nobody_asks_for_a_unit_or_a_document_beyond_the_own_reach() -> None:
    life()
    other = make.unit("STC").public_id
    for login in ("gdsxd", "cvqldt", "tpqldt"):
        for wanted in (board.Filter(unit=other), board.Filter(only=other)):
            with pytest.raises(NotVisible):
                board.board(make.who(login), NOW, wanted)
            with pytest.raises(NotVisible):
                board.rows(make.who(login), NOW, wanted, board.Figure())
            with pytest.raises(NotVisible):
                board.desks(make.who(login), NOW, wanted)
    paper = Duty.objects.filter(holder_unit=make.unit("STC")).order_by("-id")[0].document
    assert paper
    with pytest.raises(NotVisible):
        board.board(make.who("ctx2"), NOW, board.Filter(document=paper.public_id))


def test_the_filters_narrow_figures_and_rows_alike() -> None:
    life()
    who = make.who("chutich")
    document = Duty.objects.filter(kind="task").order_by("id")[0].document
    assert document
    cases = {
        board.Filter(unit=make.unit("SXD").public_id): 5,
        board.Filter(group="commune"): 3,
        board.Filter(document=document.public_id): 1,
        board.Filter(year=2025): 0,
        board.Filter(year=2026, part="t11"): 11,
        board.Filter(year=2026, part="q3"): 0,
        board.Filter(year=2026, part="t12"): 9,
        board.Filter(theme=uuid4()): 0,
    }
    for wanted, n in cases.items():
        found = board.board(who, NOW, wanted)
        assert found.total.counted == n, wanted
        assert board.rows(who, NOW, wanted, board.Figure()).total == n


def test_the_rows_of_a_figure_are_paged_and_each_stands_once() -> None:
    life()
    who = make.who("chutich")
    for figure in (board.Figure(), board.Figure("open"), board.Figure("not_due")):
        seen, after = [], None
        while True:
            page = board.rows(who, NOW, board.Filter(), figure, after=after, size=2)
            seen += [row.public_id for row in page.rows]
            after = page.next_key
            if not after:
                break
        assert len(seen) == len(set(seen)) == page.total
