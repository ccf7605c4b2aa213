"""Reports: what a unit writes for one slot of its periodic report duty; its editions with frozen lines and figures."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Report(models.Model):
    """What one unit reports on one document for one slot; of who collects also the synthesis of the others.

    `order` is the order that asks for the report, none for the report that answers a whole document. `duty` is the periodic
    report duty that the report answers; who only collects may have none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey("kycuong.Document", models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey("kycuong.Order", models.PROTECT, null=True, related_name="+", db_index=False)
    key = models.UUIDField()  # public id of the order that asks, or of the document: with the slot names the collection
    slot = models.DateField()
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, null=True, related_name="report")
    sections = models.JSONField(default=dict)  # free text of people by section; erasable here
    seq = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_without_duty_once",
                fields=["key", "slot", "unit"],
                condition=Q(duty__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["key", "slot"], name="report_of_collection")]

    def __str__(self) -> str:
        return f"report {self.unit_id} {self.slot}"


class ReportEdition(models.Model):
    """One state of a report with its numbers frozen: the question, the lines as the ledger had them, the text, the file."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="editions", db_index=False)
    no = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    watermark = models.BigIntegerField()
    filters = models.JSONField()
    lines = models.JSONField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    attempt = models.PositiveSmallIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="edition_once", fields=["report", "no"]),
            models.CheckConstraint(
                name="sent_edition_has_file", condition=Q(sent_at__isnull=True) | Q(file__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.no} of {self.report_id}"


class ReportFigure(models.Model):
    """One number of an edition with its proof: definition, version, result, hash."""

    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="figures", db_index=False)
    code = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()
    of = models.BigIntegerField(null=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="figure_once", fields=["edition", "code"])]

    def __str__(self) -> str:
        return f"{self.code} of {self.edition_id}"


class ReportPart(models.Model):
    """One edition took in another: a unit's report stands in the synthesis of who collects."""

    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="parts", db_index=False)
    part = models.ForeignKey(ReportEdition, models.PROTECT, related_name="taken_into")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="part_once", fields=["edition", "part"]),
            models.CheckConstraint(name="part_of_another", condition=~Q(part=F("edition"))),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} in {self.edition_id}"
