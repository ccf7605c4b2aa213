"""The register of steering documents, their files and the links between them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DocumentState(models.TextChoices):
    """Where a registered document stands."""

    READING = "reading", "Đang đọc bản quét"
    TRIAGE = "triage", "Chờ phân loại"
    REVIEW = "review", "Chờ rà soát"
    FOR_INFO = "for_info", "Để biết"
    ISSUED = "issued", "Đã giao việc"
    ERASED = "erased", "Đã xóa (dấu mật)"


class Register(models.TextChoices):
    """Which of the two registers a document stands in."""

    INCOMING = "incoming", "Văn bản đến"
    OUTGOING = "outgoing", "Văn bản đi"


class Document(models.Model):
    """A steering document, or one typed instruction whose covering document may follow."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.CharField(max_length=10, choices=Register)
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.TRIAGE)
    is_line = models.BooleanField(default=False)
    number = models.CharField(max_length=30, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    doc_type = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issuer_folded = models.CharField(max_length=250, blank=True)
    higher_level = models.BooleanField(default=False)  # dates set above the province cannot be moved here
    issued_on = models.DateField(null=True)
    issued_year = models.PositiveSmallIntegerField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    signing_mark = models.CharField(max_length=120, blank=True)
    subject = models.TextField(blank=True)
    theme = models.CharField(max_length=300, blank=True)
    arrival_no = models.PositiveIntegerField(null=True)
    arrived_on = models.DateField(null=True)
    arrived_year = models.PositiveSmallIntegerField(null=True)
    addressees = models.JSONField(default=list)
    cites = models.JSONField(default=list)
    folded = models.TextField(blank=True)
    giver_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+")
    giver_post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    follower_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    confirmer_unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    follower_post = models.ForeignKey("kycuong.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    report_rrule = models.CharField(max_length=120, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="number_once_per_issuer_and_year",
                fields=["issuer_folded", "issued_year", "number", "symbol"],
                condition=~Q(number="") & Q(issued_year__isnull=False),
            ),
            models.UniqueConstraint(
                name="arrival_no_once", fields=["arrived_year", "arrival_no"], condition=Q(arrival_no__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["register", "-registered_at", "-id"], name="document_register"),
            models.Index(fields=["state", "registered_at"], name="document_state"),
        ]

    def __str__(self) -> str:
        if self.number:
            return f"{self.number}/{self.symbol}"
        if self.is_line and self.issued_on:
            return f"Nội dung giao việc ngày {self.issued_on:%d/%m/%Y}"
        return self.subject[:60]


class DocumentText(models.Model):
    """The canonical text of a document and what the reader found in it; erasable apart from the register row."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="text_row")
    text = models.TextField()
    reading = models.JSONField()
    reader_version = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"text of {self.document_id}"


class DocumentFile(models.Model):
    """A file kept by its hash; the bytes lie in the files folder, never a secret paper's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    signed = models.CharField(max_length=10, blank=True)  # the verdict on its signatures; empty when it is no PDF
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_by_hash")]

    def __str__(self) -> str:
        return self.name


class DocumentLink(models.Model):
    """One document implements, replaces or cites another."""

    class Kind(models.TextChoices):
        """How the first document stands to the second."""

        IMPLEMENTS = "implements", "Triển khai"
        REPLACES = "replaces", "Thay thế"
        CITES = "cites", "Căn cứ, dẫn chiếu"

    document = models.ForeignKey(Document, models.CASCADE, related_name="links_out")
    other = models.ForeignKey(Document, models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=12, choices=Kind)
    # How many demands of `other` the document carries, softens, lacks; counted again when one of the two changes.
    carried = models.PositiveIntegerField(null=True)
    softened = models.PositiveIntegerField(null=True)
    missing = models.PositiveIntegerField(null=True)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_once", fields=["document", "other", "kind"]),
            models.CheckConstraint(name="link_to_another", condition=~Q(document=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.other_id}"
