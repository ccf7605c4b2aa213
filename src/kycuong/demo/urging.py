"""The Office of the made-up province urges: one letter goes out and is answered, one waits to be signed, a backlog is gone through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

from kycuong.core.backlog import Decision
from kycuong.core.calendars import TZ, local_date
from kycuong.core.errors import Fact
from kycuong.demo import letters, places
from kycuong.demo.asking import Agenda
from kycuong.queries import backlog as reviews
from kycuong.queries import simulation
from kycuong.services import backlog, chasing, tasks
from kycuong.services.tasks.papers import Signed

SENT, REVIEWED, DRAFTED = (
    datetime(2026, 11, 9, 9, tzinfo=TZ), datetime(2026, 11, 18, 14, tzinfo=TZ), datetime(2026, 11, 20, 10, 15, tzinfo=TZ),
)  # fmt: skip
DUTIES_IN_LETTER = 4
PRESENT = "Văn phòng Ủy ban nhân dân tỉnh\nSở Nội vụ\nCác đơn vị có nhiệm vụ được rà soát"


def urge(life: Agenda, idle: list[simulation.Opened]) -> None:
    """Put the letters and the review on the agenda; `idle` grows while the province lives: the duties that nobody touches."""
    urged: set[int] = set()
    life.at(SENT, lambda at: _send(life, idle, urged, at))
    life.at(REVIEWED, lambda at: _review(life, idle, at))
    life.at(DRAFTED, lambda at: _leave_draft(life, _worst(idle, urged, at), at))


def _worst(idle: Iterable[simulation.Opened], urged: set[int], at: datetime) -> list[simulation.Opened]:
    """Return what is late of the department with the most of it, or of any unit; of no unit that was urged before."""
    late: dict[int, list[simulation.Opened]] = defaultdict(list)
    for duty in idle:
        if duty.due_at and duty.due_at <= at and duty.unit_id not in urged:
            late[duty.unit_id].append(duty)
    ranked = sorted(late.values(), key=lambda rows: (rows[0].unit_kind != "department", -len(rows), rows[0].unit_code))
    return ranked[0][:DUTIES_IN_LETTER] if ranked else []


def _draft(life: Agenda, duties: list[simulation.Opened], at: datetime) -> chasing.Drafted | None:
    if not duties:
        return None
    keys = [duty.public_id for duty in duties]
    return chasing.draft(actor=life.actor("theodoi", at), at=at, duties=keys)


def _leave_draft(life: Agenda, duties: list[simulation.Opened], at: datetime) -> None:
    """Draft a letter that waits to be signed when the visitor comes."""
    _draft(life, duties, at)


def _send(life: Agenda, idle: list[simulation.Opened], urged: set[int], at: datetime) -> None:
    """Draft a letter, take the signed one back in the afternoon; the unit answers the oldest of its duties within the week."""
    duties = _worst(idle, urged, at)
    made = _draft(life, duties, at)
    if made is None:
        return
    first = duties[0]
    urged.add(first.unit_id)
    idle.remove(first)
    signed = letters.letter(
        unit="Văn phòng Ủy ban nhân dân tỉnh", place=places.PLACE, number=912, symbol="UBND-TH", signed=local_date(at),
        about=f"đôn đốc {first.unit_name} thực hiện các nhiệm vụ được giao", title="Chánh Văn phòng", signer="Văn phòng",
    )  # fmt: skip

    def sign(then: datetime) -> None:
        typed = Signed("912", "UBND-TH", local_date(then))
        file = ("van-ban-don-doc.docx", signed)
        chasing.record(actor=life.actor("vanthu", then), at=then, letter=made.letters[0], file=file, typed=typed)

    life.at(at + timedelta(hours=6), sign)
    life.at(life.working(local_date(at), 3, 10), lambda then: _answer(life, first, then))


def _answer(life: Agenda, duty: simulation.Opened, at: datetime) -> None:
    head = life.head(duty.unit_id, at)
    if head is None:
        return
    data = letters.letter(
        unit=duty.unit_name, place=places.PLACE, number=77, symbol=f"BC-{duty.unit_symbol}", signed=local_date(at),
        about=duty.title[:90], title=head.hats[0].title, signer=head.full_name,
    )  # fmt: skip
    tasks.send(actor=head, at=at, duty=duty.public_id, file=("bao-cao-ket-qua.docx", data))


def _review(life: Agenda, idle: list[simulation.Opened], at: datetime) -> None:
    """Go through what is late by three working days or more: two decisions, one matter raised, the rest left for next time."""
    late = [duty for duty in idle if duty.due_at and duty.due_at <= at - timedelta(days=7)]
    if not late:
        return
    actor, mine = life.actor("theodoi", at), _worst(late, set(), at)
    unit = simulation.unit_of(mine[0].unit_id)
    review = backlog.open_review(actor=actor, at=at, wanted=reviews.Wanted(unit, days=3))
    chosen = (
        backlog.Chosen(Decision.NEW_DATE, "Chờ số liệu của các chủ đầu tư; không lùi thêm.", date(2026, 12, 4)),
        backlog.Chosen(Decision.RAISE, "Vướng phân cấp thẩm quyền giữa hai ngành, đề nghị Chủ tịch cho ý kiến."),
    )
    for duty, one in zip(mine, chosen, strict=False):
        with suppress(Fact):  # a date set above, a giver nobody named: the meeting leaves it for next time
            backlog.decide(actor=actor, at=at + timedelta(minutes=20), review=review, duty=duty.public_id, chosen=one)
    meeting = backlog.Meeting("Chánh Văn phòng Ủy ban nhân dân tỉnh", actor.full_name, PRESENT, "Phòng họp số 2")

    def close(then: datetime) -> None:
        backlog.close_review(actor=actor, at=then, review=review, meeting=meeting)

    life.at(at + timedelta(hours=2), close)
