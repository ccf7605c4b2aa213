"""The clause that asks for a report: what it is about, and to whom it goes."""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"báo cáo (?:nhanh |định kỳ )?((?:kết quả|tình hình|tiến độ|việc|số liệu|công tác).+?)"
    r"(?=,|;|\.|\s(?:trước|chậm nhất|về (?:Ủy|UBND|Sở|Văn)|qua|gửi|định kỳ|hằng|hàng|cho đến|theo quy định|$))"
)
_TO = re.compile(
    r"(?i:về|gửi|báo cáo|cho)\s+((?:Chủ tịch |Thường trực )?(?:Ủy ban nhân dân|UBND|Tỉnh ủy|Văn phòng Ủy ban nhân dân|"
    r"Văn phòng UBND|Sở [A-ZĐÀ-Ỹ][\w ]*?)(?: (?:tỉnh|thành phố))?)(?=[\s,;.]|$)"
)


def subject_of(clause: str, document: str) -> str:
    """Return what the report is about in the words of the clause that asks for it, or the results of the document."""
    match = _ASKED.search(" ".join(clause.split()))
    if match is None:
        return f"Kết quả thực hiện {document}"
    words = re.sub(
        r"(?:Chỉ thị|Kế hoạch|Quyết định|Công điện|Công văn|Thông báo|văn bản) này", document, match[1].strip()
    )
    said = words[0].upper() + words[1:]
    return said if document in said else f"{said} theo {document}"


def recipient_of(clause: str, giver: str) -> str:
    """Return to whom the clause sends the report, or the giver."""
    match = _TO.search(" ".join(clause.split()))
    return match[1].strip() if match else giver
