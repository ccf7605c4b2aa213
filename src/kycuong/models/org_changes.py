"""Changes of the organisation: each act with its decision, who inherits from whom, and which duty went to which unit."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OrgChange(models.Model):
    """One change: drafted, decided, carried out on its day; the plan is canonical JSON of codes and names."""

    class State(models.TextChoices):
        """Where a change stands; decided: waiting for its day, or being carried out."""

        DRAFT = "draft", "Đang soạn"
        DECIDED = "decided", "Đã duyệt"
        APPLIED = "applied", "Đã thực hiện"
        CANCELLED = "cancelled", "Đã hủy"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    decision = models.CharField(max_length=120)
    in_force_on = models.DateField()
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    plan = models.JSONField()
    mapping = models.JSONField(default=dict)  # old unit and post ids to new ones, once the units stand
    edition = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    built_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    open_before = models.PositiveIntegerField(null=True)
    open_after = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_decided",
                condition=Q(state__in=["draft", "cancelled"]) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="change_applied",
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["in_force_on", "id"], name="change_due", condition=Q(state="decided")),
            models.Index(fields=["-id"], name="change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.decision}"


class OrgChangeSubject(models.Model):
    """What a decided change touches: a unit or a post, once a day, so that two people cannot change it differently."""

    change = models.ForeignKey(OrgChange, models.CASCADE, related_name="subjects")
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+")
    in_force_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unit_changes_once_a_day", fields=["unit", "in_force_on"]),
            models.UniqueConstraint(name="post_changes_once_a_day", fields=["post", "in_force_on"]),
            models.CheckConstraint(
                name="change_subject_one",
                condition=Q(unit__isnull=False, post__isnull=True) | Q(unit__isnull=True, post__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or self.post_id} on {self.in_force_on}"


class Succession(models.Model):
    """One unit inherits from another from a day on; depth 1 as decided, deeper rows follow from several changes."""

    change = models.ForeignKey(OrgChange, models.PROTECT, null=True, related_name="successions")
    old = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="successors")
    successor = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="predecessors")
    in_force_on = models.DateField()
    position = models.PositiveSmallIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["old", "successor"]),
            models.CheckConstraint(name="succession_to_another", condition=~Q(old=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} > {self.successor_id}"


class SuccessionLine(models.Model):
    """One line of a succession list: a duty, who is to inherit it and why, and when it was handed over."""

    change = models.ForeignKey(OrgChange, models.PROTECT, related_name="lines", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+")
    successor_code = models.CharField(max_length=40)
    how = models.CharField(max_length=10)
    old_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    new_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="line_once", fields=["change", "duty"])]
        indexes = [models.Index(fields=["change", "new_unit", "id"], name="line_of_change")]

    def __str__(self) -> str:
        return f"{self.duty_id} to {self.successor_code}"
