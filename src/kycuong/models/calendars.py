"""The working calendar as rows, and the demo clock."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class WorkCalendar(models.Model):
    """A named calendar in force; its rows say which days differ from the weekly rhythm."""

    name = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField(default=1)

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


class ClockOffset(models.Model):
    """How far the clock of a demo stands from the real one; one row, only in a demo, moved forward only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="one_clock", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.seconds:+d} s"
