"""The ladders of reminding as rows, each with the decision that set it; and how far the rounds of the day have come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class LadderRung(models.Model):
    """One rung as it holds from one instant to another; a change ends a row and begins the next."""

    condition = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    working_days = models.PositiveSmallIntegerField()
    hearers = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    decision = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    verified = models.BooleanField(default=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_rung_in_force", fields=["condition", "step"], condition=Q(until_at__isnull=True)
            ),
            models.CheckConstraint(
                name="rung_forward", condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition}.{self.step}"


class DayMark(models.Model):
    """How far one round of the day has come: the last day done, and within a day begun the last row done."""

    name = models.CharField(max_length=40, unique=True)
    done_on = models.DateField(null=True)
    doing_on = models.DateField(null=True)
    after = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.done_on}"
