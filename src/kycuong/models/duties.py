"""The ledger of duties: who must do what, given by whom, since when, by when; its events; on whose desk it lay."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Phase(models.TextChoices):
    """Where a duty stands; what people see is derived from it and the clock."""

    OPEN = "open", "Đang thực hiện"
    PAUSED = "paused", "Tạm dừng"
    ANSWERED = "answered", "Chờ xác nhận"
    CLOSED = "closed", "Đã kết thúc"


#: Tasks that ended late: few beside all that ended, so that whoever looks for them walks over nothing else.
LATE_CLOSED = Q(phase="closed", kind="task", late_working_days__gt=0)


class Duty(models.Model):
    """One duty of one holder."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    document = models.ForeignKey("kycuong.Document", models.PROTECT, null=True, related_name="+", db_index=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_index=False)
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    giver_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    giver_post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    follower_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    confirmer_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    holder_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    holder_post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    holder_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    term = models.CharField(max_length=12)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.OPEN)
    outcome = models.CharField(max_length=20, null=True)
    anchor_at = models.DateTimeField()
    limit_qty = models.PositiveIntegerField(null=True)
    limit_unit = models.CharField(max_length=14, blank=True)
    bound = models.CharField(max_length=6, blank=True)
    rule_version = models.CharField(max_length=30, blank=True)
    calendar = models.CharField(max_length=60, blank=True)
    consumed_minutes = models.PositiveIntegerField(default=0)
    running_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    late_working_days = models.PositiveIntegerField(null=True)
    clock_no = models.PositiveSmallIntegerField(default=1)
    near_at = models.DateTimeField(null=True)
    last_day_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(null=True)
    series = models.UUIDField(null=True)
    slot = models.DateField(null=True)
    seq = models.PositiveIntegerField(default=0)
    act_seq = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_closed",
                condition=Q(phase="closed", closed_at__isnull=False, outcome__isnull=False)
                | (~Q(phase="closed") & Q(closed_at__isnull=True, outcome__isnull=True)),
            ),
            models.CheckConstraint(
                name="duty_term_due",
                condition=Q(term__in=["dated", "periodic"], due_at__isnull=False)
                | Q(term__in=["standing", "prohibition"], due_at__isnull=True),
            ),
            models.CheckConstraint(name="duty_running_open", condition=Q(running_since__isnull=True) | Q(phase="open")),
            models.CheckConstraint(
                name="duty_closed_unchecked", condition=~Q(phase="closed") | Q(next_check_at__isnull=True)
            ),
            models.UniqueConstraint(name="duty_series_slot", fields=["series", "slot"]),
        ]
        indexes = [
            # The columns after id are there to be counted and filtered by without opening the row.
            models.Index(
                fields=["holder_officer", "due_at", "id", "phase"], name="duty_mine", condition=~Q(phase="closed")
            ),
            models.Index(
                fields=["holder_unit", "due_at", "id", "phase", "holder_post", "holder_officer"],
                name="duty_unit",
                condition=~Q(phase="closed"),
            ),
            models.Index(
                fields=["holder_unit", "holder_post", "holder_officer", "phase", "due_at", "id"],
                name="duty_desk",
                condition=~Q(phase="closed"),
            ),
            models.Index(fields=["giver_unit", "due_at", "id"], name="duty_given", condition=~Q(phase="closed")),
            models.Index(  # a board counts open duties from the index alone
                fields=["kind", "holder_unit", "due_at", "phase", "opened_at"],
                name="duty_board",
                condition=~Q(phase="closed"),
            ),
            models.Index(fields=["kind", "due_at", "phase"], name="duty_late", condition=~Q(phase="closed")),
            models.Index(fields=["document", "holder_unit"], name="duty_document"),
            models.Index(fields=["due_at", "id"], name="duty_due", condition=~Q(phase="closed")),
            models.Index(fields=["kind", "opened_at", "id"], name="duty_opened", condition=Q(phase="open")),
            models.Index(fields=["next_check_at", "id"], name="duty_check", condition=Q(next_check_at__isnull=False)),
            models.Index(fields=["slot", "id"], name="duty_slot", condition=Q(series__isnull=False)),
            models.Index(fields=["parent"], name="duty_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=["holder_officer", "parent"], name="duty_asked_of", condition=Q(parent__isnull=False)),
            models.Index(
                fields=["closed_at", "holder_unit", "outcome"], name="duty_late_closed", condition=LATE_CLOSED
            ),
            models.Index(fields=["closed_at"], name="duty_opinion_ended", condition=Q(kind="opinion", phase="closed")),
            models.Index(
                fields=["holder_unit", "closed_at", "id"], name="duty_closed_unit", condition=Q(phase="closed")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    """Free text of an act, in an erasable table; the event keeps only its salted hash."""

    salt = models.CharField(max_length=32)
    text = models.TextField()

    def __str__(self) -> str:
        return f"note {self.pk}"


class DutyEvent(models.Model):
    """One act on a duty; append-only, and the audit leaf for it."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    request_id = models.UUIDField(null=True, unique=True)
    act = models.CharField(max_length=20)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    cover_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    phase_to = models.CharField(max_length=10)
    holder_post_to = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    holder_officer_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_to = models.DateTimeField(null=True)
    clock_no = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=40, null=True)
    outcome = models.CharField(max_length=20, null=True)
    late_working_days = models.PositiveIntegerField(null=True)
    reason_code = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    note = models.ForeignKey(Note, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False)
    note_hash = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    leaf = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_seq", fields=["duty", "seq"]),
            models.UniqueConstraint(name="event_rung_once", fields=["duty", "clock_no", "rung"]),
        ]
        indexes = [
            models.Index(fields=["actor", "-at"], name="event_by_actor"),
            models.Index(fields=["cover_for", "-at"], name="event_by_cover", condition=Q(cover_for__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}.{self.seq} {self.act}"


class DutyHolding(models.Model):
    """A duty lay on one desk between two instants; exactly one interval is open while the duty is."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="holdings", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_holding", fields=["duty"], condition=Q(until_at__isnull=True)),
            models.CheckConstraint(
                name="holding_forward", condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["duty", "from_at"], name="holding_of_duty"),
            models.Index(fields=["unit", "duty"], name="holding_of_unit"),
            models.Index(fields=["officer", "duty"], name="holding_of_officer"),
            models.Index(fields=["post", "from_at", "duty"], name="holding_lying", condition=Q(until_at__isnull=True)),
            models.Index(fields=["officer", "-read_at"], name="holding_read", condition=Q(read_at__isnull=False)),
            models.Index(
                fields=["from_at", "duty"],
                name="holding_unread",
                condition=Q(until_at__isnull=True, read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} on desk {self.post_id}"
