"""The table of checkpoints: what was sealed, up to where, signed; append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Checkpoint(models.Model):
    """One sealed batch of events and audit entries; `previous` is the hash of the checkpoint before it."""

    no = models.PositiveIntegerField(unique=True)
    upto_event = models.BigIntegerField()
    upto_entry = models.BigIntegerField()
    leaves = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    marks = models.BinaryField()
    previous = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [
            models.CheckConstraint(name="checkpoint_not_empty", condition=Q(no__gte=1, leaves__gte=1)),
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.no}"
