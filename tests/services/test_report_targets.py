"""Targets in reports: frozen with their proof, merged up the tree, printed; what is said later moves no frozen number."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from docx import Document as Word
from tests import make, reporting

from kycuong.models import Document, ReportEdition, Target
from kycuong.queries import reports as queries
from kycuong.services import reports, targets

ORDERS = (
    "1. Các sở, ban, ngành tỉnh và Ủy ban nhân dân các xã, phường giải quyết hồ sơ đúng hạn đạt ít nhất 95%, hoàn thành trước ngày "
    "20/11/2026.\n"
    "2. Các sở, ban, ngành tỉnh và Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng năm "
    "về Ủy ban nhân dân tỉnh qua Sở Nội vụ để tổng hợp."
)
DAY, LATER = "2026-11-24 09:00", "2026-11-26 09:00"


@pytest.fixture
def document() -> Document:
    return reporting.issued(orders=ORDERS)


def target(unit: str) -> Target:
    return Target.objects.get(duty__holder_unit__code=unit)


def say(unit: str, login: str, value: str, when: str = "2026-11-20 09:00", corrects: UUID | None = None) -> UUID:
    return targets.record(
        actor=make.who(login, when), at=make.at(when), target=target(unit).public_id, value=value,
        source="Cổng dịch vụ công", corrects=corrects,
    )  # fmt: skip


def send(document: Document, unit: str, login: str, when: str = DAY) -> ReportEdition:
    reports.send(actor=make.who(login, when), at=make.at(when), place=reporting.place(document, unit))
    return ReportEdition.objects.get(report__unit__code=unit, sent_at__isnull=False)


def numbers(edition: ReportEdition) -> list[int]:
    return [edition.figures.get(code=f"CT-0{n}").n for n in (1, 2, 3, 4)]


def sentences(edition: ReportEdition) -> list[str]:
    return [block["text"] for block in edition.content["blocks"] if block["kind"] == "fact"]


def test_a_report_tells_plan_number_gap_and_source_and_opens_to_rows(document: Document) -> None:
    say("SXD", "gdsxd", "92,5")
    edition = send(document, "SXD", "gdsxd")
    assert numbers(edition) == [1, 0, 1, 0]
    (said,) = [text for text in sentences(edition) if text.startswith("Chỉ tiêu “")]
    assert said.endswith(
        "kế hoạch ≥ 95%; thực hiện 92,5% (tính đến 20/11/2026; nguồn: Cổng dịch vụ công); còn thiếu 2,5%."
    )
    (row,) = queries.behind(make.who("gdsxd"), edition, "CT-03").rows
    assert (row.visible, [(one.actual, one.gap, one.key) for one in row.targets]) == (
        True, [("92,5", "2,5", str(target("SXD").public_id))],
    )  # fmt: skip
    found = queries.check(edition)
    assert (found.same, found.kept) == (True, True)
    place = reporting.place(document, "SXD")
    paper = reports.print_out(actor=make.who("gdsxd"), at=make.at(LATER), place=place)
    cells = [cell.text for table in Word(BytesIO(paper.data)).tables for row in table.rows for cell in row.cells]
    assert {"≥ 95%", "92,5%", "2,5%", "CT-03"} <= set(cells)


def test_what_is_said_later_leaves_the_report_and_is_named_in_the_difference(document: Document) -> None:
    wrong = say("SXD", "gdsxd", "92")
    edition = send(document, "SXD", "gdsxd")
    say("SXD", "gdsxd", "96", LATER, corrects=wrong)
    targets.correct(
        actor=make.who("theodoi", LATER), at=make.at(LATER), target=target("SXD").public_id, note="Kế hoạch ghi nhầm",
        name="Giải quyết hồ sơ đúng hạn", plan="98", measure="%", direction="at_least",
    )  # fmt: skip
    assert queries.check(edition).same  # run again at its own mark: plan and number as they were
    (move,) = queries.today(make.who("gdsxd"), edition, make.at(LATER)).moves
    assert [(was, now) for _, was, now in move.targets] == [("92 %", "96 %")]
    assert [(why.label, why.corrects) for why in move.why] == [
        ("Đính chính số thực hiện", True),
        ("Sửa chỉ tiêu", True),
    ]
    targets.drop(actor=make.who("theodoi", LATER), at=make.at(LATER), target=target("SXD").public_id, note="Bỏ")
    assert queries.check(edition).same


def test_targets_are_merged_up_the_tree_and_who_falls_short_is_named(document: Document) -> None:
    say("SXD", "gdsxd", "97")
    say("X1", "ctx1", "90")
    send(document, "SXD", "gdsxd")
    say("SXD", "gdsxd", "80", LATER)  # after sending: the synthesis tells what was sent
    place = reporting.place(document, "SNV")
    key = reports.merge(actor=make.who("gdsnv", LATER), at=make.at(LATER), place=place)
    edition = ReportEdition.objects.get(public_id=key)
    everyone, reached, short, none = numbers(edition)
    assert (everyone, reached, short, none) == (Target.objects.count(), 1, 1, everyone - 2)
    tables = {block["name"]: block["rows"] for block in edition.content["blocks"] if block["kind"] == "table"}
    (line,) = tables["chi-tieu-chung"]
    assert line[1:] == ["≥ 95%", str(everyone), "1", "1", str(none), "90% – 97%"]
    listed = {row[1]: row[4] for row in tables["chi-tieu"]}
    assert len(listed) == short + none
    assert (listed["Ủy ban nhân dân xã Khe Sim"], "Sở Xây dựng" in listed) == ("90%", False)
    assert queries.check(edition).same


def test_an_edition_from_before_targets_were_told_stays_as_it_was(document: Document) -> None:
    say("SXD", "gdsxd", "97")
    edition = send(document, "SXD", "gdsxd")
    old = {name: value for name, value in edition.filters.items() if name not in {"actual", "change"}}
    ReportEdition.objects.filter(pk=edition.pk).update(filters=old)
    edition.refresh_from_db()
    assert not any(line.targets for line in queries.verifying.again(edition))


def test_a_document_without_targets_prints_none() -> None:
    document = reporting.issued()
    edition = send(document, "SXD", "gdsxd")
    (table,) = [block for block in edition.content["blocks"] if block.get("name") == "so-lieu"]
    assert not [code for code in table["figures"] if code.startswith("CT")]
    assert not [text for text in sentences(edition) if "chỉ tiêu" in text.lower()]
