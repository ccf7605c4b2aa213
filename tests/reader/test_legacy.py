"""Texts written before Unicode: every letter comes back, and no Unicode text is touched."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.reader import legacy, read_bytes
from kycuong.reader.fold import _VOWELS

SAMPLES = Path(__file__).parent / "samples"
SMALL = "".join(sorted(set(_VOWELS + "bcdđghklmnpqrstvx")))
TEXTS = sorted(SAMPLES.glob("*.txt"))


def shown(data: bytes) -> str:
    """Return bytes as Windows-1252 shows them, whole."""
    return "".join(legacy._sloppy(code) if code > 127 else chr(code) for code in data)


@pytest.mark.parametrize("letter", SMALL)
def test_every_letter_goes_there_and_back(letter: str) -> None:
    assert legacy.of_tcvn3(shown(legacy.encode(letter, "tcvn3"))) == letter
    assert legacy.of_vni(shown(legacy.encode(letter, "vni"))) == letter
    capital = letter.upper()
    assert legacy.of_vni(shown(legacy.encode(capital, "vni"))) == capital
    assert legacy.of_font(shown(legacy.encode(capital, "tcvn3")), ".VnTimeH") == capital
    words = f"TỔ CHỨC VÀ {capital}"  # only the full standard has such capitals, so it is the full standard
    assert legacy.of_tcvn3(shown(legacy.encode(words, "tcvn"))) == words


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
@pytest.mark.parametrize("form", ["tcvn3", "vni"])
def test_a_paper_in_an_old_encoding_reads_as_the_paper(path: Path, form: str) -> None:
    text = path.read_text("utf-8").replace("Ủy", "Uỷ")
    want = read_bytes(text.encode(), "a.txt")
    for data in (legacy.encode(text, form), shown(legacy.encode(text, form)).encode()):
        got = read_bytes(data, "a.txt")
        assert got.code == want.code
        assert [(o.path, o.deadline.date, len(o.assignees)) for o in got.orders] == [
            (o.path, o.deadline.date, len(o.assignees)) for o in want.orders
        ]


def test_other_disguises_of_unicode() -> None:
    text = (SAMPLES / "cong_dien.txt").read_text("utf-8")
    assert read_bytes(shown(text.encode()).encode(), "a.txt").text == text
    assert read_bytes(text.encode("utf-16-le"), "a.txt").text == text
    assert read_bytes(text.encode("utf-16-be"), "a.txt").text == text


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_unicode_papers_stay_as_they_are(path: Path) -> None:
    text = path.read_text("utf-8")
    assert legacy.mended(text) == text


@given(st.text(alphabet=SMALL + SMALL.upper() + " .,;\n", max_size=400))
def test_lines_with_a_letter_of_unicode_are_never_touched(text: str) -> None:
    after = legacy.mended(text).split("\n")
    assert [line for line in text.split("\n") if legacy.is_unicode(line)] == [
        now for line, now in zip(text.split("\n"), after, strict=True) if legacy.is_unicode(line)
    ]


@pytest.mark.parametrize(
    "text",
    ["Café déjà vu, naïve façade, cœur à cœur.", "Straße für Öl, Grüße aus Köln", "Xin giao vài cá to, và bà ba."],
)
def test_other_languages_stay_as_they_are(text: str) -> None:
    assert legacy.mended(text) == text


def test_word_runs_are_read_by_their_fonts() -> None:
    paper = docx.Document()
    for text, font in (("Chỉ thị", ".VnTimeH"), ("Giao Sở Y tế báo cáo trước ngày 30/6/2026.", ".VnTime"),
                       ("Giao Sở Nội vụ tổng hợp.", "VNI-Times")):  # fmt: skip
        form = "vni" if font.startswith("VNI") else "tcvn3"
        paper.add_paragraph().add_run(
            shown(legacy.encode(text.lower() if font.endswith("H") else text, form))
        ).font.name = font
    paper.add_paragraph("Phần này gõ bằng Unicode, giữ nguyên.")
    stream = io.BytesIO()
    paper.save(stream)
    reading = read_bytes(stream.getvalue(), "a.docx")
    assert reading.text.strip().split("\n") == [
        "CHỈ THỊ", "Giao Sở Y tế báo cáo trước ngày 30/6/2026.", "Giao Sở Nội vụ tổng hợp.", "Phần này gõ bằng Unicode, giữ nguyên.",
    ]  # fmt: skip


def test_a_lost_letter_is_put_back() -> None:
    assert legacy.of_tcvn3(shown(legacy.encode("trưởng", "tcvn3")).replace("\xad", "-")) == "trưởng"
    assert legacy.with_u("Bộ trởng đợc giao, nhng ngời dân cha biết") == "Bộ trưởng được giao, nhưng người dân cha biết"
