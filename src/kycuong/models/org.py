"""The organisation: units in a tree with validity dates, posts, officers, appointments."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class UnitKind(models.TextChoices):
    """What a unit is; groups as directives name them are built from kinds."""

    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    OFFICE = "office", "Văn phòng"
    DEPARTMENT = "department", "Sở, ban, ngành"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp công lập"
    VERTICAL = "vertical", "Cơ quan ngành dọc"
    PARTY = "party", "Cơ quan Đảng"
    MASS = "mass", "Mặt trận, đoàn thể"
    COUNCIL = "council", "Hội đồng nhân dân"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    COMMUNE = "commune", "Ủy ban nhân dân cấp xã"
    DIVISION = "division", "Phòng"
    OUTSIDE = "outside", "Cơ quan, tổ chức ngoài hệ thống"


class UnitRelation(models.TextChoices):
    """How the province's People's Committee stands to a unit: whom one orders, whom one asks."""

    SUBORDINATE = "subordinate", "Trực thuộc"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp"
    VERTICAL = "vertical", "Ngành dọc"
    PARTY_MASS = "party_mass", "Đảng, Mặt trận, đoàn thể"
    COUNCIL = "council", "Hội đồng nhân dân"
    OUTSIDE = "outside", "Ngoài hệ thống"


class PostKind(models.TextChoices):
    """What a post may do follows from its kind."""

    CHAIRMAN = "chairman", "Chủ tịch"
    VICE_CHAIRMAN = "vice_chairman", "Phó Chủ tịch"
    OFFICE_HEAD = "office_head", "Chánh Văn phòng"
    OFFICE_DEPUTY = "office_deputy", "Phó Chánh Văn phòng"
    FOLLOWER = "follower", "Chuyên viên theo dõi"
    CLERK = "clerk", "Văn thư"
    UNIT_HEAD = "unit_head", "Thủ trưởng"
    UNIT_DEPUTY = "unit_deputy", "Phó thủ trưởng"
    DIVISION_HEAD = "division_head", "Trưởng phòng"
    DIVISION_DEPUTY = "division_deputy", "Phó trưởng phòng"
    OFFICER = "officer", "Chuyên viên"
    AUDITOR = "auditor", "Kiểm toán"
    ADMINISTRATOR = "administrator", "Quản trị"


class OfficerManager(BaseUserManager["Officer"]):
    """Find officers by sign-in name, as Django's authentication asks."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        """Return the officer with this sign-in name, whatever its letter case."""
        return self.get(login__iexact=username)


class Officer(AbstractBaseUser):
    """One person; rights come from appointments, never from the person."""

    login = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    gender = models.CharField(max_length=1, blank=True)
    folded = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    stopped_reason = models.CharField(max_length=300, blank=True, default="")  # free text: here it can be erased
    must_change = models.BooleanField(default=False)  # the password was given by somebody else
    email = models.CharField(max_length=254, blank=True, default="")
    mail_choice = models.CharField(max_length=10, default="digest")  # core.mails.Choice

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["full_name"]

    objects = OfficerManager()

    def __str__(self) -> str:
        return self.full_name


class Unit(models.Model):
    """A body that can be charged from outside, or a division inside one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    aliases = models.JSONField(default=list)
    folded = models.TextField()
    kind = models.CharField(max_length=20, choices=UnitKind)
    relation = models.CharField(max_length=20, choices=UnitRelation)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    oversees = models.BooleanField(default=False)  # the Office and Home Affairs: their people see every open duty
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    office_hours = models.JSONField(null=True)  # [[450, 690], [810, 1020]] minutes of the day; null: as the parent
    office_hours_basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="unit_period", condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from"))
            )
        ]
        indexes = [models.Index(fields=["kind", "id"], name="unit_by_kind")]

    def __str__(self) -> str:
        return self.name


class UnitClosure(models.Model):
    """Every pair of a unit and one above it (itself included), with the dates between which that held."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="closure_once", fields=["ancestor", "descendant", "valid_from"]),
        ]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="closure_up")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class Post(models.Model):
    """A place in a unit that one person at a time holds by appointment (officers' posts included)."""

    code = models.CharField(max_length=60, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=PostKind)
    title = models.CharField(max_length=160)
    field = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "kind"], name="post_by_kind")]

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """An officer in a post between two dates, the second one excluded."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    decision = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_period", condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from"))
            ),
            models.UniqueConstraint(
                name="one_holder_of_a_post", fields=["post"], condition=Q(valid_until__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["officer", "valid_from"], name="appointment_of")]

    def __str__(self) -> str:
        return f"{self.officer_id} · {self.post_id}"
