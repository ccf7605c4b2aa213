"""What goes up or back is weighed against the registry of competence: one's own matter stays, or goes on record with a reason.

Basis: clauses 4.1.4 (decide what is within one's competence, do not submit it upward), 0.5 and 3.9 of the source documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.folding import words

BASIS: Final = "Khoản 0.5, 3.9, 4.1.4 của văn bản nguồn: việc trong thẩm quyền thì quyết định, không trình lên cấp trên"
#: Kinds of proposals by which a matter is put before the giver for decision.
UPWARD: Final = frozenset({"suggestion", "obstacle"})
#: Kinds in whose words a matter is looked for when none was named: an obstacle mentions many things it does not ask about.
LOOKED_FOR: Final = frozenset({"suggestion"})
#: A single word says too little about a matter.
FEWEST_WORDS: Final = 2


def check(code: str, *, why: str, matter: str, basis: str, holder: str) -> None:
    """Stop what the registry says is the unit's own from going up or back, unless it says why. Raises: Invalid."""
    if not why.strip():
        raise Invalid(code, matter=matter, basis=basis, holder=holder)


def mentioned(text: str, names: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return the key of the matter whose longest phrase of at least two words stands in a text, "" when none does."""
    told, best = f" {words(text)} ", ("", "")
    for key, phrases in names:
        for phrase in map(_phrase, phrases):
            if len(phrase) > len(best[1]) and phrase in told:
                best = key, phrase
    return best[0]


@lru_cache(maxsize=32_768)  # the matters of a province are some thousands, and every order is compared with all of them
def _phrase(name: str) -> str:
    """Return a name as it is looked for among words, "" when it says too little."""
    found = words(name)
    return f" {found} " if len(found.split()) >= FEWEST_WORDS else ""
