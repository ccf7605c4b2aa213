"""The form by which a body returns a question: drafted from the registry, so that the return names whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.core.limits import Limit, due
from kycuong.core.limits import Unit as Counted
from kycuong.core.transfers import Ground
from kycuong.models import Opinion, Unit
from kycuong.queries import calendars, competences, org, scope
from kycuong.queries.consultations import returned_text


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """What a body may return a question with: its basis and owner as the registry says, until when, to whom.

    `own` is the basis of the registry's row that makes the matter the body's own; `last_on` ends the short clock.
    """

    ground: Ground
    basis: str
    matter: str
    matter_name: str
    holder: str
    unit: UUID | None
    own: str
    units: list[tuple[UUID, str]]
    last_on: date | None
    late: bool


def return_form(who: scope.Actor, duty: UUID, at: datetime) -> ReturnForm:
    """Return the form for a question that the person sees, filled from the registry in force. Raises: NotVisible."""
    row = scope.duty_to_read(who, duty)
    one = Opinion.objects.select_related("consultation__rule", "proposed").get(duty=row)
    found = competences.weigh_return(row, returned_text(one), "", at)
    lead, ground, chosen = one.consultation.lead_unit_id, Ground.OTHER_BODY, None
    on = local_date(at)
    if found and found.next_unit == lead:
        ground = Ground.ASKERS_OWN
    elif found and found.next_unit:
        chosen = Unit.objects.filter(pk=found.next_unit).values_list("public_id", flat=True).first()
    units = Unit.objects.filter(org.valid_on(on)).exclude(kind__in=("division", "province"))
    units = units.exclude(pk__in=[lead, row.holder_unit_id]).order_by("kind", "name")
    end = None
    if one.delivered_at:
        limit = Limit(one.consultation.rule.return_days, Counted.working_day)
        end = due(one.delivered_at, limit, calendars.current(row.holder_unit_id)).due_at
    return ReturnForm(
        ground, found.basis if found else "", found.matter.code if found else "", found.matter.name if found else "",
        found.entry.holder if found and found.entry and not found.own else "", chosen,
        found.own.basis if found and found.own else "", list(units.values_list("public_id", "name")),
        last_date(end) if end else None, end is not None and at >= end,
    )  # fmt: skip
