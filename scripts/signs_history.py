"""Play months of a made-up province through the services: known buck-passing planted by a seed among honest work and honest slips.

What is planted is what people mean to do, never what a rule would find: a dodger's needless question may be answered out of
politeness, a wrong return may be accepted by a tired giver, a vague answer may pass. So some of it leaves no trace a rule can see,
and honest people leave traces that look like it. `scripts/score_signs.py` says how much of either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from signs_asking import ask
from signs_province import DEPARTMENTS, matter_name
from signs_world import BEGUN, SLIP, Planted, Province, head, unit_of

from kycuong.core.calendars import local_date
from kycuong.core.signs import Code
from kycuong.models import Duty, Post, Proposal
from kycuong.services import directives, proposals, tasks

#: How often a task says in words of the registry what it is about.
NAMES_MATTER: Final = 0.6

# Giving tasks


def give(world: Province, owner: str, at: datetime) -> UUID:
    """The Chairman gives a task: nearly always to whom it belongs."""
    wrong = world.rng.choice([code for code, _ in DEPARTMENTS if code != owner])
    careless, mistaken = world.chance(0.07), world.chance(SLIP)
    to = wrong if careless or mistaken else owner
    about = f"{matter_name(owner)}, " if world.chance(NAMES_MATTER) else ""  # else the registry cannot know whose it is
    text = f"Báo cáo tình hình thực hiện {about}nhiệm vụ số {next(world.numbers)}"
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
        planted.duties.add(row.duty_id)
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
        why="Khối lượng công việc lớn",
    )
    row = Proposal.objects.select_related("duty").latest("id")
    accept = world.chance(0.95 if right != code else 0.2)
    if (
        planted is not None
    ):  # a wrong return that a tired giver takes, and a careless task that he does not, show nothing
        planted.duties.add(row.duty_id)
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
