"""Reviewing: check, correct, split, merge, add, drop, restore; every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import Document, DocumentText, Order, OrderChange
from kycuong.queries import documents
from kycuong.services import directives

WITHOUT_LEAD = "Kiểm tra việc thực hiện trước ngày 30/11/2026."
AT = make.at(make.MONDAY)


@pytest.fixture
def document() -> Document:
    """A directive with two orders, waiting for triage."""
    return make.upload()


def act(name: str, login: str = "vanthu", **values: Any) -> Any:
    return getattr(directives, name)(actor=make.who(login), at=AT, **values)


def correct(order: Order, **values: Any) -> None:
    given = {"leads": [f"unit:{make.unit('SXD').pk}"], "participants": [], "kind": "standing"}
    act("correct_order", order=order.public_id, **given | values)
    order.refresh_from_db()


def shape(document: Document) -> list[tuple[Any, ...]]:
    """Return what a reviewer sees of the orders."""
    return [
        (
            order.text,
            order.kind,
            order.status,
            order.deadline_on,
            order.product,
            order.doubts,
            order.drop_reason,
            list(order.parties.order_by("role", "position").values_list("role", "printed", "unit", "group")),
        )
        for order in make.orders(document)
    ]


def test_checking_clears_the_doubts_and_takes_it_to_review(document: Document) -> None:
    first, _ = make.orders(document)
    act("check_order", order=first.public_id)
    first.refresh_from_db()
    document.refresh_from_db()
    assert (first.status, first.doubts, document.state) == ("checked", [], "review")


def test_an_order_that_charges_nobody_is_not_checked() -> None:
    (order,) = Order.objects.filter(document__public_id=make.line(WITHOUT_LEAD))
    assert "no_lead" in order.doubts
    with make.refused(Invalid, "order_without_lead"):
        act("check_order", order=order.public_id)


def test_correcting_sets_parties_kind_date_and_product(document: Document) -> None:
    first, _ = make.orders(document)
    correct(
        first, leads=[f"unit:{make.unit('STC').pk}", "group:communes"],
        participants=[f"unit:{make.unit('STC').pk}", "printed:Hội Làm vườn"],
        kind="dated", deadline_on=date(2026, 12, 1), bound="before", product="Báo cáo", is_key=True,
    )  # fmt: skip
    assert (first.kind, first.deadline_on, first.bound, first.product) == (
        "dated",
        date(2026, 12, 1),
        "before",
        "Báo cáo",
    )
    assert (first.status, first.doubts, first.is_key) == ("checked", [], True)
    parties = list(first.parties.order_by("role", "position").values_list("role", "unit__code", "group", "printed"))
    assert parties == [  # a lead is no participant beside itself
        ("lead", "STC", "", "Sở Tài chính"),
        ("lead", None, "communes", "UBND các xã, phường"),
        ("participant", None, "", "Hội Làm vườn"),
    ]


def test_a_kind_without_a_clock_loses_date_and_cycle(document: Document) -> None:
    first, _ = make.orders(document)
    correct(first, kind="periodic", rrule="FREQ=MONTHLY;BYMONTHDAY=25", bound="before")
    assert (first.rrule, first.bound, first.deadline_on) == ("FREQ=MONTHLY;BYMONTHDAY=25", "before", None)
    correct(first, kind="prohibition", deadline_on=date(2026, 12, 1), rrule="FREQ=YEARLY")
    assert (first.kind, first.rrule, first.deadline_on, first.bound) == ("prohibition", "", None, "")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "dated"}, "order_without_date"),
        ({"kind": "periodic"}, "order_without_rule"),
        ({"kind": "periodic", "rrule": "FREQ=SOMETIMES"}, "rule_unknown"),
        ({"kind": "urgent"}, "kind_unknown"),
        ({"leads": []}, "order_without_lead"),
        ({"leads": ["printed:Sở Không Có"]}, "order_without_lead"),  # a name alone charges nobody
        ({"leads": ["unit:999999"]}, "unit_unknown"),
        ({"leads": ["group:everybody"]}, "unit_unknown"),
        ({"leads": ["unit:x"]}, "unit_unknown"),
        ({"participants": ["unit:999999"]}, "unit_unknown"),
    ],
)
def test_a_wrong_correction_changes_nothing(document: Document, values: dict[str, Any], code: str) -> None:
    first, _ = make.orders(document)
    with make.refused(Invalid, code):
        correct(first, **values)


def test_a_relative_deadline_is_standing_until_its_date_is_entered() -> None:
    line = make.line("Giao Sở Nội vụ báo cáo chậm nhất 15 ngày sau khi kết thúc Đại hội.")
    (order,) = Order.objects.filter(document__public_id=line)
    assert (order.kind, order.deadline_kind, order.deadline_on) == ("standing", "relative", None)
    assert "relative_deadline" in order.doubts
    assert "15 ngày" in order.deadline_text
    correct(order, kind="dated", deadline_on=date(2026, 12, 15))
    assert (order.kind, order.deadline_kind, order.doubts) == ("dated", "absolute", [])


def test_dropping_needs_a_reason_and_restoring_takes_it_back(document: Document) -> None:
    first, _ = make.orders(document)
    for reason in ("", "  "):
        with make.refused(Invalid, "drop_reason_missing"):
            act("drop_order", order=first.public_id, reason=reason)
    act("drop_order", order=first.public_id, reason="Đã giao ở văn bản khác")
    first.refresh_from_db()
    assert (first.status, first.drop_reason) == ("dropped", "Đã giao ở văn bản khác")
    act("restore_order", order=first.public_id)
    first.refresh_from_db()
    assert (first.status, first.drop_reason) == ("proposed", "")


def test_splitting_gives_two_orders_that_together_are_the_text(document: Document) -> None:
    first, _ = make.orders(document)
    text = document.text_row.text
    offset = text.index("báo cáo trước ngày 20/11/2026")
    second = Order.objects.get(public_id=act("split_order", order=first.public_id, offset=offset))
    first.refresh_from_db()
    assert first.text == text[first.start : first.end]
    assert second.text == text[second.start : second.end] == "báo cáo trước ngày 20/11/2026."
    assert first.end <= second.start
    assert second.parties.filter(role="lead").get().unit.code == "SXD"
    assert second.added


@pytest.mark.parametrize("where", ["start", "end", "before", "beyond"])
def test_a_cut_outside_the_order_is_refused(document: Document, where: str) -> None:
    first, _ = make.orders(document)
    offset = {"start": first.start, "end": first.end, "before": 0, "beyond": 10**6}[where]
    with make.refused(Invalid, "split_outside"):
        act("split_order", order=first.public_id, offset=offset)


def test_merging_joins_neighbours_and_the_first_keeps_its_parties(document: Document) -> None:
    first, second = make.orders(document)
    act("merge_orders", first=second.public_id, second=first.public_id)  # whichever way round
    (merged,) = make.orders(document)
    assert (merged.start, merged.end) == (first.start, second.end)
    assert merged.text == document.text_row.text[first.start : second.end]
    assert merged.parties.get(role="lead").unit.code == "SXD"


def test_only_neighbours_of_one_document_are_merged() -> None:
    line = "1. Sở Nội vụ báo cáo.\n2. Sở Tài chính báo cáo.\n3. Sở Xây dựng báo cáo."
    first, middle, last = Order.objects.filter(document__public_id=make.line(line)).order_by("start")
    for one, two in ((first, last), (first, first), (first, make.orders(make.upload())[0])):
        with make.refused(Invalid, "merge_apart"):
            act("merge_orders", first=one.public_id, second=two.public_id)
    act("drop_order", order=middle.public_id, reason="Để biết")
    act("merge_orders", first=first.public_id, second=last.public_id)  # what is dropped does not stand between


def test_adding_reads_the_passage_that_a_person_chose(document: Document) -> None:
    text = document.text_row.text
    start = text.index("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu")
    order = Order.objects.get(public_id=act("add_order", document=document.public_id, start=start - 1, end=start + 37))
    assert order.text == text[order.start : order.end] == "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu"
    assert order.added


@pytest.mark.parametrize("span", [(5, 5), (9, 3), (-1, 4), (0, 10**6)])
def test_a_passage_outside_the_text_is_refused(document: Document, span: tuple[int, int]) -> None:
    with make.refused(Invalid, "span_unknown"):
        act("add_order", document=document.public_id, start=span[0], end=span[1])


CHANGES: dict[str, Callable[[Document, list[Order]], None]] = {
    "check": lambda document, rows: act("check_order", order=rows[0].public_id),
    "correct": lambda document, rows: correct(rows[0], leads=["group:communes"], product="Đề án"),
    "drop": lambda document, rows: act("drop_order", order=rows[0].public_id, reason="Trùng"),
    "split": lambda document, rows: act("split_order", order=rows[0].public_id, offset=rows[0].start + 30),
    "merge": lambda document, rows: act("merge_orders", first=rows[0].public_id, second=rows[1].public_id),
    "add": lambda document, rows: act("add_order", document=document.public_id, start=0, end=40),
}


@pytest.mark.parametrize("name", CHANGES)
def test_undo_takes_back_the_last_change(document: Document, name: str) -> None:
    before = shape(document)
    CHANGES[name](document, make.orders(document))
    assert shape(document) != before
    act("undo", document=document.public_id)
    assert shape(document) == before
    with make.refused(Invalid, "undo_empty"):
        act("undo", document=document.public_id)


def test_undo_goes_back_step_by_step_and_the_changes_stay_as_history(document: Document) -> None:
    shapes = []
    for name in ("merge", "correct", "drop"):
        shapes.append(shape(document))
        CHANGES[name](document, make.orders(document))
    for earlier in reversed(shapes):
        act("undo", document=document.public_id)
        assert shape(document) == earlier
    history = OrderChange.objects.filter(document=document).order_by("id").values_list("act", "undone")
    assert list(history) == [("merge", True), ("correct", True), ("drop", True)]


@pytest.mark.parametrize("name", CHANGES)
def test_an_issued_document_is_not_reviewed(document: Document, name: str) -> None:
    rows = make.orders(document)
    act("issue", document=document.public_id)
    with make.refused(Conflict, "document_moved_meanwhile"):
        CHANGES[name](document, rows)


def test_an_issued_document_is_not_undone(document: Document) -> None:
    CHANGES["check"](document, make.orders(document))
    act("issue", document=document.public_id)
    with make.refused(Conflict, "document_moved_meanwhile"):
        act("undo", document=document.public_id)


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("chutich", NotAllowed, "intake_not_allowed"),
        ("gdsnv", NotAllowed, "intake_not_allowed"),
        ("gdsxd", NotVisible, "document_not_visible"),
    ],
)
def test_only_the_office_reviews(document: Document, login: str, kind: type[Exception], code: str) -> None:
    first, second = make.orders(document)
    acts: list[tuple[str, dict[str, Any]]] = [
        ("check_order", {"order": first.public_id}),
        (
            "correct_order",
            {"order": first.public_id, "leads": ["group:communes"], "participants": [], "kind": "standing"},
        ),
        ("drop_order", {"order": first.public_id, "reason": "x"}),
        ("restore_order", {"order": first.public_id}),
        ("split_order", {"order": first.public_id, "offset": first.start + 30}),
        ("merge_orders", {"first": first.public_id, "second": second.public_id}),
        ("add_order", {"document": document.public_id, "start": 0, "end": 10}),
        ("undo", {"document": document.public_id}),
    ]
    for name, values in acts:
        with make.refused(kind, code):
            act(name, login, **values)


def test_an_order_that_does_not_exist_is_not_found(document: Document) -> None:
    with make.refused(NotVisible, "order_not_visible"):
        act("check_order", order=uuid4())


def test_the_pieces_of_the_review_are_the_text_again(document: Document) -> None:
    page = documents.review(make.who("vanthu"), document.public_id, AT)
    assert "".join(piece.text for piece in page.pieces) == document.text_row.text
    assert (page.tasks_to_open, page.units_charged, page.doubtful) == (2, 2, 0)


def test_a_passage_of_nothing_but_marks_is_no_order_and_no_part_of_one() -> None:
    document = make.upload()
    text, who, at = DocumentText.objects.get(document=document).text, make.who("vanthu"), make.at(make.MONDAY)
    comma = text.index(",")
    with make.refused(Invalid, "span_unknown"):
        directives.add_order(actor=who, at=at, document=document.public_id, start=comma, end=comma + 1)
    order = make.orders(document)[0]
    assert text[order.end - 1] == "."
    with make.refused(Invalid, "split_outside"):
        directives.split_order(actor=who, at=at, order=order.public_id, offset=order.end - 1)
