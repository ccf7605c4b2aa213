"""Tallies: figures equal the naive count whatever happened, and whenever, and however often the job ran or was killed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests import make, organising

from kycuong.core.boards import SEVEN
from kycuong.core.duties import standing
from kycuong.models import Duty, Tally, TallyDay, TallyDuty, TallyMark
from kycuong.queries import board, calendars
from kycuong.queries.board import since
from kycuong.services import org_changes, proposals, tallies, tasks, watermark

ORDERS = (
    "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ {n} trước ngày 10/11/2026.",
    "Giao Sở Tài chính rà soát dự toán {n}, hoàn thành trước ngày 16/11/2026.",
    "Giao UBND xã Khe Sim thường xuyên kiểm tra công trường {n}.",
    "Giao UBND xã Khe Sim lập danh mục {n}, hoàn thành trước ngày 12/11/2026.",
)
HEADS = {"SXD": "gdsxd", "STC": "gdstc", "X1": "ctx1", "X2": "ctx2"}
FILTERS = (
    board.Filter(), board.Filter(year=2026), board.Filter(year=2026, part="t11"), board.Filter(year=2025),
    board.Filter(kind="confirmation"), board.Filter(kind="proposal", year=2026),
)  # fmt: skip


class Life:
    """Random acts of the small province, one after another in time."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.at = make.at("2026-11-03 08:00")
        self.n = 0

    def when(self) -> str:
        """Return the next instant as the builders write it."""
        self.at += timedelta(minutes=self.random.randint(10, 600))
        return f"{self.at:%Y-%m-%d %H:%M}"

    def act(self) -> None:
        """Do one thing that is possible now."""
        choices: list[Callable[[str], None]] = [
            self.issue,
            self.send,
            self.send,
            self.judge,
            self.judge,
            self.take_back,
        ]
        self.random.choice([*choices, self.propose, self.decide])(self.when())

    def one(self, **which: Any) -> Duty | None:
        """Return one of some open duties."""
        found = list(Duty.objects.filter(**which).exclude(holder_unit__code="VP").order_by("id"))
        return self.random.choice(found) if found else None

    def issue(self, when: str) -> None:
        """Issue an order."""
        self.n += 1
        make.issued(self.random.choice(ORDERS).format(n=self.n), when)

    def send(self, when: str) -> None:
        """Let a unit send a result."""
        if duty := self.one(kind="task", phase="open"):
            make.Road(duty).send(HEADS[duty.holder_unit.code], when)

    def judge(self, when: str) -> None:
        """Confirm a result or send it back."""
        if duty := self.one(kind="task", phase="answered"):
            road = make.Road(duty)
            road.confirm("theodoi", when) if self.random.random() < 0.7 else road.send_back("theodoi", when)

    def take_back(self, when: str) -> None:
        """Take a task off its unit."""
        if self.random.random() < 0.4 and (duty := self.one(kind="task", phase__in=["open", "answered"])):
            tasks.revoke(
                actor=make.who("chutich", when), at=make.at(when), duty=duty.public_id, note="Thôi", basis="Thông báo 1"
            )

    def propose(self, when: str) -> None:
        """Propose to return a task."""
        if duty := self.one(kind="task", phase="open", proposals__isnull=True):
            proposals.propose(
                actor=make.who(HEADS[duty.holder_unit.code], when), at=make.at(when), duty=duty.public_id,
                kind="return", reason="Không thuộc thẩm quyền", basis="Nghị định 1/2026/NĐ-CP",
            )  # fmt: skip

    def decide(self, when: str) -> None:
        """Decide a proposal."""
        if duty := Duty.objects.filter(kind="proposal", phase="open", parent__phase="open").order_by("id").first():
            who, at = make.who("chutich", when), make.at(when)
            if self.random.random() < 0.5:
                proposals.accept(actor=who, at=at, duty=duty.public_id)
            else:
                proposals.refuse(actor=who, at=at, duty=duty.public_id, note="Đơn vị tiếp tục thực hiện")


def naive(wanted: board.Filter, at: datetime, calendar: Any) -> Counter[str]:
    """Count row by row in Python."""
    found: Counter[str] = Counter()
    for one in Duty.objects.filter(kind=wanted.kind).select_related("holder_unit"):
        local = one.closed_at and one.closed_at + timedelta(hours=7)
        if (
            local
            and wanted.year
            and (local.year != wanted.year or (wanted.part and local.month != int(wanted.part[1:])))
        ):
            continue
        if not local and wanted.year == 2025:
            continue
        state = standing(
            phase=one.phase, due_at=one.due_at, late_working_days=one.late_working_days, at=at, calendar=calendar,
            outcome=one.outcome,
        ).state  # fmt: skip
        found[f"{one.holder_unit.code}.{state}"] += 1
    return found


def shown(wanted: board.Filter, at: datetime) -> Counter[str]:
    """Return the same figures from the board."""
    names = {str(unit.public_id): unit.code for unit in (make.unit(code) for code in ("T", "VP", "SNV", *HEADS))}
    found = board.board(make.who("chutich", f"{at:%Y-%m-%d %H:%M}"), at, wanted)
    return +Counter(
        {
            f"{names[str(line.unit_id)]}.{state}": line.figures.get(state, 0)
            for line in found.lines
            for state in (*SEVEN, "apart")
        }
    )


def agree(at: datetime) -> None:
    """Check every filter."""
    calendar = calendars.current()
    for wanted in FILTERS:
        assert shown(wanted, at) == naive(wanted, at, calendar), wanted


def kept() -> Any:
    """Return what the tallies hold."""
    rows = Tally.objects.filter(n__gt=0).order_by("pk")

    def key(row: Any) -> tuple[str, ...]:
        return tuple(str(value) for name, value in row.items() if name != "id")

    return (
        sorted(key(row) for row in rows.values()),
        sorted(key(row) for row in TallyDay.objects.filter(n__gt=0).values()),
        sorted(TallyDuty.objects.values_list("duty", "period", "outcome", "took_days", "late_days")),
    )


class Killed(BaseException):
    """The machine went away."""


@pytest.mark.parametrize("seed", range(4))
def test_the_board_is_the_naive_count_over_random_histories(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "EVENTS", 7)
    monkeypatch.setattr(tallies, "DUTIES", 5)
    life = Life(seed)
    for turn in range(36):
        life.act()
        if life.random.random() < 0.3:
            tallies.keep_up(steps=life.random.choice([1, 2, 20]))
        if life.random.random() < 0.15:
            _killed_in_the_middle(life, monkeypatch)
        if turn % 6 == 5:
            agree(life.at)
    tallies.keep_up()
    tallies.keep_up()
    agree(life.at)
    _no_less_than_all()
    before = kept()
    tallies.rebuild()
    agree(life.at)
    tallies.keep_up()
    assert kept() == before
    agree(life.at)


def _killed_in_the_middle(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    real, before = tallies._count, kept()
    left = life.random.randint(0, 1)

    def cut(*given: Any) -> None:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        real(*given)

    monkeypatch.setattr(tallies, "_count", cut)
    try:
        tallies.keep_up(steps=1)
    except Killed:
        assert kept() == before
    monkeypatch.setattr(tallies, "_count", real)


def _no_less_than_all() -> None:
    assert not TallyMark.objects.filter(event=None).exists()
    assert TallyDuty.objects.count() == Duty.objects.filter(phase="closed").count()
    assert sum(row.n for row in Tally.objects.filter(period__lt=10_000)) == TallyDuty.objects.count()
    assert sum(row.n for row in Tally.objects.filter(period__gte=10_000)) == TallyDuty.objects.count()


def test_a_merger_of_units_moves_open_ones_and_leaves_what_was_closed() -> None:
    life = Life(7)
    for _ in range(20):
        life.act()
    tallies.keep_up()
    for text in organising.COMMUNES:
        make.issued(text, "2026-11-14 08:00")
    organising.decided(organising.merged())
    org_changes.carry_due(make.at("2026-11-16 09:00"))
    agree(make.at("2026-11-16 10:00"))
    tallies.keep_up()
    agree(make.at("2026-11-16 10:00"))


def test_what_changes_after_it_was_closed_is_taken_out_as_what_it_was_counted() -> None:
    duty, other = make.issued(), make.issued("Giao Sở Tài chính rà soát dự toán, hoàn thành trước ngày 16/11/2026.")
    for one, head in ((duty[0], "gdsxd"), (other[0], "gdstc")):
        make.Road(one).send(head, "2026-11-05 08:00")
        make.Road(one).confirm("theodoi", "2026-11-06 08:00")
    tallies.keep_up()
    at = make.at("2026-11-20 08:00")
    agree(at)
    closed = Duty.objects.get(pk=duty[0].pk)
    # Some act on a closed duty: it writes the row and an event, as every act does.
    from kycuong.core.tasks import LIFECYCLE
    from kycuong.services.transitions import Act, move

    move(closed, Act(LIFECYCLE.row("undo_take_over"), at), closed_at=at, outcome="withdrawn", late_working_days=None)
    agree(at)
    tallies.keep_up()
    agree(at)
    _no_less_than_all()


def test_the_days_of_closed_duties_are_those_of_the_rows() -> None:
    life = Life(11)
    for turn in range(40):
        life.act()
        if turn == 25:
            tallies.keep_up()
    who = make.who("chutich")
    for year, part in ((None, ""), (2026, ""), (2026, "t11"), (2026, "q4")):
        wanted = board.Filter(year=year, part=part)
        halfway = board.board(who, life.at, wanted)
        tallies.keep_up()
        after = board.board(who, life.at, wanted)
        assert after.took
        assert board.rows(who, life.at, wanted, board.Figure("done")).total == after.took.n
        TallyMark.objects.all().delete()
        rows = board.board(who, life.at, wanted)
        assert rows.took is not None
        assert (halfway.took, halfway.done_late) == (after.took, after.done_late) == (rows.took, rows.done_late)
        assert board.rows(who, life.at, wanted, board.Figure("done")).total == rows.took.n
        tallies.rebuild()


def test_the_board_and_its_desks_are_the_same_from_the_tallies_and_from_the_rows() -> None:
    life = Life(5)
    for turn in range(44):
        life.act()
        if turn == 25:
            tallies.keep_up()
    make.issued(ORDERS[0].format(n="cuối"), life.when())
    at = life.at + timedelta(days=40)
    for who in (make.who("chutich"), make.who("gdsxd"), make.who("cvqldt")):
        for wanted in FILTERS:
            life_of = everything(who, at, wanted)
            tallies.keep_up()
            assert everything(who, at, wanted) == life_of
            TallyMark.objects.all().delete()
            assert everything(who, at, wanted) == life_of
            tallies.rebuild()
    assert any(line.late for line in board.desks(make.who("chutich"), at, board.Filter()))


def everything(who: Any, at: datetime, wanted: board.Filter) -> Any:
    return (
        board.board(who, at, wanted),
        board.board(who, at, wanted, sort="longest", size=2, page=2),
        board.desks(who, at, wanted),
        board.trend(who, at, wanted),
        board.ages(who, at, wanted),
    )


def test_what_was_read_of_an_edition_is_not_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life(3)
    for _ in range(12):
        life.act()
    tallies.keep_up()
    agree(life.at)
    with (
        pytest.raises(Killed),
        transaction.atomic(),
    ):  # a step that never came to be: another worker's figures stay right
        life.issue(life.when())
        tallies.keep_up()
        agree(life.at)
        raise Killed
    agree(life.at)
    monkeypatch.setattr(watermark, "mark", lambda: None)  # the job stands still
    life.issue(life.when())
    agree(life.at)
    monkeypatch.undo()
    tallies.keep_up()
    agree(life.at)


def test_what_the_job_wrote_while_it_was_read_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    make.issued(ORDERS[0].format(n=1))
    tallies.keep_up()
    (edition,) = TallyMark.objects.filter(pk=2).values_list("edition", flat=True)

    def ask() -> str:
        make.issued(ORDERS[1].format(n=2))
        tallies.keep_up()
        return "half of one edition, half of another"

    asked = ("test", edition)
    assert since.read_once(edition, asked, ask) == "half of one edition, half of another"
    assert since.read_once(edition, asked, lambda: "read again") == "read again"
    (now,) = TallyMark.objects.filter(pk=2).values_list("edition", flat=True)
    assert since.read_once(now, asked, lambda: "kept") == since.read_once(now, asked, ask) == "kept"


def test_two_rounds_count_nothing_twice_and_an_idle_one_asks_one_question() -> None:
    make.issued()
    assert tallies.keep_up() > 0
    assert tallies.keep_up() == 0
