"""Periods of reconciliation: opened for units to check their figures, closed with the figures frozen row by row."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Period(models.Model):
    """A month, quarter, half year or year whose figures are checked by the units and then closed; `until_on` is exclusive."""

    class Kind(models.TextChoices):
        """How long a period is."""

        MONTH = "month", "Tháng"
        QUARTER = "quarter", "Quý"
        HALF = "half", "6 tháng"
        YEAR = "year", "Năm"

    class State(models.TextChoices):
        """Where a period stands."""

        OPEN = "open", "Đang đối soát"
        CLOSED = "closed", "Đã chốt kỳ"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    since_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    contest_until_at = models.DateTimeField()
    limit_source = models.CharField(max_length=200, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    mark_event = models.BigIntegerField(null=True)
    mark_entry = models.BigIntegerField(null=True)
    near_until_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="period_once", fields=["kind", "year", "number"]),
            models.CheckConstraint(name="period_forward", condition=Q(until_on__gt=F("since_on"))),
            models.CheckConstraint(
                name="period_closed",
                condition=Q(state="open", closed_at__isnull=True, mark_event__isnull=True)
                | Q(state="closed", closed_at__isnull=False, mark_event__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"


class PeriodUnit(models.Model):
    """What one unit said of its figures, and once the period is closed the proof of them; silence is agreement."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="units")
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(null=True)
    filters = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="period_unit_once", fields=["period", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.period_id}"


class PeriodRow(models.Model):
    """One duty as a closed period counts it: never changed afterwards."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="rows", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=14)
    dated = models.BooleanField()
    late_working_days = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="period_row_once", fields=["period", "duty"])]
        indexes = [models.Index(fields=["period", "unit", "state"], name="row_of_period")]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.period_id}"


class PeriodContest(models.Model):
    """A unit contests how one duty is counted; the giver's side decides, by an act on the ledger or a reasoned refusal."""

    class Outcome(models.TextChoices):
        """How a contest ended."""

        PENDING = "", "Chờ quyết định"
        CORRECTED = "corrected", "Đã đính chính hạn"
        EXCLUDED = "excluded", "Không tính trong kỳ"
        REFUSED = "refused", "Giữ nguyên"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="contests", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contest_once", fields=["period", "duty"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="contest_decided",
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["period", "unit"], name="contest_of_period")]

    def __str__(self) -> str:
        return f"{self.duty_id} contested in {self.period_id}"
