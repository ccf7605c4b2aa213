"""Cases of accountability: a head whose unit is late time after time, what was explained, agreed and decided."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class AccountabilityRule(models.Model):
    """When late time after time calls for a look, from a day on, by which document."""

    times = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    from_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="accountability_rule_positive", condition=Q(times__gt=0, months__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.times} in {self.months}"


class HeadCase(models.Model):
    """One case: a head, the unit, the explanation asked for, the two agreements, the decision."""

    class State(models.TextChoices):
        """Where a case stands."""

        ASKED = "asked", "Đã yêu cầu giải trình"
        DECIDED = "decided", "Đã có kết luận"
        ENDED = "ended", "Kết thúc, không xem xét trách nhiệm"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    head = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    since = models.DateField()
    times = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()
    explanation = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="+")
    decision = models.OneToOneField("kycuong.Duty", models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    office_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    home_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.CharField(max_length=30, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_case", fields=["unit", "head"], condition=Q(state="asked")),
            models.CheckConstraint(
                name="case_ended",
                condition=Q(state="asked", ended_at__isnull=True) | (~Q(state="asked") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_decided_by_both",
                condition=~Q(state="decided")
                | Q(office_by__isnull=False, home_by__isnull=False, decision__isnull=False, file__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="case_by_state")]

    def __str__(self) -> str:
        return f"{self.head_id} of {self.unit_id}"


class HeadCaseItem(models.Model):
    """One late task of a case, and whether its cause was found to be objective."""

    case = models.ForeignKey(HeadCase, models.PROTECT, related_name="items", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=10, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_item_once", fields=["case", "duty"]),
            models.CheckConstraint(name="case_cause", condition=Q(cause__in=["", "objective", "own"])),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.case_id}"
