"""Play months of a made-up province through the services: known buck-passing planted by a seed among honest work and honest slips.

What is planted is what people mean to do, never what a rule would find: a dodger's needless question may be answered out of
politeness, a wrong return may be accepted by a tired giver, a vague answer may pass. So some of it leaves no trace a rule can see,
and honest people leave traces that look like it. `scripts/score_signs.py` says how much of either.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any, Final
from uuid import UUID

from signs_province import DEPARTMENTS, organise

from kycuong.core.calendars import TZ, Calendar, local_date
from kycuong.core.consultations import Position, Said
from kycuong.core.signs import Code
from kycuong.models import Duty, Officer, Opinion, Post, Proposal
from kycuong.models import Unit as UnitRow
from kycuong.queries import calendars, scope
from kycuong.services import consultations, directives, duties, proposals, tasks
from kycuong.services.consultations.concerning import Concerns
from kycuong.services.tasks.papers import Signed

BEGUN: Final = date(2026, 3, 2)
#: Ways of not doing one's work; each department has some of them, drawn by the seed.
TRAITS: Final = ("asks_around", "asks_own", "returns", "silent", "vague", "passes", "upward")
#: How often an honest person does what looks alike: absent, mistaken, too strict.
SLIP: Final = 0.04


@dataclass
class Planted:
    """One thing meant to dodge, and the duty on which a rule could see it; 0 while nothing in the ledger shows it."""

    code: Code
    unit: str
    duty: int = 0


@dataclass
class Province:
    """The province under way: its people, what is to happen next, what was planted."""

    seed: int
    rng: Random = field(init=False)
    calendar: Calendar = field(init=False)
    traits: dict[str, set[str]] = field(init=False)
    planted: list[Planted] = field(default_factory=list)
    queue: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))
    slow_giver: bool = True
    acts: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        organise()
        self.calendar = calendars.current()
        codes = [code for code, _ in DEPARTMENTS]
        self.traits = {code: set() for code in codes}
        for trait in TRAITS:  # two departments of eight for each way
            for code in self.rng.sample(codes, 2):
                self.traits[code].add(trait)

    def chance(self, p: float) -> bool:
        """Draw once."""
        return self.rng.random() < p

    def on(self, day: date, days: int, hour: int, minute: int = 0) -> datetime:
        """Return a time of day so many working days later."""
        later = self.calendar.add_working_days(day, days) if days else day
        return datetime.combine(later, time(hour, minute), TZ)

    def then(self, at: datetime, act: Callable[[datetime], None]) -> None:
        """Put an act on the list of what is to happen."""
        heapq.heappush(self.queue, (at, next(self.numbers), act))

    def plant(self, code: Code, unit: str, duty: int = 0) -> Planted:
        """Note that somebody means to dodge."""
        made = Planted(code, unit, duty)
        self.planted.append(made)
        return made

    def who(self, login: str, at: datetime) -> scope.Actor:
        """Return a person as an actor."""
        self.acts += 1
        return scope.actor(Officer.objects.values_list("pk", flat=True).get(login=login), at)

    def run(self, until: date) -> datetime:
        """Live day by day: what is to happen in its order, reminders and cut-offs every working morning."""
        day = BEGUN
        while day <= until:
            if self.calendar.is_working(day):
                self._live(datetime.combine(day, time(8, 30), TZ))
                duties.sweep(datetime.combine(day, time(8, 30), TZ))
                consultations.expire(datetime.combine(day, time(8, 45), TZ))
            day += timedelta(days=1)
        return datetime.combine(until, time(17, 0), TZ)

    def _live(self, until: datetime) -> None:
        while self.queue and self.queue[0][0] <= until:
            at, _, act = heapq.heappop(self.queue)
            act(at)


def unit_of(code: str) -> UnitRow:
    """Return a unit."""
    return UnitRow.objects.get(code=code)


def head(code: str) -> str:
    """Return the sign-in name of a unit's head."""
    return f"gd{code}".lower()


# Asking others


def ask(world: Province, lead: str, at: datetime, about: UUID | None = None) -> None:
    """A lead asks the bodies that its matter concerns, and sometimes those that it does not."""
    others = [code for code, _ in DEPARTMENTS if code != lead]
    concerned = world.rng.sample(others, 2)
    spare = [code for code in others if code not in concerned]
    needless: dict[str, bool] = {}  # body -> meant to share out the responsibility
    if "asks_around" in world.traits[lead] and world.chance(0.5):
        needless = dict.fromkeys(world.rng.sample(spare, 2), True)
    elif world.chance(SLIP * 2):
        needless = {world.rng.choice(spare): False}
    own = "asks_own" in world.traits[lead] and world.chance(0.4)
    bodies = [*concerned, *needless]
    question = _question(world, bodies, about)
    made = consultations.ask(actor=world.who(head(lead), at), at=at, question=question)
    for code in bodies:
        duty = _asked(made, code).duty_id
        if needless.get(code):
            world.plant(Code.NEEDLESS, lead, duty)
        if own:
            world.plant(Code.OWN_ASKED, lead, duty)
        _receive(world, made, lead, code, at, about, concerned=code in concerned, own=own)


def _question(world: Province, bodies: Sequence[str], about: UUID | None) -> consultations.Question:
    """Word a question; whom the registry does not name is asked with a reason, needed or not."""
    units = tuple(unit_of(code).public_id for code in bodies)
    points = (("Phương án phân bổ nguồn lực", True), ("Thời gian thực hiện", False))
    concerns = Concerns(reasons=dict.fromkeys(units, "Có liên quan đến ngành"), confirmed=True)
    return consultations.Question(f"phương án số {next(world.numbers)}", points, units, about=about, concerns=concerns)


def _asked(made: UUID, code: str) -> Opinion:
    return Opinion.objects.select_related("duty").filter(consultation__public_id=made, unit__code=code).latest("id")


def _receive(
    world: Province, made: UUID, lead: str, code: str, at: datetime, about: UUID | None, *, concerned: bool, own: bool
) -> None:
    taken = world.on(local_date(at), 1, 9)

    def take(at: datetime) -> None:
        duty = _asked(made, code).duty.public_id
        consultations.take_delivery(actor=world.who(head(code), at), at=at, duty=duty)

    world.then(taken, take)
    traits = world.traits[code]
    answered = world.on(local_date(taken), world.rng.randint(1, 3), 10, world.rng.randint(0, 50))
    if not concerned:
        if world.chance(0.75):
            world.then(answered, lambda at: _return(world, made, code, at))
        else:  # out of politeness: nothing shows that it did not concern the body
            world.then(answered, lambda at: _say(world, made, code, at, Position.AGREE))
    elif "returns" in traits and world.chance(0.35):
        world.plant(Code.WRONG_RETURN, code, _asked(made, code).duty_id)
        world.then(answered, lambda at: _return(world, made, code, at))
        if about is not None and world.chance(0.7):  # the lead does not take it, and asks once more
            world.then(world.on(local_date(answered), 1, 14), lambda at: _ask_again(world, lead, code, about, at))
    elif "silent" in traits and world.chance(0.4):
        world.plant(Code.SILENCE, code, _asked(made, code).duty_id)
    elif world.chance(SLIP):
        pass  # the head is ill and nobody covers: silence that is nobody's dodge
    elif "vague" in traits and world.chance(0.5):
        world.plant(Code.VAGUE, code, _asked(made, code).duty_id)
        world.then(
            answered, lambda at: _say(world, made, code, at, Position.AGREE_IF, "Thực hiện theo quy định của pháp luật")
        )
        _judge(world, made, lead, code, answered, vague=True)
    else:
        sees = (own and world.chance(0.7)) or (not own and world.chance(SLIP / 2))
        position = Position.ASKERS_OWN if sees else Position.AGREE
        world.then(answered, lambda at: _say(world, made, code, at, position, "Khoản 2 Điều 8 Quy chế"))
        _judge(world, made, lead, code, answered, vague=False)


def _judge(world: Province, made: UUID, lead: str, code: str, answered: datetime, *, vague: bool) -> None:
    """The lead reads the answer: most vague ones are sent back, now and then a good one too."""
    if not world.chance(0.65 if vague else SLIP / 2):
        return
    read = world.on(local_date(answered), 0, 15)

    def send_back(at: datetime) -> None:
        duty = _asked(made, code).duty
        if duty.phase == "answered":
            consultations.refuse_vague(
                actor=world.who(head(lead), at), at=at, duty=duty.public_id, note="Nêu rõ điểm 1"
            )
            again = datetime.combine(local_date(at), time(16), TZ)
            world.then(again, lambda at: _say(world, made, code, at, Position.AGREE))

    world.then(read, send_back)


def _say(world: Province, made: UUID, code: str, at: datetime, position: Position, words: str = "") -> None:
    row = _asked(made, code)
    if row.duty.phase != "open":
        return
    said = {1: Said(position, "" if position is Position.AGREE else words), 2: Said(Position.AGREE)}
    number = str(next(world.numbers))
    consultations.give_opinion(
        actor=world.who(head(code), at), at=at, duty=row.duty.public_id, said=said,
        file=("y-kien.txt", f"Số {number}: ý kiến của đơn vị".encode()), typed=Signed(number, f"{code}-VP", local_date(at), "GĐ"),
    )  # fmt: skip


def _return(world: Province, made: UUID, code: str, at: datetime) -> None:
    row = _asked(made, code)
    if row.duty.phase == "open":
        consultations.return_opinion(
            actor=world.who(head(code), at),
            at=at,
            duty=row.duty.public_id,
            note="Không thuộc chức năng của Sở",
            why="Văn bản đến muộn ở phòng",
        )


def _ask_again(world: Province, lead: str, code: str, about: UUID, at: datetime) -> None:
    if Duty.objects.get(public_id=about).phase == "closed":
        return
    question = _question(world, [code], about)
    made = consultations.ask(actor=world.who(head(lead), at), at=at, question=question)
    world.then(world.on(local_date(at), 2, 9), lambda at: _say(world, made, code, at, Position.AGREE))


# Giving tasks


def give(world: Province, owner: str, at: datetime) -> UUID:
    """The Chairman gives a task: nearly always to whom it belongs."""
    wrong = world.rng.choice([code for code, _ in DEPARTMENTS if code != owner])
    careless, mistaken = world.chance(0.07), world.chance(SLIP)
    to = wrong if careless or mistaken else owner
    text = f"Báo cáo tình hình thực hiện nhiệm vụ số {next(world.numbers)}"
    due_on = world.on(local_date(at), 25, 8).date()
    made = directives.give(
        actor=world.who("chutich", at), at=at, unit=f"unit:{unit_of(to).pk}", text=text, due_on=due_on
    )
    misgiven = world.plant(Code.MISGIVEN, "T") if careless else None
    if to != owner:
        if world.chance(0.9):
            world.then(world.on(local_date(at), 1, 10), lambda at: _send_up(world, made, to, at, misgiven, right=owner))
        return made
    _work(world, made, to, at)
    return made


def _work(world: Province, made: UUID, code: str, at: datetime) -> None:
    """The unit has the task: it sends it back, pushes it up, passes it around, or hands it to one division and is done."""
    traits = world.traits[code]
    if "returns" in traits and world.chance(0.25):
        wrong = world.plant(Code.WRONG_RETURN, code)
        world.then(world.on(local_date(at), 2, 10), lambda at: _send_up(world, made, code, at, wrong, right=code))
        return
    if world.chance(SLIP / 2):  # it truly is not clear whose this is
        world.then(world.on(local_date(at), 2, 10), lambda at: _send_up(world, made, code, at, None, right=code))
        return
    _hand_out(world, made, code, at)
    if "upward" in traits and world.chance(0.3):
        planted = world.plant(Code.UPWARD, code)
        named = world.chance(0.7)
        world.then(world.on(local_date(at), 3, 10), lambda at: _push_up(world, made, code, at, planted, named=named))
    elif world.chance(SLIP):  # its own, but it touches two provinces
        world.then(world.on(local_date(at), 3, 10), lambda at: _push_up(world, made, code, at, None, named=True))


def _hand_out(world: Province, made: UUID, code: str, at: datetime) -> None:
    rounds: Sequence[str] = world.rng.choice("ABCD")
    if "passes" in world.traits[code] and world.chance(0.35):
        planted = world.plant(Code.PASSES, code, Duty.objects.get(public_id=made).pk)
        rounds = world.rng.choice(("ABA", "ABCD", "ABAC", "AB"))  # the last looks like an ordinary correction
        planted.unit = code
    elif world.chance(SLIP):
        rounds = world.rng.choice(("ABA", "AB", "ABC"))  # leave and coming back, a mistake of the head
    for n, letter in enumerate(rounds):
        post = f"{code}{letter}.1"
        world.then(world.on(local_date(at), n, 14, n), lambda at, post=post: _assign(world, made, code, post, at))


def _assign(world: Province, made: UUID, code: str, post: str, at: datetime) -> None:
    if Duty.objects.get(public_id=made).phase == "open":
        desk = f"post:{Post.objects.get(code=post).pk}"
        tasks.assign(actor=world.who(head(code), at), at=at, duty=made, desk=desk)


def _push_up(world: Province, made: UUID, code: str, at: datetime, planted: Planted | None, *, named: bool) -> None:
    if Duty.objects.get(public_id=made).phase != "open":
        return
    kind, matter = ("suggestion", f"V{code}") if named else ("obstacle", "")
    proposals.propose(
        actor=world.who(head(code), at), at=at, duty=made, kind=kind, reason="Xin ý kiến chỉ đạo", matter=matter,
        amount="2 tỷ" if named else "", why="Việc phức tạp" if named else "",
    )  # fmt: skip
    row = Proposal.objects.select_related("duty").latest("id")
    if planted is not None:
        planted.duty = row.duty_id
    _decide(world, row, at, accept=True)


def _send_up(world: Province, made: UUID, code: str, at: datetime, planted: Planted | None, *, right: str) -> None:
    """A unit asks the giver to take the task back; whether that is right is seen by whose it is."""
    if Duty.objects.get(public_id=made).phase != "open":
        return
    proposals.propose(
        actor=world.who(head(code), at),
        at=at,
        duty=made,
        kind="return",
        reason="Không thuộc chức năng",
        basis="Điều 2 Quy chế",
    )
    row = Proposal.objects.select_related("duty").latest("id")
    accept = world.chance(0.95 if right != code else 0.2)
    if (
        planted is not None
    ):  # a wrong return that a tired giver takes, and a careless task that he does not, show nothing
        planted.duty = row.duty_id
    _decide(world, row, at, accept=accept, to=right if right != code else "")


def _decide(world: Province, row: Proposal, at: datetime, *, accept: bool, to: str = "") -> None:
    """The giver decides in time, a day late by an honest slip, or sits on it."""
    days = world.rng.randint(1, 2)
    if world.slow_giver and world.chance(0.15):
        world.plant(Code.DESK_LATE, "T", row.duty_id)
        days = world.rng.randint(4, 8)
    elif world.chance(SLIP):
        days = 4  # away on mission for a day too long
    slow = bool(to) and world.chance(0.3)
    call, note = (proposals.accept, "Đồng ý") if accept else (proposals.refuse, "Thuộc chức năng của đơn vị")

    def decide(at: datetime) -> None:
        call(actor=world.who("chutich", at), at=at, duty=row.duty.public_id, note=note)
        if accept and to:
            world.then(
                world.on(local_date(at), 5 if slow else 0, 16), lambda at: _give_on(world, row, to, at, slow=slow)
            )

    world.then(world.on(local_date(at), days, 11), decide)


def _give_on(world: Province, row: Proposal, to: str, at: datetime, *, slow: bool) -> None:
    old = Duty.objects.get(pk=row.about_id)
    made = tasks.reassign(
        actor=world.who("chutich", at), at=at, duty=old.public_id, unit=f"unit:{unit_of(to).pk}",
        due_on=world.on(local_date(at), 15, 8).date(),
    )  # fmt: skip
    if slow and made is not None:
        world.plant(Code.OWNER_SLOW, "T", Duty.objects.get(public_id=made).pk)


def play(seed: int, weeks: int) -> tuple[Province, datetime]:
    """Live through so many weeks and return the province with the instant at which everything of it has ended."""
    world = Province(seed)
    for week in range(weeks):
        monday = BEGUN + timedelta(weeks=week)
        for lead, _ in DEPARTMENTS:
            at = world.on(monday, 1, 8, world.rng.randint(0, 59))
            world.then(at, lambda at, lead=lead: _week(world, lead, at))
    until = BEGUN + timedelta(weeks=weeks + 6)
    return world, world.run(until)


def _week(world: Province, lead: str, at: datetime) -> None:
    made = give(world, lead, at)
    held = Duty.objects.get(public_id=made)
    about = made if held.holder_unit.code == lead and world.chance(0.5) else None
    ask(world, lead, at + timedelta(minutes=5), about)
