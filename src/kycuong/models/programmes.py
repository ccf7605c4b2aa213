"""Programmes of work: a unit's plan of a year, its lines; an approved line becomes an order of a document."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Programme(models.Model):
    """The programme of work of one unit for one year."""

    class State(models.TextChoices):
        """Where a programme stands."""

        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ phê duyệt"
        APPROVED = "approved", "Đã phê duyệt"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(null=True)
    returned = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="programme_once", fields=["year", "unit"]),
            models.CheckConstraint(
                name="programme_approved", condition=~Q(state="approved") | Q(approved_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class ProgrammeLine(models.Model):
    """One line of a programme: proposed from a file or a text, kept by a person, and once approved an order."""

    class Status(models.TextChoices):
        """What was said of a line."""

        PROPOSED = "proposed", "Đề xuất"
        KEPT = "kept", "Trong chương trình"
        DROPPED = "dropped", "Đã bỏ"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="lines", db_index=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.KEPT)
    text = models.TextField()
    lead = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    division = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    lead_printed = models.CharField(max_length=300, blank=True)
    participants = models.JSONField(default=list)
    participants_printed = models.CharField(max_length=1000, blank=True)
    term_text = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    bound = models.CharField(max_length=6, blank=True)
    rrule = models.CharField(max_length=120, blank=True)
    quarter = models.PositiveSmallIntegerField(default=0)
    product = models.CharField(max_length=300, blank=True)
    problems = models.JSONField(default=list)
    source = models.CharField(max_length=6)
    key = models.CharField(max_length=64)
    order = models.OneToOneField("kycuong.Order", models.PROTECT, null=True, related_name="programme_line")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="programme_line_once", fields=["programme", "key"], condition=~Q(status="dropped")
            ),
            models.CheckConstraint(name="programme_line_lead", condition=~Q(status="kept") | Q(lead__isnull=False)),
            models.CheckConstraint(name="programme_line_order", condition=Q(order__isnull=True) | Q(status="kept")),
            models.CheckConstraint(name="programme_line_dated", condition=~Q(kind="dated") | Q(due_on__isnull=False)),
            models.CheckConstraint(name="programme_line_periodic", condition=~Q(kind="periodic") | ~Q(rrule="")),
            models.CheckConstraint(name="programme_line_quarter", condition=Q(quarter__lte=4)),
        ]
        indexes = [models.Index(fields=["programme", "id"], name="line_of_programme")]

    def __str__(self) -> str:
        return self.text[:60]
