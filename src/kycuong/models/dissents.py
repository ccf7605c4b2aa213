"""Dissent: the meeting of the two heads about what a body disagrees on, each point with its outcome, and the signed minutes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


def _side(name: str) -> Q:
    """Return the condition that a body stood there by its head, or by somebody with a written authorisation."""
    written = ~Q(**{f"{name}_number": ""}) & Q(**{f"{name}_signed_on__isnull": False, f"{name}_file__isnull": False})
    return ~Q(**{f"{name}_name": ""}) & (Q(**{f"{name}_in_person": True}) | written)


class DissentMeeting(models.Model):
    """One meeting of the two heads about one opinion; a correction is a further row, the highest number holds.

    `said_at` is when the answer was given that it was about: a later answer is not settled by it.
    """

    opinion = models.ForeignKey("kycuong.Opinion", models.PROTECT, related_name="meetings", db_index=False)
    number = models.PositiveSmallIntegerField()
    said_at = models.DateTimeField()
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    lead_in_person = models.BooleanField()
    lead_name = models.CharField(max_length=120)
    lead_title = models.CharField(max_length=200, blank=True)
    lead_number = models.CharField(max_length=90, blank=True)
    lead_signed_on = models.DateField(null=True)
    lead_file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    body_in_person = models.BooleanField()
    body_name = models.CharField(max_length=120)
    body_title = models.CharField(max_length=200, blank=True)
    body_number = models.CharField(max_length=90, blank=True)
    body_signed_on = models.DateField(null=True)
    body_file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    minutes_number = models.CharField(max_length=30, blank=True)
    minutes_symbol = models.CharField(max_length=60, blank=True)
    minutes_signed_on = models.DateField(null=True)
    minutes_file = models.ForeignKey(
        "kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False
    )
    minutes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    minutes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="dissent_meeting_once", fields=["opinion", "number"]),
            models.CheckConstraint(name="dissent_meeting_lead", condition=_side("lead")),
            models.CheckConstraint(name="dissent_meeting_body", condition=_side("body")),
            models.CheckConstraint(
                name="dissent_meeting_signed",
                condition=Q(minutes_file__isnull=True, minutes_number="", minutes_signed_on__isnull=True)
                | (Q(minutes_file__isnull=False, minutes_signed_on__isnull=False) & ~Q(minutes_number="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.held_on}"


class MeetingPoint(models.Model):
    """What the heads came to on one point: the agreed text, or the text of each side kept side by side."""

    meeting = models.ForeignKey(DissentMeeting, models.PROTECT, related_name="points", db_index=False)
    point = models.ForeignKey("kycuong.ProposedPoint", models.PROTECT, related_name="+", db_index=False)
    settlement = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    lead_text = models.TextField(blank=True)
    body_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="meeting_point_once", fields=["meeting", "point"]),
            models.CheckConstraint(
                name="meeting_point_said",
                condition=(Q(settlement="agreed") & ~Q(text=""))
                | (Q(settlement="reserved") & ~Q(lead_text="") & ~Q(body_text="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id}: {self.settlement}"
