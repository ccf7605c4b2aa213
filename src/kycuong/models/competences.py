"""The registry of competence: matters in a tree, and dated rows of who decides them; a row is ended, never overwritten."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Matter(models.Model):
    """A matter that somebody decides; its code says where it lies: DD.02.01 within DD.02 within DD."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    words = models.JSONField(default=list)
    folded = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MatterPhrase(models.Model):
    """Folded words by which a text mentions a matter, its name or one of its keywords; found by the first of them.

    Written whenever the matter is, so that an order is compared with the few that it may mean and not with all of them.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="phrases")
    beginning = models.TextField()
    phrase = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["beginning"], name="matter_phrase")]

    def __str__(self) -> str:
        return self.phrase


class Competence(models.Model):
    """Who decides a matter, where, between which amounts, since when, on what basis; versions of a row share its code.

    The holder is a post, a unit, every commune (`everywhere`: the body, or its head), or a central body by name.
    A row whose end is its beginning never came into force.
    """

    class Everywhere(models.TextChoices):
        """Who holds it in every commune within its own territory."""

        NOBODY = "", ""
        COMMUNES = "communes", "Ủy ban nhân dân cấp xã"
        HEADS = "heads", "Chủ tịch Ủy ban nhân dân cấp xã"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="competences", db_index=False)
    level = models.CharField(max_length=8)
    kind = models.CharField(max_length=9)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    everywhere = models.CharField(max_length=8, choices=Everywhere, blank=True)
    central = models.CharField(max_length=200, blank=True)
    territory = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    above_vnd = models.BigIntegerField(null=True)
    ceiling_vnd = models.BigIntegerField(null=True)
    may_pass_on = models.BooleanField(default=False)
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_on")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    end_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="competence_period", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="competence_level", condition=Q(level__in=["central", "province", "commune"])),
            models.CheckConstraint(
                name="competence_source",
                condition=Q(kind="own", source__isnull=True)
                | Q(kind__in=["devolved", "delegated"], source__isnull=False),
            ),
            models.CheckConstraint(
                name="competence_holder",
                condition=Q(unit__isnull=False, everywhere="", central="")
                | (Q(unit__isnull=True, post__isnull=True) & (Q(everywhere="") ^ Q(central=""))),
            ),
            models.CheckConstraint(
                name="competence_band",
                condition=Q(above_vnd__isnull=True) | Q(ceiling_vnd__isnull=True) | Q(ceiling_vnd__gt=F("above_vnd")),
            ),
            models.CheckConstraint(
                name="competence_ended", condition=Q(valid_until__isnull=False) | Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="competence_version",
                fields=["code", "valid_from"],
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
            models.UniqueConstraint(
                name="competence_open_once", fields=["code"], condition=Q(valid_until__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "territory", "valid_from"], name="competence_of_matter"),
            models.Index(fields=["unit", "matter"], name="competence_of_unit", condition=Q(unit__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"
