"""Keep beside a proposal what the registry of competence said of its matter when it went up or back."""

from __future__ import annotations

from datetime import datetime

from kycuong.core import submissions as law
from kycuong.models import Duty, Proposal, Submission
from kycuong.queries.competences import submitting
from kycuong.services.leaves import keep_note


def reckon(
    duty: Duty, *, kind: str, text: str, matter: str, amount: str, why: str, at: datetime
) -> submitting.Weighed | None:
    """Weigh a proposal against the registry; what is the unit's own stays, unless it says why it goes up all the same.

    Raises: Invalid.
    """
    if kind not in law.UPWARD and kind != "return":
        return None
    weighed = submitting.weigh(duty, kind=kind, text=text, named=matter, amount=amount, at=at)
    if weighed is not None and weighed.own is not None and kind in law.UPWARD:
        law.check(own=True, why=why, matter=weighed.matter.name, basis=weighed.own.basis, holder=weighed.own.holder)
    return weighed


def keep(weighed: submitting.Weighed, proposal: Proposal, why: str, at: datetime) -> None:
    """Write what the registry said; the caller holds the transaction."""
    own = weighed.own is not None and proposal.kind in law.UPWARD
    note, _ = keep_note(why) if own else (None, "")
    Submission.objects.create(
        proposal=proposal, matter=weighed.matter, competence_id=weighed.entry.pk if weighed.entry else None,
        amount_vnd=weighed.amount_vnd, own=own, named=weighed.named, why=note,
        next_unit_id=weighed.next_unit if proposal.kind == "return" else None, at=at,
    )  # fmt: skip
