"""Keep beside a proposal what the registry of competence said of its matter when it went up or back."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from kycuong.core import submissions as law
from kycuong.core.transfers import NamedBy
from kycuong.models import Duty, Proposal, Submission
from kycuong.queries.competences.submitting import Weighed, weigh
from kycuong.services.leaves import keep_note


def reckon(duty: Duty, *, kind: str, text: str, matter: str, amount: str, why: str, at: datetime) -> Weighed | None:
    """Weigh a proposal against the registry; what is the unit's own stays, unless it says why it goes up all the same.

    Raises: Invalid.
    """
    if kind not in law.UPWARD and kind != "return":
        return None
    weighed = weigh(duty, kind=kind, text=text, named=matter, amount=amount, at=at)
    if weighed is not None and weighed.own is not None:
        code = "submission_own_matter" if kind in law.UPWARD else "return_own_matter"
        own = weighed.own
        law.check(code, why=why, matter=weighed.matter.name, basis=own.basis, holder=own.holder)
    return weighed


def keep(weighed: Weighed, proposal: Proposal, why: str, at: datetime) -> None:
    """Write what the registry said; the caller holds the transaction."""
    own = weighed.own is not None
    note, _ = keep_note(why) if own else (None, "")
    Submission.objects.create(
        proposal=proposal, matter=weighed.matter, competence_id=weighed.entry.pk if weighed.entry else None,
        amount_vnd=weighed.amount_vnd, own=own, named=weighed.named, why=note,
        next_unit_id=weighed.next_unit if proposal.kind == "return" else None, at=at,
    )  # fmt: skip


class Named(TypedDict):
    """Who named the body to which a returned task goes, and by which row of the registry."""

    named_by: NamedBy
    competence: int | None


def named_by(proposal: Proposal, unit: str) -> Named:
    """Return who named the body ("unit:ID") to which the giver hands a returned task on: the registry, or himself."""
    found: Submission | None = getattr(proposal, "submission", None)
    if found is not None and unit == f"unit:{found.next_unit_id}":
        return {"named_by": NamedBy.REGISTRY, "competence": found.competence_id}
    return {"named_by": NamedBy.GIVER, "competence": None}


__all__ = ["Named", "Weighed", "keep", "named_by", "reckon"]
