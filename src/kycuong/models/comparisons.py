"""What a person says of the counterpart of a demand, against what was found by the words."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class MatchCorrection(models.Model):
    """A person's word on one demand of a document in one below it; the newest that was not undone holds."""

    class Status(models.TextChoices):
        """What became of the demand."""

        CARRIED = "carried", "Giữ nguyên"
        SOFTENED = "softened", "Giảm nhẹ"
        MISSING = "missing", "Không có"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parent = models.ForeignKey("kycuong.Document", models.CASCADE, related_name="+")
    child = models.ForeignKey("kycuong.Document", models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status)
    spans = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    before = models.CharField(max_length=10, choices=Status)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="match_of_a_demand", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(name="match_of_two", condition=~Q(parent=F("child"))),
        ]
        indexes = [models.Index(fields=["parent", "child", "id"], name="match_of_pair")]

    def __str__(self) -> str:
        return f"{self.status} {self.parent_id}.{self.start} in {self.child_id}"
