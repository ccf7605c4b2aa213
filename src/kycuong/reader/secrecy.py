"""Refuse papers stamped MẬT, TỐI MẬT, TUYỆT MẬT: none may enter the system."""

from __future__ import annotations

import re

from kycuong.core.sentences import Sentence
from kycuong.reader.fold import bare, lower
from kycuong.reader.lines import Page
from kycuong.reader.shapes import Secret

_STAMP = re.compile(
    r"(?:^|\s{3,}|\t)\(?(?:Độ mật|ĐỘ MẬT|Mức độ mật|Dấu mật)?\s?:?\s?\(?(TUYỆT MẬT|TỐI MẬT|MẬT|Tuyệt mật|Tối mật)\)?\s*(?:$|\t|\s{3,})"
)
_LABEL = re.compile(r"(?:độ mật|mức độ mật|dấu độ mật)\s?:\s?(tuyệt mật|tối mật|mật)\b")
_NAME = re.compile(
    r"(?:^|[\s_.\-(\[])(TUYỆT MẬT|TỐI MẬT|MẬT|TUYET[ _-]?MAT|TOI[ _-]?MAT|(?:van|tai)[ _-]?(?:ban"
    r"|lieu)[ _-]mat|(?:văn bản|tài liệu) mật)(?:[\s_.\-)\]]|$)"
)


def check_name(name: str) -> None:
    """Raise Secret when a file's name says that the paper is secret."""
    match = _NAME.search(name)
    if match:
        raise Secret("secret", _sentence(match.group(1), name))


def check_page(page: Page, name: str = "") -> None:
    """Raise Secret when a stamp stands among the first or last lines of a document."""
    passages = page.passages
    ends = passages if len(passages) <= 120 else passages[:60] + passages[-60:]
    for passage in ends:
        if len(passage.raw) > 200:
            continue
        line = page.text[passage.start : passage.first_line_end]
        match = _STAMP.search(line) or _LABEL.search(passage.low)
        if match:
            raise Secret("secret", _sentence(match.group(1), name))


#: A stamp as recognition prints it: alone on its line or in its column, in capitals, frames and dirt around it.
_SCANNED = re.compile(
    r"(?:^|\s{3,})[^\w\n]{0,4}((?:TUY[EỆẸÊ]T|T[OỐÓÔƠ0][IÍÌ1L|])?\s?M[AẬÂẠẤẦ4]T)[^\w\n]{0,4}(?:$|\s{3,})"
)
#: What recognition leaves of a stamp stands within so many lines from the top of a page.
_HEAD_LINES = 20


def check_scan(text: str, name: str) -> None:
    """Raise Secret when a stamp stands near the head of a recognised page, read with errors or not."""
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        if len(line) > 120:
            continue
        if stamp := stamp_in(line):
            raise Secret("secret", _sentence(stamp, name))


def stamp_in(line: str) -> str | None:
    """Return the stamp of secrecy that stands in a recognised line or column, or None."""
    match = _SCANNED.search(line)
    return _stamp(match.group(1)) if match else None


def _stamp(seen: str) -> str:
    """Return the stamp that was meant."""
    plain = bare(lower(seen))
    return "TUYỆT MẬT" if plain.startswith("tuy") else "TỐI MẬT" if plain.startswith("t") else "MẬT"


def _sentence(stamp: str, name: str) -> str:
    where = Sentence("Tệp “{name}”", name=name) if name else "Văn bản"
    return Sentence(
        "{where} đóng dấu {stamp} nên không được đưa vào hệ thống; không lưu lại gì, hãy xử lý theo"
        " quy định về bảo vệ bí mật nhà nước.",
        where=where,
        stamp=stamp.upper(),
    )
