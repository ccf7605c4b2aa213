"""Why each body is asked: judged by the registry of competence before a question is sent, and kept with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kycuong.core.concerns import Why, check_seen, judge
from kycuong.models import Consultation, ConsultedBody, ConsultedMatter, Duty, Unit
from kycuong.queries import competences, scope
from kycuong.queries.consultations import concerns


@dataclass(frozen=True, slots=True)
class Concerns:
    """What a lead says of whom it asks: matters by code or name, the commune, a reason a body, and that warnings were seen."""

    matters: tuple[str, ...] = ()
    place: str = ""
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """Why each body is asked, ready to be kept; `twice` counts bodies that are asked the same already."""

    matters: Mapping[int, bool]  # whether the registry says that the asker itself decides on it
    territory: int | None
    bodies: Mapping[int, Why]
    twice: int
    left_out: int


def weigh(
    said: Concerns, actor: scope.Actor, units: Sequence[Unit], *, lead: int, about: Duty | None, on: date
) -> Weighed:
    """Judge whom a question asks. Raises: Invalid for a body without a reason, or for what the lead has not been told."""
    of = concerns.read_matters(said.matters)
    commune = competences.territory_of(said.place, on)
    territory = commune.pk if commune else None
    found = concerns.concerned(of, lead=lead, on=on, territory=territory)
    competent = found.competent() | concerns.of_others(found, units, of, on)
    given = {unit.pk: said.reasons.get(unit.public_id, "") for unit in units}
    why = judge({unit.pk: unit.name for unit in units}, competent, given, registry=found.registry)
    left_out = found.left_out({unit.pk for unit in units})
    document = about.document_id if about else None
    twice = concerns.asked_twice(actor, list(why), of=[one.pk for one in of], document=document)
    check_seen(
        [one.name for one in left_out],
        [f"{one.unit_name} ({one.lead_name} hỏi ngày {one.asked_on:%d/%m/%Y}: {one.title})" for one in twice],
        confirmed=said.confirmed,
    )
    return Weighed({one.pk: one.pk in found.own_matters for one in of}, territory, why, len(twice), len(left_out))


def keep(row: Consultation, weighed: Weighed) -> None:
    """Keep with a consultation why each body is asked."""
    ConsultedMatter.objects.bulk_create(
        [
            ConsultedMatter(consultation=row, matter_id=key, territory_id=weighed.territory, own=own)
            for key, own in weighed.matters.items()
        ]
    )
    ConsultedBody.objects.bulk_create(
        [
            ConsultedBody(
                consultation=row, unit_id=unit, concern=why.concern.value, competence_id=why.competence, reason=why.reason
            )
            for unit, why in weighed.bodies.items()
        ]
    )  # fmt: skip
