"""Tell the parts of a document apart: letterhead, body, closing, attached plan, web noise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kycuong.reader.clutter import is_headed_appendix
from kycuong.reader.lines import Page, Passage, is_page_number

#: Printed type (bare) -> type. The order matters: the longer first.
TYPES = {
    "chi thi": "Chỉ thị", "cong dien": "Công điện", "cong van": "Công văn", "ke hoach": "Kế hoạch", "quyet dinh": "Quyết định",
    "thong bao ket luan": "Thông báo", "thong bao": "Thông báo", "chuong trinh": "Chương trình", "huong dan": "Hướng dẫn",
    "bao cao": "Báo cáo", "to trinh": "Tờ trình", "nghi quyet": "Nghị quyết", "phuong an": "Phương án", "de an": "Đề án",
    "quy che": "Quy chế", "quy dinh": "Quy định", "thong cao": "Thông cáo", "du an": "Dự án", "bien ban": "Biên bản",
    "giay moi": "Giấy mời", "phieu chuyen": "Phiếu chuyển", "ket luan": "Thông báo", "thong tu": "Thông tư", "nghi dinh": "Nghị định",
    "phieu giao viec": "Phiếu giao việc",
}  # fmt: skip
ATTACHED = re.compile(
    r"(?:ke hoach|chuong trinh|phuong an|de an|quy che|quy dinh|phu luc|danh muc|bang phan cong|bieu|noi dung|phan cong|mau)\b"
)
MOTTO = re.compile(
    r"c[o0]ng h[o0]a x[a-z] h[o0]i$|^chu ngh?[il1]a viet nam|c[o0]ng h[o0]a x[a-z] h[o0]i chu ngh?[il1]a"
    r"|doc lap ?[-.–] ?t[uư] do|tu do ?[-.] ?hanh phuc"
)
NUMBER_LINE = re.compile(r"(?:so|s6|sd) ?[:.;]{0,2} ?(?:\d{1,5}[a-z]? ?[/-]|/) ?[a-z0-9]")
SIGN_MARK = re.compile(r"(?:tm|kt|tl|tuq|q)\. ?(?=[a-z])")
OFFICE = re.compile(
    r"(?:q\. ?)?(?:pho )?(?:chu tich|thu tuong|bo truong|thu truong|giam doc|tong giam doc|pho giam doc"
    r"|chanh van phong|chu nhiem|truong phong|cuc truong|"
    r"tong cuc truong|vu truong|chanh thanh tra|truong ban|hieu truong|bi thu|tong thanh tra|thong doc|vien truong|chi cuc truong|"
    r"pho truong ban|pho vu truong|pho cuc truong|pho truong phong|pho chanh van phong"
    r"|pho chanh thanh tra|chi huy truong|tu lenh|quyen chu tich|tong kiem toan|"
    r"truong thong|truong cong an|pho truong cong an|pho tong giam doc|nguoi dung dau|thuong truc"
    r"|pho bi thu|chu tich hoi dong|truong tieu ban)"
    r"(?: (?:thuong truc|ubnd|uy ban nhan dan|bo|so|van phong|phong|ubnd tinh|tinh|thanh pho|huyen|xa|phuong)(?: [a-z]+){0,8})?[,.]?"
)
NOTE_LINE = re.compile(r"noi (?:nhan|gui|nhgn|nhan:)\b|noi nhan")
_END_MARK = re.compile(r"(?:\./\.?|/\./?|/-|\.//\.|/\.)[\"']?$")
_TERMINAL = re.compile(
    r"(?:(?:cac )?tin (?:khac|lien quan|cu hon|moi hon|da dua|cung chuyen muc|bai khac|tuc khac)"
    r"|(?:cac )?bai viet (?:khac|lien quan|cung|moi)|"
    r"bai (?:lien quan|khac)|xem them|doc them|luot (?:nguoi )?(?:xem|truy cap|doc)|so luot|ve dau trang"
    r"|len dau trang|lien ket (?:web|website|nhanh)|"
    r"van ban (?:lien quan|khac|moi|cung)|(?:y kien )?binh luan|gui binh luan|ban quyen|copyright|©|tran trong ?!|quy khach can hoi|"
    r"chia se(?:$| bai| qua|:)|tu khoa|tags?\b|the ?:|tac gia ?:|nguon ?:|nguoi dang|nguoi viet|in (?:bai"
    r"|trang)|tai ve\b|tep dinh kem|file dinh kem|"
    r"danh gia bai viet|thong ke truy cap|dang truy cap|truy cap (?:hom|trong|thang)"
    r"|tong (?:so )?(?:luot )?truy cap|chiu trach nhiem (?:chinh|noi dung|xuat ban)|"
    r"giay phep (?:so|thiet lap)|hotline|quay lai|trang truoc|manage permissions|version history|lien he$"
    r"|dien thoai ?:|email ?:|thu dien tu|"
    r"tim kiem|dang ky nhan|theo doi chung toi|copy link|print\b|share\b|back to top"
    r"|nguoi dan va doanh nghiep co nhu cau|hoi dap|thu vien anh)"
)
_MENU = re.compile(
    r"(?:trang chu|gioi thieu|lien he|so do (?:website|site|cong)|dang nhap|dang ky|skip to main|menu"
    r"|tin tuc|su kien|tim kiem|english|rss|logo|"
    r"ngay dang|anh minh hoa|\(?(?:hinh|anh)(?: minh hoa| tu|:)|tin tuc su kien|chu de|co chu"
    r"|thu (?:2|3|4|5|6|7|hai|ba|tu|nam|sau|bay),? ?(?:ngay )?\d|ky boi|gio ky|thoi gian ky|"
    r"nguoi ky ?:|email ?:|co quan ?: ?[a-z ]{3,60}$|chung nhan|xem voi co|doc bai viet|nghe (?:doc )?bai|luot xem)"
)


_CAPTION = re.compile(
    r"\((?:hinh|anh|nguon|nguon anh)(?: minh hoa)?(?: tu|:)? [^)]{0,40}\)$|^(?:anh|hinh)(?: minh hoa)? ?[:,]|\banh: [^.]{2,30}$"
)


@dataclass(slots=True)
class Layout:
    """The parts of a document, as indexes of passages."""

    style: str
    head: range = range(0)
    bodies: list[range] = field(default_factory=list)
    tails: list[range] = field(default_factory=list)
    title: int | None = None
    noise: set[int] = field(default_factory=set)


def is_upper(passage: Passage) -> bool:
    """Tell whether a passage is printed in capitals."""
    return passage.upper


KINH_GUI = re.compile(r"(?:k[il1f]nh ?g[uo0i][il1]|n?gui ?:)")
SENDS = re.compile(
    r"(?:(?:pho )?(?:thu tuong|chu tich|bo truong|thu truong|giam doc)|uy ban|ubnd|bo |chinh phu|ban chi)[a-z ,-]{0,80} dien ?:"
)


def type_of(passage: Passage) -> str | None:
    """Return the type of document when a passage is only its printed name."""
    if not is_upper(passage) and len(passage.low) > 22:
        return None
    text = passage.bare.strip(" :.*-")
    if len(text) > (80 if " cua " in text else 30):
        return None
    text = re.sub(r" (?:khan|hoa toc|thuong khan|lien tich|chung)(?: so \d+)?$", "", text)
    if is_upper(passage):
        text = re.sub(r" cua (?:uy ban nhan dan|ubnd|chu tich|bo|so|thu tuong)\b.*", "", text)
    for printed, name in TYPES.items():
        if text == printed or text.replace(" ", "") == printed.replace(" ", ""):
            return name
    return None


def plan(page: Page) -> Layout:
    """Find the parts of a document."""
    passages = page.passages
    anchor = _anchor(passages)
    if anchor is None:
        style = "line" if len(passages) <= 3 else "press"
        layout = Layout(style, range(0), [range(len(passages))])
        if style == "press":
            _press_noise(passages, layout)
        return layout
    return _official(passages, anchor)


def _anchor(passages: tuple[Passage, ...]) -> int | None:
    """Return the index of a line that only a letterhead has, or None."""
    title = None
    for i, passage in enumerate(passages[:400]):
        text = passage.bare
        if len(text) > 140:
            continue
        number = NUMBER_LINE.match(text) and len(text) < 80 and any(c.isupper() for c in passage.raw[3:])
        if MOTTO.search(text) or number:
            return i
        if i < 40 and KINH_GUI.match(text):
            return i
        if i < 40 and title is None and is_upper(passage) and type_of(passage) in _TITLES:
            title = i
    return title if title is not None and (passages[title].heading or _formal(passages)) else None


_TITLES = frozenset({"Chỉ thị", "Công điện", "Kế hoạch", "Quyết định", "Thông báo"})


def _formal(passages: tuple[Passage, ...]) -> bool:
    """Tell a document without letterhead from a page whose menu says THÔNG BÁO: it has recipients or a signature."""
    return any(
        NOTE_LINE.match(p.bare)
        or (p.mark is not None and p.mark.style == "article")
        or (SIGN_MARK.match(p.bare) and is_upper(p))
        for p in passages
    )


def _official(passages: tuple[Passage, ...], anchor: int) -> Layout:
    first = anchor
    while (
        first > 0 and anchor - first < 4 and is_upper(passages[first - 1]) and not _MENU.match(passages[first - 1].bare)
    ):
        first -= 1
    start = _body_start(passages, anchor)
    layout = Layout("official", range(first, start), title=_title(passages, first, start))
    layout.noise.update(range(first))
    _walk(passages, start, layout)
    return layout


def _title(passages: tuple[Passage, ...], first: int, start: int) -> int | None:
    for i in range(first, start):
        if type_of(passages[i]):
            return i
    return None


_DATE_LINE = re.compile(r".{0,60}\bngay ?\d{0,2} ?thang ?\d{0,2} ?nam ?\d{2,4}")
_SUBJECT = re.compile(r"(?:v/v|v/ ?v|ve viec|ve\b|\(?kem theo|trich yeu)")
_OPENS = re.compile(r"(?:can cu|thuc hien|thi hanh|trong (?:nhung|thoi)|thoi gian qua|ngay \d|de |nham |sau khi|theo "
    r"|xet |qua |trien khai|tiep (?:tuc|theo)|"
                    r"hien nay|vua qua|uy ban|ubnd|chu tich|so |bo |i\. |1\. |phan )")  # fmt: skip


def _body_start(passages: tuple[Passage, ...], anchor: int) -> int:
    """Return where the text proper begins: after number, date, title, subject and addressees."""
    last = i = anchor
    titled = subject = False
    while i < min(len(passages), anchor + 40):
        passage = passages[i]
        text = passage.bare
        if KINH_GUI.match(text) or SENDS.match(text):
            return _after_addressees(passages, i)
        if _is_header(passage):
            last = i
        elif type_of(passage):
            last, titled = i, True
        elif _is_subject(passage, titled, last == i - 1, subject, i - last <= 3):
            last, subject = i, True
        elif len(text) > 200 or (passage.mark and not is_upper(passage)) or (titled and _OPENS.match(text)):
            break
        i += 1
    return last + 1


def _is_header(passage: Passage) -> bool:
    text = passage.bare
    return bool(
        MOTTO.search(text)
        or (NUMBER_LINE.match(text) and len(text) < 90)
        or (_DATE_LINE.match(text) and len(text) < 110)
    )


def _is_subject(passage: Passage, titled: bool, adjacent: bool, started: bool, near: bool) -> bool:
    """Tell whether a line under the title, or a "V/v" line, is the summary."""
    text = passage.bare
    if (
        (passage.mark and passage.mark.style != "roman")
        or (passage.mark and is_upper(passage))
        or text.startswith("can cu")
        or (passage.heading and started)
    ):
        return False
    if _SUBJECT.match(text) and near and len(text) < 420:
        return True
    if not (titled and adjacent) or is_upper(passage):
        return titled and adjacent
    return not started and text[-1] not in ".:;," and (len(text) < 200 or (len(text) < 300 and not _OPENS.match(text)))


def _after_addressees(passages: tuple[Passage, ...], i: int) -> int:
    """Return the index after the addressees' lines."""
    inline = passages[i].bare.partition(":")[2].strip()
    i += 1
    while i < len(passages):
        passage = passages[i]
        text = passage.bare
        bullet = passage.mark is not None and passage.mark.style in {"dash", "plus", "star"}
        short = (
            len(text) < 160
            and not inline
            and (passage.low.endswith((";", ",", ".")) or len(text) < 70)
            and not _OPENS.match(text + " ")
        )
        header = bool(
            MOTTO.search(text)
            or NUMBER_LINE.match(text)
            or (_DATE_LINE.match(text) and len(text) < 90)
            or type_of(passage)
        )
        if not (bullet or header or (short and passage.mark is None and _addressee(text))):
            break
        i += 1
    return i


_ADDRESSEE = re.compile(
    r"(?:cac|so|bo|ubnd|uy ban|chu tich|thu truong|giam doc|cong an|van phong|thanh tra|ban|chanh|truong"
    r"|dong chi|cuc|lanh dao|hoi|phong|don vi|co quan|nhu )\b"
)


def _addressee(text: str) -> bool:
    return bool(_ADDRESSEE.match(text))


def _walk(passages: tuple[Passage, ...], start: int, layout: Layout) -> None:
    """Cut what follows the letterhead into bodies, tails and noise."""
    i = begin = start
    in_body = True
    while i < len(passages):
        if in_body:
            closing = _closing_at(passages, i, layout)
            if closing is None:
                i += 1
                continue
            layout.bodies.append(range(begin, closing))
            begin, in_body, i = closing, False, max(closing, i + (closing == i))
        elif _attached_at(passages, i):
            layout.tails.append(range(begin, i))
            begin, in_body = i, True
            i += 1
        else:
            i += 1
    (layout.bodies if in_body else layout.tails).append(range(begin, len(passages)))
    for tail in layout.tails:
        _tail_noise(passages, tail, layout)


def _closing_at(passages: tuple[Passage, ...], i: int, layout: Layout) -> int | None:
    """Return where the closing begins when it does at or right after a passage."""
    passage = passages[i]
    text = passage.bare
    if NOTE_LINE.match(text) or (SIGN_MARK.match(text) and is_upper(passage) and len(text) < 90):
        return i
    if len(text) < 60 and is_upper(passage) and OFFICE.fullmatch(text) and _name_follows(passages, i):
        return i
    if _END_MARK.search(passage.low) and passage.end - passage.start > 30 and not _goes_on(passages, i):
        return i + 1
    if _TERMINAL.match(text) and len(text) < 90 and i > layout.head.stop + 2:
        return i
    return None


def _goes_on(passages: tuple[Passage, ...], i: int) -> bool:
    """Tell whether a numbered item follows what looks like the last sentence."""
    mark = passages[i + 1].mark if i + 1 < len(passages) else None
    return mark is not None and bool(mark.label) and not mark.style.startswith("square")


def _name_follows(passages: tuple[Passage, ...], i: int) -> bool:
    return any(looks_like_name(p) for p in passages[i + 1 : i + 8])


_NAME_WORD = re.compile(r"[^\W\d_]{1,7}$")


def looks_like_name(passage: Passage) -> bool:
    """Tell whether a passage is a person's name: two to five capitalised words, nothing else."""
    words = strip_rank(passage.raw).split()
    return (
        2 <= len(words) <= 5
        and all(w[0].isupper() and _NAME_WORD.match(w) for w in words)
        and not OFFICE.match(passage.bare)
    )


_RANK = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|CKI{1,2}|KS|CN|NGND|NGƯT|TTND|TTƯT|Ths|Ts)\.? ?|(?:Đại|Thượng|Trung"
    r"|Thiếu) (?:tướng|tá|úy),? |(?:Ông|Bà|Đ/c|Đồng chí)[: ] ?)+"
)


def strip_rank(raw: str) -> str:
    """Drop academic titles and military ranks before a name."""
    return _RANK.sub("", raw).strip(" .,:")


def _attached_at(passages: tuple[Passage, ...], i: int) -> bool:
    """Tell whether an attached document or an appendix begins at a passage of the closing."""
    passage = passages[i]
    text = passage.bare
    if len(text) > 200 or not ATTACHED.match(text) or len(passages) - i < 3:
        return False
    return is_upper(passage) or bool(re.match(r"phu luc(?: [ivx\d]+)?\b", text) and len(text) < 60)


_SIDE_LIST = re.compile(r"(?:phu luc|danh muc|danh sach|bieu|mau|bang)\b")
_OUTLINE = re.compile(r"de cuong|mau bao cao|bieu mau|mau so|mau phieu|danh sach")


def is_appendix(passages: tuple[Passage, ...], body: range) -> bool:
    """Tell whether a body is an appendix: only what is plainly an order counts there."""
    return len(body) > 0 and bool(_SIDE_LIST.match(passages[body.start].bare))


def is_form(passages: tuple[Passage, ...], body: range) -> bool:
    """Tell whether an appendix is a form or the outline of a report."""
    return any(_OUTLINE.search(passages[i].bare) for i in body[:4] if len(passages[i].bare) < 160)


def footnotes(passages: tuple[Passage, ...], tail: range) -> list[Passage]:
    """Return the footnotes that an export puts after the signature."""
    return [passages[i] for i in tail if (mark := passages[i].mark) and mark.style.startswith("square")]


def _tail_noise(passages: tuple[Passage, ...], tail: range, layout: Layout) -> None:
    """Mark what follows the signature as noise once web furniture begins."""
    for i in tail:
        if _TERMINAL.match(passages[i].bare):
            layout.noise.update(range(i, tail.stop))
            return


def _press_noise(passages: tuple[Passage, ...], layout: Layout) -> None:
    """Find menus before an article, and everything after its end."""
    stop = len(passages)
    for i, passage in enumerate(passages):
        text = passage.bare
        if _END_MARK.search(passage.low) and len(text) > 30 and not _goes_on(passages, i):
            stop = i + 1
            break
        if i > 2 and len(text) < 140 and _TERMINAL.match(text) and _prose_before(passages, i):
            stop = i
            break
        if i > 4 and not passage.heading and looks_like_name(passage) and _prose_before(passages, i):
            stop = i
            break
    end = next((i for i in range(stop, len(passages)) if is_headed_appendix(passages[i])), len(passages))
    layout.bodies = [range(stop), *([range(end, len(passages))] if end < len(passages) else [])]
    layout.tails = [range(stop, end)]
    if not _formal(passages[stop : stop + 25]):
        layout.noise.update(range(stop, end))
    layout.noise.update(i for i in range(stop) if is_furniture(passages[i]))


def _prose_before(passages: tuple[Passage, ...], i: int) -> bool:
    return sum(len(p.low) > 120 for p in passages[max(0, i - 12) : i]) >= 2


def is_furniture(passage: Passage) -> bool:
    """Tell whether a short line is a menu entry, a caption, a page number."""
    if is_page_number(passage) or (len(passage.low) < 70 and not passage.mark and bool(_MENU.match(passage.bare))):
        return True
    return len(passage.low) < 300 and bool(_CAPTION.search(passage.bare))
