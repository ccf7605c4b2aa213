"""Ask other bodies in the made-up province: needed or not, answered, returned, passed over in silence or in general words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from signs_province import DEPARTMENTS, SHARED, matter_name
from signs_world import SLIP, Province, head, unit_of

from kycuong.core.calendars import TZ, local_date
from kycuong.core.consultations import Position, Said
from kycuong.core.signs import Code
from kycuong.models import Duty, Opinion
from kycuong.services import consultations
from kycuong.services.consultations.concerning import Concerns
from kycuong.services.tasks.papers import Signed

#: How often the registry is behind: it does not name a body that a matter concerns, or names one that it no longer does.
UNNAMED, OUTDATED = 0.12, 0.05
#: An honest answer: how often one short line of agreement, how often the sentence that the body always uses.
SHORT, USUAL = 0.25, 0.05
#: What each body says when it wants to say nothing, or has no more to say.
STOCK: Final = (
    "Cơ bản thống nhất với nội dung dự thảo, đề nghị cơ quan chủ trì thực hiện theo đúng quy định của pháp luật",
    "Qua nghiên cứu, đơn vị không có ý kiến khác, đề nghị cơ quan chủ trì tổng hợp, trình cấp có thẩm quyền xem xét",
)
WORDS: Final = (
    "hạ tầng nguồn vốn tiến độ đối tượng định mức lộ trình địa bàn kinh phí quỹ đất khảo sát hồ sơ nhân lực thiết bị mùa vụ "
    "trường lớp thuốc men cầu cống thủy lợi bến bãi kho lạnh trạm y tế thư viện nhà văn hóa chợ đầu mối điện chiếu sáng"
).split()


@dataclass(frozen=True, slots=True)
class Question:
    """One body asked: by whom, on which task, whether it concerns it, whether the matter is the asker's own."""

    made: UUID
    lead: str
    code: str
    about: UUID | None
    concerned: bool
    own: bool


def ask(world: Province, lead: str, at: datetime, about: UUID | None = None) -> None:
    """A lead asks the bodies that its matter concerns, and sometimes those that it does not."""
    others = [code for code, _ in DEPARTMENTS if code != lead]
    matter, holders = world.rng.choice([one for one in SHARED.items() if lead not in one[1]])
    own = "asks_own" in world.traits[lead] and world.chance(0.4)
    named = own and world.chance(0.5)  # else it hides behind another matter
    if named or (not own and world.chance(0.1)):  # what one decides oneself may have to be heard of by others
        codes: tuple[str, ...] = (f"V{lead}",) if named else (f"V{lead}", matter)
    else:
        codes = (matter,)
    concerned = world.rng.sample(others, 2) if named else list(holders)
    spare = [code for code in others if code not in concerned]
    if not named and world.chance(UNNAMED):
        concerned.append(spare.pop(world.rng.randrange(len(spare))))
    outdated = world.rng.choice(holders) if not named and world.chance(OUTDATED) else ""
    needless: dict[str, bool] = {}  # body -> meant to share out the responsibility
    if "asks_around" in world.traits[lead] and world.chance(0.5):
        needless = dict.fromkeys(world.rng.sample(spare, 2), True)
    elif world.chance(SLIP * 2):
        needless = {world.rng.choice(spare): False}
    bodies = [*concerned, *needless]
    made = consultations.ask(actor=world.who(head(lead), at), at=at, question=_question(world, bodies, codes, about))
    if own:
        world.plant(Code.OWN_ASKED, lead, *(_asked(made, code).duty_id for code in bodies))
    for code in bodies:
        if needless.get(code):
            world.plant(Code.NEEDLESS, lead, _asked(made, code).duty_id)
        _receive(world, Question(made, lead, code, about, code in concerned and code != outdated, own), at)


def _question(
    world: Province, bodies: Sequence[str], codes: tuple[str, ...], about: UUID | None
) -> consultations.Question:
    """Word a question; whom the registry does not name is asked with a reason, needed or not."""
    units = tuple(unit_of(code).public_id for code in bodies)
    points = (("Phương án phân bổ nguồn lực", True), ("Thời gian thực hiện", False))
    concerns = Concerns(codes, reasons=dict.fromkeys(units, "Có liên quan đến ngành"), confirmed=True)
    own = next((code[1:] for code in codes if code.startswith("V")), "")
    title = f"phương án số {next(world.numbers)}" + (f" về {matter_name(own)}" if own else "")
    return consultations.Question(title, points, units, about=about, concerns=concerns)


def _asked(made: UUID, code: str) -> Opinion:
    return Opinion.objects.select_related("duty").filter(consultation__public_id=made, unit__code=code).latest("id")


def _receive(world: Province, asked: Question, at: datetime) -> None:
    taken = world.on(local_date(at), 1, 9)

    def take(at: datetime) -> None:
        duty = _asked(asked.made, asked.code).duty.public_id
        consultations.take_delivery(actor=world.who(head(asked.code), at), at=at, duty=duty)

    world.then(taken, take)
    answered = world.on(local_date(taken), world.rng.randint(1, 3), 10, world.rng.randint(0, 50))
    _answer(world, asked, answered)


def _answer(world: Province, asked: Question, answered: datetime) -> None:
    """The body does what it always does: it returns, keeps silent, speaks in general, or answers."""
    traits, duty = world.traits[asked.code], _asked(asked.made, asked.code).duty_id
    if not asked.concerned:
        if world.chance(0.75):
            world.then(answered, lambda at: _return(world, asked, at))
        else:  # out of politeness: nothing in it shows that it did not concern the body
            letter = _stock(world) if world.chance(0.7) else _letter(world)
            world.then(answered, lambda at: _say(world, asked, at, Position.AGREE, letter))
    elif "returns" in traits and world.chance(0.35):
        world.plant(Code.WRONG_RETURN, asked.code, duty)
        world.then(answered, lambda at: _return(world, asked, at))
        if asked.about is not None and world.chance(0.7):  # the lead does not take it, and asks once more
            world.then(world.on(local_date(answered), 1, 14), lambda at: _ask_again(world, asked, at))
    elif "silent" in traits and world.chance(0.4):
        world.plant(Code.SILENCE, asked.code, duty)
    elif world.chance(SLIP):
        pass  # the head is ill and nobody covers: silence that is nobody's dodge
    elif "vague" in traits and world.chance(0.5):
        world.plant(Code.VAGUE, asked.code, duty)
        letter, position = _stock(world), Position.AGREE if world.chance(0.5) else Position.AGREE_IF
        world.then(answered, lambda at: _say(world, asked, at, position, letter, "Theo quy định của pháp luật"))
        _judge(world, asked, answered, vague=True)
    else:
        sees = (asked.own and world.chance(0.7)) or (not asked.own and world.chance(SLIP / 2))
        position, letter = Position.ASKERS_OWN if sees else Position.AGREE, _letter(world)
        world.then(answered, lambda at: _say(world, asked, at, position, letter, "Khoản 2 Điều 8 Quy chế"))
        _judge(world, asked, answered, vague=False)


def _stock(world: Province) -> str:
    return world.rng.choice(STOCK)


def _letter(world: Province) -> str:
    """Word an honest letter: now and then in the body's usual sentence, sometimes in a line, mostly about the matter."""
    drawn = world.rng.random()
    if drawn < USUAL:
        return STOCK[0]
    if drawn < USUAL + SHORT:
        return "Thống nhất với dự thảo."
    return "Đề nghị bổ sung, làm rõ nội dung " + " ".join(world.rng.sample(WORDS, 8))


def _judge(world: Province, asked: Question, answered: datetime, *, vague: bool) -> None:
    """The lead reads the answer: most vague ones are sent back, now and then a good one too."""
    if not world.chance(0.65 if vague else SLIP / 2):
        return
    read = world.on(local_date(answered), 0, 15)

    def send_back(at: datetime) -> None:
        duty = _asked(asked.made, asked.code).duty
        if duty.phase == "answered":
            consultations.refuse_vague(
                actor=world.who(head(asked.lead), at), at=at, duty=duty.public_id, note="Nêu rõ điểm 1"
            )
            again = datetime.combine(local_date(at), time(16), TZ)
            world.then(again, lambda at: _say(world, asked, at, Position.AGREE, _letter(world)))

    world.then(read, send_back)


def _say(world: Province, asked: Question, at: datetime, position: Position, letter: str, words: str = "") -> None:
    row = _asked(asked.made, asked.code)
    if row.duty.phase != "open":
        return
    said = {1: Said(position, "" if position is Position.AGREE else words), 2: Said(Position.AGREE)}
    number = str(next(world.numbers))
    consultations.give_opinion(
        actor=world.who(head(asked.code), at), at=at, duty=row.duty.public_id, said=said,
        file=("y-kien.txt", f"Số {number}: ý kiến của đơn vị\n{letter}".encode()),
        typed=Signed(number, f"{asked.code}-VP", local_date(at), "GĐ"),
    )  # fmt: skip


def _return(world: Province, asked: Question, at: datetime) -> None:
    row = _asked(asked.made, asked.code)
    if row.duty.phase == "open":
        consultations.return_opinion(
            actor=world.who(head(asked.code), at), at=at, duty=row.duty.public_id, note="Không thuộc chức năng của Sở",
            why="Văn bản đến muộn ở phòng",
        )  # fmt: skip


def _ask_again(world: Province, asked: Question, at: datetime) -> None:
    if asked.about is None or Duty.objects.get(public_id=asked.about).phase == "closed":
        return
    matter = next(code for code, holders in SHARED.items() if asked.code in holders)
    question = _question(world, [asked.code], (matter,), asked.about)
    made = consultations.ask(actor=world.who(head(asked.lead), at), at=at, question=question)
    again = Question(made, asked.lead, asked.code, asked.about, concerned=True, own=False)
    letter = _letter(world)
    world.then(world.on(local_date(at), 2, 9), lambda at: _say(world, again, at, Position.AGREE, letter))
