"""The language of search: what is read from what was typed, and where a text has it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.search import marked, parse, plain, synonyms, tokens

KNOWN = synonyms([("SNV", "Sở Nội vụ")])


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("kế hoạch", [[("ke",)], [("hoach",)]]),
        ('"kế hoạch"', [[("ke", "hoach")]]),
        ("“kế hoạch” năm", [[("ke", "hoach")], [("nam",)]]),
        ("TTHC", [[("tthc",), ("thu", "tuc", "hanh", "chinh")]]),
        ("thủ tục hành chính", [[("thu", "tuc", "hanh", "chinh"), ("tthc",)]]),
        ("snv", [[("snv",), ("so", "noi", "vu")]]),
        ("kỉ luật", [[("ki",), ("ky",)], [("luat",)]]),
        ("công công", [[("cong",)]]),
        ("đường", [[("duong",)]]),
        ("05", [[("5",)]]),
        ('""', []),
        ("!?", []),
    ],
)
def test_what_is_typed_is_read(typed: str, terms: list[object]) -> None:
    assert [list(term.choices) for term in parse(typed, KNOWN).terms] == terms


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12/CT-UBND", "12 ct ubnd"),
        ("12 ct ubnd", "12 ct ubnd"),
        ("số: 012/CT-UBND", "12 ct ubnd"),
        ("12-CT/UBND", "12 ct ubnd"),
        ("2087/QĐ-UBND", "2087 qd ubnd"),
        ("báo cáo 12", ""),
        ("CT-UBND", ""),
    ],
)
def test_numbers_of_documents_are_known_however_they_are_typed(typed: str, code: str) -> None:
    assert parse(typed, KNOWN).code == code


def test_what_is_too_long_is_cut_and_said() -> None:
    assert not parse("một hai", KNOWN).cut
    assert parse(" ".join(f"chu{n}" for n in range(40)), KNOWN).cut
    assert len(parse("x" * 10_000, KNOWN).terms) == 1


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_marking_moves_no_letter(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(plain(composed)) == len(composed)
    query = parse(text, KNOWN)
    runs = marked(composed, query)
    assert "".join(piece for piece, _ in runs) == composed
    assert all(word.isascii() for word in tokens(text))


@given(st.integers(0, 60), st.integers(10, 80))
def test_a_window_shows_the_words_and_not_much_more(before: int, width: int) -> None:
    runs = marked("chữ " * before + "kỷ luật " + "chữ " * 60, parse("ky luat", KNOWN), width)
    assert [text for text, lit in runs if lit] == ["kỷ", "luật"]
    assert len("".join(text for text, _ in runs)) <= width + 20
