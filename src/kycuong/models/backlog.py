"""The review of the backlog: a meeting that goes through old duties one by one, and what it decided about each."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

DECISIONS = ["new_date", "hand_over", "close", "raise"]
ENDS = ["done", "left"]


class BacklogReview(models.Model):
    """One meeting: which backlog it looks at, as of which watermark, its people, its minutes."""

    class State(models.TextChoices):
        """Where a review stands."""

        OPEN = "open", "Đang rà soát"
        CLOSED = "closed", "Đã kết thúc"
        CANCELLED = "cancelled", "Đã hủy"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request_id = models.UUIDField(unique=True)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)  # with all below it
    measure = models.CharField(max_length=4)
    days = models.PositiveSmallIntegerField()
    document = models.ForeignKey("kycuong.Document", models.PROTECT, null=True, related_name="+", db_index=False)
    term = models.CharField(max_length=12, blank=True)
    watermark = models.BigIntegerField()  # the last event known when the lines were frozen
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=120, blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    attendants = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    conclusion = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    number = models.CharField(max_length=30, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="backlog_measure", condition=Q(measure__in=["late", "open"])),
            models.CheckConstraint(
                name="backlog_closed",
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="backlog_signed_when_closed",
                condition=Q(file__isnull=True) | (Q(state="closed", signed_on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="backlog_forward", condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="backlog_newest"),
            models.Index(fields=["unit", "-opened_at", "-id"], name="backlog_of_unit"),
        ]

    def __str__(self) -> str:
        return f"backlog of {self.unit_id} at {self.opened_at:%Y-%m-%d}"


class BacklogLine(models.Model):
    """One duty of a review: frozen when it was opened; the decision points at the act of the ledger that carries it out."""

    review = models.ForeignKey(BacklogReview, models.PROTECT, related_name="lines", db_index=False)
    place = models.PositiveSmallIntegerField()
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="backlog_lines", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)  # who held it then
    due_at = models.DateTimeField(null=True)  # as it was then
    decision = models.CharField(max_length=10, blank=True)  # "": not yet
    is_proposed = models.BooleanField(default=False)  # put before the giver
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    event_seq = models.PositiveIntegerField(null=True)  # the duty's event that carries the decision out
    given_on = models.DateField(null=True)  # the last day given or asked for
    given_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    made = models.ForeignKey("kycuong.Duty", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="backlog_line_once", fields=["review", "duty"]),
            models.UniqueConstraint(name="backlog_line_place", fields=["review", "place"]),
            models.UniqueConstraint(name="backlog_line_waits_once", fields=["duty"], condition=Q(decision="")),
            models.CheckConstraint(name="backlog_decision", condition=Q(decision__in=["", *DECISIONS, *ENDS])),
            models.CheckConstraint(
                name="backlog_decided",
                condition=Q(decision__in=["", *ENDS], event_seq__isnull=True, decided_by__isnull=True)
                | Q(
                    decision__in=DECISIONS, event_seq__isnull=False, decided_by__isnull=False, decided_at__isnull=False
                ),
            ),
        ]
        indexes = [models.Index(fields=["duty", "review"], name="backlog_of_duty")]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.review_id}"
