"""Tables taken in: each run with its file, its rows, and what became of each row."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class ImportRun(models.Model):
    """One table file: checked, applied (in batches that can be resumed), perhaps undone."""

    class Kind(models.TextChoices):
        """What the table holds."""

        ORGANISATION = "organisation", "Danh mục tổ chức"
        TASKS = "tasks", "Nhiệm vụ đang thực hiện"
        COMPETENCE = "competence", "Sổ thẩm quyền"

    class State(models.TextChoices):
        """Where a run stands."""

        CHECKED = "checked", "Chờ áp dụng"
        APPLYING = "applying", "Đang áp dụng"
        APPLIED = "applied", "Đã áp dụng"
        UNDOING = "undoing", "Đang hoàn tác"
        UNDONE = "undone", "Đã hoàn tác"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKED)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, related_name="+")
    encoding = models.CharField(max_length=12)
    repaired = models.BooleanField(default=False)
    source = models.CharField(max_length=80, blank=True)  # the system that the tasks come from
    choices = models.JSONField(default=dict)  # printed name -> unit, as the person chose
    counts = models.JSONField(default=dict)
    plan = models.CharField(max_length=64, blank=True)  # fingerprint of what was shown before it was applied
    good_only = models.BooleanField(default=False)
    evidence = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+")
    note = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="import_newest"),
            models.Index(fields=["id"], name="import_at_work", condition=Q(state__in=["applying", "undoing"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class ImportRow(models.Model):
    """One row of tasks to be taken over: as read, what is doubtful or wrong in it, and the duty that it opened."""

    class State(models.TextChoices):
        """What would happen to a row, or has happened."""

        NEW = "new", "Mới"
        KNOWN = "known", "Đã có"
        DOUBT = "doubt", "Cần chọn"
        ERROR = "error", "Lỗi"
        DONE = "done", "Đã tiếp nhận"
        UNDONE = "undone", "Đã hoàn tác"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State)
    values = models.JSONField()
    problems = models.JSONField(default=list)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    participants = models.JSONField(default=list)
    document = models.ForeignKey("kycuong.Document", models.PROTECT, null=True, related_name="+", db_index=False)
    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, null=True, related_name="import_row")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="import_row_once", fields=["run", "number"]),
            models.UniqueConstraint(name="taken_over_once", fields=["key"], condition=Q(state="done")),
            models.CheckConstraint(
                name="import_row_done", condition=~Q(state__in=["done", "undone"]) | Q(duty__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["run", "state", "number"], name="import_row_state")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.run_id}"
