"""A line as somebody wrote it becomes a line of a programme: who leads, when it is done, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kycuong.core import programmes as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact, Invalid
from kycuong.core.folding import words
from kycuong.core.programme_table import LONGEST
from kycuong.models import Programme, ProgrammeLine, Unit
from kycuong.queries import org
from kycuong.queries.addressees import Directory, directory
from kycuong.queries.scope import Actor
from kycuong.reader import when


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it was typed, or stands in a file: every field a text; an empty lead is the unit itself."""

    text: str
    lead: str = ""
    participants: str = ""
    quarter: str = ""
    term: str = ""
    product: str = ""


class Maker:
    """Make lines of one programme; the names of units are read once."""

    def __init__(self, programme: Programme, actor: Actor, at: datetime) -> None:
        self.programme, self.actor, self.at = programme, actor, at
        on = local_date(at)
        self.names: Directory = directory(on)
        inside = Unit.objects.filter(org.valid_on(on), parent=programme.unit_id, kind="division")
        self.divisions = {
            words(name): unit.pk for unit in inside for name in (unit.name, unit.short_name, *unit.aliases) if name
        }

    def line(self, typed: Typed, source: str) -> ProgrammeLine:
        """Return an unsaved line; what cannot be read stands in its problems as (code, text)."""
        made = ProgrammeLine(
            programme=self.programme, source=source, made_by_id=self.actor.officer_id, made_at=self.at, problems=[]
        )
        self.fill(made, typed)
        return made

    def fill(self, made: ProgrammeLine, typed: Typed) -> None:
        """Write what was typed into a line and read it."""
        made.problems = []
        made.text = " ".join(typed.text.split())[: LONGEST["text"]]
        made.product = " ".join(typed.product.split())[: LONGEST["product"]]
        made.lead_printed = " ".join(typed.lead.split())[: LONGEST["lead"]]
        made.participants_printed = typed.participants.strip()[: LONGEST["participants"]]
        made.term_text = " ".join(typed.term.split())[: LONGEST["term"]]
        self._read(made, lambda: self._lead(made))
        self._participants(made)
        self._read(made, lambda: self._term(made, typed.quarter))
        made.key = law.key_of(made.text, made.lead_printed or self.programme.unit.name, made.quarter)

    def _read(self, made: ProgrammeLine, act: object) -> None:
        try:
            act()  # type: ignore[operator]
        except Invalid as wrong:
            made.problems = [*made.problems, [wrong.code, str(wrong.values.get("text", ""))]]

    def _lead(self, made: ProgrammeLine) -> None:
        """Find who leads: the unit, a division of it; of the province's programme any unit."""
        printed, unit = made.lead_printed, self.programme.unit
        made.lead_id = made.division_id = None
        if not printed or words(printed) in {words(unit.name), words(unit.short_name)}:
            made.lead_id = unit.pk
        elif words(printed) in self.divisions:
            made.lead_id, made.division_id = unit.pk, self.divisions[words(printed)]
        else:
            found = [one.unit_id for one in self.names.resolve(printed) if one.unit_id]
            if len(found) != 1:
                raise Invalid("programme_lead_unknown", text=printed)
            if found[0] != unit.pk and unit.kind != "province":
                raise Invalid("programme_lead_other", text=printed)
            made.lead_id = found[0]

    def _participants(self, made: ProgrammeLine) -> None:
        found: list[int] = []
        for name in filter(None, (part.strip() for part in made.participants_printed.replace("\n", ";").split(";"))):
            if words(name) in self.divisions:
                continue  # inside the unit: the head gives it to the desk
            known = [one.unit_id for one in self.names.resolve(name) if one.unit_id]
            if known:
                found += known
            else:
                made.problems = [*made.problems, ["programme_lead_unknown", name]]
        made.participants = [unit for unit in dict.fromkeys(found) if unit != made.lead_id]

    def _term(self, made: ProgrammeLine, quarter_text: str) -> None:
        year = self.programme.year
        made.kind, made.due_on, made.bound, made.rrule, made.quarter = "dated", law.last_day(year, 0), "by", "", 0
        quarter = law.quarter_of(quarter_text)
        read = when(made.term_text, date(year, 1, 1))
        on = law.last_day(year, 2) if law.half_year(made.term_text) else read.date
        found = law.term(
            year=year, quarter=quarter, on=on, bound=read.bound or "by", rrule=read.rrule or "",
            standing=_is_standing(made, quarter),
        )  # fmt: skip
        made.kind, made.due_on, made.bound = found.kind, found.due_on, found.bound
        made.rrule, made.quarter = found.rrule, found.quarter
        if made.term_text and read.kind == "none" and found.kind == "dated" and on is None and not quarter:
            made.problems = [*made.problems, ["programme_term_unknown", made.term_text]]
        if made.due_on and made.due_on < local_date(self.at):
            made.problems = [*made.problems, ["programme_term_passed", f"{made.due_on:%d/%m/%Y}"]]


def _is_standing(made: ProgrammeLine, quarter: int) -> bool:
    """Tell whether a line goes on without an end: its term says so, or it names no term and begins so."""
    if "thuong xuyen" in words(made.term_text):
        return True
    return not made.term_text and not quarter and words(made.text).startswith("thuong xuyen ")


#: What a person may leave as it is; the other problems must be mended before a line is kept.
INFORMING = frozenset({"programme_term_unknown", "programme_term_passed"})


def hindrance(line: ProgrammeLine) -> Fact | None:
    """Return what keeps a line from being taken into the programme, None when nothing does."""
    for code, text in line.problems:
        if code not in INFORMING:
            return Invalid(code, text=text)
    return None if line.text else Invalid("programme_line_missing")


def known_keys(programme: Programme) -> set[str]:
    """Return the keys of the lines of a programme that were not dropped."""
    rows = ProgrammeLine.objects.filter(programme=programme).exclude(status="dropped")
    return set(rows.values_list("key", flat=True))


def save_new(lines: Iterable[ProgrammeLine], known: set[str]) -> tuple[int, int]:
    """Save the lines that are new, each once; return how many are new and how many were known."""
    fresh: dict[str, ProgrammeLine] = {}
    doubles = 0
    for line in lines:
        if line.key in known or line.key in fresh:
            doubles += 1
        else:
            fresh[line.key] = line
    ProgrammeLine.objects.bulk_create(fresh.values(), batch_size=200)
    return len(fresh), doubles
