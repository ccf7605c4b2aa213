"""Fingerprints of the paragraphs of answers, by which the same words of one body are found again."""

from __future__ import annotations

from django.db import models


class OpinionPrint(models.Model):
    """One paragraph of an answer, as a fingerprint without what changes from question to question; no text."""

    opinion = models.ForeignKey("kycuong.Opinion", models.PROTECT, related_name="prints", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    fingerprint = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="opinion_print_once", fields=["opinion", "fingerprint"])]
        indexes = [models.Index(fields=["unit", "fingerprint", "-at", "opinion"], name="opinion_print_same")]

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]} of {self.opinion_id}"
