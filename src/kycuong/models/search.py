"""What search looks in: one row a record, in folded words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SearchKind(models.TextChoices):
    """What a row of search stands for."""

    DOCUMENT = "document", "Văn bản"
    ORDER = "order", "Nội dung giao việc"
    TASK = "task", "Nhiệm vụ"


class SearchRow(models.Model):
    """The words of one record, folded; head is what it is called, body what it says, marks narrow what must be looked at.

    The index over the words is the database's own (its migration says how); who sees the record is asked of the scope.
    """

    kind = models.CharField(max_length=8, choices=SearchKind)
    document = models.OneToOneField("kycuong.Document", models.CASCADE, null=True, related_name="+")
    order = models.OneToOneField("kycuong.Order", models.CASCADE, null=True, related_name="+")
    duty = models.OneToOneField("kycuong.Duty", models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=100, blank=True)
    head = models.TextField()
    body = models.TextField(blank=True)
    marks = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="search_one_record",
                condition=Q(kind="document", document__isnull=False, order__isnull=True, duty__isnull=True)
                | Q(kind="order", document__isnull=True, order__isnull=False, duty__isnull=True)
                | Q(kind="task", document__isnull=True, order__isnull=True, duty__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "id"], name="search_newest"),
            models.Index(fields=["code"], name="search_code", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id or self.order_id or self.duty_id}"
