"""The registry of competence from a table: looked at first, all or nothing, the same file twice changes nothing."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import AuditEntry, Competence, ImportRun, Matter
from kycuong.queries import imports as queries
from kycuong.reader.sheets import read_book
from kycuong.services import imports, workbooks

WHEN = "2026-11-03 09:00"
MATTERS = ("Mã vấn đề", "Tên vấn đề", "Từ khóa")
HEADS = (
    "Mã dòng", "Vấn đề", "Nơi có thẩm quyền", "Cấp", "Địa bàn", "Trên (đồng)", "Đến (đồng)", "Loại", "Giao lại từ dòng",
    "Được giao tiếp", "Căn cứ pháp lý", "Hiệu lực từ ngày", "Hết hiệu lực từ ngày",
)  # fmt: skip
TREE = [("DT", "Đầu tư công", ""), ("DT.01", "Phê duyệt chủ trương", "chủ trương đầu tư; dự án nhóm C")]


def line(code: str, holder: str, **more: str) -> tuple[str, ...]:
    """Return a line of the table; what is not said is as for the province's chairman."""
    said = {"matter": "DT.01", "basis": "QĐ 5/2026/QĐ-UBND", "since": "01/01/2026"} | more
    return (
        code, said["matter"], holder, said.get("level", ""), said.get("place", ""), said.get("above", ""),
        said.get("ceiling", ""), said.get("kind", ""), said.get("source", ""), said.get("pass_on", ""), said["basis"],
        said["since"], said.get("until", ""),
    )  # fmt: skip


CHAIR = line("TQ-1", "T.1", above="15 tỷ", pass_on="có")
COMMUNES = line("TQ-2", "Chủ tịch UBND cấp xã", ceiling="15 tỷ")
PASSED = line("TQ-3", "SXD.1", above="15 tỷ", ceiling="20 tỷ", kind="Ủy quyền", source="TQ-1", basis="QĐ 9/QĐ-UBND")
GOOD = [CHAIR, COMMUNES, PASSED]


def book(lines: list[tuple[Any, ...]], tree: list[tuple[str, ...]] = TREE) -> bytes:
    made = openpyxl.Workbook()
    first = made.active
    first.title = "Vấn đề"
    for row in [MATTERS, *tree]:
        first.append(row)
    second = made.create_sheet("Thẩm quyền")
    for row in [HEADS, *lines]:
        second.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def check(data: bytes, login: str = "gdsnv") -> UUID:
    file = imports.Check("tham-quyen.xlsx", data, "competence")
    return imports.check(actor=make.who(login, WHEN), at=make.at(WHEN), file=file)


def apply(run: UUID, login: str = "gdsnv", **more: Any) -> dict[str, int]:
    given = {"reason": "QĐ 9/QĐ-UBND"} | more
    return imports.apply(actor=make.who(login, WHEN), at=make.at(WHEN), run=run, **given)


def told(lines: list[tuple[Any, ...]], tree: list[tuple[str, ...]] = TREE) -> list[tuple[int, str]]:
    made = queries.plan_registry(read_book(book(lines, tree), "tham-quyen.xlsx"))
    return [(row.number, fact.code) for row in made.rows for _, fact in row.problems]


def states(lines: list[tuple[Any, ...]]) -> list[str]:
    made = queries.plan_registry(read_book(book(lines), "tham-quyen.xlsx"))
    return [row.state for row in made.lines]


def test_a_registry_comes_as_one_act_and_again_changes_nothing() -> None:
    run = check(book(GOOD))
    assert not Competence.objects.exists()
    assert apply(run) == {"new": 5, "changed": 0, "ended": 0, "unchanged": 0, "error": 0}
    passed = Competence.objects.get(code="TQ-3")
    assert passed.source == Competence.objects.get(code="TQ-1")
    assert (passed.above_vnd, passed.ceiling_vnd, passed.level) == (15 * 10**9, 20 * 10**9, "province")
    assert Matter.objects.get(code="DT.01").parent == Matter.objects.get(code="DT")
    entry = AuditEntry.objects.get(act="import_competence")
    assert (entry.data["new"], entry.actor.login) == (5, "gdsnv")  # type: ignore[union-attr]
    before = list(Competence.objects.order_by("pk").values())
    assert apply(check(book(GOOD)))["unchanged"] == 5
    assert list(Competence.objects.order_by("pk").values()) == before


def test_what_is_exported_and_taken_in_again_changes_nothing() -> None:
    apply(check(book([*GOOD, line("TQ-4", "Bộ Ví dụ", level="Trung ương", matter="DT")])))
    exported = workbooks.registry(actor=make.who("gdsnv", WHEN), at=make.at(WHEN))
    counts = apply(check(exported.data))
    assert counts == {"new": 0, "changed": 0, "ended": 0, "unchanged": 6, "error": 0}


def test_a_new_content_ends_the_one_before_it_and_an_end_is_written_once() -> None:
    apply(check(book(GOOD)))
    wider = line("TQ-2", "Chủ tịch UBND cấp xã", ceiling="15 tỷ", basis="QĐ 7/2026/QĐ-UBND", since="01/12/2026")
    ended = (*PASSED[:-1], "31/12/2026")
    assert states([wider, ended, CHAIR]) == ["changed", "ended", "unchanged"]
    apply(check(book([wider, ended])))
    old, new = Competence.objects.filter(code="TQ-2").order_by("valid_from")
    assert (old.valid_until, old.end_basis) == (new.valid_from, "QĐ 7/2026/QĐ-UBND")
    assert new.valid_until is None
    assert f"{Competence.objects.get(code='TQ-3').valid_until:%d/%m/%Y}" == "31/12/2026"
    assert states([wider, ended]) == ["unchanged", "unchanged"]
    assert told([(*PASSED[:-1], "31/12/2027")]) == [(2, "competence_end_later")]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([CHAIR, line("TQ-9", "SXD.1")], "competence_overlap"),
        ([CHAIR, line("TQ-8", "SXD.1", kind="Phân cấp", source="TQ-9"),
          line("TQ-9", "STC.1", kind="Phân cấp", source="TQ-8")], "competence_circle"),
        ([COMMUNES, line("TQ-9", "X1.1", kind="Ủy quyền", source="TQ-2", ceiling="1 tỷ")], "competence_not_passed_on"),
        ([CHAIR, line("TQ-9", "SXD.1", kind="Ủy quyền", source="TQ-1")], "competence_beyond_floor"),
        ([CHAIR, line("TQ-9", "SXD.1", kind="Ủy quyền", source="TQ-7", above="15 tỷ")], "competence_source_unknown"),
        ([CHAIR, line("TQ-9", "SXD.1", kind="Ủy quyền", above="15 tỷ")], "competence_source_missing"),
        ([CHAIR, CHAIR], "row_double"),
        ([line("TQ-9", "Sở Không Có")], "reference_unknown"),
        ([line("TQ-9", "T.1", matter="Việc lạ")], "matter_unknown"),
        ([line("TQ-9", "T.1", ceiling="nhiều tiền")], "amount_unknown"),
        ([line("TQ-9", "T.1", place="Sở Xây dựng")], "competence_territory_wrong"),
        ([line("TQ-9", "T.1", until="01/01/2020")], "competence_days_wrong"),
        ([line("TQ-9", "T.1", basis="")], "cell_missing"),
        ([line("TQ-9", '=HYPERLINK("http://x")')], "cell_formula"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_reason_and_nothing_is_taken(lines: list[tuple[str, ...]], code: str) -> None:
    assert code in {said for _, said in told(lines)}
    run = check(book(lines))
    with make.refused(Invalid, "competence_all_or_nothing"):
        apply(run, good_only=True)


def test_another_content_on_the_same_day_and_what_hangs_on_an_ended_row_are_refused() -> None:
    apply(check(book(GOOD)))
    assert told([line("TQ-2", "Chủ tịch UBND cấp xã", ceiling="10 tỷ")]) == [(2, "competence_changed_same_day")]
    assert told([(*CHAIR[:-1], "01/12/2026")]) == [(2, "competence_beyond_validity")]
    assert told([(*CHAIR[:-1], "01/12/2026"), (*PASSED[:-1], "01/12/2026")]) == []


def test_who_may_not_keep_the_registry_takes_nothing_in_and_a_stale_look_is_not_applied() -> None:
    with make.refused(NotAllowed, "competence_not_allowed"):
        check(book(GOOD), login="gdsxd")
    first, second = check(book(GOOD)), check(book(GOOD[:1]), login="quantri")
    apply(first)
    with make.refused(Conflict, "import_stale"):
        apply(second, login="quantri")
    assert ImportRun.objects.get(public_id=second).state == "checked"
