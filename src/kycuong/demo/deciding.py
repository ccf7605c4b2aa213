"""Units of the made-up province pass a task on until an arbiter rules, vote on slips, mend their own road, explain a sign."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from kycuong.core.calendars import TZ, local_date
from kycuong.core.processes import Stage, StepGiven
from kycuong.core.voting import Choice
from kycuong.demo.consulting import Agenda
from kycuong.queries import scope, simulation
from kycuong.services import arbitrations, directives, processes, proposals, signs, voting

GIVEN: Final = datetime(2026, 10, 21, 8, 30, tzinfo=TZ)
TEXT: Final = "Rà soát, đề xuất lắp đặt biển cảnh báo tại các ngầm tràn trên đường liên xã, báo cáo Chủ tịch UBND tỉnh."
#: Who gives the task up, why, and to whom the Chairman then gives it; the third time an arbiter rules.
PASSED: Final = (
    ("lg-sxd", "Đường liên xã không phải đường tỉnh do Sở quản lý.", "lg-stc"),
    ("lg-stc", "Nội dung kỹ thuật, không phải nội dung về vốn.", "lg-snnmt"),
    ("lg-snnmt", "Biển báo đường bộ không thuộc lĩnh vực của Sở.", ""),
)
RULING: Final = "Khoản 2 Điều 3 Quyết định 27/2025/QĐ-UBND: báo hiệu đường bộ do Sở Xây dựng hướng dẫn, thẩm định"

#: Slips: by whom, when, about what, how each member votes (a post and what it says; who is missing says nothing).
ROUNDS: Final = (
    ("gd.stc", datetime(2026, 11, 9, 9, tzinfo=TZ), "phương án phân bổ dự phòng ngân sách tỉnh đợt 4",
     "Bổ sung 24 tỷ đồng cho các xã khắc phục sạt lở, theo danh mục kèm theo Tờ trình.",
     {"lg_chairman": "agree", "lg_vice_chairman1": "agree", "lg_vice_chairman2": "agree", "lg_vice_chairman3": "other",
      "lg_vice_chairman4": "agree", "lg-vp_office_head": "agree", "lg-sxd_unit_head": "agree", "lg-snv_unit_head": "disagree",
      "lg-snnmt_unit_head": "agree", "lg-syt_unit_head": ""}),
    ("gd.sxd", datetime(2026, 11, 20, 9, tzinfo=TZ), "danh mục đường liên xã ưu tiên sửa chữa năm 2027",
     "Ưu tiên 11 tuyến có ngầm tràn; phần còn lại đưa vào kế hoạch năm 2028.",
     {"lg_chairman": "", "lg_vice_chairman1": "agree", "lg_vice_chairman2": "", "lg_vice_chairman3": "agree",
      "lg-vp_office_head": "", "lg-stc_unit_head": "", "lg-snv_unit_head": "", "lg-snnmt_unit_head": "agree"}),
)  # fmt: skip
WORDS: Final = {
    "disagree": "Chưa rõ tiêu chí phân bổ giữa các xã.", "other": "Đề nghị giao UBND xã tự quyết định thứ tự công trình.",
}  # fmt: skip

#: The road of one department: first day, reason, working hours of each step; by which kinds of posts.
ROAD: Final = (
    (date(2026, 2, 2), "Ban hành quy trình nội bộ của Sở", (8, 16, 16, 80, 24, 8)),
    (date(2026, 10, 1), "Bỏ một lần trình trung gian; trưởng phòng giao việc trong ngày", (4, 8, 8, 56, 16, 4)),
)
ROAD_UNIT, ROAD_LOGIN = "lg-snv", "gd.snv"


def arrange(life: Agenda) -> None:
    """Put it all on the agenda."""
    life.at(GIVEN, lambda at: _give(life, at))
    for number, one in enumerate(ROUNDS):
        life.at(one[1], lambda at, n=number: _vote(life, n, at))  # type: ignore[misc]
    for number, (first, _, _) in enumerate(ROAD):
        moment = datetime(first.year, first.month, first.day, 7, 45, tzinfo=TZ)
        life.at(moment, lambda at, n=number: _revise(n, at))  # type: ignore[misc]
    life.at(datetime(2026, 11, 19, 10, tzinfo=TZ), _explain)


def _who(login: str, at: datetime) -> scope.Actor:
    return scope.actor(simulation.officer_id(login), at)


def _give(life: Agenda, at: datetime) -> None:
    units = simulation.consulted([code for code, _, _ in PASSED])
    duty = directives.give(
        actor=_who("chutich", at), at=at, unit=f"unit:{units['lg-sxd'][0]}", text=TEXT, due_on=date(2026, 12, 11)
    )
    life.at(life.working(local_date(at), 1, 9), lambda then: _pass_on(life, duty, 0, then))


def _pass_on(life: Agenda, duty: UUID, number: int, at: datetime) -> None:
    """Let the holder return the task; the Chairman gives it to the next, the third time the head of the Office rules."""
    code, reason, to = PASSED[number]
    units = simulation.consulted([one for one, _, _ in PASSED])
    head = life.head(units[code][0], at)
    if head is None:
        return
    proposals.propose(
        actor=head, at=at, duty=duty, kind="return", reason=reason, basis="Điều 2 Quy định chức năng, nhiệm vụ"
    )
    if not to:
        child = simulation.asked_of(duty, "arbitration")
        life.at(at + timedelta(hours=5), lambda then: _rule(child, units["lg-sxd"][1], then))
        return
    child = simulation.asked_of(duty, "proposal")

    def accept(then: datetime) -> None:
        chair = _who("chutich", then)
        given = {"unit": f"unit:{units[to][0]}", "due_on": date(2026, 12, 11)}
        proposals.accept(actor=chair, at=then, duty=child, note="Đồng ý, chuyển.", **given)  # type: ignore[arg-type]
        following = simulation.follows(duty)
        life.at(life.working(local_date(then), 1, 9), lambda later: _pass_on(life, following, number + 1, later))

    life.at(life.working(local_date(at), 1, 15), accept)


def _rule(child: UUID, unit: UUID, at: datetime) -> None:
    arbitrations.rule(
        actor=_who("chanhvp", at), at=at, duty=child, unit=unit, matter="biển báo hiệu đường bộ", basis=RULING,
        note="Sở Xây dựng chủ trì; các xã phối hợp khảo sát.",
    )  # fmt: skip


def _vote(life: Agenda, number: int, at: datetime) -> None:
    login, _, title, words, members = ROUNDS[number]
    matter = voting.Matter(title, words, tuple(members))
    made = voting.open_voting(actor=_who(login, at), at=at, matter=matter)
    for n, (post, choice) in enumerate(members.items()):
        if choice:
            moment = life.working(local_date(at), 0, 9.5 + n / 2)
            life.at(moment, lambda then, p=post, c=choice: _send(made, p, Choice(c), then))  # type: ignore[misc]


def _send(made: UUID, post: str, choice: Choice, at: datetime) -> None:
    duty, officer = simulation.slip(made, post)
    voting.vote(actor=scope.actor(officer, at), at=at, duty=duty, choice=choice, words=WORDS.get(choice.value, ""))


def _revise(number: int, at: datetime) -> None:
    first, reason, hours = ROAD[number]
    posts = simulation.road(ROAD_UNIT, at)
    steps = [StepGiven(stage, posts[stage.value], limit) for stage, limit in zip(Stage, hours, strict=True)]
    unit = simulation.consulted([ROAD_UNIT])[ROAD_UNIT][1]
    processes.revise(actor=_who(ROAD_LOGIN, at), at=at, unit=unit, steps=steps, in_force_from=first, reason=reason)


def _explain(at: datetime) -> None:
    """Let the head of Home Affairs explain why the department said nothing; the Office has not looked yet."""
    unit = simulation.consulted(["lg-snv"])["lg-snv"][1]
    duty = simulation.silent_of(unit)
    if duty:
        signs.explain(
            actor=_who("gd.snv", at), at=at, unit=unit, code="silence", duty=duty,
            note="Công văn đến trong ba ngày Sở di chuyển trụ sở; đã rút kinh nghiệm văn thư, phân công người trực.",
        )  # fmt: skip
