"""Whom a question concerns by the registry, who is asked the same already, and why each body of a consultation was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from kycuong.core import competence as law
from kycuong.core.calendars import local_date
from kycuong.core.concerns import MOST_MATTERS, Concern
from kycuong.core.errors import Invalid, NotVisible
from kycuong.core.folding import words
from kycuong.models import Competence, Consultation, ConsultedBody, Matter, Opinion, Unit
from kycuong.queries import competences, org, scope
from kycuong.queries.competences import matters as registry_matters
from kycuong.queries.competences.rows import Entry, entries, in_force
from kycuong.queries.consultations.conducting import asking_side, visible

SHOWN = 20


@dataclass(frozen=True, slots=True)
class ConcernedRow:
    """A body that the registry names for a matter: by which row, on what basis."""

    unit: UUID
    unit_id: int
    name: str
    competence_id: int
    competence: UUID
    matter: str
    basis: str
    kind: str


@dataclass(frozen=True, slots=True)
class SameAsked:
    """A consultation that asks the same body on the same document or matter and has not ended; no id where it is not seen."""

    unit_id: int
    unit_name: str
    lead_name: str
    title: str
    asked_on: date
    asked_by: str
    public_id: UUID | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom some matters concern: bodies to ask, one's own unit when it decides itself, central bodies by name.

    `own_matters` are those that the unit itself decides as a whole.
    """

    matters: tuple[registry_matters.MatterRow, ...]
    rows: tuple[ConcernedRow, ...]
    own: tuple[ConcernedRow, ...]
    central_rows: tuple[tuple[str, int], ...]
    everywhere: bool
    registry: bool
    own_matters: frozenset[int] = frozenset()

    @property
    def central(self) -> tuple[str, ...]:
        """Return the central bodies by name."""
        return tuple(dict.fromkeys(name for name, _ in self.central_rows))

    def competent(self) -> dict[int, int]:
        """Return the row of the registry by body."""
        return {one.unit_id: one.competence_id for one in reversed(self.rows)}

    def left_out(self, units: Collection[int]) -> list[ConcernedRow]:
        """Return the competent bodies that are not among some, each once."""
        first = {one.unit_id: one for one in reversed(self.rows)}
        return [one for one in first.values() if one.unit_id not in units]


def read_matters(codes: Iterable[str]) -> list[Matter]:
    """Return the matters typed by code, name or words. Raises: Invalid."""
    typed = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if len(typed) > MOST_MATTERS:
        raise Invalid("consultation_matters_many", most=MOST_MATTERS)
    found = []
    for text in typed:
        chosen, perhaps = registry_matters.choose(text)
        if chosen is None:
            raise Invalid("matter_many", text=text, labels="; ".join(one.label for one in perhaps[:8]))
        found.append(chosen)
    return list({one.pk: one for one in found}.values())


def concerned(of: Sequence[Matter], *, lead: int, on: date, territory: int | None = None) -> Concerned:
    """Return whom matters concern on a day (three queries, and two a matter)."""
    held = {matter.pk: _holders(matter, on, territory) for matter in of}
    found = [one for entries in held.values() for one in entries]
    central = tuple((one.central, one.pk) for one in found if one.central)
    pairs = [(one, one.unit_id or (territory if one.everywhere else None)) for one in found]
    bodies = _bodies({unit for _, unit in pairs if unit})
    rows = sorted((
        ConcernedRow(
            body.public_id, body.pk, body.name, one.pk, one.public_id, f"{one.matter} · {one.matter_name}", one.basis,
            one.kind_label,
        )
        for one, unit in pairs
        if unit and (body := bodies.get(unit))
    ), key=lambda row: (row.name, row.unit_id, row.matter))  # fmt: skip
    return Concerned(
        tuple(registry_matters.MatterRow(one.code, one.name) for one in of),
        tuple(one for one in rows if one.unit_id != lead), tuple(one for one in rows if one.unit_id == lead), central,
        any(one.everywhere for one in found) and territory is None, Competence.objects.filter(in_force(on)).exists(),
        frozenset(
            matter.pk for matter in of for one in held[matter.pk]
            if one.unit_id in bodies and bodies[one.unit_id].pk == lead and law.within(matter.code, one.matter)
        ),
    )  # fmt: skip


def _holders(matter: Matter, on: date, territory: int | None) -> list[Entry]:
    """Return who decides a matter, and who decides what lies within it."""
    answer = competences.ask(law.Question(matter.code, on, territory))
    place = Q(territory__isnull=True) | Q(territory=territory)
    within = Competence.objects.filter(place, in_force(on), matter__code__startswith=matter.code + law.DOT)
    return [one.entry for one in answer.holders] + entries(within.order_by("pk")[:200])


def _bodies(units: Collection[int]) -> dict[int, Unit]:
    """Return the body of each unit: a division stands for its department; the province itself is asked by submission."""
    found = {}
    for unit in Unit.objects.filter(pk__in=units).select_related("parent"):
        body = unit.parent if unit.kind == "division" else unit
        if body is not None and body.kind not in {"division", "province"}:
            found[unit.pk] = body
    return found


def of_others(found: Concerned, units: Sequence[Unit], of: Sequence[Matter], on: date) -> dict[int, int]:
    """Return the rows by which communes, each within its own territory, and central bodies by name are competent."""
    named = {words(name): key for name, key in found.central_rows}
    central = {unit.pk: named[words(unit.name)] for unit in units if words(unit.name) in named}
    if not found.everywhere:
        return central
    row = next((one for matter in of for one in _holders(matter, on, None) if one.everywhere), None)
    return central | {unit.pk: row.pk for unit in units if row is not None and unit.kind == "commune"}


def asked_twice(
    who: scope.Actor, units: Collection[int], *, of: Collection[int], document: int | None, but: int | None = None
) -> list[SameAsked]:
    """Return the open questions to the same bodies on the same document or matter, the newest first (two queries).

    Whoever asks or is about to ask is told lead, title and person, so that they can talk; the page opens to who sees it.
    """
    same = Q(consultation__matters__matter__in=of)
    if document is not None:
        same |= Q(consultation__about__document=document)
    rows = (
        Opinion.objects.filter(same, unit__in=units, consultation__ended_at__isnull=True)
        .filter(proposed__number=F("consultation__version")).exclude(outcome="dropped").exclude(consultation=but)
        .select_related("unit", "consultation__lead_unit", "consultation__asked_by").order_by("-id").distinct()[:SHOWN]
    )  # fmt: skip
    found = list(rows)
    seen = set(visible(who).filter(pk__in=[one.consultation_id for one in found]).values_list("pk", flat=True))
    return [
        SameAsked(
            one.unit_id, one.unit.name, one.consultation.lead_unit.name, one.consultation.title,
            local_date(one.consultation.asked_at), one.consultation.asked_by.full_name,
            one.consultation.public_id if one.consultation_id in seen else None,
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroundRow:
    """Why one body was asked."""

    unit: UUID
    unit_name: str
    concern: Concern
    competence: UUID | None
    matter: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroundsPage:
    """Why each body of a consultation was asked, who was left out, who else asks the same now."""

    matters: list[str]
    rows: list[GroundRow]
    left_out: list[ConcernedRow]
    twice: list[SameAsked]


def grounds(who: scope.Actor, public_id: UUID) -> GroundsPage:
    """Return why each body of a consultation was asked, by the registry of the day on which it was. Raises: NotVisible."""
    row = visible(who).select_related("about").filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("consultation_not_visible")
    bodies = list(
        ConsultedBody.objects.filter(consultation=row).select_related("unit", "competence__matter").order_by("id")
    )
    of = list(Matter.objects.filter(pk__in=row.matters.values("matter")).order_by("code"))
    units = {one.unit_id for one in bodies}
    place = row.matters.values_list("territory", flat=True).first()
    named = concerned(of, lead=row.lead_unit_id, on=local_date(row.asked_at), territory=place) if of else None
    return GroundsPage(
        [f"{one.code} · {one.name}" for one in of], [_ground(one) for one in bodies],
        named.left_out(units) if named else [], _still_twice(who, row, of, units),
    )  # fmt: skip


def _ground(one: ConsultedBody) -> GroundRow:
    found = one.competence
    return GroundRow(
        one.unit.public_id, one.unit.name, Concern(one.concern), found.public_id if found else None,
        f"{found.matter.code} · {found.matter.name}" if found else "", found.basis if found else "", one.reason,
    )  # fmt: skip


def _still_twice(who: scope.Actor, row: Consultation, of: Sequence[Matter], units: Collection[int]) -> list[SameAsked]:
    if row.ended_at is not None:
        return []
    document = row.about.document_id if row.about else None
    return asked_twice(who, units, of=[one.pk for one in of], document=document, but=row.pk)


@dataclass(frozen=True, slots=True)
class Before:
    """What a lead sees before a question is sent: whom it concerns, who asks the same, whom nobody knows as concerned."""

    found: Concerned
    twice: list[SameAsked]
    left_out: list[ConcernedRow]
    unconcerned: list[tuple[UUID, str]]


def before(
    who: scope.Actor, at: datetime, *, units: Sequence[UUID], typed: Iterable[str], place: str, about: UUID | None
) -> Before:
    """Return what to look at before a question is sent. Raises: Invalid, NotAllowed, NotVisible."""
    lead, _post, task = asking_side(who, about, at)
    on, of = local_date(at), read_matters(typed)
    commune = competences.territory_of(place, on)
    found = concerned(of, lead=lead, on=on, territory=commune.pk if commune else None)
    chosen = list(Unit.objects.filter(org.valid_on(on), public_id__in=units).order_by("name"))
    competent = found.competent() | of_others(found, chosen, of, on)
    keys = {one.pk for one in chosen}
    twice = asked_twice(who, keys, of=[one.pk for one in of], document=task.document_id if task else None)
    bare = [(one.public_id, one.name) for one in chosen if found.registry and one.pk not in competent]
    return Before(found, twice, found.left_out(keys) if keys else [], bare)
