"""What the registry of competence said when a proposal went up to the giver, or a task back to him."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """A proposal about a matter of the registry; `own`: the registry says that the unit itself decides, and it says why not."""

    proposal = models.OneToOneField("kycuong.Proposal", models.PROTECT, related_name="submission")
    matter = models.ForeignKey("kycuong.Matter", models.PROTECT, related_name="+", db_index=False)
    competence = models.ForeignKey("kycuong.Competence", models.PROTECT, null=True, related_name="+", db_index=False)
    amount_vnd = models.BigIntegerField(null=True)
    own = models.BooleanField(default=False)
    named = models.BooleanField(default=False)  # the unit named the matter itself; else found in its words
    why = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    next_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="submission_own", condition=Q(own=False) | Q(why__isnull=False, competence__isnull=False)
            )
        ]
        indexes = [models.Index(fields=["at"], name="submission_of_own", condition=Q(own=True))]

    def __str__(self) -> str:
        return f"{self.matter_id} with {self.proposal_id}"
