"""What is being taken in: scans read page by page, and batches of papers; erased or short-lived, never proof."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class ScanState(models.TextChoices):
    """How far a scan is; one that bore a mark of secrecy is erased, and only its row remains."""

    OPEN = "open", "Đang đọc bản quét"
    ERASING = "erasing", "Đang xóa"
    DONE = "done", "Đã đọc xong"
    FAILED = "failed", "Chưa đọc được"
    CANCELLED = "cancelled", "Đã dừng đọc"
    ERASED = "erased", "Đã xóa (dấu mật)"


class Scan(models.Model):
    """A paper without a text layer that the job loop recognises a few pages at a time; leased, fenced by attempt."""

    document = models.OneToOneField("kycuong.Document", models.CASCADE, related_name="scan")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ScanState, default=ScanState.OPEN)
    pages = models.PositiveIntegerField()
    pages_done = models.PositiveIntegerField(default=0)
    pages_failed = models.PositiveIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    turn_at = models.DateTimeField()  # real time: whoever waits longest is read next
    code = models.CharField(max_length=40, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(name="scan_pages", condition=Q(pages_done__lte=models.F("pages"))),
        ]
        indexes = [
            models.Index(fields=["turn_at"], name="scan_waiting", condition=Q(state__in=["open", "erasing"])),
        ]

    def __str__(self) -> str:
        return f"scan of {self.document_id}, {self.pages_done}/{self.pages}"


class ScanPage(models.Model):
    """The text of one page until the whole is assembled."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(name="scan_page_once", fields=["scan", "number"])]

    def __str__(self) -> str:
        return f"page {self.number} of {self.scan_id}"


class BatchState(models.TextChoices):
    """How far a batch is."""

    OPEN = "open", "Đang tiếp nhận"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Đã hủy"


class Batch(models.Model):
    """Papers taken in together: several files, an archive, a message with attachments, a folder."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=64, blank=True)  # hash of a folder's path: the same folder again goes on
    register = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.OPEN)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="batch_newest")]

    def __str__(self) -> str:
        return self.name


class ItemState(models.TextChoices):
    """What became of one file of a batch."""

    WAITING = "waiting", "Chờ đọc"
    DONE = "done", "Đã vào sổ"
    DUPLICATE = "duplicate", "Đã có trong sổ"
    REFUSED = "refused", "Không nhận"
    CANCELLED = "cancelled", "Đã hủy"


class BatchItem(models.Model):
    """One file of a batch: its fingerprint, what became of it, and why; `held` while its bytes wait on the disk."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    held = models.BooleanField(default=False)
    document = models.ForeignKey("kycuong.Document", models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    said = models.JSONField(default=dict)
    attempt = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="batch_item_once", fields=["batch", "name", "sha256"])]
        indexes = [
            models.Index(fields=["id"], name="batch_item_waiting", condition=Q(state="waiting")),
            models.Index(fields=["sha256"], name="batch_item_held", condition=Q(held=True)),
        ]

    def __str__(self) -> str:
        return self.name
