"""Proposals: what a unit asks the giver of its task; who decides it, and until when, lies in the duty."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Proposal(models.Model):
    """One proposal about a task and what became of it; free texts lie in the erasable table of notes."""

    class Outcome(models.TextChoices):
        """How a proposal ended."""

        PENDING = "", "Chờ quyết định"
        ACCEPTED = "accepted", "Đồng ý"
        REFUSED = "refused", "Không đồng ý"
        WITHDRAWN = "withdrawn", "Đơn vị rút"
        LAPSED = "lapsed", "Không còn phải giải quyết"

    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="proposal")
    about = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="proposals", db_index=False)
    kind = models.CharField(max_length=12)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    so_far = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    answer = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    basis = models.CharField(max_length=200, blank=True)
    wanted_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)
    given_on = models.DateField(null=True)
    extended_days = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_kind", condition=Q(kind__in=["extension", "return", "obstacle", "suggestion"])
            ),
            models.CheckConstraint(
                name="proposal_wanted",
                condition=Q(kind="extension", wanted_on__isnull=False)
                | (~Q(kind="extension") & Q(wanted_on__isnull=True)),
            ),
            models.CheckConstraint(name="proposal_return_basis", condition=~Q(kind="return") | ~Q(basis="")),
            models.CheckConstraint(
                name="proposal_decided",
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_given",
                condition=Q(kind="extension", outcome="accepted", given_on__isnull=False, extended_days__gt=0)
                | (~Q(kind="extension", outcome="accepted") & Q(given_on__isnull=True, extended_days__isnull=True)),
            ),
            models.UniqueConstraint(
                name="proposal_open_once", fields=["about", "kind"], condition=Q(decided_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["about", "id"], name="proposal_about")]

    def __str__(self) -> str:
        return f"{self.kind} about {self.about_id}"
