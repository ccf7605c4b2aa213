"""Targets: an order with a figure is closed by the number; values are said once, corrected by later ones, contested."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests import make
from tests.make import Road, at, who

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent, Target, TargetActual, TargetChange
from kycuong.queries import targets as queries
from kycuong.queries.board import Filter
from kycuong.services import targets, tasks
from stories.doors import Web

FIGURE = "Giao Sở Xây dựng giải ngân đạt ít nhất 95% kế hoạch vốn năm 2026, hoàn thành trước ngày 16/11/2026."
LATER = "2026-11-09 09:00"


def given(text: str = FIGURE) -> tuple[Duty, Target]:
    duty = make.issued(text)[0]
    return duty, Target.objects.get()


def said(target: Target, value: str, when: str = LATER, login: str = "gdsxd", **more: object) -> UUID:
    more = {"source": "Báo cáo kho bạc"} | more
    return targets.record(actor=who(login, when), at=at(when), target=target.public_id, value=value, **more)  # type: ignore[arg-type]


def test_an_order_with_a_figure_becomes_a_target() -> None:
    duty, target = given()
    assert (target.duty, target.plan, target.measure, target.direction) == (duty, Decimal(95), "%", "at_least")
    said(target, "62,5", as_of=date(2026, 10, 31))
    said(target, "88", as_of=date(2026, 11, 8))
    said(target, "60", as_of=date(2026, 10, 15))  # an older figure that came late changes nothing
    (row,) = queries.targets(who("gdsxd")).rows
    assert (row.actual, row.as_of, row.gap, row.reached) == (Decimal(88), date(2026, 11, 8), Decimal(7), False)
    assert [one.as_of.day for one in queries.target(who("gdsxd"), target.public_id).actuals] == [8, 31, 15]
    assert queries.targets(who("gdstc")).rows == []
    assert queries.targets(who("chanhvp")).counts == {"reached": 0, "short": 1, "none": 0}


def test_below_the_number_nothing_is_confirmed_without_a_reason() -> None:
    duty, target = given()
    road = Road(duty)
    road.send("gdsxd", "2026-11-10 09:00")
    with make.refused(Invalid, "target_short"):
        road.confirm("theodoi", "2026-11-11 09:00")
    said(target, "90", "2026-11-11 09:30")
    with make.refused(Invalid, "target_short"):
        road.confirm("theodoi", "2026-11-11 10:00")
    tasks.confirm(
        actor=who("theodoi"), at=at("2026-11-11 11:00"), duty=duty.public_id, request=road.request(),
        note="Vốn của hai dự án được cấp có thẩm quyền cho kéo dài",
    )  # fmt: skip
    event = DutyEvent.objects.get(duty=duty, act="confirm")
    assert event.reason_code == "below_target"
    assert event.data["below_target"] == {str(target.public_id): "90.0000"}
    with make.refused(TransitionNotAllowed, "target_closed"):
        said(target, "96", "2026-11-12 09:00")


def test_at_the_number_it_is_confirmed_as_ever() -> None:
    duty, target = given()
    said(target, "95")
    road = Road(duty)
    road.send("gdsxd", "2026-11-10 09:00")
    assert road.confirm("theodoi", "2026-11-11 09:00").outcome == "done"
    assert DutyEvent.objects.get(duty=duty, act="confirm").reason_code == ""


def test_of_a_periodic_task_each_occurrence_has_its_own_number() -> None:
    text = "Giao Sở Xây dựng báo cáo hằng tháng kết quả giải ngân, bảo đảm đạt ít nhất 8% kế hoạch mỗi tháng."
    first, second, target = *make.issued(text), Target.objects.get()
    assert (first.series, target.series) == (second.series, first.series)
    said(target, "9", occurrence=second.public_id)
    assert [one for one, _ in queries.short(first)] == [target]
    assert queries.short(second) == []


def test_a_value_is_corrected_by_a_later_one_and_never_changed() -> None:
    _, target = given()
    wrong = said(target, "98")
    right = said(target, "89", corrects=wrong)
    (row,) = queries.targets(who("gdsxd")).rows
    assert row.actual == Decimal(89)
    assert [one.corrected for one in queries.target(who("gdsxd"), target.public_id).actuals] == [False, True]
    with make.refused(Conflict, "target_corrected_already"):
        said(target, "97", corrects=wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetActual.objects.filter(public_id=right).update(value=99)


def test_what_was_read_is_contested_and_corrected_by_the_givers_side() -> None:
    _, target = given()
    change = targets.contest(
        actor=who("gdsxd"), at=at(LATER), target=target.public_id, note="Kế hoạch điều chỉnh còn 92%"
    )
    assert queries.targets(who("gdsxd")).rows[0].contested
    with make.refused(NotAllowed, "target_not_side"):
        targets.answer(actor=who("gdsxd"), at=at(LATER), change=change, note="Tự trả lời")
    targets.correct(
        actor=who("theodoi"), at=at(LATER), target=target.public_id, note="Theo quyết định điều chỉnh", name=target.name,
        plan="92", measure="%", direction="at_least",
    )  # fmt: skip
    targets.answer(actor=who("theodoi"), at=at(LATER), change=change, note="Đã sửa kế hoạch")
    target.refresh_from_db()
    assert target.plan == Decimal(92)
    assert not queries.targets(who("gdsxd")).rows[0].contested
    corrected = TargetChange.objects.get(act="correct")
    assert (corrected.before["plan"], corrected.after["plan"]) == ("95", "92")
    with make.refused(Conflict, "target_answered"):
        targets.answer(actor=who("theodoi"), at=at(LATER), change=change, note="Lần nữa")


def test_evidence_is_open_to_who_sees_the_task() -> None:
    from kycuong.core.errors import NotVisible as Hidden
    from kycuong.queries import files

    _, target = given()
    said(target, "88", source="", file=make.result_file())
    kept = TargetActual.objects.get().file
    assert kept is not None
    files.open_file(who("theodoi"), kept.public_id).stream.close()
    with pytest.raises(Hidden):
        files.open_file(who("ctx1"), kept.public_id)


def test_who_may_and_what_cannot_be_read() -> None:
    duty, target = given()
    with make.refused(NotAllowed, "target_not_unit"):
        said(target, "95", login="theodoi")
    with make.refused(NotVisible, "target_not_visible"):
        said(target, "95", login="ctx1")
    with make.refused(NotAllowed, "target_not_giver"):
        targets.drop(actor=who("gdsxd"), at=at(LATER), target=target.public_id, note="Không phải")
    with make.refused(Invalid, "target_number_unknown"):
        said(target, "gần đủ")
    with make.refused(Invalid, "target_day_ahead"):
        said(target, "95", as_of=date(2026, 12, 1))
    with make.refused(Invalid, "target_source_missing"):
        said(target, "95", source="")
    targets.drop(actor=who("theodoi"), at=at(LATER), target=target.public_id, note="Câu nêu bối cảnh")
    assert queries.short(duty) == []
    with make.refused(TransitionNotAllowed, "target_dropped"):
        said(target, "95")
    targets.add(
        actor=who("theodoi"), at=at(LATER), duty=duty.public_id, note="Giao bổ sung", name="Số dự án quyết toán",
        plan="1.200", measure="dự án",
    )  # fmt: skip
    assert [(one.plan, actual) for one, actual in queries.short(duty)] == [(Decimal(1200), None)]


def test_of_two_who_correct_or_drop_at_once_one_is_first(monkeypatch: pytest.MonkeyPatch) -> None:
    _, target = given()
    seen = [Target.objects.select_related("duty").get() for _ in range(2)]
    words = {"actor": who("theodoi"), "at": at(LATER), "target": target.public_id, "note": "Theo văn bản gốc"}
    told = {"name": "Giải ngân", "measure": "%", "direction": "at_least"}
    targets.correct(**words, **told, plan="96")  # type: ignore[arg-type]
    monkeypatch.setattr(targets, "_on_side", lambda *_: seen.pop())
    with make.refused(Conflict, "moved_meanwhile"):
        targets.correct(**words, **told, plan="97")  # type: ignore[arg-type]
    targets.drop(**words)  # type: ignore[arg-type]
    seen.append(target)
    with make.refused(TransitionNotAllowed, "target_dropped"):
        targets.drop(**words)  # type: ignore[arg-type]
    assert list(TargetChange.objects.order_by("id").values_list("act", flat=True)) == ["correct", "drop"]


def test_the_board_counts_the_targets_of_its_filter_and_each_figure_opens_to_its_rows() -> None:
    _, target = given()
    other = make.issued("Giao Sở Tài chính thu đạt ít nhất 80% kế hoạch, hoàn thành trước ngày 16/11/2026.")[0]
    said(target, "71,2")
    found = queries.of_board(who("chanhvp"), at(LATER), Filter(year=2026))
    assert [(line.name, line.counts) for line in found] == [
        ("Sở Xây dựng", {"reached": 0, "short": 1, "none": 0}),
        ("Sở Tài chính", {"reached": 0, "short": 0, "none": 1}),
    ]
    assert [line.name for line in queries.of_board(who("gdstc"), at(LATER), Filter(year=2026))] == ["Sở Tài chính"]
    tasks.revoke(
        actor=who("chutich"), at=at(LATER), duty=other.public_id, note="Giao nơi khác", basis="TB 7", request=tasks.Request()
    )  # fmt: skip
    browser = Web().person("chanhvp", "2026-11-09 10:00")
    page = browser.get(reverse("board_targets"), {"nam": "2026"})
    (line,) = page.context["lines"]
    hrefs = {cell.name: cell.href for cell in line.cells}
    assert (line.total, hrefs["reached"], hrefs["none"]) == (1, "", "")
    assert [row.public_id for row in browser.get(hrefs["short"]).context["rows"]] == [target.public_id]
