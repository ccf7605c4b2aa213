"""Chasing: the letters that urge units about their duties, and the explanations that heads are asked for."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

STEPS = ["reminder", "urging", "criticism", "explanation", "accountability"]


class ChaseLetter(models.Model):
    """One letter to one unit at one step; it counts as taken when the signed paper has come back."""

    class State(models.TextChoices):
        """Where a letter stands."""

        DRAFT = "draft", "Dự thảo"
        TAKEN = "taken", "Đã ban hành"
        CANCELLED = "cancelled", "Đã hủy dự thảo"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.UUIDField()  # what one act drafted together
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    issuing_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=14)
    is_request = models.BooleanField(default=False)
    signing = models.CharField(max_length=10)
    reply_on = models.DateField(null=True)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    drafted_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=30, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(name="chase_step", condition=Q(step__in=STEPS)),
            models.CheckConstraint(
                name="chase_ended",
                condition=Q(state="draft", ended_at__isnull=True) | (~Q(state="draft") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="chase_taken_with_paper",
                condition=~Q(state="taken")
                | Q(step="reminder")
                | (Q(file__isnull=False, signed_on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="chase_request_step", condition=Q(is_request=False) | Q(step__in=["reminder", "urging"])
            ),
            models.UniqueConstraint(
                name="chase_number_once", fields=["number", "symbol", "signed_on"], condition=~Q(number="")
            ),
            models.UniqueConstraint(name="chase_once_a_batch", fields=["batch", "unit", "step"]),
            models.CheckConstraint(name="chase_replaces_another", condition=~Q(replaces=F("id"))),
        ]
        indexes = [
            models.Index(fields=["state", "-drafted_at", "-id"], name="chase_by_state"),
            models.Index(fields=["unit", "-drafted_at", "-id"], name="chase_of_unit"),
            models.Index(fields=["-drafted_at", "-id"], name="chase_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.step} to {self.unit_id}"


class ChaseItem(models.Model):
    """One duty in a letter, and whether the step came to count for it."""

    class Outcome(models.TextChoices):
        """What became of a duty in a letter."""

        PENDING = "", "Trong dự thảo"
        TAKEN = "taken", "Đã đôn đốc"
        LEFT = "left", "Không còn phải đôn đốc"
        CANCELLED = "cancelled", "Đã hủy dự thảo"

    letter = models.ForeignKey(ChaseLetter, models.PROTECT, related_name="items", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="chase_item_once", fields=["letter", "duty"]),
            models.UniqueConstraint(name="chase_one_draft", fields=["duty"], condition=Q(outcome="")),
        ]
        indexes = [models.Index(fields=["duty", "letter"], name="chase_of_duty")]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.letter_id}"


class Explanation(models.Model):
    """What the head of a unit is asked to explain, and what was answered; who and until when lies in the duty."""

    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="explanation")
    letter = models.OneToOneField(ChaseLetter, models.PROTECT, null=True, related_name="explanation")
    step = models.CharField(max_length=14)
    answer = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    verdict = models.CharField(max_length=10, blank=True)  # "", accepted, refused, dropped

    class Meta:
        constraints = [
            models.CheckConstraint(name="explanation_step", condition=Q(step__in=["explanation", "accountability"])),
            models.CheckConstraint(
                name="explanation_verdict", condition=Q(verdict__in=["", "accepted", "refused", "dropped"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.duty_id}"
