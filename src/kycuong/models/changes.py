"""What the giver changed in a task: the basis and the words before and after, in an erasable table."""

from __future__ import annotations

from django.db import models


class TaskChange(models.Model):
    """One withdrawal, replacement or correction; the event of the same seq keeps the salted hash of what stands here."""

    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="changes", db_index=False)
    seq = models.PositiveIntegerField()
    basis = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(name="change_once", fields=["duty", "seq"])]

    def __str__(self) -> str:
        return f"change {self.duty_id}.{self.seq}"
