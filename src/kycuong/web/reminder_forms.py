"""Shape the ladders for their page: every rung with its form, the refused one as it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from kycuong.core.ladders import Condition, Rung
from kycuong.queries.ladders import ConditionRows, RungRow


@dataclass(frozen=True, slots=True)
class RungForm:
    """What the form of a rung stands on: as it holds, or as it was typed and refused."""

    condition: Condition
    step: int
    rung: Rung | None
    place: str
    days: str
    hearers: tuple[str, ...]
    decision: str = ""
    reason: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A rung and its form, none for whoever may only read."""

    row: RungRow
    form: RungForm | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a condition, and the form of the next one."""

    condition: Condition
    lines: list[Line]
    new: RungForm | None


def ladders(found: Iterable[ConditionRows], typed: QueryDict, place: str, *, may: bool) -> list[Ladder]:
    """Return the ladders with their forms; `place` is the rung that was refused."""

    def form(condition: Condition, step: int, rung: Rung | None, *, silent: bool = False) -> RungForm | None:
        here = f"{condition}.{step}"
        if not may:
            return None
        if here == place:
            given = [typed.get(name, "") for name in ("working_days", "decision", "reason")]
            heard = tuple(typed.getlist("hearer"))
            return RungForm(
                condition, step, rung, here, given[0], heard, given[1], given[2], typed.get("silent") == "1"
            )
        if rung is None:
            return RungForm(condition, step, None, here, "", ())
        return RungForm(condition, step, rung, here, str(rung.working_days), rung.hearers, silent=silent)

    return [
        Ladder(
            one.condition,
            [Line(row, form(one.condition, row.rung.step, row.rung, silent=not row.is_active)) for row in one.rows],
            form(one.condition, one.next_step, None) if one.next_step else None,
        )
        for one in found
    ]
