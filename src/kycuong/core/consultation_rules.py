"""What an authority may decide of consulting: the terms, what silence means, whom it binds, from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kycuong.core.consultations import MAY_BIND, SLIP_RULES, Silence
from kycuong.core.errors import Invalid
from kycuong.core.limit_rules import check_from

#: More working days than this for an opinion can only be a slip of the pen.
MOST_DAYS: Final = 60
#: The rule for what a law demands in writing; no authority makes silence mean anything there.
BY_LAW: Final = "law"
KIND_LABELS: Final = {
    "department": "Sở, ban, ngành thuộc UBND tỉnh", "office": "Văn phòng UBND tỉnh", "commune": "UBND xã, phường, đặc khu",
}  # fmt: skip

#: What a preview compares.
RULING_LABELS: Final = {
    "silence": "Im lặng", "kinds": "Cơ quan bị ràng buộc", "least_days": "Thời hạn ngắn nhất",
    "usual_days": "Thời hạn thường dùng", "most_days": "Thời hạn dài nhất", "return_days": "Thời hạn trả lại",
    "casting": "Số phiếu ngang nhau",
}  # fmt: skip


#: What is said of equal votes, by whether the Chairman's slip decides.
CASTING_LABELS: Final = {
    True: "theo bên có ý kiến của Chủ tịch", False: "không thông qua, kể cả khi Chủ tịch đồng ý",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule of consulting is to say from a day on; days are working days, `kinds` those of units that silence binds."""

    code: str
    silence: Silence
    least_days: int
    usual_days: int
    most_days: int
    return_days: int
    kinds: frozenset[str]
    in_force_from: date | None
    casting: bool = True  # of slips: where votes are equal the Chairman's side counts


def check_ruling(given: Ruling, *, today: date, latest: date) -> None:
    """Refuse a rule that cannot be: days out of order, a body that silence cannot bind, in force before today or the latest.

    Basis: 2230/UBND-NC item 2.2 speaks of departments of the province; a law that wants an opinion in writing goes before.
    Raises: Invalid.
    """
    days = (1, given.least_days, given.usual_days, given.most_days, MOST_DAYS)
    if list(days) != sorted(days) or not 1 <= given.return_days <= given.most_days:
        raise Invalid("consultation_rule_days", most=MOST_DAYS)
    if (given.code == BY_LAW) is not (given.silence is Silence.WRITTEN):
        raise Invalid("consultation_rule_law")
    slips = given.code in SLIP_RULES  # they bind members by name, no kind of units
    wrong = given.kinds if slips else given.kinds - MAY_BIND[given.silence]
    if wrong:
        raise Invalid("consultation_rule_binds", kinds=", ".join(KIND_LABELS.get(one, one) for one in sorted(wrong)))
    if given.silence is not Silence.WRITTEN and not given.kinds and not slips:
        raise Invalid("consultation_rule_nobody")
    check_from(given.in_force_from, today=today, latest=latest)
