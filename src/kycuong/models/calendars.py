"""The working calendar as rows, every change of it with its decision, the limits an authority decides, the clocks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class WorkCalendar(models.Model):
    """A named calendar in force; its rows say which days differ from the weekly rhythm.

    `version` rises with every change; `edition` is new each time, so that no process keeps a calendar that is no more.
    """

    name = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField(default=1)
    edition = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day off on a weekday or a working day at a week's end, with the document that decided it."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="days")
    on = models.DateField()
    working = models.BooleanField()
    name = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="calendar_day_once", fields=["calendar", "on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class CalendarChange(models.Model):
    """One governed change of days or of a unit's office hours: by which decision, by whom, and how far it was carried out.

    `since` is the first moment that it changes; `cursor` the last duty looked at, so that a killed run goes on from there.
    """

    class Kind(models.TextChoices):
        """What is changed."""

        DAYS = "days", "Ngày nghỉ, ngày làm bù"
        HOURS = "hours", "Giờ làm việc"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+")
    hours_before = models.JSONField(null=True)
    hours_after = models.JSONField(null=True)
    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    issuer = models.CharField(max_length=200)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    correction = models.BooleanField(default=False)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversed_by")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    request_id = models.UUIDField(null=True, unique=True)
    at = models.DateTimeField()
    since = models.DateTimeField()
    cursor = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    due_moved = models.PositiveIntegerField(default=0)
    due_kept = models.PositiveIntegerField(default=0)
    rungs_moved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_change_version", fields=["calendar", "version"]),
            models.UniqueConstraint(
                name="one_calendar_change_at_a_time", fields=["calendar"], condition=Q(done_at__isnull=True)
            ),
            models.CheckConstraint(
                name="calendar_change_of_unit",
                condition=Q(kind="hours", unit__isnull=False) | Q(kind="days", unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CalendarChangeDay(models.Model):
    """One day of a change: its row before and after; nothing where the weekly rhythm holds."""

    change = models.ForeignKey(CalendarChange, models.CASCADE, related_name="days")
    on = models.DateField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="calendar_change_day_once", fields=["change", "on"])]

    def __str__(self) -> str:
        return f"{self.on} in {self.change_id}"


class CalendarMove(models.Model):
    """One due date that a change moved, or that it would have moved and that stayed (`kept`)."""

    change = models.ForeignKey(CalendarChange, models.PROTECT, related_name="moves", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    due_from = models.DateTimeField()
    due_to = models.DateTimeField()
    kept = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="calendar_move_once", fields=["change", "duty"])]

    def __str__(self) -> str:
        return f"{self.duty_id} from {self.due_from} to {self.due_to}"


class LimitRule(models.Model):
    """How long someone has by a rule of the authority, from a day on: a quantity, its unit, and the document that says so.

    The row with the latest `in_force_from` up to a day holds on it; of two of one day the later written.
    """

    code = models.CharField(max_length=20)
    quantity = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14)
    document = models.CharField(max_length=200)
    article = models.CharField(max_length=80, blank=True)
    in_force_from = models.DateField()
    verified = models.BooleanField(default=False)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    request_id = models.UUIDField(null=True, unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="limit_rule_positive", condition=Q(quantity__gt=0))]
        indexes = [models.Index(fields=["code", "-in_force_from", "-id"], name="limit_rule_in_force")]

    def __str__(self) -> str:
        return f"{self.code}: {self.quantity} {self.unit} from {self.in_force_from}"


class ClockOffset(models.Model):
    """How far the clock of a demo stands from the real one; one row, only in a demo, moved forward only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="one_clock", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.seconds:+d} s"


class ClockMark(models.Model):
    """The last instant that the worker has seen: the product's clock never goes back behind it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_clock_mark", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.at}"
