"""Complete exports asked for on a page: a job writes the archive, the administrator downloads it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class ExportRun(models.Model):
    """One complete export: asked for, being written, ready to be downloaded, or failed."""

    class State(models.TextChoices):
        """Where an export stands."""

        WAITING = "waiting", "Đang chờ"
        WORKING = "working", "Đang xuất"
        READY = "ready", "Tải được"
        FAILED = "failed", "Không xuất được"
        GONE = "gone", "Đã xóa tệp"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    form = models.CharField(max_length=5)  # jsonl or csv
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    tables_done = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="export_state")]

    def __str__(self) -> str:
        return f"export {self.public_id}"
