"""Consultations: what was asked of whom on which frozen proposal, each opinion point by point, and the notice of a silence."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

SILENCES = ["consent", "liability", "written"]
POSITIONS = ["agree", "agree_if", "disagree", "not_mine", "askers_own"]


class ConsultationRule(models.Model):
    """What silence means and how long a body has, from a day on, by which document; the authority decides it.

    Of the rows of one code the one with the latest `in_force_from` up to a day holds on it.
    """

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    silence = models.CharField(max_length=10)
    least_days = models.PositiveSmallIntegerField()
    usual_days = models.PositiveSmallIntegerField()
    most_days = models.PositiveSmallIntegerField()
    return_days = models.PositiveSmallIntegerField()
    bound_kinds = models.CharField(max_length=80, blank=True, default="department,office")
    casting_vote = models.BooleanField(default=True)
    document = models.CharField(max_length=200)
    article = models.CharField(max_length=80, blank=True)
    in_force_from = models.DateField()
    verified = models.BooleanField(default=False)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    request_id = models.UUIDField(null=True, unique=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="consultation_silence", condition=Q(silence__in=SILENCES)),
            models.CheckConstraint(
                name="consultation_days",
                condition=Q(least_days__gte=1, usual_days__gte=F("least_days"), most_days__gte=F("usual_days")),
            ),
        ]
        indexes = [models.Index(fields=["code", "-in_force_from", "-id"], name="consultation_rule_now")]

    def __str__(self) -> str:
        return self.name


class Consultation(models.Model):
    """One matter on which a lead asks other bodies; `version` is that of the proposal that stands now."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=500)
    lead_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey("kycuong.Duty", models.PROTECT, null=True, related_name="+", db_index=False)
    rule = models.ForeignKey(ConsultationRule, models.PROTECT, related_name="+", db_index=False)
    days = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    request_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="consultation_ends_later", condition=Q(ended_at__gte=F("asked_at")))]
        indexes = [
            models.Index(fields=["lead_unit", "-asked_at", "-id"], name="consultation_of_lead"),
            models.Index(fields=["about"], name="consultation_about", condition=Q(about__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Proposed(models.Model):
    """One frozen version of what is proposed: its file, the digest of its points, why it changed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    request_id = models.UUIDField(null=True, unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="proposed_once", fields=["consultation", "number"])]

    def __str__(self) -> str:
        return f"{self.consultation_id} v{self.number}"


class ProposedPoint(models.Model):
    """One numbered point of a proposal; dissent on a main point must be settled before going on."""

    proposed = models.ForeignKey(Proposed, models.PROTECT, related_name="points", db_index=False)
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    is_main = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="proposed_point_once", fields=["proposed", "number"])]

    def __str__(self) -> str:
        return f"{self.number}. {self.words[:60]}"


class Opinion(models.Model):
    """What one body is asked on one version of a proposal; who and until when lies in the duty."""

    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="opinion")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions", db_index=False)
    proposed = models.ForeignKey(Proposed, models.PROTECT, related_name="opinions", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.CharField(max_length=10, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    said_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    more_until = models.DateTimeField(null=True)
    more_given = models.BooleanField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    liable = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.CharField(max_length=30, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    late_at = models.DateTimeField(null=True)
    dissent_check_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="opinion_once", fields=["proposed", "unit"], condition=~Q(outcome="returned")),
            models.CheckConstraint(name="opinion_answer", condition=Q(answer__in=["", "opinion", "vague", "returned"])),
            models.CheckConstraint(
                name="opinion_delivered",
                condition=Q(delivered_at__isnull=True, delivered_by="")
                | (Q(delivered_at__isnull=False) & ~Q(delivered_by="")),
            ),
            models.CheckConstraint(  # an official opinion is a signed letter
                name="opinion_by_letter",
                condition=~Q(answer="opinion") | (Q(file__isnull=False, signed_on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="opinion_consent_delivered", condition=~Q(outcome="consent") | Q(delivered_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "id"], name="opinion_of_consultation"),
            models.Index(fields=["unit", "-id"], name="opinion_of_unit"),
            models.Index(
                fields=["dissent_check_at"], name="opinion_dissent", condition=Q(dissent_check_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.consultation_id}"


class OpinionPoint(models.Model):
    """What a body says to one point, with its words: the condition, the article, who is competent."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="points", db_index=False)
    point = models.ForeignKey(ProposedPoint, models.PROTECT, related_name="+", db_index=False)
    position = models.CharField(max_length=12)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="opinion_point_once", fields=["opinion", "point"]),
            models.CheckConstraint(name="opinion_position", condition=Q(position__in=POSITIONS)),
            models.CheckConstraint(name="opinion_words", condition=Q(position="agree") | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.point_id}: {self.position}"


class OpinionDraft(models.Model):
    """What somebody in the body asked has prepared for its head to send; `prepared_at` None while it is being written."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="draft")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    prepared_at = models.DateTimeField(null=True)
    positions = models.JSONField()

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.prepared_at}"


class SilenceNotice(models.Model):
    """The written notice to a body that stayed silent; the lead goes on once it is signed and numbered."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="notice")
    number = models.CharField(max_length=30)
    symbol = models.CharField(max_length=60)
    signed_on = models.DateField()
    signer = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="silence_notice_numbered", condition=~Q(number="")),
            models.UniqueConstraint(name="silence_notice_number_once", fields=["number", "symbol", "signed_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.symbol}"
