"""What goes up or back is weighed against the registry of competence: one's own matter stays, or goes on record with a reason.

Basis: clauses 4.1.4 (decide what is within one's competence, do not submit it upward), 0.5 and 3.9 of the source documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from kycuong.core.errors import Invalid
from kycuong.core.folding import words

K = TypeVar("K")
BASIS: Final = "Khoản 0.5, 3.9, 4.1.4 của văn bản nguồn: việc trong thẩm quyền thì quyết định, không trình lên cấp trên"
#: Kinds of proposals by which a matter is put before the giver for decision.
UPWARD: Final = frozenset({"suggestion", "obstacle"})
#: Kinds in whose words a matter is looked for when none was named: an obstacle mentions many things it does not ask about.
LOOKED_FOR: Final = frozenset({"suggestion"})
#: A single word says too little about a matter.
FEWEST_WORDS: Final = 2
#: With so many words a phrase begins: hundreds of matters begin with the same two.
MOST_WORDS: Final = 4


def check(code: str, *, why: str, matter: str, basis: str, holder: str) -> None:
    """Stop what the registry says is the unit's own from going up or back, unless it says why. Raises: Invalid."""
    if not why.strip():
        raise Invalid(code, matter=matter, basis=basis, holder=holder)


def phrases(names: Iterable[str]) -> dict[str, str]:
    """Return names as they are looked for in a text, folded, each with the words that it begins with; one word says too little."""
    found = {phrase: phrase.split() for phrase in map(words, names)}
    return {phrase: " ".join(said[:MOST_WORDS]) for phrase, said in found.items() if len(said) >= FEWEST_WORDS}


def beginnings(text: str) -> set[str]:
    """Return every two to four words that follow each other in a text, folded: with some of them begins what it mentions."""
    said = words(text).split()
    return {
        " ".join(said[start : start + size])
        for size in range(FEWEST_WORDS, MOST_WORDS + 1)
        for start in range(len(said) - size + 1)
    }


def mentioned(text: str, known: Iterable[tuple[K, str]]) -> K | None:
    """Return the key of the longest of some phrases that stand in a text, of two as long the first; None when none does."""
    told = f" {words(text)} "
    standing = [(key, phrase) for key, phrase in known if f" {phrase} " in told]
    return max(standing, key=lambda one: len(one[1]))[0] if standing else None
