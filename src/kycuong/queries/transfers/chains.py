"""The chain of one matter: from which duty it was handed on to which, how often, through which bodies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from kycuong.core.errors import Invalid
from kycuong.models import Arbitration, Duty, Succession, Transfer, Unit
from kycuong.queries import org


def handed(duty: Duty) -> int:
    """Return how often a matter was handed on before it came to this duty."""
    return Transfer.objects.filter(to_duty=duty.pk).values_list("number", flat=True).first() or 0


def first_of(duty: Duty) -> int:
    """Return the key of the duty with which a matter began."""
    return Transfer.objects.filter(to_duty=duty.pk).values_list("first", flat=True).first() or duty.pk


def whole(duty: Duty) -> list[Duty]:
    """Return the duties of a matter in the order in which they were handed on, the one asked about among them."""
    first = first_of(duty)
    later = Transfer.objects.filter(first=first).order_by("number").values_list("to_duty", flat=True)
    keys = [first, *later]
    found = Duty.objects.select_related("holder_unit").in_bulk(keys)
    return [found[key] for key in keys]


def units_tried(duty: Duty) -> set[int]:
    """Return the bodies that gave a matter up before it came to this duty, and who inherited from them since."""
    return _with_heirs({one.holder_unit_id for one in whole(duty) if one.pk != duty.pk})


def _with_heirs(units: set[int]) -> set[int]:
    """Return some units with all that inherited from them, through however many changes."""
    return units | set(Succession.objects.filter(old__in=units).values_list("successor", flat=True))


def parties(duty: Duty) -> set[int]:
    """Return the bodies between which an arbiter rules: all that held the matter, and of an opinion who asked."""
    found = {one.holder_unit_id for one in whole(duty)}
    if duty.kind == "opinion" and duty.giver_unit_id is not None:
        found.add(duty.giver_unit_id)
    return _with_heirs(found)


def ruled_for(duty: Duty) -> bool:
    """Return whether an arbiter has ruled that this matter is for the body that holds this duty, or for one whose heir it is."""
    about = Q(about=duty.pk) | Q(about__handed_on__to_duty=duty.pk)
    whose = Q(unit=duty.holder_unit_id) | Q(unit__successors__successor=duty.holder_unit_id)
    return Arbitration.objects.filter(about, whose, outcome="ruled").exists()


def waiting(duty: Duty) -> bool:
    """Return whether an arbiter still has to rule on a matter."""
    return Arbitration.objects.filter(about=duty.pk, ended_at__isnull=True).exists()


def unit_named(value: UUID | None, on: date) -> Unit | None:
    """Return the body that a form names, None for none; only one that exists that day and can be charged. Raises: Invalid."""
    if value is None:
        return None
    found = Unit.objects.filter(org.valid_on(on), public_id=value).exclude(kind__in=("division", "province")).first()
    if found is None:
        raise Invalid("ruling_unit_missing")
    return found
