"""The phrases of time of the genre, as patterns over text without diacritics; each is linear on any input."""

from __future__ import annotations

import re

#: More limits than this in one paragraph are not a document's doing.
MOST = 60
#: What every limit has: a figure, a period, an event, a vague part of a year.
GATE = re.compile(r"\d|\b(?:hang|moi|tung|dinh ky|lo trinh|tien do|sau khi|truoc|quy|cuoi|giua|dau|nam tiep|lan)\b")
FIGURE = re.compile(r"\d|\b(?:quy|cuoi|giua|dau|sau|chin)\b")
EVERY = r"(?:hang|moi|tung)"
DAY = r"(\d{1,2}) ?(?:[/.-]|,? ?thang) ?(\d{1,2})(?!\d)(?: ?(?:[/.-]|,? ?nam) ?(\d{4}|\d\d(?=\W|$)))?(?!\d)"
HOUR = r"(?:\d{1,2} ?(?:gio|h|g)(?: ?\d\d)?(?: ?phut)?,? ?(?:chieu |sang )?)?"
LEFT = re.compile(
    r"(?<!\w)((?:(?:hoan thanh|xong|thuc hien|bao cao|gui|nop|dinh ky|thoi han|thoi gian|han|cham nhat|muon nhat|tre nhat|cham|khong qua|"
    r"truoc|den|het|trong|vao|la|ngay|cuoi|dau|giua|thang|nam|luc|thoi diem|toi|tu|khoang|moc|sau|ke(?= tu)|hoac"
    r"|voi|dot|tuc|\d{1,2} ?(?:gio|h)(?: ?\d\d)?(?: phut)?)"
    r"[ :,]{1,3}){1,6})$"
)
BEFORE = re.compile(r"\btruoc\b")
TRIGGER = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|tre nhat|den|het|trong|xong|hoan thanh|thoi han|khong qua|toi|han|tuc)\b"
)
EXACT = re.compile(r"\b(?:tuc|truoc|cham nhat|muon nhat|tre nhat|het|xong|thoi han|hoan thanh|khong qua)\b")
CITED = re.compile(r"(?:[/-][a-z]{1,8}\d{0,2}(?:-[a-z&0-9]{1,10}){0,3}|\bluat [^.;,]{1,60}),? ?(?:ngay )?$")
NOT_YET = re.compile(
    r"(?:\btinh den|\bso voi|\bcung ky|\bky ngay|\bdien ra|\bbat dau tu|\bke tu|\btu|\bhieu luc)(?: (?:het|ngay|thang|nam|thi hanh))* $"
)

LIST_DAY = r"(?:ngay )?\d{1,2} ?(?:/|\.|-|thang) ?\d{1,2}"
DAY_LIST = rf"{LIST_DAY}(?:(?:,|;| va|, va| hoac)? (?:truoc )?{LIST_DAY}){{0,5}}"
DAYS = re.compile(r"(\d{1,2}) ?(?:/|\.|-|thang) ?(\d{1,2})")
YEARLY = re.compile(rf"{DAY_LIST},? (?:cua )?(?:{EVERY} nam|cac nam)(?! \d{{4}})")
PAIR = re.compile(rf"\b{DAY_LIST}(?!\d|/| ?nam| hang| moi)")
YEARLY_FRONT = re.compile(
    rf"\b{EVERY} nam[ ,(]{{1,3}}(?:[a-z]+ ){{0,4}}?(?:truoc|cham nhat|vao|muon nhat)(?: (?:la|vao"
    rf"|truoc))? (?:ngay )?(\d{{1,2}}) ?(?:[/.-]|thang) ?(\d{{1,2}})(?!\d|[/.-]| ?nam)"
)
QUARTER_DAY = re.compile(
    rf"\bngay (\d{{1,2}})(?:,)? (?:cua )?thang (cuoi|dau tien|dau|thu ba|thu 3|thu nhat)"
    rf"(?: cua)? ?{EVERY}? ?(?:quy|ky)(?: sau| tiep theo| bao cao)?"
)
MONTHLY = re.compile(
    rf"\bngay (\d{{1,2}})(?: (?:cua )?(?:{EVERY} thang|thang (?:sau|ke tiep|tiep theo|do|bao cao)))(?! ?\d)"
)
MONTHLY_FRONT = re.compile(
    rf"\b{EVERY} thang[ ,(]{{1,3}}(?:[a-z]+ ){{0,6}}?(?:truoc|cham nhat|vao|muon nhat)(?: (?:la|vao"
    rf"|truoc))? ngay (\d{{1,2}})(?! ?[/.\d]| thang)"
)
QUARTER_FRONT = re.compile(
    rf"\b{EVERY} quy[ ,(]{{1,3}}(?:[a-z]+ ){{0,6}}?(?:truoc|cham nhat|vao|muon nhat)(?: (?:la|vao"
    rf"|truoc))? ngay (\d{{1,2}})(?! ?[/.\d]| thang \d)"
)
WEEKLY = re.compile(rf"\b(?:thu|chu) (hai|ba|tu|nam|sau|bay|nhat|[2-7])(?:,)? (?:cua )?{EVERY} tuan")
WEEKLY_FRONT = re.compile(
    rf"\b{EVERY} tuan[ ,(]{{1,3}}(?:[a-z0-9]+ ){{0,5}}?(?:thu|chu) (hai|ba|tu|nam|sau|bay|nhat|[2-7])\b"
)
HALF = re.compile(
    r"\b(?:dinh ky |bao cao )(?:(?:hang quy|quy|hang thang|thang)(?:,| va) )?(?:0?(3|6|9)"
    r"|sau) thang(?: dau nam| mot lan|/lan)?(?:(?:,| va)? (?:mot lan|(?:ca |1 |01 |hang )?nam))?(?! \d)"
)
PERIOD = re.compile(
    rf"\b(?:dinh ky )?{EVERY} (ngay|tuan|thang|quy|nam)\b(?! \d{{4}})|\bdinh ky (ngay|tuan|thang|quy"
    rf"|nam)\b(?! \d)|\b0?1 (?:lan|ky)/(tuan|thang|quy|nam)\b"
)
ONWARD = re.compile(
    r"\b(?:tu )?nam \d{4}(?: ?- ?\d{4})? (?:va|den) (?:cac|nhung) nam (?:tiep theo|sau|ke tiep)|\b(?:\d{4} )?va (?:cac|nhung) nam tiep theo"
)
EVERY_FEW = re.compile(
    r"\b(?:dinh ky )?(?P<count>\d{1,2}|mot|hai|ba|bon|sau) (?P<unit>ngay|tuan|thang|quy|nam)(?: ?/ ?| )(?:(?:mot|0?1) )?lan\b"
)
MONTH_YEARLY = re.compile(rf"\bthang (\d{{1,2}}) (?:cua )?{EVERY} nam")

DATE = re.compile(rf"\b{HOUR}(?:ngay )?(?:mung )?{DAY}")
MONTH = re.compile(
    r"\b(?:(dau|giua|cuoi) )?thang (?:\d{1,2}(?:, ?| va | ?- ?)){0,4}(\d{1,2})"
    r"(?!\d)(?: ?(?:/|-|\.|,? ?nam) ?(\d{4}))?(?! ?(?:/|thang|lan|%))(?!\d)"
)
HALVES = re.compile(r"\b(?:0?(3|6|9)|sau|chin) thang (dau|cuoi) nam(?: (\d{4}))?")
QUARTER = re.compile(
    r"\b(?:(dau|giua|cuoi) )?quy (iv|iii|ii|i|[1-4])\b(?!\d)(?: ?(?:-|va|,|den)(?: quy)? (iv|iii|ii|i"
    r"|[1-4])\b)?(?: ?[/-] ?|,? (?:cua )?nam | )?(\d{4})?(?!\d)"
)
VAGUE = re.compile(r"\b(dau|giua|cuoi) (thang|nam)(?: nay)?\b(?! ?\d)(?! \d)")
YEARS = re.compile(r"\b(?:giai doan |nam |trong )?(\d{4}) ?(?:-|den|den nam|den het nam) ?(?:nam )?(\d{4})\b")
YEAR = re.compile(r"\b(?:(dau|giua|cuoi) )?nam (\d{4})\b(?! ?(?:-|/) ?\d)")

UNIT = r"(?:ngay lam viec|ngay|gio lam viec|gio|thang|tuan|nam)"
COUNTED = re.compile(
    rf"\b(?:(?:trong (?:thoi han|vong|thoi gian)|cham nhat(?: la)?(?: trong)?|muon nhat|khong qua|toi da"
    rf"|sau|truoc|trong) )?(?:khong qua "
    rf"|toi da )?\d{{1,3}} ?(?:\([^)]{{1,20}}\) )?{UNIT}(?: lam viec)?,? (?:(?:ke )?(?:tu|sau)(?: ngay"
    rf"| khi| thoi diem)?|truoc (?:khi|ngay)) [^.;:]{{2,90}}"
)
WITHIN = re.compile(
    rf"\b(?:trong (?:thoi han|vong)|cham nhat(?: la)?(?: trong)?"
    rf"|truoc(?! \d{{1,2}} ?(?:gio|h)\b(?! lam viec))|trong(?= \d{{1,3}} (?:ngay|gio) lam viec)) (?:khong qua "
    rf"|toi da )?\d{{1,3}} ?(?:\([^)]{{1,20}}\) )?{UNIT}\b(?! \d)[^.;,:]{{0,50}}"
)
ROADMAP = re.compile(r"\btheo (?:dung )?(?:lo trinh|tien do)(?: |,)[^.;:]{3,90}")
VAGUE_PLAN = re.compile(
    r"theo (?:dung |lo trinh |tien do )?(?:lo trinh |tien do )?(?:(?:da )?de ra|quy dinh|yeu cau"
    r"|(?:da )?duoc (?:phe )?duyet|duoc giao|cam ket|ke hoach|chung|phu hop|va )\b(?! cua | tai )"
)
AFTER = re.compile(
    r"\b(ngay )?sau khi (?:[^.;,: ]{1,15} ){0,16}?(?:ban hanh|co hieu luc|phe duyet|thong qua|nhan duoc"
    r"|ket thuc|chap thuan|hoan thanh)\b[^.;,:]{0,40}"
)
#: How long before an event people are warned; no limit of a task.
WARNED = re.compile(
    r"\b(?:canh bao|thong bao|thong tin|bao)\b[^.;]{0,40}(?:truoc|it nhat|toi thieu|som) (?:it nhat |toi thieu )?$"
)
EVENT = re.compile(
    r"(?:\b(?:hoan thanh|xong|cham nhat|thuc hien) |^ *)truoc (?:tet|mua|ky hop|dai hoi|khi|nam hoc|thoi diem|le)\b[^.;,:]{0,50}"
)

FREQ = {
    "ngay": "FREQ=DAILY", "tuan": "FREQ=WEEKLY", "thang": "FREQ=MONTHLY", "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
}  # fmt: skip
CLAUSE_START = re.compile(r"(?:^|[.;:,(\-] ?|\bva |\bthuc hien |\bto chuc |\bxong |\bngay |\bdot xuat |\bhoac )$")
REPORTS = re.compile(r"\b(?:bao cao|tong hop|gui|so ket|tong ket|giao ban|thong ke|doi soat)\b")
THINGS = re.compile(r"\b(?:ngan sach(?: nha nuoc)?|du toan|danh gia|kinh phi|ke hoach|chuong trinh|phan loai|von|nguon"
    r"|chi tieu|thi dua|binh quan|"
                     r"xep loai|khoan|chi thuong xuyen|phat trien|tang truong|muc tieu|dao tao|cong tac|nhiem vu|so lieu) $")  # fmt: skip
#: What follows the first half of a range: "tháng 9/2025 đến tháng 12/2025".
RANGE_ON = re.compile(
    r"(?: ?- ?| den (?:het )?)(?:(?:cuoi|giua|dau) )?(?:thang \d|quy [iv1-4]|nam \d{4}|ngay \d|\d{1,2}/\d)"
)
YEAR_LEFT = re.compile(r"(?:(?:^|[.;:,(] ?)|\b(?:phan dau|bao dam|dam bao|muc tieu) )$")
