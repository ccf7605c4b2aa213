"""Every act of the lifecycle of an opinion, done once: by the bodies, the asker, the clock and what changes around them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from kycuong import jobs
from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.core.consultations import Position, Said
from kycuong.core.dissents import Settled, Settlement
from kycuong.models import Duty, Opinion, Unit
from kycuong.queries import calendars
from kycuong.services import calendar_changes
from kycuong.services import consultations as services
from kycuong.services.consultations import Given
from tests import make, organising

ASKED, TAKEN, IN_TIME = "2026-11-09 08:00", "2026-11-09 09:00", "2026-11-10 10:00"
LETTER = make.result_file("90", "STC-NS", "ngày 09 tháng 11 năm 2026")
CLEAR = {1: Said(Position.AGREE)}
HEADS = {"STC": "gdstc", "X1": "ctx1", "SNV": "gdsnv"}


def asked(unit: str = "STC", days: int = 5) -> Duty:
    """Let a body be asked on one point; return its duty."""
    question = services.Question("phương án", (("Phân bổ vốn", True),), (make.unit(unit).public_id,), days=days)
    services.ask(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), question=question, request_id=uuid4())
    return Duty.objects.filter(kind="opinion").latest("id")


def taken(unit: str = "STC", days: int = 5) -> Duty:
    """Let a body be asked and open its question."""
    duty = asked(unit, days)
    do("take_delivery", duty, HEADS[unit], TAKEN)
    return duty


def do(act: str, duty: Duty, login: str = "gdsxd", when: str = IN_TIME, **given: Any) -> None:
    """Do one act on an opinion; a letter and clear positions where the act sends one."""
    if act in {"give_opinion", "file_late"}:
        given = {"said": CLEAR, "file": LETTER} | given
    getattr(services, act)(actor=make.who(login, when), at=make.at(when), duty=duty.public_id, **given)


def every_act() -> None:
    """Do all of it within two weeks of November 2026."""
    noted, vague, back, dropped, late, moved, differing = (taken() for _ in range(7))
    proved, more, refused, undecided = asked(), taken(), taken(), taken()
    unwarned = taken(days=2)
    prepared(taken("SNV"))
    do("prove_delivery", proved, when=TAKEN, note="Biên nhận số 12")
    do("give_opinion", noted, "gdstc")
    do("accept_opinion", noted)
    do("give_opinion", vague, "gdstc")
    do("refuse_vague", vague, note="Điểm 1 chưa rõ")
    do("give_opinion", vague, "gdstc")  # left lying: taken note of at the cut-off
    do("return_opinion", back, "gdstc", note="Thuộc thẩm quyền của Sở Xây dựng")
    do("give_opinion", differing, "gdstc", said={1: Said(Position.DISAGREE, "Khoản 2 Điều 8")})
    do("drop_opinion", dropped, note="Không cần nữa")
    for one in (more, refused, undecided):
        do("ask_time", one, "gdstc", until=date(2026, 11, 20), note="Chờ số liệu")
    do("give_time", more)
    do("refuse_time", refused, note="Việc gấp")
    services.change_proposal(
        actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), reason="Điều chỉnh",
        consultation=Opinion.objects.get(duty=moved).consultation.public_id, points=(("Phân bổ 15 tỷ đồng", True),),
    )  # fmt: skip
    merging = taken("X1")
    organising.decided(organising.merged("X2", on="2026-11-11"), "2026-11-11 08:00")
    assert Duty.objects.get(pk=merging.pk).holder_unit.code == "X2"
    services.expire(make.at("2026-11-12 08:00"))  # before any reminder: whoever is silent is warned first
    assert Duty.objects.get(pk=unwarned.pk).phase == "open"
    paper = Decision("1508/QĐ-TTg", date(2026, 11, 12), "Thủ tướng Chính phủ")
    calendar_changes.change_days(
        actor=make.who("quantri", "2026-11-12 09:00"), at=make.at("2026-11-12 09:00"), seen=calendars.version(),
        decision=paper, days=day_changes([date(2026, 11, 13)], [], paper), reason="Bão số 9",
    )  # fmt: skip
    use(by_link(), IN_TIME, CLEAR)
    use(by_link(), IN_TIME, {1: Said(Position.NOT_MINE, "Luật Đầu tư công, Điều 7")})
    silent = by_link()
    services.ask_time_by_link(
        link=silent.public_id, secret=silent.secret, at=make.at(IN_TIME), real=make.at(IN_TIME), until=date(2026, 11, 20),
        note="Chờ họp Ban Chấp hành",
    )  # fmt: skip
    jobs.catch_up(make.at("2026-11-30 08:00"))
    use(silent, "2026-11-30 08:30", CLEAR)
    do("file_late", late, "gdstc", "2026-11-30 09:00")
    meet(differing)


def prepared(duty: Duty) -> None:
    """Let an opinion be prepared inside the body: given down, put before the head, given back, sent by the head."""
    do("assign_opinion", duty, "gdsnv", "2026-11-09 10:00", desk=make.desk("tpcchc"))
    do("submit_opinion", duty, "tpcchc", "2026-11-09 11:00", said=CLEAR)
    do("return_opinion_draft", duty, "gdsnv", "2026-11-09 14:00", note="Nêu rõ căn cứ")
    do("submit_opinion", duty, "tpcchc", "2026-11-09 15:00", said=CLEAR)
    do("give_opinion", duty, "gdsnv")


def meet(duty: Duty) -> None:
    """Let the two heads meet about a dissent, the record be put right, and its minutes come back signed."""
    when, met = "2026-11-30 09:30", date(2026, 11, 27)
    settled = {1: Settled(Settlement.AGREED, "Phân bổ 18 tỷ đồng")}
    do("record_meeting", duty, when=when, meeting=services.Meeting(met, "Sở Xây dựng", points=settled))
    again = services.Meeting(met, "Sở Tài chính", points=settled)
    do("correct_meeting", duty, when=when, meeting=again, note="Ghi nhầm địa điểm")
    minutes = make.result_file("12", "BB-SXD", "ngày 27 tháng 11 năm 2026")
    do("sign_meeting", duty, when=when, file=minutes)


def by_link() -> Given:
    """Let a body outside the system be asked, open its link, and return the link."""
    name = f"Hiệp hội Vận tải {Unit.objects.count()}"
    services.add_outside(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), name=name, short_name=name)
    Unit.objects.filter(name=name).update(code=name)
    given = services.make_link(
        actor=make.who("gdsxd", ASKED), at=make.at(ASKED), duty=asked(name).public_id, given_to="Văn thư", days=28
    )
    services.open_link(link=given.public_id, secret=given.secret, at=make.at(TAKEN), real=make.at(TAKEN))
    return given


def use(link: Given, when: str, said: dict[int, Said]) -> None:
    """Answer by a link."""
    at = make.at(when)
    services.answer_by_link(link=link.public_id, secret=link.secret, at=at, real=at, said=said, file=make.exchanged())
