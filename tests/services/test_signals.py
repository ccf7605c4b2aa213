"""Signals of givers: tasks without date, late entry, friendly closing, one's own desk; each opens to its rows, each may be contested."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from tests import make
from tests.make import Road, at, who

from kycuong.core import signals as law
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import Document, Duty
from kycuong.queries import signals as queries
from kycuong.services import directives, proposals, signals, tasks

NOW = "2026-11-20 10:00"
STANDING = "Giao Sở Xây dựng thường xuyên kiểm tra trật tự xây dựng."


def found(login: str = "chanhvp", when: str = NOW, **more: object) -> queries.SignalPage:
    return queries.signals(who(login, when), at(when), **more)  # type: ignore[arg-type]


def number(page: queries.SignalPage, code: str) -> dict[str, tuple[int, int]]:
    return {unit.name: (one.n, one.of) for unit in page.units for one in unit.signals if one.code == code}


def rows(code: str, unit: str = "T", login: str = "chanhvp") -> list[UUID | None]:
    page = found(login, unit=make.unit(unit).public_id, code=code)
    return [row.duty_id or row.document_id for row in page.rows]


def test_tasks_without_date_of_all_that_were_given() -> None:
    make.issued()
    (open_ended,) = make.issued(STANDING)
    assert number(found(), law.NO_DATE) == {"Ủy ban nhân dân tỉnh Lam Giang": (1, 2)}
    assert rows(law.NO_DATE) == [open_ended.public_id]


def test_entry_long_after_the_signing() -> None:
    document = make.upload(make.paper(signed="ngày 26 tháng 10 năm 2026"), register="outgoing")
    directives.issue(actor=who("vanthu"), at=at("2026-11-02 09:00"), document=document.public_id)
    assert number(found(), law.LATE_ENTRY) == {"Ủy ban nhân dân tỉnh Lam Giang": (1, 1)}
    assert rows(law.LATE_ENTRY) == [document.public_id]
    Document.objects.update(giver_unit=make.unit("X1"))
    page = found("ctx1", unit=make.unit("X1").public_id, code=law.LATE_ENTRY)
    assert (number(page, law.LATE_ENTRY), page.rows) == (
        {make.unit("X1").name: (1, 1)},
        [],
    )  # a paper that its head does not see


def test_a_confirmation_within_minutes() -> None:
    (quick,) = make.issued()
    (slow,) = make.issued("Giao Sở Tài chính rà soát công nợ trước ngày 20/11/2026.")
    for duty, login, when, then in (
        (quick, "gdsxd", "2026-11-10 09:00", "2026-11-10 09:03"),
        (slow, "gdstc", "2026-11-10 09:00", "2026-11-10 15:00"),
    ):
        Road(duty).send(login, when)
        Road(duty).confirm("theodoi", then)
    assert number(found(), law.FAST) == {"Văn phòng Ủy ban nhân dân tỉnh": (1, 2)}
    assert rows(law.FAST, "VP") == [quick.public_id]


def test_on_time_only_by_a_date_that_was_moved_when_the_first_had_passed() -> None:
    moved, honest = make.issued()[0], make.issued("Giao Sở Tài chính rà soát công nợ trước ngày 20/11/2026.")[0]
    tasks.correct(
        actor=who("theodoi"), at=at("2026-11-17 09:00"), duty=moved.public_id, note="Theo ý kiến lãnh đạo",
        due_on=date(2026, 11, 30), request=tasks.Request(None, None),
    )  # fmt: skip
    Road(moved).send("gdsxd", "2026-11-18 09:00")
    Road(honest).send("gdstc", "2026-11-18 09:00")
    for duty in (moved, honest):
        Road(duty).confirm("theodoi", "2026-11-18 16:00")
    assert number(found(), law.MOVED) == {"Ủy ban nhân dân tỉnh Lam Giang": (1, 2)}
    assert rows(law.MOVED) == [moved.public_id]


def test_ones_own_desk_is_counted_what_still_waits_too() -> None:
    (duty,) = make.issued()
    proposals.propose(
        actor=who("gdsxd"), at=at("2026-11-09 08:00"), duty=duty.public_id, kind="extension", reason="Chờ số liệu",
        so_far="Đã có dự thảo", wanted_on=date(2026, 11, 30),
    )  # fmt: skip
    (unit,) = [unit for unit in found().units if unit.desks]
    (desk,) = unit.desks
    assert (unit.name, desk.code, desk.waiting, desk.over) == ("Ủy ban nhân dân tỉnh Lam Giang", "extension", 1, 1)
    assert desk.spread is not None
    assert desk.spread.longest > 9
    assert rows("extension") == [duty.public_id]
    waiting = Duty.objects.get(kind="proposal")
    proposals.accept(actor=who("chutich"), at=at("2026-11-20 09:00"), duty=waiting.public_id)
    (unit,) = [unit for unit in found().units if unit.desks]
    assert unit.desks[0].waiting == 0


def test_the_unit_contests_and_somebody_else_answers() -> None:
    make.issued(STANDING)
    unit = make.unit("T").public_id
    given = {"at": at(NOW), "unit": unit, "code": law.NO_DATE}
    contest = signals.contest(actor=who("chutich", NOW), note="Việc thường xuyên theo quy định", **given)  # type: ignore[arg-type]
    with make.refused(NotAllowed, "signal_not_unit"):
        signals.contest(actor=who("chanhvp", NOW), note="Không", **given)  # type: ignore[arg-type]
    with make.refused(Invalid, "signal_note_missing"):
        signals.contest(actor=who("chutich", NOW), note=" ", **given)  # type: ignore[arg-type]
    with make.refused(NotAllowed, "signal_not_answerer"):
        signals.answer(actor=who("chutich", NOW), at=at(NOW), contest=contest, note="Tự trả lời")
    signals.answer(actor=who("chanhvp", NOW), at=at(NOW), contest=contest, note="Đồng ý")
    with make.refused(Conflict, "signal_answered"):
        signals.answer(actor=who("gdsnv", NOW), at=at(NOW), contest=contest, note="Lần nữa")
    assert [(one.note, one.answer) for one in found().contests] == [("Việc thường xuyên theo quy định", "Đồng ý")]


def test_who_sees_signals() -> None:
    make.issued()
    with pytest.raises(NotVisible):
        found("cvqldt")
    assert found("gdsxd").units == []  # a unit's head sees its own, and it gives nothing
    with pytest.raises(NotVisible):
        found("gdsxd", unit=make.unit("T").public_id, code=law.NO_DATE)
    with pytest.raises(Invalid):
        found(since=date(2026, 11, 20), until=date(2026, 11, 1))


def test_the_spread_of_some_days() -> None:
    assert law.spread([]) is None
    assert law.spread([1.0, 2.0, 3.0, 4.0]) == law.Spread(4, 2.5, 4.0, 4.0)
    assert law.spread([float(n) for n in range(1, 11)]) == law.Spread(10, 5.5, 9.0, 10.0)
