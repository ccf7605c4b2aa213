"""The language of search: words, phrases, numbers of documents, abbreviations; and where a text has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kycuong.core.abbreviations import ABBREVIATIONS, SPELLINGS

TYPED_LIMIT = 300
TERM_LIMIT = 12
TOKEN_LIMIT = 40
VARIANT_LIMIT = 8
PREFIX_LENGTH = 2

Phrase = tuple[str, ...]
#: A phrase of folded words, and the other phrases that mean the same.
Synonyms = Mapping[Phrase, tuple[Phrase, ...]]


_SPELT: Final = {word for pair in SPELLINGS for word in pair}


def _letters() -> dict[int, str]:
    """Return for every Latin letter its plain one, one for one, so that no offset moves."""
    plain: dict[int, str] = {}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code).casefold())[0]
        if base.isascii() and base.isalpha():
            plain[code] = base
    return plain | dict.fromkeys(map(ord, "đĐÐð"), "d")


_LETTERS: Final = _letters()
_TOKEN: Final = re.compile(r"[a-z0-9]+")
_QUOTES: Final = str.maketrans("“”„«»″", '""""""')
_PIECE: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
_CODE: Final = re.compile(r"(?:so\s*:?\s*)?(\d{1,6}[a-z]?)\s*[/ \-]\s*([a-z]{1,12}(?:[ \-/][a-z0-9]{1,14}){0,4})\s*")


def plain(text: str) -> str:
    """Return the composed text without diacritics and capitals, letter for letter: an offset in one is one in the other."""
    return text.translate(_LETTERS)


def tokens(text: str) -> list[str]:
    """Return the folded words of a text; numbers without leading zeros, so that 05/CT-UBND is 5/CT-UBND."""
    composed = plain(unicodedata.normalize("NFC", text))
    return [_token(word) for word in _TOKEN.findall(composed)]


def _token(word: str) -> str:
    return (word.lstrip("0") or "0")[:TOKEN_LIMIT] if word.isdigit() else word[:TOKEN_LIMIT]


@dataclass(frozen=True, slots=True)
class Term:
    """What must stand in a record: one of these phrases; prefix: the last word may be the beginning of one."""

    choices: tuple[Phrase, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: terms that must all match; code is the document's number when it looks like one; cut: too long."""

    terms: tuple[Term, ...]
    code: str
    cut: bool

    def typing(self) -> Query:
        """Return the same with the last word as the beginning of one, for whoever has not typed it to its end."""
        last = self.terms[-1]
        return replace(self, terms=(*self.terms[:-1], replace(last, prefix=True)))

    @property
    def half_typed(self) -> bool:
        """Return whether the last word may be the beginning of one."""
        last = self.terms[-1].choices if self.terms else ()
        return len(last) == 1 and len(last[0][-1]) >= PREFIX_LENGTH  # what has another form is a whole word


def parse(typed: str, synonyms: Synonyms) -> Query:
    """Read what was typed; nothing that is typed is an error, what says nothing is left out."""
    text = typed[:TYPED_LIMIT].translate(_QUOTES)
    code = _code(text)
    if code and "/" in text:
        return Query((Term(_variants(tuple(code.split()), synonyms)),), code, cut=False)
    terms: list[Term] = []
    loose: list[str] = []
    for quoted, word in _PIECE.findall(text):
        found = tuple(tokens(quoted or word))
        if not quoted and len(found) == 1:
            loose += found
            continue
        terms += _loose(loose, synonyms)
        loose = []
        if found:
            terms.append(Term(_variants(found, synonyms)))
    terms += _loose(loose, synonyms)
    unique = tuple(dict.fromkeys(terms))
    return Query(unique[:TERM_LIMIT], code, len(typed) > TYPED_LIMIT or len(unique) > TERM_LIMIT)


def _code(text: str) -> str:
    """Return the words of a document's number and symbol, however they were typed; "" for anything else."""
    found = _CODE.fullmatch(plain(unicodedata.normalize("NFC", text)).strip())
    return " ".join(tokens(f"{found[1]} {found[2]}")) if found else ""


def _loose(words: Sequence[str], synonyms: Synonyms) -> list[Term]:
    """Return a term a word; words that together are a known phrase are one term with what means the same."""
    terms, start = [], 0
    while start < len(words):
        known = _longest(words, start, synonyms)
        if known:
            phrase = tuple(words[start : start + known])
            terms.append(Term((phrase, *synonyms[phrase][: VARIANT_LIMIT - 1])))
        else:
            terms.append(Term(((words[start],),)))
        start += known or 1
    return terms


def _longest(words: Sequence[str], start: int, synonyms: Synonyms) -> int:
    """Return how many words from here on are a known phrase, the longest one; 0 for none."""
    for length in range(min(8, len(words) - start), 0, -1):
        if tuple(words[start : start + length]) in synonyms:
            return length
    return 0


def _variants(phrase: Phrase, synonyms: Synonyms) -> tuple[Phrase, ...]:
    """Return the phrase and what it becomes when a known part of it is said the other way."""
    found = [phrase]
    start = 0
    while start < len(phrase):
        known = _longest(phrase, start, synonyms)
        if known and phrase[start] not in _SPELT:  # a phrase is looked for as it is spelt
            for other in synonyms[phrase[start : start + known]]:
                found.append((*phrase[:start], *other, *phrase[start + known :]))
        start += known or 1
    return tuple(dict.fromkeys(found))[:VARIANT_LIMIT]


def synonyms(pairs: Iterable[tuple[str, str]] = ()) -> dict[Phrase, tuple[Phrase, ...]]:
    """Return who stands for whom: the table's abbreviations and the given pairs of a short and a full form, both ways."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for short, full in (*SPELLINGS, *ABBREVIATIONS, *pairs):
        one, other = tuple(tokens(short)), tuple(tokens(full))
        if one and other and one != other:
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None
    return {phrase: tuple(others) for phrase, others in found.items()}


#: Runs of a text: the words of it, and whether they are what was asked for.
Runs = list[tuple[str, bool]]


def marked(text: str, query: Query, width: int | None = None) -> Runs:
    """Return the text in runs, the matching words apart; with a width the part of it that has the most of them."""
    text = unicodedata.normalize("NFC", text)
    spans = _spans(plain(text), query)
    start, end = (0, len(text)) if width is None else _window(text, spans, width)
    runs: Runs = [("…", False)] if start else []
    at = start
    for first, last in spans:
        if first >= at and last <= end:
            runs += [(text[at:first], False)] * (first > at) + [(text[first:last], True)]
            at = last
    runs += [(text[at:end], False)] * (end > at)
    return runs + [("…", False)] * (end < len(text))


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where the phrases of a query stand in a plain text, in order, none inside another."""
    patterns = [_pattern(phrase, prefix=term.prefix) for term in query.terms for phrase in term.choices]
    if not patterns:
        return []
    longest = sorted(set(patterns), key=len, reverse=True)
    return [found.span() for found in re.finditer("|".join(longest), text)]


def _pattern(phrase: Phrase, *, prefix: bool) -> str:
    words = [rf"0*{word}" if word.isdigit() else word for word in phrase]
    end = "[a-z0-9]*" if prefix else "(?![a-z0-9])"
    return r"(?<![a-z0-9])" + r"[^a-z0-9]+".join(words) + end


def _window(text: str, spans: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """Return a part of the text about so wide that holds the most matches, cut between words."""
    if len(text) <= width:
        return 0, len(text)
    starts = [first for first, _ in spans[:200]] or [0]
    best = max(starts, key=lambda here: (sum(here <= other < here + width * 3 // 4 for other in starts), -here))
    start = max(0, min(best - width // 4, len(text) - width))
    start = 0 if start == 0 else text.find(" ", start, best) + 1 or best
    end = start + width
    return start, len(text) if end >= len(text) else max(text.rfind(" ", best, end), _end(spans, best))


def _end(spans: list[tuple[int, int]], start: int) -> int:
    return next((last for first, last in spans if first == start), start)
