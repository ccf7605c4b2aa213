"""What reviewers corrected becomes labelled examples that the scorer takes, and counts of where the reader errs."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests import make

from kycuong.cli.corrections import main
from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import AuditEntry, Document, DocumentText
from kycuong.queries import corrections as queries
from kycuong.services import corrections, directives

NOW = make.at("2026-11-02 09:00")
ORPHAN = "Việc chậm giải ngân phải được khắc phục ngay trong quý IV."
CONTACT = "Thông tin thêm: điện thoại 0912 345 678, thư ha.nt@lamgiang.example."


def reviewed(code: str = "21/CT-UBND", *, corrected: bool = True) -> Document:
    """Return an issued paper: one lead, one date and one product corrected, one order dropped, one added."""
    more = "3. Sở Xây dựng công khai danh mục dự án trên trang thông tin điện tử."
    document = make.upload(make.paper(code, orders=f"{ORPHAN}\n{make.TWO_ORDERS}\n{more}\n{CONTACT}"))
    who = make.who("vanthu")
    if corrected:
        one, two, three = make.orders(document)
        start = DocumentText.objects.get(document=document).text.index(ORPHAN)
        end = start + len(ORPHAN)
        added = directives.add_order(actor=who, at=NOW, document=document.public_id, start=start, end=end)
        for order, unit, on in ((one.public_id, "X1", date(2026, 11, 23)), (added, "SNV", date(2026, 12, 31))):
            directives.correct_order(
                actor=who, at=NOW, order=order, leads=[f"unit:{make.unit(unit).pk}"],
                participants=[f"unit:{make.unit('STC').pk}"] if order == one.public_id else [], kind="dated",
                deadline_on=on, bound="before", product="Báo cáo",
            )  # fmt: skip
        directives.drop_order(actor=who, at=NOW, order=two.public_id, reason="Đã giao ở văn bản khác")
        directives.check_order(actor=who, at=NOW, order=three.public_id)
    directives.triage(actor=who, at=NOW, document=document.public_id, has_orders=True)
    directives.issue(actor=who, at=NOW, document=document.public_id)
    return document


def test_errors_are_counted_by_field_type_rule_and_version() -> None:
    document = reviewed()
    reviewed("22/CT-UBND", corrected=False)
    found = queries.report(make.who("theodoi"))
    assert (found.documents, found.corrected, found.total.orders) == (2, 1, 6)
    assert dict(found.total.errors) == {"lead": 1, "deadline": 1, "product": 1, "missed": 1, "invented": 1}
    assert found.by_type["Chỉ thị"].errors == found.total.errors
    assert sum(group.orders for group in found.by_rule.values()) == 6
    assert found.share_pct("lead") == 16.7
    (missed,) = queries.report(None, queries.Filter(field="missed")).examples
    assert (missed.document_id, missed.before, missed.after and missed.after["text"]) == (
        document.public_id,
        None,
        ORPHAN,
    )


def test_what_was_undone_is_no_error() -> None:
    document = make.upload()
    one = make.orders(document)[0]
    directives.drop_order(actor=make.who("vanthu"), at=NOW, order=one.public_id, reason="Nhầm")
    directives.undo(actor=make.who("vanthu"), at=NOW, document=document.public_id)
    directives.issue(actor=make.who("vanthu"), at=NOW, document=document.public_id)
    assert queries.report(None).total.wrong == 0


def test_splitting_and_merging_are_errors_of_the_span() -> None:
    document = make.upload()
    who = make.who("vanthu")
    one, two = make.orders(document)
    directives.merge_orders(actor=who, at=NOW, first=one.public_id, second=two.public_id)
    directives.issue(actor=who, at=NOW, document=document.public_id)
    assert set(queries.report(None).total.errors) == {"span"}


def test_the_report_is_for_who_reviews_or_audits() -> None:
    with pytest.raises(NotVisible):
        queries.report(make.who("gdsxd"))
    assert queries.report(make.who("kiemtoan")).documents == 0


def test_an_example_is_what_was_issued_and_names_nobody_to_call(tmp_path: Path) -> None:
    document = reviewed()
    done = corrections.export(tmp_path, at=NOW)
    assert (done.documents, done.orders, done.secret) == (1, 3, 0)
    (gold,) = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "gold").iterdir()]
    text = (tmp_path / "texts" / gold["file"]).read_text("utf-8")
    assert len(text) == len(DocumentText.objects.get(document=document).text)
    assert "0912" not in text
    assert "@" not in text
    assert [task["assignees"] for task in gold["tasks"]] == [
        ["Sở Nội vụ"], ["Ủy ban nhân dân xã Khe Sim"], ["Sở Xây dựng"]
    ]  # fmt: skip
    assert all(" ".join(text[task["start"] :].split()).startswith(task["first_words"]) for task in gold["tasks"])
    assert gold["tasks"][1]["deadline"]["date"] == "2026-11-23"
    assert AuditEntry.objects.get(act="export_corrections").data == {"documents": 1, "orders": 3}


def test_a_paper_with_a_mark_of_secrecy_never_leaves(tmp_path: Path) -> None:
    document = reviewed()
    row = DocumentText.objects.get(document=document)
    row.text = "MẬT\n" + row.text
    row.save()
    assert corrections.export(tmp_path, at=NOW).secret == 1
    assert not list((tmp_path / "texts").iterdir())


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    reviewed()
    before = AuditEntry.objects.count()
    with pytest.raises(Invalid, match="Không ghi được vào thư mục"):
        corrections.export(tmp_path / "file", at=NOW)
    assert AuditEntry.objects.count() == before


def test_the_verbs_say_the_same_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed()
    assert main(["report", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {name: row["count"] for name, row in told["fields"].items() if row["count"]} == dict(
        queries.report(None).total.errors
    )
    assert main(["export", "--to", str(tmp_path / "out"), "--changed", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 1


@pytest.mark.real
def test_the_scorer_takes_the_examples(tmp_path: Path, shared: Path) -> None:
    """A document that nobody had to correct is read again exactly as its label says."""
    reviewed("22/CT-UBND", corrected=False)
    corrections.export(tmp_path, at=NOW)
    command = [sys.executable, str(shared / "reading" / "score.py"), str(tmp_path / "gold"), str(tmp_path / "texts")]
    done = subprocess.run(
        [*command, "--each", "0.99", "--", sys.executable, "-m", "kycuong", "read", "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "documents 1 " in done.stdout
