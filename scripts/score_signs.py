"""Score the signs on a made-up history with known buck-passing: precision and recall of each, before and after the units explain.

python scripts/score_signs.py [--seed N] [--seeds N] [--held-out N] [--held-out-seeds N] [--weeks N] [--write]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bench

if TYPE_CHECKING:
    from signs_world import Province

Seen = set[tuple[str, int]]
MISSED = (
    "Missed: a needless question answered out of politeness in words of its own; one's own matter hidden behind another and noticed by",
    "half of those asked; a vague answer that the lead takes before its words have become a habit; a task handed on once and left lying;",
    "a matter of one's own that is called an obstacle and names nothing. False alarms: absence, an honest mistake about whom a matter",
    "concerns or whose a task is, a registry that is behind, a leave and coming back, a strict reader. That is why a sign is never guilt.",
)


@dataclass
class Tally:
    """How many of one sign were planted, found; how many found were planted (right), how many planted were found (hit)."""

    planted: int = 0
    found: int = 0
    right: int = 0
    hit: int = 0

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that was planted."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Return the share of what was planted that was found."""
        return self.hit / self.planted if self.planted else None


@dataclass
class Scores:
    """The tallies of every sign: as found, and when what was explained has been weighed."""

    found: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    weighed: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def _count(into: dict[str, Tally], world: Province, seen: Seen) -> None:
    shown = {(one.code.value, duty) for one in world.planted for duty in one.duties}
    for one in world.planted:
        tally = into[one.code.value]
        tally.planted += 1
        tally.hit += any((one.code.value, duty) in seen for duty in one.duties)
    for code, duty in seen:
        into[code].found += 1
        into[code].right += (code, duty) in shown


def cases(world: Province, at: datetime) -> list[Any]:
    """Return every case that the Office counts."""
    from signs_world import BEGUN

    from kycuong.core.signs import COUNTING
    from kycuong.queries import signs

    _, rows = signs.every_case(world.who("chanhvp", at), at, since=BEGUN)
    return [row for row in rows if row.standing in COUNTING]


def explain(world: Province, at: datetime) -> None:
    """Let the units explain: honest ones mostly do and are believed, dodgers now and then, and seldom are."""
    from signs_world import BEGUN, head

    from kycuong.models import Duty, Unit
    from kycuong.services import signs

    meant = {(one.code.value, duty) for one in world.planted for duty in one.duties}
    for row in cases(world, at):
        planted = (row.code.value, Duty.objects.get(public_id=row.duty_id).pk) in meant
        if not world.chance(0.4 if planted else 0.8):
            continue
        code = Unit.objects.get(public_id=row.unit_id).code
        login = "chutich" if code == "T" else head(code)
        made = signs.explain(
            actor=world.who(login, at), at=at, unit=row.unit_id, code=row.code.value, duty=row.duty_id, note="Lý do", since=BEGUN
        )  # fmt: skip
        aside = world.chance(0.12 if planted else 0.9)
        signs.decide(
            actor=world.who("chanhvp", at), at=at, contest=made, verdict="aside" if aside else "kept", note="Đã xem xét"
        )


def score(seed: int, weeks: int, into: Scores, *, explained: bool = True) -> int:
    """Play one history and count what the rules find; return how many acts it took."""
    from signs_history import play

    from kycuong.models import Duty

    world, at = play(seed, weeks)
    keys = dict(Duty.objects.values_list("public_id", "pk"))
    _count(into.found, world, {(row.code.value, keys[row.duty_id]) for row in cases(world, at)})
    if explained:
        explain(world, at)
        _count(into.weighed, world, {(row.code.value, keys[row.duty_id]) for row in cases(world, at)})
    return world.acts


def lines(scores: Scores) -> Iterable[str]:
    """Yield the table as markdown."""
    from kycuong.core.signs import SIGNS, Code

    heads = (
        "Sign",
        "Planted",
        "Found",
        "Right",
        "Precision",
        "Recall",
        "Precision, explained",
        "Recall, explained",
    )
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for code in Code:
        one, after = scores.found[code.value], scores.weighed[code.value]
        cells = (
            one.planted,
            one.found,
            one.right,
            *map(_share, (one.precision, one.recall, after.precision, after.recall)),
        )
        yield f"| {SIGNS[code].label} | {' | '.join(map(str, cells))} |"


def _share(found: float | None) -> str:
    return "–" if found is None else f"{found:.2f}"


def write(told: str) -> None:
    """Put the table into docs/benchmarks.md in place of the last one."""
    bench.put("signs_found", f"## Signs to be looked into: what is found\n{told}\n")


def _fresh(folder: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    for one in folder.glob("history.sqlite3*"):
        one.unlink()
    call_command("migrate", verbosity=0, interactive=False)


def main() -> int:
    """Play, score, print."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--seeds", type=int, default=1, help="so many histories, each with its own seed")
    made.add_argument("--held-out", type=int, default=101, help="the first seed that no rule was chosen on")
    made.add_argument(
        "--held-out-seeds", type=int, default=0, help="so many held-out histories, in a table of their own"
    )
    made.add_argument("--weeks", type=int, default=12)
    made.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = made.parse_args()
    folder = tempfile.TemporaryDirectory(
        prefix="kycuong-signs-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    )
    os.environ["KYCUONG_DATABASE"] = f"sqlite:///{folder.name}/history.sqlite3"
    os.environ["KYCUONG_FILES_DIR"] = f"{folder.name}/files"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.settings")
    import django

    django.setup()
    told = [
        "Histories of people who act through the services; buck-passing planted by what people mean to do, among honest work, absences",
        "and slips. Of what is planted some leaves no trace that a rule could see; some is answered out of politeness, or taken by a tired",
        "giver. “Explained”: honest units explain four of five and are believed nine times of ten, dodgers two of five and one of eight.",
        "The rules were chosen on the first histories; the others were held out.",
    ]  # fmt: skip
    played = [("Chosen on", options.seed, options.seeds), ("Held out", options.held_out, options.held_out_seeds)]
    for name, seed, seeds in played:
        if not seeds:
            continue
        scores, acts = Scores(), 0
        for number in range(seeds):
            _fresh(Path(folder.name))
            acts += score(seed + number, options.weeks, scores)
        told += [
            "",
            f"**{name}**: seeds {seed} to {seed + seeds - 1}, {options.weeks} weeks, {acts} acts.",
            "",
            *lines(scores),
        ]
    text = "\n".join([*told, "", *MISSED])
    print(text)
    if options.write:
        write(text)
    folder.cleanup()
    return 0


if __name__ == "__main__":
    sys.exit(main())
