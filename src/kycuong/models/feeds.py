"""Personal calendar feeds: the secret address of each is kept as a hash only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """The address at which a person's own calendar program reads the person's duties; one at a time."""

    officer = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"feed of {self.officer_id}"
