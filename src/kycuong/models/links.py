"""Links by which bodies outside the system answer one opinion once; the secret of each is kept as a hash only."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OutsideLink(models.Model):
    """One link to one opinion: opened as often as needed, used once, revoked by who gave it, dead after its day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opinion = models.ForeignKey("kycuong.Opinion", models.PROTECT, related_name="links", db_index=False)
    digest = models.CharField(max_length=64)
    given_to = models.CharField(max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=20, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="outside_link_live_once",
                fields=["opinion"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="outside_link_one_end", condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                name="outside_link_receipt", condition=Q(used_at__isnull=True, receipt="") | ~Q(receipt="")
            ),
            models.CheckConstraint(name="outside_link_lasts", condition=Q(expires_at__gt=F("made_at"))),
        ]
        indexes = [models.Index(fields=["opinion", "-id"], name="link_of_opinion")]

    def __str__(self) -> str:
        return f"link to opinion {self.opinion_id}"


class LinkGuess(models.Model):
    """Wrong secrets that one source has tried on one link of late; the source is kept as a salted hash."""

    link = models.ForeignKey(OutsideLink, models.PROTECT, related_name="guesses", db_index=False)
    source = models.CharField(max_length=32)
    wrong = models.PositiveSmallIntegerField(default=1)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="link_guess_once", fields=["link", "source"])]

    def __str__(self) -> str:
        return f"{self.wrong} on link {self.link_id}"
