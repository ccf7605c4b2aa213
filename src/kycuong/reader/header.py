"""Read the letterhead: number, date, issuer, type, subject, addressees; and the site's own block of fields."""

from __future__ import annotations

import datetime as dt
import re

from kycuong.reader import days
from kycuong.reader.layout import KINH_GUI, MOTTO, NUMBER_LINE, SENDS, TYPES, Layout, is_upper, type_of
from kycuong.reader.lines import Page, Passage
from kycuong.reader.shapes import Finding

#: Symbol of the type in a number -> type. Basis: Decree 30/2020/NĐ-CP, Annex III.
SYMBOLS = {
    "CT": "Chỉ thị", "CĐ": "Công điện", "KH": "Kế hoạch", "QĐ": "Quyết định", "TB": "Thông báo", "BC": "Báo cáo", "TTr": "Tờ trình",
    "NQ": "Nghị quyết", "HD": "Hướng dẫn", "CTr": "Chương trình", "PA": "Phương án", "ĐA": "Đề án", "QC": "Quy chế", "QyĐ": "Quy định",
    "TC": "Thông cáo", "DA": "Dự án", "BB": "Biên bản", "KL": "Thông báo", "GM": "Giấy mời", "NĐ": "Nghị định", "TT": "Thông tư",
}  # fmt: skip
_NUMBER = re.compile(
    r"(?:so|s6|sd)(?: hieu| ky hieu)?(?: van ban)? ?[:.;]{0,2} ?(\d{1,5}[a-z]?) ?([/-]) ?([a-z0-9][a-z0-9&./ -]{0,34})"
)
_BLANK_NUMBER = re.compile(r"(?:so ?: ?[.…_]{0,12} ?)?/ ?(?=[a-z]{2,12}-[a-z])")
_DATE = re.compile(r"\bngay ?\.{0,3}(\d{1,2}|\d \d)\.{0,3} ?thang ?\.{0,3}(\d{1,2})\.{0,3} ?nam ?\.{0,3}(\d{4})")
_SITE_DATE = re.compile(r"ngay (?:ban hanh|ky|van ban|phat hanh)\D{0,6}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SITE_NUMBER = re.compile(
    r"(?:so(?: hieu| ky hieu|/ky hieu| van ban)?(?: van ban)?|ky hieu)(?: ?[:|] ?| )(\d{1,5}[a-z]?)([/-])([a-z0-9&./-]{2,30})"
)
_SITE_LABEL = re.compile(
    r"(?:so hieu|so ky hieu|so/ky hieu|ky hieu|ngay ban hanh|nguoi ky|co quan ban hanh|loai van ban"
    r"|trich yeu|noi ban hanh)(?: van ban)? ?:?$"
)
_NUMBER_END = re.compile(r"\s+(?![A-ZĐ0-9&-])|[,;:()]|\.(?=\s|$)|\s+(?=[A-ZĐ][^\W\d_]*[a-zà-ỹ])|\s{2,}")


def fields(page: Page, layout: Layout) -> dict[str, Finding]:
    """Return what the letterhead and the site's block say, by field."""
    found: dict[str, Finding] = {}
    head = [page.passages[i] for i in layout.head]
    rest = [
        p
        for i, p in enumerate(page.passages)
        if i not in layout.head and (i < layout.head.start or i > layout.head.stop)
    ]
    for passage in head:
        _letterhead_line(passage, found)
    _issuer(head, found)
    _title(page, layout, found)
    _title_line(page.passages[: layout.head.stop][:12], found)
    _site_block([p for p in rest if len(p.low) < 200][:400], found)
    if "number" not in found or "issued_on" not in found:
        _page_title([page.passages[i] for i in range(min(layout.head.start, 200))], found)
    return found


def _put(
    found: dict[str, Finding], field: str, passage: Passage, begin: int, stop: int, rule: str, sure: float
) -> None:
    a, b = passage.span(begin, stop)
    found.setdefault(field, Finding(field, passage.raw[begin:stop], a, b, rule, sure))


def _letterhead_line(passage: Passage, found: dict[str, Finding]) -> None:
    text = passage.bare
    if len(text) > 220 or text.startswith(("can cu", "xet ", "theo de nghi"), passage.body):
        return
    match = _NUMBER.search(text)
    if match and NUMBER_LINE.match(text[match.start() :]) and (match.start() == 0 or text[match.start() - 1] == " "):
        _number(passage, match, found, "letterhead_number", 0.97)
    blank = _BLANK_NUMBER.match(text) if "number" not in found else None
    if blank and (
        match := re.match(r"[A-ZĐ][A-Za-zĐđ&]{1,11}(?:-[A-ZĐ][A-Za-zĐđ&]{1,11}){0,3}", passage.raw[blank.end() :])
    ):
        _put(found, "symbol", passage, blank.end(), blank.end() + match.end(), "blank_number", 0.9)
    match = _DATE.search(text)
    if match and not re.search(
        r"(?:kem theo|/[a-z]{2,}[^,]{0,20}) ?$", text[max(0, match.start() - 30) : match.start()]
    ):
        _date(passage, match, found, "letterhead_date")


def _number(passage: Passage, match: re.Match[str], found: dict[str, Finding], rule: str, sure: float) -> None:
    begin = match.start(3)
    symbol = passage.raw[begin : match.end(3)]
    cut = _NUMBER_END.search(symbol)
    symbol = (symbol[: cut.start()] if cut else symbol).rstrip(" .-/")
    if not symbol or not symbol[0].isalnum():
        return
    _put(found, "number", passage, match.start(1), match.end(1), rule, sure)
    _put(found, "symbol", passage, begin, begin + len(symbol), rule, sure)


def _date(passage: Passage, match: re.Match[str], found: dict[str, Finding], rule: str) -> None:
    if date := day_of(match):
        a, b = passage.span(match.start(), match.end())
        found.setdefault("issued_on", Finding("issued_on", date.isoformat(), a, b, rule, 0.97))
    else:
        a, b = passage.span(match.start(), match.end())
        found.setdefault(
            "no_such_date", Finding("no_such_date", passage.raw[match.start() : match.end()], a, b, rule, 0.9)
        )


def day_of(match: re.Match[str]) -> dt.date | None:
    """Return the day that three groups of figures name, or None when the calendar has none."""
    try:
        return days.day((match.group(1).replace(" ", ""), match.group(2), match.group(3)), None)
    except days.NoSuchDate:
        return None


_PLACE = re.compile(
    r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu|thi tran|va |cua |nhan dan|khu vuc|mien"
    r"|cac |trung uong|quoc gia|viet nam|ve )"
)
_BODY = re.compile(r"(?:uy ban|ubnd|so|bo|phong|van phong|ban|chi cuc|cuc|tong cuc|thanh tra|trung tam|thu tuong"
    r"|chinh phu|chu tich|hoi dong|cong an|benh vien|truong|vien|"
                   r"kho bac|bao hiem|ngan hang|dai|tinh uy|thanh uy|dang|hdnd|toa an|cong ty|mat tran|hoi|lien doan|doan)\b")  # fmt: skip


def _issuer(head: list[Passage], found: dict[str, Finding]) -> None:
    """Join the letterhead's lines that name the issuing body; the superior body above it is dropped."""
    names: list[list[Passage]] = []
    for passage in _issuer_lines(head):
        goes_on = _PLACE.match(passage.bare) or not _BODY.match(passage.bare)
        if names and (goes_on or names[-1][-1].bare.strip() == "chu tich"):
            names[-1].append(passage)
        else:
            names.append([passage])
    if not names:
        return
    last = names[-1]
    if last[0].bare.strip() == "van phong" and len(names) > 1:
        last = [*last, *names[-2]]
    value = " ".join(_issuer_part(p) for p in last)
    found["issuer"] = Finding("issuer", value, names[-1][0].start, names[-1][-1].end, "letterhead_issuer", 0.95)


def _issuer_lines(head: list[Passage]) -> list[Passage]:
    """Return the lines above the number that may name the issuing body."""
    lines: list[Passage] = []
    for passage in head:
        text = passage.bare
        if NUMBER_LINE.match(text) or type_of(passage) or KINH_GUI.match(text) or re.search(r"\bdien ?:$", text):
            break
        if MOTTO.search(text) and not _issuer_part(passage):
            continue
        if lines and not _capitals(passage):
            break
        if _BODY.match(text) or (lines and (_PLACE.match(text) or (is_upper(passage) and len(lines) < 3))):
            lines.append(passage)
    return lines


def _capitals(passage: Passage) -> bool:
    """Tell whether a line, or what stands left of the motto in it, is printed in capitals."""
    left = _issuer_part(passage)
    return is_upper(passage) or (MOTTO.search(passage.bare) is not None and left.isupper())


def _issuer_part(passage: Passage) -> str:
    """Return the left column of a line that holds the motto in its right column."""
    match = MOTTO.search(passage.bare)
    raw = passage.raw[: match.start()] if match else passage.raw
    return raw.strip(" -–_*.,:")


_NOT_SUBJECT = re.compile(r"\bdien ?:$|^kinh gui|^can cu |^quyet dinh:?$|^[a-z ]{2,40}, ngay ")
_AUTHOR = re.compile(
    r"(?:chu tich |pho chu tich )?(?:uy ban nhan dan|ubnd) |(?:thu tuong )?chinh phu$|hoi dong nhan dan |(?:tong )?cuc truong "
    r"|bo truong bo |giam doc so |\(ban hanh|\(kem theo"
)


def _title(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    if layout.title is not None:
        passage = page.passages[layout.title]
        found["doc_type"] = Finding(
            "doc_type", type_of(passage) or "", passage.start, passage.end, "printed_type", 0.97
        )
        lines: list[Passage] = []
        for i in range(layout.title + 1, layout.head.stop):
            text = page.passages[i].bare
            if (
                MOTTO.search(text)
                or _NOT_SUBJECT.search(text)
                or NUMBER_LINE.match(text)
                or (lines and _AUTHOR.match(text))
            ):
                break
            lines.append(page.passages[i])
        if lines:
            value = clean_subject(" ".join(p.raw for p in lines[:4]))
            found["subject"] = Finding(
                "subject", value, lines[0].start, lines[min(3, len(lines) - 1)].end, "under_title", 0.9
            )
    if "subject" not in found:
        _about(page, layout, found)


def _about(page: Page, layout: Layout, found: dict[str, Finding]) -> None:
    for i in layout.head:
        passage = page.passages[i]
        match = re.search(r"(?:^|\s)(?:v/ ?v|ve viec)[:. ]\s?", passage.bare)
        if match:
            begin = match.end()
            stop = MOTTO.search(passage.bare, begin)
            _put(found, "subject", passage, begin, stop.start() if stop else len(passage.raw), "about_line", 0.9)
            return


def clean_subject(value: str) -> str:
    """Drop "V/v", "Về việc" before a subject."""
    return re.sub(r"^(?:V/ ?v|Về việc|VỀ VIỆC|V/V)[:. ]\s*", "", value).strip(" -–*")


def _site_block(passages: list[Passage], found: dict[str, Finding]) -> None:
    """Read the fields that a site prints beside the document."""
    for k, passage in enumerate(passages):
        text = passage.bare
        if match := _SITE_NUMBER.match(text):
            _number(passage, match, found, "site_number", 0.85)
        if match := _SITE_DATE.search(text):
            _date(passage, match, found, "site_date")
        if _SITE_LABEL.match(text) and k + 1 < len(passages):
            _site_pair(text, passages[k + 1], found)


_TITLE_LINE = re.compile(
    r"#* ?([a-z]{2,8} [a-z]{2,8}(?: ket luan)?)(?: khan| hoa toc| thuong khan)?,? ?(?:ngay )"
    r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})[ .)]*$"
)


def _title_line(passages: tuple[Passage, ...], found: dict[str, Finding]) -> None:
    """Read a title that says type and day in one line: "Thông báo khẩn ngày 02/9/2023"."""
    for passage in passages:
        match = _TITLE_LINE.match(passage.bare) if len(passage.raw) < 90 else None
        if match is None or match.group(1) not in TYPES:
            continue
        found.setdefault(
            "doc_type", Finding("doc_type", TYPES[match.group(1)], *passage.span(*match.span(1)), "title_line", 0.85)
        )
        try:
            day = days.day((match.group(2), match.group(3), match.group(4)), None)
        except days.NoSuchDate:
            continue
        if day:
            span = passage.span(match.start(2), match.end(4))
            found.setdefault("issued_on", Finding("issued_on", day.isoformat(), *span, "title_line", 0.8))


_PAGE_TITLE = re.compile(
    r"(?:so )?(\d{1,5}[a-z]?)([/-])([a-z][a-z0-9&./-]{2,30})[ ,(]{1,3}(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
)


def _page_title(passages: list[Passage], found: dict[str, Finding]) -> None:
    """Read number and day off the title that a site prints above the document."""
    for passage in passages:
        for match in _PAGE_TITLE.finditer(passage.bare):
            number = found.get("number")
            if number is not None and number.value.lower() != match.group(1):
                continue
            try:
                day = days.day((match.group(4), match.group(5), match.group(6)), None)
            except days.NoSuchDate:
                continue
            _number(passage, match, found, "page_title", 0.8)
            if day and "issued_on" not in found:
                a, b = passage.span(match.start(4), match.end(6))
                found["issued_on"] = Finding("issued_on", day.isoformat(), a, b, "page_title", 0.75)


_POSTED = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)(?!\d)")


def page_day(page: Page, layout: Layout) -> dt.date | None:
    """Return the day on which an article was posted: years left out are counted from it."""
    if layout.style != "press":
        return None
    for passage in page.passages[:14]:
        match = _POSTED.search(passage.bare) if len(passage.raw) < 120 else None
        if match and (day := day_of(match)):
            return day
    return None


def page_month(page: Page) -> tuple[int, int] | None:
    """Return year and month that stand at the top of an article: a full day, or only "2025-07"."""
    for passage in page.passages[:6]:
        head = passage.bare[:120]
        if match := _POSTED.search(head):
            return int(match.group(3)), int(match.group(2))
        if match := _MONTH_STAMP.search(head):
            return int(match.group(1)), int(match.group(2))
    return None


_MONTH_STAMP = re.compile(r"(?<![\w/-])(20\d\d)-(0[1-9]|1[0-2])(?![\d/])")


def _site_pair(label: str, value: Passage, found: dict[str, Finding]) -> None:
    if "ngay" in label:
        if match := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value.bare):
            _date(value, match, found, "site_date")
    elif label.startswith(("so", "ky hieu")):
        if match := re.match(r"(\d{1,5}[a-z]?)([/-])([a-z0-9&./-]{2,30})", value.bare):
            _number(value, match, found, "site_number", 0.85)
    elif label.startswith("co quan") or label.startswith("noi ban"):
        _put(found, "site_issuer", value, 0, len(value.raw), "site_issuer", 0.7)
    elif label.startswith("nguoi ky"):
        _put(found, "site_signer", value, 0, len(value.raw), "site_signer", 0.7)


def type_by_symbol(symbol: str | None) -> str:
    """Return the type that a symbol names; a letter (công văn) has none."""
    return SYMBOLS.get(re.split(r"[-/]", symbol or "")[0], "Công văn")


#: The figure of a footnote behind a name.
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}$")


def addressees(page: Page, layout: Layout) -> list[Finding]:
    """Return the lines under "Kính gửi" or "… điện:", one entry a line."""
    found: list[Finding] = []
    active = False
    for i in layout.head:
        passage = page.passages[i]
        text = passage.bare
        if match := (re.match(r"(?:k[il1f]nh ?g[uo0i][il1]|n?gui) ?:? ?", text) or SENDS.match(text)):
            active = True
            begin = match.end()
        elif active and not (MOTTO.search(text) or NUMBER_LINE.match(text) or type_of(passage)):
            begin = passage.body
        else:
            continue
        stop = len(_FOOTNOTE.sub("", passage.raw.rstrip(" ;.,")))
        begin += len(passage.raw[begin:]) - len(passage.raw[begin:].lstrip())
        if stop > begin:
            a, b = passage.span(begin, stop)
            found.append(Finding("addressees", passage.raw[begin:stop], a, b, "addressee_line", 0.9))
    return found


TYPE_WORDS = "|".join(sorted(TYPES, key=len, reverse=True)) + "|van ban"
