"""Voting slips: a round put to the members of a Committee, one slip a member, each vote of a slip, the signed tally."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Voting(models.Model):
    """One matter put to the members of a Committee by slips; closed at its cut-off, or when every member has voted.

    The cut-off lies in the duties of the slips, which the calendar may move.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=500)
    words = models.TextField()
    lead_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey("kycuong.ConsultationRule", models.PROTECT, related_name="+", db_index=False)
    days = models.PositiveSmallIntegerField()
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    cancelled = models.BooleanField(default=False)
    result = models.CharField(max_length=12, blank=True)
    tally_number = models.CharField(max_length=30, blank=True)
    tally_symbol = models.CharField(max_length=60, blank=True)
    tally_signed_on = models.DateField(null=True)
    tally_file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    request_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="voting_result", condition=Q(result__in=["", "passed", "not_passed"])),
            models.CheckConstraint(name="voting_closed", condition=Q(result="") | Q(closed_at__isnull=False)),
            models.CheckConstraint(
                name="voting_tally",
                condition=Q(tally_file__isnull=True, tally_number="", tally_signed_on__isnull=True)
                | (Q(tally_file__isnull=False, tally_signed_on__isnull=False) & ~Q(tally_number="")),
            ),
        ]
        indexes = [
            models.Index(fields=["lead_unit", "-asked_at", "-id"], name="voting_of_lead"),
            models.Index(fields=["asked_at"], name="voting_open", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


class VotingSlip(models.Model):
    """One member's slip in a round: one person, one slip; who and until when lies in the duty."""

    voting = models.ForeignKey(Voting, models.PROTECT, related_name="slips", db_index=False)
    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="slip")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    is_chair = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="voting_slip_once", fields=["voting", "officer"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.voting_id}"


class SlipVote(models.Model):
    """One vote on a slip; a change is a further row, the highest number counts."""

    slip = models.ForeignKey(VotingSlip, models.PROTECT, related_name="votes", db_index=False)
    number = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="slip_vote_once", fields=["slip", "number"]),
            models.CheckConstraint(
                name="slip_vote_said",
                condition=Q(choice="agree") | (Q(choice__in=["disagree", "other"]) & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slip_id}: {self.choice}"
