"""The sample papers are there, are those that the list names, and their labels point into their texts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from kycuong.demo import province
from kycuong.demo.papers import FOLDER, PAPERS, Paper

LABELS = sorted((Path(__file__).parent / "labels").glob("*.json"))
BY_FILE = {paper.file: paper for paper in PAPERS}


def _text(paper: Paper) -> str:
    """Return all the words of a paper in one line."""
    if paper.path.suffix == ".pdf":
        pages = PdfDocument(str(paper.path))
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    if paper.path.suffix != ".docx":
        return " ".join(paper.path.read_text("utf-8").split())
    document = Document(str(paper.path))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(parts).split())


def _label(path: Path) -> tuple[dict[str, Any], str]:
    label: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return label, (path.parent / "texts" / label["file"]).read_text("utf-8")


def test_the_list_names_every_paper_in_the_folder() -> None:
    suffixes = {".docx", ".pdf", ".html", ".txt"}
    assert {path.name for path in FOLDER.iterdir() if path.suffix in suffixes} == set(BY_FILE)
    assert len(PAPERS) == 15


def test_papers_arrive_in_order_within_the_year_and_before_the_day_of_the_tour() -> None:
    days = [paper.arrives_on for paper in PAPERS]
    assert days == sorted(days)
    assert date(2026, 1, 1) <= days[0]
    assert days[-1] <= date(2026, 11, 22)
    assert [day for day in days if day.weekday() > 4] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.file)
def test_a_paper_is_nfc_spells_uy_the_agreed_way_and_carries_secrecy_only_if_said(paper: Paper) -> None:
    text = _text(paper)
    assert unicodedata.is_normalized("NFC", text)
    assert "uỷ" not in text.lower()
    assert bool(re.search(r"\bMẬT\b", text)) is paper.secret


def test_the_directive_of_twelve_orders_holds_what_the_tour_shows() -> None:
    label, _ = _label(next(path for path in LABELS if path.stem == "chi-thi-12"))
    assert [task["path"] for task in label["tasks"]] == "1.a 1.b 1.c 1.d 1.đ 2.a 2.b 3 4 5 6 7".split()
    assert Counter(task["term"] for task in label["tasks"]) == {
        "dated": 6,
        "standing": 3,
        "periodic": 2,
        "prohibition": 1,
    }
    assert [task["path"] for task in label["tasks"] if task["deadline"]["kind"] == "relative"] == ["1.đ"]


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_labels_are_verbatim_in_order_and_as_many_as_the_list_says(path: Path) -> None:
    label, text = _label(path)
    assert BY_FILE[label["paper"]].orders == sum(not task.get("weak") for task in label["tasks"])
    starts = [task["start"] for task in label["tasks"]]
    assert starts == sorted(starts)
    flat = " ".join(text.split())
    for task in label["tasks"]:
        assert " ".join(text[task["start"] :].split()).startswith(task["first_words"])
        deadline = task["deadline"]
        quoted = [deadline["text"], task.get("product"), *task["targets"], *task["coordinating"], *task["assignees"]]
        assert [words for words in quoted if words and words not in flat] == []
        assert (deadline["kind"] == "absolute") is (deadline["date"] is not None)
        assert deadline["rrule"] is None or deadline["kind"] == "recurring"


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_the_labelled_text_is_the_text_of_the_paper(path: Path) -> None:
    label, _ = _label(path)
    text = _text(BY_FILE[label["paper"]])
    assert [task["path"] for task in label["tasks"] if task["first_words"] not in text] == []


def test_a_result_report_answers_a_paper_and_a_point_that_exist() -> None:
    points = {(label["code"], task["path"]) for label, _ in map(_label, LABELS) for task in label["tasks"]}
    sent = [paper.sends for paper in PAPERS if paper.sends]
    assert len(sent) == 3
    assert set(sent) <= points


def test_whoever_signed_a_labelled_paper_is_an_officer_of_the_province() -> None:
    names = {officer.full_name for officer in province.rows().officers}
    signers = {label["signer"] for label, _ in map(_label, LABELS) if label["signer"]}
    assert signers - names == set()
