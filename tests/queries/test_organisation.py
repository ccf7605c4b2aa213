"""The organisation as people read it: as of any day, with what has become of a unit, and the succession list to keep."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from tests import make, organising
from tests.organising import DAY, NEW, decided, drafted, merged, plan

from kycuong.core.errors import NotAllowed
from kycuong.models import OrgChange
from kycuong.queries import org_changes, organisation
from kycuong.services import org_changes as org_services
from kycuong.services import workbooks

BEFORE, AFTER = date(2026, 11, 15), date(2026, 11, 16)


def names(on: date, text: str = "") -> set[str]:
    return {row.name for group in organisation.tree(on, text) for row in group.rows}


def test_the_tree_is_that_of_the_day_asked_about() -> None:
    decided(merged(NEW, "X1", "X2"))
    assert {"Ủy ban nhân dân xã Khe Sim", "Ủy ban nhân dân phường Bến Ngự"} <= names(BEFORE)
    assert names(AFTER, "sim") == {"Ủy ban nhân dân phường Sim Ngự"}
    assert names(BEFORE, "quản lý đô thị") == {"Phòng Quản lý đô thị"}


def test_a_renamed_unit_is_called_on_each_day_as_it_was_called_then() -> None:
    decided(plan("rename", "SXD", name="Sở Xây dựng và Đô thị"))
    assert "Sở Xây dựng" in names(BEFORE)
    assert "Sở Xây dựng và Đô thị" in names(AFTER)
    assert names(AFTER, "so xay dung") == {"Sở Xây dựng và Đô thị"}


def test_the_history_says_from_whom_and_to_whom_with_how_many_duties() -> None:
    make.issued(organising.COMMUNES[0])
    decided(merged("X2"))
    chairman = make.who("chutich", DAY)
    gave = organisation.unit_page(chairman, make.unit("X1").public_id, AFTER)
    got = organisation.unit_page(chairman, make.unit("X2").public_id, AFTER)
    assert [(line.what, line.other, line.duties) for line in gave.history] == [
        ("ended", "", 0), ("handed", "Ủy ban nhân dân phường Bến Ngự", 1), ("opened", "", 0)
    ]  # fmt: skip
    assert [(line.what, line.other, line.duties) for line in got.history] == [
        ("received", "Ủy ban nhân dân xã Khe Sim", 1), ("opened", "", 0)
    ]  # fmt: skip
    assert (gave.last_day, got.open_count, got.may_change) == (BEFORE, 1, False)


def test_who_filled_a_post_stands_in_the_history_of_the_unit() -> None:
    decided(plan("appoint", post="SXD.1", officer="pgdsxd", from_post="SXD.2"))
    page = organisation.unit_page(make.who("gdsnv", DAY), make.unit("SXD").public_id, AFTER)
    assert ("post", "Giám đốc Sở Xây dựng", "88/QĐ-UBND") in {
        (one.what, one.other, one.decision) for one in page.history
    }
    assert page.seats[0].officer_name == "Cao Viết Thịnh"


def test_the_list_of_changes_and_a_change_are_for_those_who_organise() -> None:
    change = drafted(merged("X2"))
    assert [row.subject for row in org_changes.changes(make.who("quantri")).rows] == ["Ủy ban nhân dân xã Khe Sim"]
    with make.refused(NotAllowed, "organise_not_allowed"):
        org_changes.changes(make.who("chutich"))
    with make.refused(NotAllowed, "organise_not_allowed"):
        workbooks.succession(actor=make.who("ctx1"), at=make.at(DAY), change=change)


def test_the_succession_list_is_handed_out_as_a_table_before_and_after() -> None:
    make.issued(organising.COMMUNES[0])
    change = drafted(merged("X2"))
    for done in ("", "Đã bàn giao"):
        book = workbooks.succession(actor=make.who("gdsnv", DAY), at=make.at(DAY), change=change)
        rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).active.values)  # type: ignore[union-attr]
        assert "88/QĐ-UBND" in str(rows[2][0])
        last = next(row for row in rows if row[0] in {1, "1"})
        assert (last[4], last[7] or "") == ("Ủy ban nhân dân phường Bến Ngự", done)
        if not done:
            org_services.decide(actor=make.who("gdsnv", DAY), at=make.at(DAY), change=change)
    assert OrgChange.objects.get().state == "applied"


def test_how_many_duties_a_unit_has_is_told_to_whoever_opens_its_list() -> None:
    make.issued(organising.COMMUNES[0])
    decided(merged("X2"))
    make.join("cvx2", "X2", "officer")

    def told(login: str, unit: str) -> tuple[int | None, int]:
        page = organisation.unit_page(make.who(login, DAY), make.unit(unit).public_id, AFTER)
        return page.open_count, sum(line.duties for line in page.history)

    assert told("ctx2", "X2") == (1, 1)
    assert told("ctx2", "X1") == (0, 1)  # who inherits reads what the old unit has done
    for login in ("cvx2", "gdstc", "quantri"):
        assert told(login, "X2") == (None, 0)
