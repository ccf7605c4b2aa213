"""What was meant when nothing is found: the nearest words of the newest documents that the person sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache

from rapidfuzz import fuzz, process

from kycuong.core.abbreviations import ABBREVIATIONS
from kycuong.core.search import TYPED_LIMIT, plain, tokens
from kycuong.models import Document, Unit

DOCUMENTS_READ = 100
LIKE = 65  # similarity, of 100, from which a word may be the one meant

_WORD = re.compile(r"[^\W_]+")


def guess(documents: Collection[int], text: str, finds: Callable[[str], bool]) -> str:
    """Return the text with its unknown words changed to the nearest in these documents, when that finds something; else ""."""
    typed = unicodedata.normalize("NFC", text[:TYPED_LIMIT])
    known = _vocabulary(documents)
    changed = _WORD.sub(lambda found: _nearest(found[0], known), typed)
    return changed if changed != typed and finds(changed) else ""


def _vocabulary(documents: Collection[int]) -> dict[str, str]:
    """Return words as they are spelt by their plain form, from what the person may read anyway."""
    named = Document.objects.filter(pk__in=documents).order_by("-pk").values_list("subject", "signer")
    return _spelt(" ".join(" ".join(row) for row in named)) | _names(Unit.objects.count())


@lru_cache(maxsize=2)
def _names(count: int) -> dict[str, str]:
    """Return the words of units' names and of the abbreviations; read again when there are more units."""
    names = Unit.objects.order_by("pk").values_list("name", flat=True)
    return _spelt(" ".join([*names, *(full for _, full in ABBREVIATIONS)]))


def _spelt(text: str) -> dict[str, str]:
    return {plain(word): word.lower() for word in set(_WORD.findall(unicodedata.normalize("NFC", text)))}


def _nearest(word: str, known: dict[str, str]) -> str:
    folded = "".join(tokens(word))
    if len(folded) < 2 or folded in known or folded.isdigit():
        return word
    best = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
    return known[best[0]] if best else word
