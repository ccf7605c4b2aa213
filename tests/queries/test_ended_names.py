"""A text that names a unit which is no more: its successors are proposed, for the reviewer to look at."""

from __future__ import annotations

from datetime import date

from tests import make, organising
from tests.organising import DAY, NEW, decided, merged, plan

from kycuong.models import Duty, OrderParty, Unit
from kycuong.queries import addressees, documents
from kycuong.services import directives, structure

OLD = "Giao Ủy ban nhân dân xã Khe Sim rà soát hộ nghèo, báo cáo trước ngày 30/11/2026."


def leads(text: str, when: str = DAY) -> tuple[list[str | None], list[str]]:
    document = make.line(text, when)
    page = documents.review(make.who("vanthu", when), document, make.at(when))
    (order,) = page.orders
    return [party.unit_name for party in order.leads], [code for code, _ in order.doubts]


def test_the_successor_of_a_merged_unit_is_proposed_with_a_doubt() -> None:
    decided(merged(NEW, "X1", "X2"))
    assert leads(OLD) == (["Ủy ban nhân dân phường Sim Ngự"], ["ended_unit"])


def test_through_two_changes_the_last_one_is_proposed() -> None:
    decided(merged("X2"))
    decided(merged("STC", "X2", on="2026-11-17"), when="2026-11-17 08:00")
    assert leads(OLD, "2026-11-18 08:00") == (["Sở Tài chính"], ["ended_unit"])


def test_every_unit_that_a_divided_one_became_is_proposed() -> None:
    heads = ({"code": f"S{n}", "name": f"Sở số {n}", "head": login} for n, login in ((1, "gdsxd"), (2, "pgdsxd")))
    decided(plan("split", "SXD", successors=list(heads), rest="S1"))
    names, doubts = leads("Giao Sở Xây dựng báo cáo nhà ở xã hội trước ngày 30/11/2026.")
    assert (names, doubts) == (["Sở số 1", "Sở số 2"], ["ended_unit"])


def test_a_level_that_was_abolished_before_the_product_came_has_its_successors() -> None:
    district = Unit.objects.create(
        code="H1", name="Ủy ban nhân dân huyện Thượng Ngàn", short_name="UBND huyện Thượng Ngàn", folded="", kind="district",
        relation="subordinate", parent=make.unit("T"), valid_from=date(2020, 1, 1), valid_until=make.FOUNDED,
    )  # fmt: skip
    rows = [(district.pk, make.unit(code).pk, n) for n, code in enumerate(("X1", "X2"))]
    structure.add_successions(rows, make.FOUNDED, None)
    names, doubts = leads("Giao UBND huyện Thượng Ngàn rà soát hộ nghèo, báo cáo trước ngày 30/11/2026.")
    assert names == ["Ủy ban nhân dân xã Khe Sim", "Ủy ban nhân dân phường Bến Ngự"]
    assert "ended_unit" in doubts


def test_a_name_means_the_unit_that_bore_it_on_the_day_of_the_text() -> None:
    heir = {"code": "X9", "name": "Ủy ban nhân dân xã Khe Sim", "short_name": "UBND xã Khe Sim", "head": "ctx1"}
    decided(
        plan("split", "X1", successors=[heir, {"code": "X8", "name": "Ủy ban nhân dân xã Khe Tre", "head": "ctx2"}])
    )
    names = addressees.directory(make.at(DAY).date())
    before, after = date(2026, 1, 5), date(2026, 11, 20)
    name = "UBND xã Khe Sim"
    assert [one.unit_id for one in names.resolve(name, after)] == [make.unit("X9").pk]
    assert [one.unit_id for one in names.resolve(name, before)] == [make.unit("X9").pk, make.unit("X8").pk]


def test_an_order_that_waits_for_review_is_readdressed_and_issued_to_the_successor() -> None:
    document = make.line(OLD, "2026-11-13 08:00")
    decided(merged("X2"))
    assert OrderParty.objects.get().unit == make.unit("X2")
    directives.issue(actor=make.who("vanthu", DAY), at=make.at(DAY), document=document)
    assert Duty.objects.get(kind="task").holder_unit.code == "X2"
    assert organising.without_holder() == []
