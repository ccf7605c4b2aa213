"""Find who issued a document when the letterhead is missing, broken by a scanner, or says two bodies."""

from __future__ import annotations

import re
from dataclasses import replace

from kycuong.reader.fold import bare, lower
from kycuong.reader.layout import Layout, is_upper
from kycuong.reader.lines import Page, Passage
from kycuong.reader.parties import scan
from kycuong.reader.shapes import Finding

#: Codes that name one body everywhere in the country. Basis: Decree 30/2020/NĐ-CP, Annex VI.
OWNERS = {
    "TTg": "Thủ tướng Chính phủ", "VPCP": "Văn phòng Chính phủ", "CP": "Chính phủ", "TTCP": "Thanh tra Chính phủ",
    "BNV": "Bộ Nội vụ", "BYT": "Bộ Y tế", "BGDĐT": "Bộ Giáo dục và Đào tạo", "BTC": "Bộ Tài chính", "BCT": "Bộ Công Thương",
    "BTP": "Bộ Tư pháp", "BXD": "Bộ Xây dựng", "BGTVT": "Bộ Giao thông vận tải", "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng",
    "BNG": "Bộ Ngoại giao", "BKHCN": "Bộ Khoa học và Công nghệ", "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BTTTT": "Bộ Thông tin và Truyền thông", "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BDTTG": "Bộ Dân tộc và Tôn giáo", "UBDT": "Ủy ban Dân tộc", "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TCT": "Tổng cục Thuế", "TCHQ": "Tổng cục Hải quan", "BHXH": "Bảo hiểm xã hội Việt Nam",
}  # fmt: skip
_SOLID = {"thutuongchinhphu": "Thủ tướng Chính phủ", "vanphongchinhphu": "Văn phòng Chính phủ"}
_AUTHORITY = re.compile(
    r"(?:pho )?(?:chu tich|giam doc|bo truong|thu truong|uy ban nhan dan|ubnd|thu tuong chinh phu|truong ban|cuc truong"
    r"|tong cuc truong|chu nhiem|hoi dong nhan dan|thong doc|hieu truong)\b"
)
_SAYS = re.compile(
    r"(?:(?:có văn bản|vừa|đã|cũng|trân trọng|kính|tiếp tục|mới|nay) )*"
    r"(?:yêu cầu|đề nghị|giao|có ý kiến|chỉ đạo|kết luận|ban hành|có văn bản|có công văn)\b"
)
_FROM = re.compile(
    r"(?:theo đó|về việc này|về vấn đề này|do vậy|vì vậy|sau khi xem xét|xét đề nghị[^.]{0,300}|thực hiện[^.]{0,400}|để [^.]{0,400})?,? ?"
)


def settle(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    """Give the issuer that the number's code, the authority's line or the first one who orders names."""
    if "number" not in found and layout.style == "official":
        _scanned(page, layout, found)
    _by_symbol(found)
    if "issuer" not in found and layout.style == "official":
        _authority(page, layout, found)
    if "issuer" not in found and "site_issuer" not in found and (layout.style != "line" or len(page.passages) > 1):
        _speaker(page, layout, found)


_NUMBER = re.compile(
    r"(?:^|[^\w/.])(\d{1,5}) ?/ ?((?:CT|CĐ|KH|QĐ|TB|CTr|HD)-[A-ZĐ][A-Za-zĐđ]{1,9})(?= [^.;]{0,60}n[aă]m \d)"
)


def _scanned(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    """Take a number whose "Số:" a scanner lost, when the day of issue stands in the same line."""
    for passage in page.passages[layout.head.start : layout.head.stop + 6]:
        match = _NUMBER.search(passage.raw) if len(passage.raw) < 140 else None
        if match:
            for field, k in (("number", 1), ("symbol", 2)):
                span = passage.span(*match.span(k))
                found[field] = Finding(field, match.group(k), *span, "scanned_number", 0.6)
            return


def _by_symbol(found: dict[str, Finding]) -> None:
    symbol, issuer = found.get("symbol"), found.get("issuer")
    parts = [p for p in re.split(r"[-/ ]", symbol.value) if p and not p.isdigit()] if symbol else []
    owner = next((OWNERS[p] for p in (parts[-1:] + parts[:1]) if p in OWNERS), None)
    solid = _SOLID.get(bare(lower(issuer.value)).replace(" ", "")) if issuer else None
    if issuer and solid:
        found["issuer"] = replace(issuer, value=solid)
    elif symbol and owner and (issuer is None or _doubtful(issuer.value, owner)):
        found["issuer"] = Finding("issuer", owner, symbol.start, symbol.end, "symbol_owner", 0.8)


def _doubtful(value: str, owner: str) -> bool:
    """Tell whether a letterhead's name is a deputy's, is broken, or has the code's owner inside it."""
    said, known = set(bare(lower(value)).split()), set(bare(lower(owner)).split())
    if said == known:
        return False
    return (
        value.startswith("Phó ")
        or known < said
        or owner.startswith("Tổng cục")
        or not re.fullmatch(r"[\w\s,.&-]+", value)
    )


def _authority(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    """Take the line in capitals under a decision's title: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …"."""
    stop = layout.bodies[0].start + 6 if layout.bodies else layout.head.stop
    for passage in page.passages[layout.head.start : stop]:
        if is_upper(passage) and len(passage.raw) < 120 and _AUTHORITY.match(passage.bare):
            value = passage.raw.strip(" -–_*.,:|")
            found["issuer"] = Finding("issuer", value, passage.start, passage.end, "authority_line", 0.85)
            return


def _speaker(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    """Take the first body that says what others shall do: "UBND tỉnh có ý kiến như sau:"."""
    body = [page.passages[i] for b in layout.bodies for i in b if i not in layout.noise][:25]
    for passage in body:
        if passage.mark:
            continue
        for begin in _starts(passage):
            names = scan(passage, begin)
            if names and len(names.spans) == 1 and _SAYS.match(passage.low, names.end):
                a, b = names.spans[0]
                start, end = passage.span(a, b)
                found["issuer"] = Finding("issuer", passage.raw[a:b], start, end, "speaker", 0.6)
                return


def _starts(passage: Passage) -> list[int]:
    """Return where a sentence's subject may stand: at its start, or after its opening clause."""
    starts = [m.end() for m in re.finditer(r"(?:^|[.;] |\"|“)", passage.low)][:8]
    commas = [m.end() for m in re.finditer(r", ", passage.low)][:30]
    return starts + commas
