"""Why each body of a consultation is asked: the matters, who is competent by the registry, the reason for whoever is not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ConsultedMatter(models.Model):
    """A matter of the registry on which a consultation touches, and the commune where it lies when that is known.

    `own`: the registry of the day says that the asker itself decides on it.
    """

    consultation = models.ForeignKey("kycuong.Consultation", models.PROTECT, related_name="matters", db_index=False)
    matter = models.ForeignKey("kycuong.Matter", models.PROTECT, related_name="+", db_index=False)
    territory = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    own = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="consulted_matter_once", fields=["matter", "consultation"])]
        indexes = [models.Index(fields=["consultation"], name="matter_of_consultation")]

    def __str__(self) -> str:
        return f"{self.consultation_id} on {self.matter_id}"


class ConsultedBody(models.Model):
    """Why a body is asked: competent by a row of the registry, else for a reason, or not judged while the registry is empty."""

    consultation = models.ForeignKey("kycuong.Consultation", models.PROTECT, related_name="bodies", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    concern = models.CharField(max_length=10)  # core.concerns.Concern
    competence = models.ForeignKey("kycuong.Competence", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consulted_body_once", fields=["consultation", "unit"]),
            models.CheckConstraint(
                name="consulted_body_why",
                condition=Q(concern="competent", competence__isnull=False, reason="")
                | (Q(concern="reasoned", competence__isnull=True) & ~Q(reason=""))
                | Q(concern="unjudged", competence__isnull=True),
            ),
        ]
        indexes = [  # the few that somebody will count: asked though nobody knows them as concerned
            models.Index(fields=["consultation", "unit"], name="consulted_reasoned", condition=Q(concern="reasoned"))
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.concern}"
