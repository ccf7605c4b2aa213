"""Samples are of our own writing: no passage of a real document stands in the project."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from house.project import relative, texts

LENGTH = 90


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


@pytest.mark.real
def test_no_passage_of_a_real_document_is_copied(shared: Path) -> None:
    passages = set()
    for path in [*shared.glob("seeds/*.txt"), *shared.glob("reading/texts/*.txt")]:
        text = flat(path.read_text("utf-8", "replace"))
        passages |= {text[at : at + LENGTH] for at in range(0, max(0, len(text) - LENGTH), LENGTH // 2)}
    assert passages
    copied = []
    for path, raw in texts():
        text = flat(raw) if path.name != "requirements.lock" else ""
        if any(text[at : at + LENGTH] in passages for at in range(max(0, len(text) - LENGTH))):
            copied.append(relative(path))
    assert not copied, "\n".join(copied)
