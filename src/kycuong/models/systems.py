"""Other systems: the tokens with which they ask, and the answers kept so that a repeated request does nothing twice."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SystemToken(models.Model):
    """A token of one system: as which officer in which post it acts, what it may do, until when; kept as a hash only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    system = models.CharField(max_length=120)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("kycuong.Post", models.PROTECT, related_name="+", db_index=False)
    rights = models.JSONField(default=list)
    key = models.CharField(max_length=16, unique=True)  # the half of the token that is no secret, to find it by
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    minute = models.PositiveBigIntegerField(default=0)  # the minute of the real clock that `calls` counts
    calls = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(name="token_period", condition=Q(expires_at__gt=F("made_at")))]

    def __str__(self) -> str:
        return f"token {self.key} of {self.system}"


class KeptAnswer(models.Model):
    """What was answered to a request that carried an Idempotency-Key, for the officer who sent it."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)  # hash of method, address and body: a key is of one request
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="answer_once", fields=["officer", "key"])]
        indexes = [models.Index(fields=["at"], name="answer_at")]

    def __str__(self) -> str:
        return f"answer to {self.officer_id} {self.key}"
