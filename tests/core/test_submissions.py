"""Which matter of the registry some words mention: the longest name that stands in them, each name folded once."""

from __future__ import annotations

import pytest

from kycuong.core import submissions
from kycuong.core.submissions import mentioned

MATTERS = (
    ("permit", ("Giấy phép xây dựng",)),
    ("house", ("giấy phép xây dựng nhà ở", "nhà ở")),
    ("word", ("thuế",)),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rà soát việc cấp GIẤY PHÉP XÂY DỰNG.", "permit"),
        ("Cấp giấy phép xây dựng nhà ở trong tháng 11", "house"),
        ("Phát triển nhà ở, thu đủ thuế", "house"),
        ("Thu đủ thuế", ""),  # one word says too little
        ("Giấy phép xây", ""),
        ("", ""),
    ],
)
def test_the_longest_name_that_stands_in_the_words_is_meant(text: str, found: str) -> None:
    assert mentioned(text, MATTERS) == found


def test_a_name_is_folded_once_however_many_texts_are_compared_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []
    fold = submissions.words
    monkeypatch.setattr(submissions, "words", lambda text: folded.append(text) or fold(text))
    for number in range(5):
        mentioned(f"Rà soát lần {number}", [("once", ("tên chỉ có trong phép thử này",))])
    assert folded.count("tên chỉ có trong phép thử này") == 1
