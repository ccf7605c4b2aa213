"""Read the closing: signing mark, who signs."""

from __future__ import annotations

import re

from kycuong.reader.fold import CAPITALS, bare, lower
from kycuong.reader.layout import OFFICE, SIGN_MARK, Layout, is_upper, looks_like_name, strip_rank
from kycuong.reader.lines import Page, Passage
from kycuong.reader.shapes import Finding

_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong doan lam trinh"
    " mai dao cao luong ha to luu chu tong ta bach "
    "vuong quach thai la ma nong trieu lo vi cam giang tang hua ton kieu van quan trang nghiem phung"
    " khuc lai diep au han lu than khong trac "
    "thach son kim danh chau ksor rcom rah siu y dieu ha bo nay ro loc sung giang thao vang ly hau mua lau ban phu cu trung bien ong uong "
    "hoang che dam nham ninh ba hau tieu lo quang luong mong hu".split()
)
_DATE_STAMP = re.compile(r"(?:ky boi|gio ky|thoi gian ky|ngay ky|nguoi ky|email|co quan|\(?da ky\)?|da ky so|ky so)")


def read(page: Page, layout: Layout) -> dict[str, Finding]:
    """Return the signer and the signing mark of the first closing that has them."""
    found: dict[str, Finding] = {}
    for tail in layout.tails:
        passages = [page.passages[i] for i in tail if i not in layout.noise]
        _closing(passages[:80], found)
        if "signer" in found:
            break
    return found


def _closing(passages: list[Passage], found: dict[str, Finding]) -> None:
    titled = -1
    for i, passage in enumerate(passages):
        text = passage.bare
        column = _right_column(passage)
        if (
            SIGN_MARK.match(text)
            or (SIGN_MARK.search(text) and is_upper(passage))
            or _is_office(passage)
            or (column and titled < 0)
        ):
            titled = i
            _mark(passage, found)
    if titled < 0 or _one_cell(passages[titled], found):
        return
    below = passages[titled + 1 : titled + 30]
    if any(_broken_name(below[k : k + 2], found) or _signer(p, found) for k, p in enumerate(below)):
        return
    for passage in passages[max(0, titled - 8) : titled]:
        if passage.low.split()[:1] and _surname(passage) and _signer(passage, found):
            return


def _broken_name(two: list[Passage], found: dict[str, Finding]) -> bool:
    """Take a name whose surname an export put on a line of its own."""
    if len(two) < 2 or " " in two[0].raw or not is_surname(two[0].raw) or not looks_like_name(two[1]):
        return False
    name = f"{two[0].raw} {two[1].raw}"
    found["signer"] = Finding("signer", name, two[0].start, two[1].end, "closing_name", 0.85)
    return True


_CELL = re.compile(rf"(?:[{CAPITALS}][{CAPITALS}.]+[ ,]+){{2,}}((?:[{CAPITALS}][^\W\d_{CAPITALS}]{{1,6}} ?){{2,5}})$")


def _one_cell(passage: Passage, found: dict[str, Finding]) -> bool:
    """Take the name at the end of a table cell that holds the whole signature: "KT. CHỦ TỊCH … Trần Văn An"."""
    match = _CELL.search(passage.raw) if 15 < len(passage.raw) < 300 else None
    if match is None or not is_surname(match.group(1).split()[0]):
        return False
    a, b = passage.span(match.start(1), match.start(1) + len(match.group(1).rstrip()))
    found["signer"] = Finding("signer", match.group(1).strip(), a, b, "closing_cell", 0.85)
    return True


def _is_office(passage: Passage) -> bool:
    text = passage.bare
    return (
        len(text) < 90
        and is_upper(passage)
        and bool(
            OFFICE.match(text)
            or re.search(
                r"\b(?:pho )?(?:chu tich|giam doc|bo truong|thu truong|cuc truong|chanh van phong|truong phong)$", text
            )
        )
    )


def _right_column(passage: Passage) -> bool:
    """Tell whether a line of the recipients' list holds the office in a second column."""
    return bool(
        re.search(rf"(?:^| )(?:[{CAPITALS}]{{2,8}} ?){{2,6}}$", passage.raw)
        and re.search(
            r"(?:chu tich|giam doc|bo truong|thu truong|truong phong|chu nhiem|thu tuong|chanh van phong|cuc truong)$",
            passage.bare,
        )
    )


def _mark(passage: Passage, found: dict[str, Finding]) -> None:
    match = re.search(rf"\b(?:TM|KT|TL|TUQ|Q)\. ?[{CAPITALS}][{CAPITALS} ,]{{2,60}}", passage.raw)
    if match and ("signing_mark" not in found or found["signing_mark"].value.startswith("TM")):
        a, b = passage.span(match.start(), match.end())
        found["signing_mark"] = Finding("signing_mark", match.group().strip(" ,"), a, b, "signing_mark", 0.95)


def is_surname(word: str) -> bool:
    """Tell whether a word is a surname of the country's peoples."""
    return bare(lower(word)) in _SURNAMES


def _surname(passage: Passage) -> bool:
    words = strip_rank(passage.raw).split()
    return bool(words) and is_surname(words[0])


def _signer(passage: Passage, found: dict[str, Finding]) -> bool:
    """Take a passage as the signer's name when it is one."""
    raw = passage.raw
    if _DATE_STAMP.match(passage.bare) or len(raw) > 120:
        return False
    name = strip_rank(raw)
    if not looks_like_name(passage):
        match = re.search(rf"(?:^|[.;)] )((?:[{CAPITALS}][^\W\d_]{{0,7}} ){{1,4}}[{CAPITALS}][^\W\d_]{{0,7}})$", raw)
        if not match or not raw.startswith(("-", "–")) or match.group(1).isupper():
            return False
        name = match.group(1)
    begin = raw.index(name)
    if not name or (is_upper(passage) and not _surname(passage)):
        return False
    a, b = passage.span(begin, begin + len(name))
    found["signer"] = Finding("signer", name, a, b, "closing_name", 0.95 if _surname(passage) else 0.7)
    return True
