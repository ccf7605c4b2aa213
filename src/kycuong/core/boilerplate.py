"""What makes two answers the same words: paragraphs compared without case, spaces, numbers, dates and the names of the question.

Basis: Phú Yên 2230/UBND-NC, item 2.2: a clear position, no general answer. A likeness is a sign to be looked into, no fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Final

#: A paragraph of fewer words is no boilerplate: headings, places, names of those who sign.
LEAST_WORDS: Final = 8
#: So many paragraphs of one answer are compared at the most.
MOST: Final = 40
_NUMBER = re.compile(r"\d+(?:[./,:-]\d+)*%?")
_DATE = re.compile(r"ngày\s*#\s*tháng\s*#\s*năm\s*#")
_MARKS = re.compile(r"[^\w#@]+")
#: What a letter says by its form and not of the matter: its cause in law, its first and last sentence as the draft has them.
_FORM: Final = (
    re.compile(r"^căn cứ "), re.compile(r"nhận được văn bản .*lấy ý kiến của @"), re.compile(r"^trên đây là ý kiến của @"),
    re.compile(r"^cộng hòa xã hội chủ nghĩa việt nam"), re.compile(r"^độc lập tự do hạnh phúc"),
    re.compile(r"^về việc "), re.compile(r"^v v "),
)  # fmt: skip


def plain(text: str, names: Collection[str] = ()) -> str:
    """Return a paragraph as it is compared: small letters with their marks, numbers and dates as #, names of the question as @."""
    found = unicodedata.normalize("NFC", text).casefold()
    for name in sorted({one.casefold().strip() for one in names if len(one.strip()) > 2}, key=len, reverse=True):
        found = found.replace(name, " @ ")
    found = _DATE.sub("#", _NUMBER.sub("#", " ".join(found.split())))
    return " ".join(_MARKS.sub(" ", found).split())


def prints(paragraphs: Iterable[str], *, names: Collection[str] = (), asked: Collection[str] = ()) -> list[str]:
    """Return the fingerprints of an answer's paragraphs, each once; `asked` are the points, which a letter may repeat.

    `names` are those of the question: who asks, who is asked, about what.
    """
    points = {plain(one, names) for one in asked}
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        said = plain(paragraph, names)
        if len(said.split()) < LEAST_WORDS or said in points or any(form.search(said) for form in _FORM):
            continue
        found[sha256(said.encode()).hexdigest()[:32]] = None
    return list(found)[:MOST]
