"""Handing on: each hand-over of a matter between bodies, what an arbiter was asked and ruled, who arbitrates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Transfer(models.Model):
    """One hand-over: the duty given up and the one opened in its place; `first` is the duty with which the matter began."""

    first = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="handed_on")
    to_duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="handed_from")
    named_by = models.CharField(max_length=8)
    competence = models.ForeignKey("kycuong.Competence", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="transfer_once", fields=["first", "number"]),
            models.CheckConstraint(name="transfer_number", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="transfer_named_by", condition=Q(named_by__in=["registry", "body", "giver", "arbiter"])
            ),
        ]
        indexes = [models.Index(fields=["at"], name="transfer_at")]

    def __str__(self) -> str:
        return f"{self.first_id} no. {self.number}"


class Arbitration(models.Model):
    """A matter that nobody takes, put before an arbiter; the ruling stands as a dated row of the registry of competence."""

    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="arbitration")
    about = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="arbitrations", db_index=False)
    cause = models.CharField(max_length=7)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    basis = models.CharField(max_length=300, blank=True)
    matter = models.ForeignKey("kycuong.Matter", models.PROTECT, null=True, related_name="+", db_index=False)
    named_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=8, blank=True)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    competence = models.ForeignKey("kycuong.Competence", models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="arbitration_cause", condition=Q(cause__in=["third", "circle", "unknown"])),
            models.CheckConstraint(
                name="arbitration_ended",
                condition=Q(outcome="", ended_at__isnull=True)
                | Q(outcome__in=["ruled", "lapsed"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="arbitration_ruled",
                condition=Q(outcome="ruled", unit__isnull=False, competence__isnull=False, ruled_by__isnull=False)
                | (~Q(outcome="ruled") & Q(unit__isnull=True, competence__isnull=True, ruled_by__isnull=True)),
            ),
            models.UniqueConstraint(name="arbitration_open_once", fields=["about"], condition=Q(ended_at__isnull=True)),
        ]
        indexes = [
            models.Index(fields=["about", "id"], name="arbitration_about"),
            models.Index(fields=["-id"], name="arbitration_open", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.cause} about {self.about_id}"


class ArbiterRule(models.Model):
    """How often a matter is handed on before an arbiter rules, and who that is; empty posts: the Office, then the Chairman.

    Of the rows the one with the latest `in_force_from` up to a day holds on it.
    """

    most = models.PositiveSmallIntegerField()
    arbiter = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    above = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    document = models.CharField(max_length=200)
    in_force_from = models.DateField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="arbiter_rule_most", condition=Q(most__gte=1, most__lte=9))]
        indexes = [models.Index(fields=["-in_force_from", "-id"], name="arbiter_rule_now")]

    def __str__(self) -> str:
        return f"{self.document} from {self.in_force_from}"
