"""Themes of steering: the theme of a year, topics, and which document belongs to which, from when until when."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Theme(models.Model):
    """The theme of a year, or a topic that several documents belong to; ended, never deleted."""

    class Kind(models.TextChoices):
        """Which sort of theme."""

        YEAR = "year", "Chủ đề năm"
        TOPIC = "topic", "Chuyên đề chỉ đạo"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=6, choices=Kind)
    year = models.PositiveSmallIntegerField(null=True)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="theme_year",
                condition=Q(kind="year", year__isnull=False) | Q(kind="topic", year__isnull=True),
            ),
            models.UniqueConstraint(name="theme_of_year_once", fields=["year", "folded"], condition=Q(kind="year")),
            models.UniqueConstraint(name="topic_once", fields=["folded"], condition=Q(kind="topic")),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentTheme(models.Model):
    """A document belongs to a theme from when somebody said so until somebody took it back."""

    document = models.ForeignKey("kycuong.Document", models.CASCADE, related_name="theme_rows", db_index=False)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="document_rows", db_index=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_theme_once", fields=["document", "theme"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="document_theme_ended",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("set_at"), ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["document", "set_at"], name="theme_of_document"),
            models.Index(fields=["theme", "document"], name="document_of_theme", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.theme_id}"
