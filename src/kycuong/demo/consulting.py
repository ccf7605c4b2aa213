"""Units of the made-up province ask each other: one answers, one is silent, one is late, one disagrees, one is still asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from kycuong.core.calendar_changes import Decision
from kycuong.core.calendars import local_date
from kycuong.core.consultation_rules import Ruling
from kycuong.core.consultations import Position, Said, Silence
from kycuong.core.errors import Fact
from kycuong.queries import scope, simulation
from kycuong.services import consultations, limits


class Agenda(Protocol):
    """What the simulated life offers: to do something at a moment, an hour of a working day, the head of a unit."""

    def at(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        """Put an act on the agenda."""

    def working(self, day: date, n: int, hour: float) -> datetime:
        """Return an hour of the n-th working day after a day."""

    def head(self, unit_id: int, moment: datetime) -> scope.Actor | None:
        """Return the head of a unit."""


#: What is asked: by whom, on which day of 2026, by which rule, about what, in which points; and what each body does:
#: after how many working days (None: nothing), and what it says. The notice of a silence follows where there is consent.
QUESTIONS: Final = (
    ("lg-sxd", date(2026, 10, 12), "regulation", "phương án phân bổ vốn bảo trì đường tỉnh năm 2027",
     ("Phân bổ 42 tỷ đồng theo mức độ hư hỏng", "Ưu tiên tuyến qua khu vực sạt lở"),
     (("lg-stc", 3, "agree_if"), ("lg-snv", None, ""))),
    ("lg-stc", date(2026, 10, 19), "liability", "dự thảo quy định mức chi hội nghị của cấp xã",
     ("Mức chi theo quy mô dân số",), (("lg-x01", None, ""), ("lg-x02", 4, "agree"))),
    ("lg-snv", date(2026, 10, 26), "regulation", "đề án vị trí việc làm của cơ quan chuyên môn",
     ("Giữ số biên chế như năm 2026", "Ghép vị trí văn thư, lưu trữ"), (("lg-sxd", 8, "agree"), ("lg-stc", 2, "agree"))),
    ("lg-sxd", date(2026, 11, 3), "regulation", "vị trí khu tái định cư dọc tuyến cao tốc",
     ("Chọn vị trí phía bắc",), (("lg-stc", 4, "disagree"),)),
    ("lg-snv", date(2026, 11, 9), "regulation", "bố trí viên chức quản lý dự án cấp xã",
     ("Mỗi xã một viên chức", "Chế độ biệt phái"), (("lg-sxd", None, ""), ("lg-stc", 3, "agree"))),
    ("lg-stc", date(2026, 11, 18), "regulation", "phương án điều chuyển vốn cuối năm",
     ("Điều chuyển 18 tỷ đồng", "Thứ tự ưu tiên dự án"), (("lg-sxd", None, ""), ("lg-snv", None, ""))),
)  # fmt: skip
WORDS: Final = {
    "agree_if": "Sau khi rà soát lại đơn giá bảo trì", "disagree": "Khoản 2 Điều 8 của quy định về hành lang an toàn",
}  # fmt: skip
OPINION: Final = (
    "UBND TỈNH LAM GIANG\n{unit}\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
    "Số: {number}/CV-YK\nLam Giang, ngày {on:%d} tháng {on:%m} năm {on:%Y}\nÝ KIẾN\nVề việc được hỏi\n"
    "{unit} có ý kiến đối với từng điểm như sau.\nTHỦ TRƯỞNG\n{signer}\n"
)


def rule(login: str, at: datetime) -> None:
    """Let the authority decide that communes answer for their silence, without consenting by it."""
    kinds = frozenset({"department", "office", "commune"})
    ruling = Ruling("liability", Silence.LIABILITY, 2, 5, 5, 1, kinds, local_date(at))
    paper = Decision("31/2026/QĐ-UBND", local_date(at), "UBND tỉnh Lam Giang")
    actor = scope.actor(simulation.officer_id(login), at)
    limits.change_consultation_rule(
        actor=actor, at=at, ruling=ruling, decision=paper, reason="Quy chế làm việc mới", article="Điều 14"
    )


def arrange(life: Agenda) -> None:
    """Put the questions on the agenda."""
    for number, question in enumerate(QUESTIONS):
        moment = life.working(question[1], 0, 9)
        life.at(moment, lambda at, n=number: _ask(life, n, at))  # type: ignore[misc]


def _ask(life: Agenda, number: int, at: datetime) -> None:
    code, day, by, title, points, bodies = QUESTIONS[number]
    units = simulation.consulted([code, *(body for body, _, _ in bodies)])
    lead = life.head(units[code][0], at)
    if lead is None:
        return
    asked = tuple(units[body][1] for body, _, _ in bodies)
    reasons = dict.fromkeys(asked, "Liên quan trực tiếp đến nội dung đề xuất")
    question = consultations.Question(
        title, tuple((words, n == 0) for n, words in enumerate(points)), asked, by,
        concerns=consultations.Concerns(reasons=reasons),
    )  # fmt: skip
    made = consultations.ask(actor=lead, at=at, question=question)
    for n, (body, after, position) in enumerate(bodies):
        duty = simulation.opinion(made, units[body][0])
        life.at(life.working(day, 0, 10 + n / 2), lambda then, d=duty, u=units[body][0]: _open(life, d, u, then))  # type: ignore[misc]
        if after is None and by == "regulation":
            then = life.working(day, 7, 9)
            life.at(then, lambda then, d=duty, u=units[code][0], k=number: _notify(life, d, u, k, then))  # type: ignore[misc]
        elif after is not None:
            given = (duty, units[body][0], position, len(points), 200 + number * 10 + n)
            life.at(life.working(day, after, 15), lambda then, g=given: _answer(life, g, then))  # type: ignore[misc]


def _open(life: Agenda, duty: UUID, unit: int, at: datetime) -> None:
    head = life.head(unit, at)
    if head:
        consultations.take_delivery(actor=head, at=at, duty=duty)


def _answer(life: Agenda, given: tuple[UUID, int, str, int, int], at: datetime) -> None:
    duty, unit, position, points, number = given
    head = life.head(unit, at)
    if head is None:
        return
    first = Said(Position(position), WORDS.get(position, ""))
    said = {1: first} | {n: Said(Position.AGREE) for n in range(2, points + 1)}
    consultations.give_opinion(actor=head, at=at, duty=duty, said=said, file=_letter(unit, number, at))


def _notify(life: Agenda, duty: UUID, lead: int, number: int, at: datetime) -> None:
    head = life.head(lead, at)
    if head is None:
        return
    try:
        consultations.record_notice(actor=head, at=at, duty=duty, file=_letter(lead, 300 + number, at))
    except Fact:
        return  # the body has answered after all, or is bound by no rule


def _letter(unit: int, number: int, at: datetime) -> tuple[str, bytes]:
    name, signer = simulation.signing(unit, at)
    text = OPINION.format(unit=name.upper(), number=number, on=local_date(at), signer=signer)
    return f"cong-van-{number}.txt", text.encode()
