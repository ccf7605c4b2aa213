"""The matrix of the protocol, lived through by acts and jobs in one province: only the right cells yield consent.

The expectation is worded anew from the sources, apart from the product: 2230/UBND-NC items 2.1 to 2.3 (silence or lateness is
agreement of a department of the province, with a notice), NĐ 191/2026/NĐ-CP Articles 11 and 12 (liability, no consent; a term
prolonged once), and what the law wants in writing.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Final

from tests import make, opinions

from kycuong.models import Consultation, Duty, Opinion
from kycuong.services import consultations as services
from kycuong.services import duties
from services.test_consult import ask

BEFORE, LATE, END = "2026-11-12 10:00", "2026-11-17 00:02", "2026-11-30 09:00"
#: What a body does with a question that it received on 09/11; the term ends with 16/11.
DEEDS: Final = (
    "undelivered", "in time", "late", "silent", "vague", "returned", "more given, silent", "more given, used",
    "more refused, silent", "more undecided, silent", "unreminded",
)  # fmt: skip
RULES = ("regulation", "liability", "law")
#: Rules, bodies and changes for which each deed is lived through; whom silence binds is tried where it matters.
CELLS = [
    *product(DEEDS, RULES, ("STC",), (False,)), *product(DEEDS, ("regulation",), ("STC",), (True,)),
    *product(("silent", "late", "vague"), ("regulation", "liability"), ("X1", "CAT"), (False,)),
]  # fmt: skip
HEADS = {"STC": "gdstc", "X1": "ctx1", "CAT": "gdcat"}


def consents(deed: str, rule: str, unit: str, *, changed: bool) -> bool:
    """Return whether the sources make this cell agreement."""
    kept_silent = "silent" in deed or deed in {"late", "unreminded"}  # the unreminded are reminded, and silent again
    return rule == "regulation" and unit == "STC" and kept_silent and not changed


def begin(deed: str, duty: Duty, unit: str) -> None:
    """Do what is done before the term ends."""
    login = HEADS[unit]
    if deed == "undelivered":
        return
    opinions.do("take_delivery", duty, login, opinions.TAKEN)
    if deed in {"in time", "vague"}:
        opinions.do("give_opinion", duty, login, BEFORE)
    if deed == "vague":
        opinions.do("refuse_vague", duty, when=BEFORE, note="Chưa rõ")
    if deed == "returned":
        opinions.do("return_opinion", duty, login, opinions.IN_TIME, note="Thuộc thẩm quyền của cơ quan hỏi")
    if deed.startswith("more"):
        opinions.do("ask_time", duty, login, BEFORE, until=date(2026, 11, 19), note="Chờ số liệu")
    if deed.startswith("more given"):
        opinions.do("give_time", duty, when=BEFORE)
    if deed.startswith("more refused"):
        opinions.do("refuse_time", duty, when=BEFORE, note="Việc gấp")


def test_only_the_right_cells_yield_consent() -> None:
    lived = {}
    for cell in CELLS:
        deed, rule, unit, changed = cell
        made = ask(unit, rule=rule, points=(("Phân bổ vốn", True),))
        duty = Opinion.objects.get(consultation__public_id=made).duty
        lived[cell] = duty
        begin(deed, duty, unit)
        if changed:
            services.change_proposal(
                actor=make.who("gdsxd", BEFORE), at=make.at(BEFORE), consultation=made, reason="Điều chỉnh",
                points=(("Phân bổ 15 tỷ đồng", True),),
            )  # fmt: skip
    unreminded = [duty.pk for cell, duty in lived.items() if cell[0] == "unreminded"]
    checks = dict(Duty.objects.filter(pk__in=unreminded).values_list("pk", "next_check_at"))
    Duty.objects.filter(pk__in=unreminded).update(next_check_at=None)  # the worker stood still for these
    duties.sweep(make.at("2026-11-16 08:30"))
    for pk, at in checks.items():
        Duty.objects.filter(pk=pk).exclude(phase="closed").update(next_check_at=at)
    services.expire(make.at("2026-11-17 00:01"))
    for cell, duty in lived.items():
        if cell[0] in {"late", "more given, used"}:
            opinions.do("give_opinion", duty, HEADS[cell[2]], LATE if cell[0] == "late" else "2026-11-17 10:00")
    for when in ("2026-11-18 08:30", "2026-11-19 08:30", "2026-11-23 08:30", END):
        duties.sweep(make.at(when))
        services.expire(make.at(when))
    found = {cell: Opinion.objects.get(duty=duty).outcome == "consent" for cell, duty in lived.items()}
    wrong = {cell for cell, came in found.items() if came != consents(*cell[:3], changed=cell[3])}
    assert wrong == set()
    assert sum(found.values()) == 6
    assert Consultation.objects.count() == len(CELLS)
