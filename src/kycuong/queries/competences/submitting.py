"""What goes up or back, weighed against the registry in force that day: is it the unit's own, and who else decides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core import submissions as rules
from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.models import Duty, Matter, Submission, Unit
from kycuong.queries import scope
from kycuong.queries.competences import matters
from kycuong.queries.competences.asking import Holder, ask
from kycuong.queries.competences.rows import Entry, only_body


@dataclass(frozen=True, slots=True)
class Weighed:
    """A matter with who decides it; `own` is the unit's own row, `next_unit` the one other body that decides it."""

    matter: Matter
    named: bool
    amount_vnd: int | None
    holders: tuple[Holder, ...]
    own: Entry | None
    next_unit: int | None

    @property
    def label(self) -> str:
        """Return the matter in words."""
        return f"{self.matter.code} · {self.matter.name}"

    @property
    def entry(self) -> Entry | None:
        """Return the row on which it rests: the unit's own, or that of the one other holder."""
        if self.own is not None:
            return self.own
        return self.holders[0].entry if len(self.holders) == 1 else None

    @property
    def basis(self) -> str:
        """Return who decides on what basis, as a returning unit would write it; "" when the registry does not say."""
        if self.entry is None or self.own is not None:
            return ""
        return f"{self.entry.basis}: {self.matter.name} thuộc thẩm quyền của {self.entry.holder}"[:200]


def weigh(duty: Duty, *, kind: str, text: str, named: str, amount: str, at: datetime) -> Weighed | None:
    """Return what the registry says of a proposal, None when it is about no matter of it.

    The unit names the matter, or it is found in the words of what goes up or in the task that goes back. Raises: Invalid.
    """
    matter = _matter(kind, text, named)
    if matter is None:
        return None
    unit = Unit.objects.get(pk=duty.holder_unit_id)
    on, value = local_date(at), amounts.parse(amount)
    asked = law.Question(matter.code, on, unit.pk if unit.kind == "commune" else None, value)
    holders = ask(asked).holders
    own = next((one.entry for one in holders if _decides(unit, one.entry)), None)
    next_unit = only_body(one.entry for one in holders)[0] if own is None else None
    return Weighed(matter, bool(named.strip()), value, holders, own, next_unit)


def _matter(kind: str, text: str, named: str) -> Matter | None:
    if named.strip():
        chosen, perhaps = matters.choose(named)
        if chosen is None:
            raise Invalid("matter_many", text=named, labels="; ".join(one.label for one in perhaps[:6]))
        return chosen
    if kind not in rules.LOOKED_FOR and kind != "return":
        return None
    found = matters.mentioned({0: text}).get(0)
    return Matter.objects.get(pk=found.pk) if found else None


def _decides(unit: Unit, entry: Entry) -> bool:
    """Return whether a row is the unit's own: its body, a post or division of it, or every commune when it is one."""
    return entry.body[0] == unit.pk or bool(entry.everywhere and unit.kind == "commune")


def route(text: str, on: date) -> tuple[int, Entry] | None:
    """Return the one body that decides what a text is about on a day, with its row; None when the registry does not say."""
    found = matters.mentioned({0: text}).get(0)
    holders = ask(law.Question(found.code, on, None, None)).holders if found else ()
    body, _ = only_body(one.entry for one in holders)
    return (body, holders[0].entry) if body is not None else None


def weigh_return(duty: Duty, text: str, named: str, at: datetime) -> Weighed | None:
    """Return what the registry says of what a body thinks of returning. Raises: Invalid."""
    return weigh(duty, kind="return", text=text, named=named, amount="", at=at)


def of_return(who: scope.Actor, duty: UUID, at: datetime) -> Weighed | None:
    """Return what the registry says of a task that its unit thinks of returning. Raises: NotVisible."""
    row = scope.duty_to_read(who, duty)
    return weigh_return(row, row.title, "", at)


def own_submissions(unit: int, since: date, until: date) -> int:
    """Return how many times in a period a unit submitted upward what the registry said is its own."""
    rows = Submission.objects.filter(own=True, at__date__gte=since, at__date__lt=until)
    return rows.filter(proposal__kind__in=rules.UPWARD, proposal__about__holder_unit=unit).count()
