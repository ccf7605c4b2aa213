"""What the board keeps: tallies of closed duties, written by a job and made again from the ledger; saved views of people."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Tally(models.Model):
    """How many duties of one holder and kind were closed in one period in one way.

    `period` is a month counted from year 0 (year × 12 + month − 1), or a whole year (the year itself); both are kept.
    """

    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    period = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    late = models.BooleanField()
    dated = models.BooleanField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tally_once", fields=["kind", "period", "unit", "outcome", "late", "dated"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.period}: {self.n}"


class TallyDay(models.Model):
    """A whole-day histogram of closed duties: how many took, or were late, so many days; `unit` 0 is everyone.

    A unit's stands by year, everyone's by month and by year as in Tally. Kept as a number: no unit has the key 0.
    """

    unit = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    period = models.PositiveIntegerField()
    measure = models.CharField(max_length=6)
    days = models.PositiveIntegerField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="tally_day_measure", condition=Q(measure__in=["took", "late"])),
            models.UniqueConstraint(name="tally_day_once", fields=["kind", "measure", "period", "unit", "days"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind} {self.period} {self.measure} {self.days}: {self.n}"


class TallyCircle(models.Model):
    """A set of seats from which closed duties are seen: who held one or is asked about it, on whose desks it lay.

    Few, whatever the number of duties: as many as there are ways by which work goes from desk to desk. `key` names them in
    order, or one duty when they are too many.
    """

    key = models.CharField(max_length=1000, unique=True)

    def __str__(self) -> str:
        return self.key


class TallyCircleSeat(models.Model):
    """One seat of a circle, as TallySeat says: an officer ("o") or a unit on whose desks its duties lay ("d")."""

    circle = models.ForeignKey(TallyCircle, models.CASCADE, related_name="seats", db_index=False)
    seat = models.CharField(max_length=1)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="circle_seat_once", fields=["seat", "number", "circle"])]

    def __str__(self) -> str:
        return f"{self.circle_id} from {self.seat}{self.number}"


class TallyView(models.Model):
    """What Tally counts, for each circle of seats apart, by year alone: what was closed in some months is asked of TallyDuty."""

    circle = models.PositiveBigIntegerField()
    unit = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    period = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    late = models.BooleanField()
    dated = models.BooleanField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tally_view_once", fields=["circle", "kind", "period", "unit", "outcome", "late", "dated"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle} {self.kind} {self.period}: {self.n}"


class TallyViewDay(models.Model):
    """What TallyDay counts, for each circle of seats and holder apart, by year alone."""

    circle = models.PositiveBigIntegerField()
    unit = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    period = models.PositiveIntegerField()
    measure = models.CharField(max_length=6)
    days = models.PositiveIntegerField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="tally_view_day_measure", condition=Q(measure__in=["took", "late"])),
            models.UniqueConstraint(
                name="tally_view_day_once", fields=["circle", "kind", "measure", "period", "unit", "days"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle} {self.kind} {self.period} {self.measure} {self.days}: {self.n}"


class TallyDuty(models.Model):
    """As what a closed duty stands in the tallies, so that exactly that can be taken out again; `period` is the month.

    `circle` is from where it is seen, 0 when nobody held it and it lay nowhere.
    """

    duty = models.OneToOneField(
        "kycuong.Duty", models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    unit = models.ForeignKey("kycuong.Unit", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=20)
    period = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    late = models.BooleanField()
    dated = models.BooleanField()
    took_days = models.PositiveIntegerField()
    late_days = models.PositiveIntegerField()
    circle = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["circle", "period"], name="tally_duty_circle")]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.period}"


class TallyOpen(models.Model):
    """How many open duties of one kind and phase a unit holds, by due instant: packed as core.tallies.DueTally says.

    Once for the unit (`desk` False, post and officer 0) and once for each of its desks; 0 stands for nobody. `given` is 0 there;
    beside it the unit's stand by the month (counted from year 0) and by the day (counted from year 1) in which they were given,
    and everyone's (unit 0) by the day. Numbers instead of keys: a row is found by what it counts, and goes when it counts nothing.
    """

    kind = models.CharField(max_length=20)
    desk = models.BooleanField()
    given = models.PositiveIntegerField(default=0)
    unit = models.PositiveBigIntegerField()
    post = models.PositiveBigIntegerField()
    officer = models.PositiveBigIntegerField()
    phase = models.CharField(max_length=10)
    undated = models.PositiveIntegerField()
    due = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tally_open_once", fields=["kind", "desk", "given", "unit", "post", "officer", "phase"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}.{self.post} {self.kind} {self.phase}"


class TallyStanding(models.Model):
    """As what an open duty stands in TallyOpen, so that exactly that can be taken out again."""

    duty = models.OneToOneField(
        "kycuong.Duty", models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=20)
    unit = models.PositiveBigIntegerField()
    post = models.PositiveBigIntegerField()
    officer = models.PositiveBigIntegerField()
    phase = models.CharField(max_length=10)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty_id} {self.phase}"


class TallySeat(models.Model):
    """From where an open duty is seen, beside as what it stands: a start for those who see single duties.

    `seat` says what `number` is: who holds or held it or is asked about it ("o"), a unit on whose desks it lay ("d"), a unit
    that gave, follows or confirms it or takes part ("s"), the unit that holds it ("u"). The same as queries.scope says. `given` is
    the day (counted from year 1) on which it was given.
    """

    seat = models.CharField(max_length=1)
    number = models.PositiveBigIntegerField()
    duty = models.ForeignKey("kycuong.Duty", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=20)
    given = models.PositiveIntegerField()
    unit = models.PositiveBigIntegerField()
    post = models.PositiveBigIntegerField()
    officer = models.PositiveBigIntegerField()
    phase = models.CharField(max_length=10)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(  # lists and counts are read from the index alone
                fields=["seat", "number", "unit", "kind", "post", "officer", "phase", "due_at", "given", "duty"],
                name="tally_seat",
            ),
            models.Index(fields=["duty"], name="tally_seat_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} from {self.seat}{self.number}"


class TallyMark(models.Model):
    """How far the tallies are: every event up to `event` is in them; while they are first built, up to the duty `built`.

    One row for the closed duties (key 1), one for the open ones (key 2). `edition` names exactly one state of the tallies, so
    that what a process has read of them is known to hold still.
    """

    event = models.BigIntegerField(null=True)
    target = models.BigIntegerField(default=0)
    built = models.BigIntegerField(default=0)
    edition = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"tallied up to {self.event}"


class BoardView(models.Model):
    """A named view of the board that a person keeps: the query of its address; one may be what the board opens with."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=600)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="board_view_name_once", fields=["officer", "name"]),
            models.UniqueConstraint(name="board_view_one_default", fields=["officer"], condition=Q(is_default=True)),
        ]

    def __str__(self) -> str:
        return self.name
