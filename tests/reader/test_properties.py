"""What holds of every reading, whatever the text."""

from __future__ import annotations

import contextlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.reader import Reading, Secret, read_text
from kycuong.reader.fold import lower

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
NEW_TONES = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
OLD_TONES = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()
OLD = dict(zip(NEW_TONES, OLD_TONES, strict=True))
WORDS = st.sampled_from(
    [
        *"Giao Sở Nội vụ, chủ trì; phối hợp với UBND các xã, phường trước ngày 25 hằng tháng 1. a) - + I. đ)".split(),
        *"Điều 2. 50% Nơi nhận: TM. KT. CHỦ TỊCH quý II/2026 30/02/2026 | Kính gửi: yêu cầu: báo cáo (qua hằng năm".split(),
        *"Các Bộ: Quốc phòng, Công an Nhiệm vụ: Cơ quan chủ trì: Thời gian: STT phối hợp và ./.".split(),
        *["\t", "\n", "\n\n", "\n- ", "\n1. ", "\na) "],
    ]
)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def check(reading: Reading) -> None:
    text = reading.text
    assert text == unicodedata.normalize("NFC", text)
    for one in reading.orders:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        for part in (*one.assignees, *one.coordinating):
            assert 0 <= part.start < part.end <= len(text)
            assert squeezed(text[part.start : part.end]).replace(" ", "")[:4] == part.name.replace(" ", "")[:4]
        for goal in one.targets:
            assert 0 <= goal.start < goal.end <= len(text)
        if one.deadline.kind != "none":
            assert 0 <= one.deadline.start < one.deadline.end <= len(text)
    last = 0
    for sentence in reading.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        between = "".join(text[last : sentence.start].split()).replace("|", "").strip("\x1c\x1d\x1e\x1f\ufeff\u200b")
        assert not between
        last = sentence.end


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_hold(path: Path) -> None:
    check(read_text(path.read_text("utf-8")))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_tone_placement_changes_nothing(path: Path) -> None:
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    swapped = text
    for new, old in OLD.items():
        for a, b in ((new, old), (new.capitalize(), old.capitalize()), (new.upper(), old.upper())):
            swapped = _at_syllable_end(swapped, a, b)
    one, two = read_text(text), read_text(swapped)
    assert [(o.path, o.start, o.end, o.kind, o.deadline.rrule, o.deadline.date) for o in one.orders] == [
        (o.path, o.start, o.end, o.kind, o.deadline.rrule, o.deadline.date) for o in two.orders
    ]
    assert [[(p.start, p.end) for p in o.assignees] for o in one.orders] == [
        [(p.start, p.end) for p in o.assignees] for o in two.orders
    ]
    assert (one.code, one.issued_on, one.doc_type) == (two.code, two.issued_on, two.doc_type)


def _at_syllable_end(text: str, new: str, old: str) -> str:
    pieces = text.split(new)
    joined = pieces[0]
    for piece in pieces[1:]:
        ends = not piece[:1].isalpha() and not joined.endswith(("q", "Q"))
        joined += (old if ends else new) + piece
    return joined


def test_decomposed_input_reads_the_same() -> None:
    text = SAMPLES[2].read_text("utf-8")
    assert read_text(unicodedata.normalize("NFD", text)).to_json() == read_text(text).to_json()
    assert read_text(text.replace("\n", "\r\n")).to_json() == read_text(text).to_json()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_read(text: str) -> None:
    with contextlib.suppress(Secret):
        check(read_text(text))


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=120))
def test_any_words_of_the_genre_are_read(words: list[str]) -> None:
    with contextlib.suppress(Secret):
        check(read_text(" ".join(words)))


@given(st.text(max_size=300))
def test_folding_moves_no_offset(text: str) -> None:
    assert len(lower(text)) == len(text)
