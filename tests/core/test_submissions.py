"""Which matter of the registry some words mention: the longest name that stands in them."""

from __future__ import annotations

import pytest

from kycuong.core import submissions

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
    known = [(key, phrase) for key, names in MATTERS for phrase in submissions.phrases(names)]
    assert (submissions.mentioned(text, known) or "") == found


@pytest.mark.parametrize("text", ["Cấp giấy  phép xây dựng, NHÀ Ở.", "thuế", ""])
def test_what_a_text_mentions_begins_with_words_that_stand_in_it(text: str) -> None:
    begun = submissions.beginnings(text)
    for names in (names for _, names in MATTERS):
        for phrase, beginning in submissions.phrases(names).items():
            stands = submissions.mentioned(text, [("it", phrase)]) is not None
            assert beginning in begun or not stands


def test_of_two_names_as_long_the_first_is_meant() -> None:
    assert submissions.mentioned("nhà ở", [("first", "nha o"), ("second", "nha o")]) == "first"
