"""Read the directive that an article reports: its number, day, issuer, whom it addresses."""

from __future__ import annotations

import datetime as dt
import re

from kycuong.reader.closing import is_surname
from kycuong.reader.fold import CAPITALS
from kycuong.reader.header import TYPE_WORDS, day_of, page_month, type_by_symbol
from kycuong.reader.layout import TYPES, Layout
from kycuong.reader.lines import Page, Passage
from kycuong.reader.parties import scan
from kycuong.reader.shapes import Finding

#: What a mention must weigh to be the directive itself.
LEAST = 0.9
_MENTION = re.compile(
    rf"\b({TYPE_WORDS})(?: hoa toc| khan)?(?: so)? ?:? ?(\d{{1,5}}[a-z]?)([/-])([a-z][a-z0-9&]{{0,14}}(?:[-/][a-z0-9&]{{1,14}}){{0,3}})"
)
_DAY = re.compile(r"\bngay (\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2}) ?(?:[/.-]|,? nam) ?(\d{4})")
_ISSUES = re.compile(
    r"\b(?:ban hanh|ky|phat hanh|co|gui|vua co|da co)(?: ban hanh)? (?:$|[a-z]+ $)|\b(?:da|vua) (?:[a-z]+ ){1,3}$|\btai (?:$|[a-z]+ $)"
)
_CITES = re.compile(
    r"\b(?:thuc hien|theo|can cu|trien khai|tai|cua|tinh than|thi hanh|so voi|y kien|kem theo|noi dung"
    r"|nhu|va|voi)(?: (?:tai|cua|cac|noi dung|nghiem|tinh than))* $"
)
_INCOMING = re.compile(r"\b(?:nhan duoc|xet|theo de nghi (?:tai|cua)[^.]{0,60}|can cu|kem theo)(?: cac| mot so)? $")
_SOURCE = re.compile(
    r"\(?(?:theo|nguon|trich|xem|chi tiet|noi dung)"
    r"(?: (?:them|chi tiet|noi dung|toan van|tai|day du|theo|van ban))* ?:? $"
)
_TELLS = re.compile(r"\b(?:yeu cau|chi dao|giao|de nghi|ve viec|ve|gui)\b")
_SIGNED = re.compile(
    r"\b(?:chu tich|pho chu tich|thu tuong|pho thu tuong|bo truong|thu truong|giam doc|pho giam doc"
    r"|chanh van phong|bi thu)\b[^.,;:()]{0,90}$"
)
_PERSON = re.compile(
    rf"((?:[{CAPITALS}][^\W\d_]{{0,6}} ){{1,4}}[{CAPITALS}][^\W\d_]{{0,6}}),? (?:đã |vừa |mới |đồng ý )?(?:ký|thay mặt|ban hành)"
)


def fields(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    """Fill in what the article says of the directive; what stands before its mention orders nothing."""
    passages = [page.passages[i] for body in layout.bodies for i in body if i not in layout.noise][:60]
    after = [page.passages[i] for tail in layout.tails for i in tail][:12]
    best = _best_mention(passages, [p for p in [*passages[-3:], *after] if len(p.raw) < 160])
    if best is None:
        _kind_alone(passages[:6], found)
        return
    passage, match = best
    first = page.passages.index(passage)
    if not _SOURCE.match(passage.bare[: match.start()]):
        labelled = next((i for i, p in enumerate(page.passages) if p.mark and p.mark.label), first)
        layout.head = range(0, min(first, labelled))
        layout.bodies = [range(max(body.start, layout.head.stop), body.stop) for body in layout.bodies]
    _put(found, "number", passage, match.start(2), match.end(2), "reported_number", 0.85)
    _put(found, "symbol", passage, match.start(4), match.end(4), "reported_number", 0.85)
    kind = TYPES.get(match.group(1)) or type_by_symbol(passage.raw[match.start(4) : match.end(4)])
    a, b = passage.span(match.start(1), match.end(1))
    found.setdefault("doc_type", Finding("doc_type", kind, a, b, "reported_type", 0.85))
    _reported_day(passage, match, found)
    _day_of_the_year(page, passage, match, found)
    _reported_issuer(passage, match, found)
    _reported_subject(passage, match, found)
    _reported_signer(passage, match, found)


_KIND_ALONE = re.compile(
    r"\b(?:co|ban hanh|ky|gui|phat hanh|ra)(?: ban hanh)? (cong van|van ban|cong dien|chi thi|ke hoach|quyet dinh|thong bao)\b(?! so)"
    r"|(?:^|[.;] )(?:trong|tai|theo) (cong van|cong dien|chi thi|thong bao)(?: nay| tren| noi tren)?, "
)


def _kind_alone(passages: list[Passage], found: dict[str, Finding]) -> None:
    """Read the kind of a directive that an article reports without its number."""
    for passage in passages:
        if passage.mark is None and (match := _KIND_ALONE.search(passage.bare)):
            group = match.lastindex or 1
            a, b = passage.span(match.start(group), match.end(group))
            kind = TYPES.get(match.group(group), "Công văn")
            found.setdefault("doc_type", Finding("doc_type", kind, a, b, "reported_type", 0.6))
            return


def _put(
    found: dict[str, Finding], field: str, passage: Passage, begin: int, stop: int, rule: str, sure: float
) -> None:
    if stop > begin and field not in found:
        a, b = passage.span(begin, stop)
        found[field] = Finding(field, passage.raw[begin:stop], a, b, rule, sure)


def _best_mention(passages: list[Passage], notes: list[Passage]) -> tuple[Passage, re.Match[str]] | None:
    """Return where the article names the directive; a document that is only cited is none."""
    best: tuple[float, Passage, re.Match[str]] | None = None
    for k, passage in enumerate(passages):
        for match in _MENTION.finditer(passage.bare):
            score = _weight(passage, match, k)
            if score >= LEAST and (best is None or score > best[0]):
                best = (score, passage, match)
    for passage in notes if best is None or best[0] < 3 else ():
        for match in _MENTION.finditer(passage.bare):
            if _SOURCE.match(passage.bare[: match.start()]):
                return passage, match
    return (best[1], best[2]) if best else None


def _weight(passage: Passage, match: re.Match[str], k: int) -> float:
    """Weigh how likely a mention is the directive itself rather than one that it cites."""
    before = passage.bare[max(0, match.start() - 60) : match.start()]
    after = passage.bare[match.end() : match.end() + 160]
    score = 1.0 - 0.03 * k - (3.0 if passage.mark else 0.0) - _cited(passage, match, before)
    if _INCOMING.search(before) and match.group(1) in {"cong van", "van ban", "to trinh", "quyet dinh", "nghi quyet"}:
        score -= 3.0
    if _ISSUES.search(before):
        score += 3.0
    if _TELLS.search(after):
        score += 1.0
    if re.search(r"\byeu cau|\bchi dao\b", after):
        score += 0.5
    if _DAY.search(passage.bare, max(0, match.start() - 120), match.end() + 40):
        score += 0.7
    return score


def _cited(passage: Passage, match: re.Match[str], before: str) -> float:
    """Weigh the words that make a mention a document that somebody carries out."""
    weight = 0.0
    if before.endswith("cac ") or _chained(passage, match):
        weight += 5.0
    if re.search(r"\b(?:quy dinh|neu|giao|duyet|phan cong|thuc hien) tai $", before):
        weight += 4.0
    if _CITES.search(before) and not re.search(r"\bban hanh $", before):
        weight += 2.0
    return weight


def _chained(passage: Passage, match: re.Match[str]) -> bool:
    """Tell whether a mention goes on with a list of documents that others are to carry out."""
    text = passage.bare[max(0, match.start() - 400) : match.start()]
    if not text.endswith(("; ", ", ", " va ")):
        return False
    sentence = re.split(r"\. ", text)[-1]
    first = _MENTION.search(sentence)
    return first is not None and _CITES.search(sentence[: first.start()]) is not None


def _reported_day(passage: Passage, match: re.Match[str], found: dict[str, Finding]) -> None:
    if "issued_on" in found:
        return
    after = _DAY.match(passage.bare[match.end() : match.end() + 24].lstrip(" ,(") + " ")
    pool = [
        m
        for m in _DAY.finditer(passage.bare)
        if m.start() >= match.start() or not _OF_ANOTHER.search(passage.bare[: m.start()])
    ]
    before = [m for m in pool if m.end() <= match.start() and match.start() - m.end() < 160]
    following = [m for m in pool if 0 <= m.start() - match.end() <= 8]
    chosen = following[0] if after and following else before[-1] if before else following[0] if following else None
    if chosen is None:
        later = [m for m in pool if m.start() > match.end()]
        chosen = later[0] if later and later[0].start() - match.end() < 60 else None
    if chosen and (date := day_of(chosen)):
        a, b = passage.span(chosen.start(), chosen.end())
        found["issued_on"] = Finding("issued_on", date.isoformat(), a, b, "reported_day", 0.8)


_OF_ANOTHER = re.compile(r"/[a-z]{2}[a-z0-9&-]{0,20},? $")
_SHORT_DAY = re.compile(r"\bngay (\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2})(?! ?[/.-]? ?\d| ?,? nam)")


def _day_of_the_year(page: Page, passage: Passage, match: re.Match[str], found: dict[str, Finding]) -> None:
    """Take "Ngày 28/1, … ban hành Công văn": the year is that of the page's own stamp."""
    stamp = page_month(page)
    if "issued_on" in found or stamp is None:
        return
    for short in _SHORT_DAY.finditer(passage.bare, max(0, match.start() - 160), match.end() + 24):
        day, month = int(short.group(1)), int(short.group(2))
        year = stamp[0] - (month > stamp[1])
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        a, b = passage.span(short.start(), short.end())
        found["issued_on"] = Finding("issued_on", date.isoformat(), a, b, "reported_day_of_year", 0.7)
        return


def _reported_issuer(passage: Passage, match: re.Match[str], found: dict[str, Finding]) -> None:
    """Take the last body named before the number, else the first after it, else the owner after "của"."""
    heads = [
        m.start()
        for m in re.finditer(
            r"\b(?:chu tich|ubnd|uy ban|thu tuong|bo|so|van phong|phong|pho chu tich|pho thu tuong|giam doc|chinh phu|tinh uy|ban)\b",
            passage.bare,
        )
    ]
    near = [i for i in heads if 0 <= match.start() - i <= 160]
    later = [i for i in heads if 0 < i - match.end() <= 120]
    owner = [i for i in later if passage.bare[max(0, i - 4) : i] == "cua "]
    for i in [*owner[:1], *reversed(near), *later]:
        names = scan(passage, i)
        if names is None:
            continue
        a, b = _widest(passage, heads, names.spans[-1])
        follow = passage.bare[names.end : names.end + 40]
        if (
            i in owner
            or (i in near and (b <= match.start()))
            or re.match(r"(?:da |vua )?(?:yeu cau|chi dao|giao|de nghi)", follow)
        ):
            _put(found, "issuer", passage, a, b, "reported_issuer", 0.75)
            return


def _widest(passage: Passage, heads: list[int], span: tuple[int, int]) -> tuple[int, int]:
    """Widen "Chính phủ" to "Thủ tướng Chính phủ" when a name that begins earlier ends at the same place."""
    for i in heads:
        if span[0] - 60 < i < span[0] and (names := scan(passage, i)) and names.spans[-1][1] == span[1]:
            return names.spans[-1]
    return span


def _reported_subject(passage: Passage, match: re.Match[str], found: dict[str, Finding]) -> None:
    about = re.compile(r"\b(?:ve viec|ve) ").search(passage.bare, match.end(), match.end() + 120)
    if about:
        stop = re.compile(r"[.;:]| voi chu de|,? yeu cau ").search(passage.bare, about.end())
        _put(
            found, "subject", passage, about.end(), stop.start() if stop else len(passage.raw), "reported_subject", 0.7
        )


def _reported_signer(passage: Passage, match: re.Match[str], found: dict[str, Finding]) -> None:
    """Take the office holder's name before "ký"; an issuer that ends with that name loses it."""
    person = _PERSON.search(passage.raw[: match.start() + 4])
    if not person or not _SIGNED.search(passage.bare[: person.end(1)]):
        return
    name = _person(person.group(1).split(), bool(_PLACED.search(passage.bare[: person.start(1)])))
    if name is None:
        return
    begin = person.end(1) - len(name)
    _put(found, "signer", passage, begin, person.end(1), "reported_signer", 0.7)
    issuer = found.get("issuer")
    if issuer and issuer.value.endswith(name):
        value = re.sub(
            r"^(?:Phó Chủ tịch|Phó Giám đốc|Thứ trưởng|Đồng chí) (?=\S+ )", "", issuer.value[: -len(name)].strip(" ,")
        )
        found["issuer"] = Finding("issuer", value, issuer.start, issuer.end, "reported_issuer", 0.7)


#: Surnames that nine in ten people bear; a place's second word ("Lam Giang") is seldom one of them.
_COMMON = frozenset("nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý".split())
_PLACED = re.compile(r"\b(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu) $")


def _person(words: list[str], placed: bool) -> str | None:
    """Return the name at the end of a run of capitals; after "tỉnh" its first word is the place's."""
    starts = [k for k in range(max(int(placed), len(words) - 4), len(words) - 1) if is_surname(words[k])]
    starts.sort(key=lambda k: (words[k].lower() not in _COMMON, k))
    return " ".join(words[starts[0] :]) if starts else None
