"""Absence cover: who handles whose desk between two instants; never shortened backwards, never deleted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Cover(models.Model):
    """The desk of one post handled by a substitute while its officer is absent; `until_at` moves only to an earlier end."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey("kycuong.Post", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    substitute_post = models.ForeignKey("kycuong.Post", models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    planned_until_at = models.DateTimeField()
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cover_forward", condition=Q(until_at__gte=F("from_at"))),
            models.CheckConstraint(name="cover_not_longer", condition=Q(until_at__lte=F("planned_until_at"))),
            models.CheckConstraint(name="cover_by_another", condition=~Q(substitute=F("officer"))),
        ]
        indexes = [
            models.Index(fields=["substitute", "until_at"], name="cover_by_substitute"),
            models.Index(fields=["officer", "until_at"], name="cover_of_officer"),
            models.Index(fields=["post", "until_at"], name="cover_of_post"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.officer_id}"
