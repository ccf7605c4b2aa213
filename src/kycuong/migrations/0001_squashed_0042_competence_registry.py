"""All the steps before the first release in one: the tables of a new instance are made at once, not altered forty times.

An instance that has taken the single steps counts this one as taken; one that has taken some takes the rest singly. What the
single steps did to rows that were there already is not in here: a new instance has none.
"""

from importlib import import_module

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


APPEND_ONLY = import_module("kycuong.migrations.0002_append_only")
SEARCH = import_module("kycuong.migrations.0008_search")
WORDS = import_module("kycuong.migrations.0031_tenm_search")
TABLES = [*APPEND_ONLY.TABLES, "kycuong_checkpoint", "kycuong_targetactual", "kycuong_periodrow"]


def refuse_change(apps, schema_editor):
    """Let the database itself refuse to change or remove what is append-only."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(APPEND_ONLY.POSTGRES_FUNCTION, params=None)
    for table in TABLES:
        for statement in APPEND_ONLY.statements(vendor, table):
            schema_editor.execute(statement)


def index_words(apps, schema_editor):
    """Make the index that each database has for words."""
    if schema_editor.connection.vendor == "sqlite":
        return WORDS.forwards(apps, schema_editor)
    for statement in SEARCH.POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Tables(Operation):
    """Make tables in one step: they are drawn up together once, where Django draws up all their neighbours for each."""

    def __init__(self, tables):
        self.tables = tables

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    replaces = [
        ("kycuong", "0001_initial"),
        ("kycuong", "0002_append_only"),
        ("kycuong", "0003_checkpoint"),
        ("kycuong", "0004_proposal"),
        ("kycuong", "0005_imports"),
        ("kycuong", "0006_task_change"),
        ("kycuong", "0007_org_change"),
        ("kycuong", "0008_search"),
        ("kycuong", "0009_calendar_changes"),
        ("kycuong", "0010_ladders"),
        ("kycuong", "0011_intake"),
        ("kycuong", "0012_undone_by"),
        ("kycuong", "0013_cover"),
        ("kycuong", "0014_mails"),
        ("kycuong", "0015_limit_rules"),
        ("kycuong", "0016_exports"),
        ("kycuong", "0017_account"),
        ("kycuong", "0018_series_slots"),
        ("kycuong", "0019_themes"),
        ("kycuong", "0020_api_tokens"),
        ("kycuong", "0021_sign_ins"),
        ("kycuong", "0022_tenm_desks"),
        ("kycuong", "0023_programmes"),
        ("kycuong", "0024_reports_editions"),
        ("kycuong", "0025_identity"),
        ("kycuong", "0026_targets"),
        ("kycuong", "0027_compare_matches"),
        ("kycuong", "0028_api_hooks"),
        ("kycuong", "0029_papers_chasing"),
        ("kycuong", "0030_periods"),
        ("kycuong", "0031_tenm_search"),
        ("kycuong", "0032_journal_indexes"),
        ("kycuong", "0033_signals"),
        ("kycuong", "0034_board_tallies"),
        ("kycuong", "0035_papers_heads"),
        ("kycuong", "0036_backlog_reviews"),
        ("kycuong", "0037_pades_signatures"),
        ("kycuong", "0038_consultations"),
        ("kycuong", "0039_tenm_open_tallies"),
        ("kycuong", "0040_api_events"),
        ("kycuong", "0041_year_period_notices"),
        ("kycuong", "0042_competence_registry"),
    ]

    initial = True

    dependencies = []

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Officer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("login", models.CharField(max_length=60, unique=True)),
                        ("full_name", models.CharField(max_length=120)),
                        ("gender", models.CharField(blank=True, max_length=1)),
                        ("folded", models.CharField(max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                        ("stopped_reason", models.CharField(blank=True, default="", max_length=300)),
                        ("must_change", models.BooleanField(default=False)),
                        ("email", models.CharField(blank=True, default="", max_length=254)),
                        ("mail_choice", models.CharField(default="digest", max_length=10)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DayMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("done_on", models.DateField(null=True)),
                        ("doing_on", models.DateField(null=True)),
                        ("after", models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="FactorRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=20, unique=True)),
                        ("required", models.BooleanField()),
                        ("basis", models.CharField(max_length=200)),
                    ],
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("salt", models.CharField(max_length=32)),
                        ("text", models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name="TallyMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event", models.BigIntegerField(null=True)),
                        ("target", models.BigIntegerField(default=0)),
                        ("built", models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkCalendar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("edition", models.UUIDField(default=uuid.uuid4)),
                    ],
                ),
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("no", models.PositiveIntegerField(unique=True)),
                        ("upto_event", models.BigIntegerField()),
                        ("upto_entry", models.BigIntegerField()),
                        ("leaves", models.PositiveIntegerField()),
                        ("root", models.CharField(max_length=64)),
                        ("marks", models.BinaryField()),
                        ("previous", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        ("key", models.CharField(max_length=16)),
                        ("signature", models.CharField(max_length=128)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("leaves__gte", 1), ("no__gte", 1)), name="checkpoint_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClockMark",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_clock_mark")],
                    },
                ),
                migrations.CreateModel(
                    name="ClockOffset",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("seconds", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_clock")],
                    },
                ),
                migrations.CreateModel(
                    name="Matter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=300)),
                        ("words", models.JSONField(default=list)),
                        ("folded", models.TextField()),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="kycuong.matter",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignatureCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sha256", models.CharField(max_length=64, unique=True)),
                        ("known_at", models.DateTimeField()),
                        ("verdict", models.CharField(default="waiting", max_length=10)),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        ("run", models.PositiveIntegerField(default=0)),
                        ("trust_no", models.PositiveIntegerField(default=0)),
                        ("checked_at", models.DateTimeField(null=True)),
                        ("turn_at", models.DateTimeField()),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("crashes", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("verdict", "waiting")),
                                fields=["turn_at", "id"],
                                name="signature_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("verdict__in", ["invalid", "untrusted", "valid"])),
                                fields=["trust_no", "id"],
                                name="signature_trust",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict", "waiting"), ("checked_at__isnull", False), _connector="OR"
                                ),
                                name="signature_checked",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TallyDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("unit", models.PositiveBigIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("period", models.PositiveIntegerField()),
                        ("measure", models.CharField(max_length=6)),
                        ("days", models.PositiveIntegerField()),
                        ("n", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("measure__in", ["took", "late"])), name="tally_day_measure"
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "measure", "period", "unit", "days"), name="tally_day_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TallyOpen",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("desk", models.BooleanField()),
                        ("unit", models.PositiveBigIntegerField()),
                        ("post", models.PositiveBigIntegerField()),
                        ("officer", models.PositiveBigIntegerField()),
                        ("phase", models.CharField(max_length=10)),
                        ("undated", models.PositiveIntegerField()),
                        ("due", models.BinaryField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "desk", "unit", "post", "officer", "phase"), name="tally_open_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=80)),
                        ("aliases", models.JSONField(default=list)),
                        ("folded", models.TextField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("province", "Ủy ban nhân dân tỉnh"),
                                    ("office", "Văn phòng"),
                                    ("department", "Sở, ban, ngành"),
                                    ("public_service", "Đơn vị sự nghiệp công lập"),
                                    ("vertical", "Cơ quan ngành dọc"),
                                    ("party", "Cơ quan Đảng"),
                                    ("mass", "Mặt trận, đoàn thể"),
                                    ("council", "Hội đồng nhân dân"),
                                    ("district", "Cấp huyện (đến 30/6/2025)"),
                                    ("commune", "Ủy ban nhân dân cấp xã"),
                                    ("division", "Phòng"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("subordinate", "Trực thuộc"),
                                    ("public_service", "Đơn vị sự nghiệp"),
                                    ("vertical", "Ngành dọc"),
                                    ("party_mass", "Đảng, Mặt trận, đoàn thể"),
                                    ("council", "Hội đồng nhân dân"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("oversees", models.BooleanField(default=False)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("office_hours", models.JSONField(null=True)),
                        ("office_hours_basis", models.CharField(blank=True, max_length=120)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "id"], name="unit_by_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="unit_period",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=60, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("chairman", "Chủ tịch"),
                                    ("vice_chairman", "Phó Chủ tịch"),
                                    ("office_head", "Chánh Văn phòng"),
                                    ("office_deputy", "Phó Chánh Văn phòng"),
                                    ("follower", "Chuyên viên theo dõi"),
                                    ("clerk", "Văn thư"),
                                    ("unit_head", "Thủ trưởng"),
                                    ("unit_deputy", "Phó thủ trưởng"),
                                    ("division_head", "Trưởng phòng"),
                                    ("division_deputy", "Phó trưởng phòng"),
                                    ("officer", "Chuyên viên"),
                                    ("auditor", "Kiểm toán"),
                                    ("administrator", "Quản trị"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("field", models.CharField(blank=True, max_length=160)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="kycuong.unit"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["unit", "kind"], name="post_by_kind")],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("source", models.CharField(blank=True, max_length=64)),
                        ("register", models.CharField(max_length=10)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Đang tiếp nhận"), ("done", "Đã xong"), ("cancelled", "Đã hủy")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-at", "-id"], name="batch_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="BoardView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("query", models.CharField(max_length=600)),
                        ("is_default", models.BooleanField(default=False)),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("officer", "name"), name="board_view_name_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)),
                                fields=("officer",),
                                name="board_view_one_default",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("version", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("days", "Ngày nghỉ, ngày làm bù"), ("hours", "Giờ làm việc")], max_length=6
                            ),
                        ),
                        ("hours_before", models.JSONField(null=True)),
                        ("hours_after", models.JSONField(null=True)),
                        ("number", models.CharField(max_length=60)),
                        ("decided_on", models.DateField()),
                        ("issuer", models.CharField(max_length=200)),
                        ("correction", models.BooleanField(default=False)),
                        ("request_id", models.UUIDField(null=True, unique=True)),
                        ("at", models.DateTimeField()),
                        ("since", models.DateTimeField()),
                        ("cursor", models.BigIntegerField(default=0)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("due_moved", models.PositiveIntegerField(default=0)),
                        ("due_kept", models.PositiveIntegerField(default=0)),
                        ("rungs_moved", models.PositiveIntegerField(default=0)),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reverses",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="kycuong.calendarchange",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="kycuong.workcalendar",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("calendar", "version"), name="calendar_change_version"),
                            models.UniqueConstraint(
                                condition=models.Q(("done_at__isnull", True)),
                                fields=("calendar",),
                                name="one_calendar_change_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "hours"), ("unit__isnull", False)),
                                    models.Q(("kind", "days"), ("unit__isnull", True)),
                                    _connector="OR",
                                ),
                                name="calendar_change_of_unit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConsultationRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=200)),
                        ("silence", models.CharField(max_length=10)),
                        ("least_days", models.PositiveSmallIntegerField()),
                        ("usual_days", models.PositiveSmallIntegerField()),
                        ("most_days", models.PositiveSmallIntegerField()),
                        ("return_days", models.PositiveSmallIntegerField()),
                        ("document", models.CharField(max_length=200)),
                        ("in_force_from", models.DateField()),
                        ("verified", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["code", "-in_force_from", "-id"], name="consultation_rule_now")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("silence__in", ["consent", "liability", "written"])),
                                name="consultation_silence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("least_days__gte", 1),
                                    ("most_days__gte", models.F("usual_days")),
                                    ("usual_days__gte", models.F("least_days")),
                                ),
                                name="consultation_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Đang chờ"),
                                    ("working", "Đang xuất"),
                                    ("ready", "Tải được"),
                                    ("failed", "Không xuất được"),
                                    ("gone", "Đã xóa tệp"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("form", models.CharField(max_length=5)),
                        ("at", models.DateTimeField()),
                        ("tables_done", models.PositiveSmallIntegerField(default=0)),
                        ("rows_done", models.PositiveBigIntegerField(default=0)),
                        ("files", models.PositiveIntegerField(default=0)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("said", models.CharField(blank=True, max_length=500)),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "id"], name="export_state")],
                    },
                ),
                migrations.CreateModel(
                    name="Guess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=12)),
                        ("wrong", models.PositiveSmallIntegerField(default=0)),
                        ("since_at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("officer", "subject"), name="guess_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Identity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("issuer", models.CharField(max_length=200)),
                        ("subject", models.CharField(max_length=255)),
                        ("linked_at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("issuer", "subject"), name="identity_once"),
                            models.UniqueConstraint(fields=("officer", "issuer"), name="identity_of_officer"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80)),
                        ("asked", models.CharField(max_length=64)),
                        ("answer", models.JSONField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["at"], name="answer_at")],
                        "constraints": [models.UniqueConstraint(fields=("officer", "key"), name="answer_once")],
                    },
                ),
                migrations.CreateModel(
                    name="LadderRung",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("condition", models.CharField(max_length=20)),
                        ("step", models.PositiveSmallIntegerField()),
                        ("working_days", models.PositiveSmallIntegerField()),
                        ("hearers", models.JSONField(default=list)),
                        ("is_active", models.BooleanField(default=True)),
                        ("decision", models.CharField(max_length=120)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("verified", models.BooleanField(default=False)),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(null=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until_at__isnull", True)),
                                fields=("condition", "step"),
                                name="one_rung_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                                ),
                                name="rung_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10)),
                        ("message_id", models.CharField(max_length=160, unique=True)),
                        ("subject", models.CharField(max_length=300)),
                        ("text", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "Chờ gửi"), ("sent", "Đã gửi"), ("failed", "Không gửi được")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField()),
                        ("next_try_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("error_code", models.CharField(blank=True, max_length=40)),
                        (
                            "recipient",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["next_try_at", "id"],
                                name="mail_waiting",
                            ),
                            models.Index(fields=["state", "-id"], name="mail_by_state"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="mail_sent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LimitRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("quantity", models.PositiveSmallIntegerField()),
                        ("unit", models.CharField(max_length=14)),
                        ("document", models.CharField(max_length=200)),
                        ("article", models.CharField(blank=True, max_length=80)),
                        ("in_force_from", models.DateField()),
                        ("verified", models.BooleanField(default=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("decided_on", models.DateField(null=True)),
                        ("request_id", models.UUIDField(null=True, unique=True)),
                        ("at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["code", "-in_force_from", "-id"], name="limit_rule_in_force")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="limit_rule_positive")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrgChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=10)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Đang soạn"),
                                    ("decided", "Đã duyệt"),
                                    ("applied", "Đã thực hiện"),
                                    ("cancelled", "Đã hủy"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("decision", models.CharField(max_length=120)),
                        ("in_force_on", models.DateField()),
                        ("plan", models.JSONField()),
                        ("mapping", models.JSONField(default=dict)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("built_at", models.DateTimeField(null=True)),
                        ("applied_at", models.DateTimeField(null=True)),
                        ("open_before", models.PositiveIntegerField(null=True)),
                        ("open_after", models.PositiveIntegerField(null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "decided")),
                                fields=["in_force_on", "id"],
                                name="change_due",
                            ),
                            models.Index(fields=["-id"], name="change_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "cancelled"]),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="change_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("applied_at__isnull", False), ("state", "applied")),
                                    models.Q(
                                        models.Q(("state", "applied"), _negated=True), ("applied_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="change_applied",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Period",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("month", "Tháng"), ("quarter", "Quý"), ("half", "6 tháng"), ("year", "Năm")],
                                max_length=8,
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("since_on", models.DateField()),
                        ("until_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Đang đối soát"), ("closed", "Đã chốt kỳ")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("contest_until_at", models.DateTimeField()),
                        ("limit_source", models.CharField(blank=True, max_length=200)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("mark_event", models.BigIntegerField(null=True)),
                        ("mark_entry", models.BigIntegerField(null=True)),
                        ("near_until_at", models.DateTimeField()),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "year", "number"), name="period_once"),
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gt", models.F("since_on"))), name="period_forward"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True), ("mark_event__isnull", True), ("state", "open")
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False), ("mark_event__isnull", False), ("state", "closed")
                                    ),
                                    _connector="OR",
                                ),
                                name="period_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Đang soạn"),
                                    ("submitted", "Chờ phê duyệt"),
                                    ("approved", "Đã phê duyệt"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "returned",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "unit"), name="programme_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    ("approved_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="programme_approved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code_hash", models.CharField(max_length=64)),
                        ("used_at", models.DateTimeField(null=True)),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("officer", "code_hash"), name="recovery_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondFactor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret", models.CharField(max_length=200)),
                        ("last_step", models.BigIntegerField(default=0)),
                        ("since_at", models.DateTimeField()),
                        (
                            "officer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        ("since_at", models.DateTimeField(null=True)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("way", models.CharField(blank=True, max_length=12)),
                        ("device", models.CharField(blank=True, max_length=60)),
                        ("network", models.CharField(blank=True, max_length=45)),
                        ("provider_session", models.CharField(blank=True, max_length=120)),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("officer__isnull", False)),
                                fields=["officer", "-since_at"],
                                name="session_of",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FileSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("run", models.PositiveIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("verdict", models.CharField(max_length=10)),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        ("facts", models.JSONField()),
                        (
                            "check_row",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="kycuong.signaturecheck",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("check_row", "run", "number"), name="file_signature_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Theme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("year", "Chủ đề năm"), ("topic", "Chuyên đề chỉ đạo")], max_length=6
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("name", models.CharField(max_length=300)),
                        ("folded", models.CharField(max_length=300)),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "year"), ("year__isnull", False)),
                                    models.Q(("kind", "topic"), ("year__isnull", True)),
                                    _connector="OR",
                                ),
                                name="theme_year",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "year")),
                                fields=("year", "folded"),
                                name="theme_of_year_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "topic")), fields=("folded",), name="topic_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrustCertificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("subject", models.CharField(max_length=300)),
                        ("issuer", models.CharField(max_length=300)),
                        ("serial", models.CharField(max_length=80)),
                        ("valid_from", models.DateTimeField()),
                        ("valid_until", models.DateTimeField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("is_root", models.BooleanField()),
                        ("der", models.BinaryField()),
                        ("added_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "retired_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at__isnull", True)),
                                fields=("fingerprint",),
                                name="trust_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("retired_at__isnull", False), ("retired_by__isnull", True), _connector="OR"
                                ),
                                name="trust_retired",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("period", models.PositiveIntegerField()),
                        ("outcome", models.CharField(max_length=20)),
                        ("late", models.BooleanField()),
                        ("dated", models.BooleanField()),
                        ("n", models.PositiveIntegerField(default=0)),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "period", "unit", "outcome", "late", "dated"), name="tally_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignalContest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("code", models.CharField(max_length=20)),
                        ("since_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("made_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["unit", "-made_at"], name="signal_of_unit")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="signal_answered",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitClosure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("depth", models.PositiveSmallIntegerField()),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        (
                            "ancestor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="below", to="kycuong.unit"
                            ),
                        ),
                        (
                            "descendant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="above", to="kycuong.unit"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["descendant", "ancestor"], name="closure_up")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ancestor", "descendant", "valid_from"), name="closure_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("working", models.BooleanField()),
                        ("name", models.CharField(max_length=120)),
                        ("basis", models.CharField(max_length=200)),
                        ("verified", models.BooleanField(default=False)),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="days",
                                to="kycuong.workcalendar",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("calendar", "on"), name="calendar_day_once")],
                    },
                ),
                migrations.CreateModel(
                    name="AccountabilityRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField()),
                        ("months", models.PositiveSmallIntegerField()),
                        ("document", models.CharField(max_length=200)),
                        ("verified", models.BooleanField(default=False)),
                        ("from_at", models.DateTimeField()),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months__gt", 0), ("times__gt", 0)),
                                name="accountability_rule_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("act", models.CharField(max_length=40)),
                        ("subject_kind", models.CharField(max_length=30)),
                        ("subject_id", models.CharField(blank=True, max_length=40)),
                        ("data", models.JSONField(default=dict)),
                        ("leaf", models.CharField(max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),
                            models.Index(fields=["-at", "-id"], name="audit_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "register",
                            models.CharField(
                                choices=[("incoming", "Văn bản đến"), ("outgoing", "Văn bản đi")], max_length=10
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reading", "Đang đọc bản quét"),
                                    ("triage", "Chờ phân loại"),
                                    ("review", "Chờ rà soát"),
                                    ("for_info", "Để biết"),
                                    ("issued", "Đã giao việc"),
                                    ("erased", "Đã xóa (dấu mật)"),
                                ],
                                default="triage",
                                max_length=10,
                            ),
                        ),
                        ("is_line", models.BooleanField(default=False)),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("symbol", models.CharField(blank=True, max_length=60)),
                        ("doc_type", models.CharField(blank=True, max_length=60)),
                        ("issuer", models.CharField(blank=True, max_length=200)),
                        ("issuer_folded", models.CharField(blank=True, max_length=250)),
                        ("higher_level", models.BooleanField(default=False)),
                        ("issued_on", models.DateField(null=True)),
                        ("issued_year", models.PositiveSmallIntegerField(null=True)),
                        ("signer", models.CharField(blank=True, max_length=120)),
                        ("signing_mark", models.CharField(blank=True, max_length=120)),
                        ("subject", models.TextField(blank=True)),
                        ("theme", models.CharField(blank=True, max_length=300)),
                        ("arrival_no", models.PositiveIntegerField(null=True)),
                        ("arrived_on", models.DateField(null=True)),
                        ("arrived_year", models.PositiveSmallIntegerField(null=True)),
                        ("addressees", models.JSONField(default=list)),
                        ("cites", models.JSONField(default=list)),
                        ("folded", models.TextField(blank=True)),
                        ("report_rrule", models.CharField(blank=True, max_length=120)),
                        ("registered_at", models.DateTimeField()),
                        ("issued_at", models.DateTimeField(null=True)),
                        (
                            "registered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follower_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "giver_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "confirmer_unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "follower_unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "giver_unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["register", "-registered_at", "-id"], name="document_register"),
                            models.Index(fields=["state", "registered_at"], name="document_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), _negated=True), ("issued_year__isnull", False)
                                ),
                                fields=("issuer_folded", "issued_year", "number", "symbol"),
                                name="number_once_per_issuer_and_year",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("arrival_no__isnull", False)),
                                fields=("arrived_year", "arrival_no"),
                                name="arrival_no_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarChangeDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("before", models.JSONField(null=True)),
                        ("after", models.JSONField(null=True)),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="days",
                                to="kycuong.calendarchange",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("change", "on"), name="calendar_change_day_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField()),
                        ("planned_until_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "ended_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "substitute_post",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["substitute", "until_at"], name="cover_by_substitute"),
                            models.Index(fields=["officer", "until_at"], name="cover_of_officer"),
                            models.Index(fields=["post", "until_at"], name="cover_of_post"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gte", models.F("from_at"))), name="cover_forward"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_at__lte", models.F("planned_until_at"))),
                                name="cover_not_longer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("substitute", models.F("officer")), _negated=True),
                                name="cover_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("decision", models.CharField(blank=True, max_length=120)),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="kycuong.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["officer", "valid_from"], name="appointment_of")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="appointment_period",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("post",),
                                name="one_holder_of_a_post",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SystemToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("system", models.CharField(max_length=120)),
                        ("rights", models.JSONField(default=list)),
                        ("key", models.CharField(max_length=16, unique=True)),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(null=True)),
                        ("minute", models.PositiveBigIntegerField(default=0)),
                        ("calls", models.PositiveIntegerField(default=0)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))), name="token_period"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force_on", models.DateField()),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("depth", models.PositiveSmallIntegerField(default=1)),
                        (
                            "change",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions",
                                to="kycuong.orgchange",
                            ),
                        ),
                        (
                            "old",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successors",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("old", "successor"), name="succession_once"),
                            models.CheckConstraint(
                                condition=models.Q(("old", models.F("successor")), _negated=True),
                                name="succession_to_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(null=True)),
                        ("filters", models.JSONField(default=dict)),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="units", to="kycuong.period"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("period", "unit"), name="period_unit_once")],
                    },
                ),
                migrations.CreateModel(
                    name="OrgChangeSubject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force_on", models.DateField()),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subjects",
                                to="kycuong.orgchange",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "in_force_on"), name="unit_changes_once_a_day"),
                            models.UniqueConstraint(fields=("post", "in_force_on"), name="post_changes_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("post__isnull", True), ("unit__isnull", False)),
                                    models.Q(("post__isnull", False), ("unit__isnull", True)),
                                    _connector="OR",
                                ),
                                name="change_subject_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Competence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("code", models.CharField(max_length=60)),
                        ("level", models.CharField(max_length=8)),
                        ("kind", models.CharField(max_length=9)),
                        (
                            "everywhere",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", ""),
                                    ("communes", "Ủy ban nhân dân cấp xã"),
                                    ("heads", "Chủ tịch Ủy ban nhân dân cấp xã"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("central", models.CharField(blank=True, max_length=200)),
                        ("above_vnd", models.BigIntegerField(null=True)),
                        ("ceiling_vnd", models.BigIntegerField(null=True)),
                        ("may_pass_on", models.BooleanField(default=False)),
                        ("basis", models.CharField(max_length=300)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("end_basis", models.CharField(blank=True, max_length=300)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passed_on",
                                to="kycuong.competence",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="competences",
                                to="kycuong.matter",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["matter", "territory", "valid_from"], name="competence_of_matter"),
                            models.Index(
                                condition=models.Q(("unit__isnull", False)),
                                fields=["unit", "matter"],
                                name="competence_of_unit",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="competence_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["central", "province", "commune"])),
                                name="competence_level",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "own"), ("source__isnull", True)),
                                    models.Q(("kind__in", ["devolved", "delegated"]), ("source__isnull", False)),
                                    _connector="OR",
                                ),
                                name="competence_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("central", ""), ("everywhere", ""), ("unit__isnull", False)),
                                    models.Q(
                                        ("post__isnull", True),
                                        ("unit__isnull", True),
                                        models.Q(("everywhere", ""), ("central", ""), _connector="XOR"),
                                    ),
                                    _connector="OR",
                                ),
                                name="competence_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("above_vnd__isnull", True),
                                    ("ceiling_vnd__isnull", True),
                                    ("ceiling_vnd__gt", models.F("above_vnd")),
                                    _connector="OR",
                                ),
                                name="competence_band",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", False), ("ended_at__isnull", True), _connector="OR"
                                ),
                                name="competence_ended",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                fields=("code", "valid_from"),
                                name="competence_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("code",),
                                name="competence_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=500)),
                        ("term", models.CharField(max_length=12)),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("open", "Đang thực hiện"),
                                    ("paused", "Tạm dừng"),
                                    ("answered", "Chờ xác nhận"),
                                    ("closed", "Đã kết thúc"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("outcome", models.CharField(max_length=20, null=True)),
                        ("anchor_at", models.DateTimeField()),
                        ("limit_qty", models.PositiveIntegerField(null=True)),
                        ("limit_unit", models.CharField(blank=True, max_length=14)),
                        ("bound", models.CharField(blank=True, max_length=6)),
                        ("rule_version", models.CharField(blank=True, max_length=30)),
                        ("calendar", models.CharField(blank=True, max_length=60)),
                        ("consumed_minutes", models.PositiveIntegerField(default=0)),
                        ("running_since", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("original_due_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("late_working_days", models.PositiveIntegerField(null=True)),
                        ("clock_no", models.PositiveSmallIntegerField(default=1)),
                        ("near_at", models.DateTimeField(null=True)),
                        ("last_day_at", models.DateTimeField(null=True)),
                        ("late_at", models.DateTimeField(null=True)),
                        ("next_check_at", models.DateTimeField(null=True)),
                        ("series", models.UUIDField(null=True)),
                        ("slot", models.DateField(null=True)),
                        ("seq", models.PositiveIntegerField(default=0)),
                        ("act_seq", models.PositiveIntegerField(default=0)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "holder_officer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "root",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "giver_post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "holder_post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "confirmer_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "follower_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "giver_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "holder_unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["holder_officer", "due_at", "id", "phase"],
                                name="duty_mine",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["holder_unit", "due_at", "id", "phase", "holder_post", "holder_officer"],
                                name="duty_unit",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["holder_unit", "holder_post", "holder_officer", "phase", "due_at", "id"],
                                name="duty_desk",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["giver_unit", "due_at", "id"],
                                name="duty_given",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["kind", "holder_unit", "due_at", "phase", "opened_at"],
                                name="duty_board",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["kind", "due_at", "phase"],
                                name="duty_late",
                            ),
                            models.Index(fields=["document", "holder_unit"], name="duty_document"),
                            models.Index(
                                condition=models.Q(("phase", "closed"), _negated=True),
                                fields=["due_at", "id"],
                                name="duty_due",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "open")),
                                fields=["kind", "opened_at", "id"],
                                name="duty_opened",
                            ),
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at", "id"],
                                name="duty_check",
                            ),
                            models.Index(
                                condition=models.Q(("series__isnull", False)), fields=["slot", "id"], name="duty_slot"
                            ),
                            models.Index(
                                condition=models.Q(("parent__isnull", False)), fields=["parent"], name="duty_parent"
                            ),
                            models.Index(
                                condition=models.Q(("parent__isnull", False)),
                                fields=["holder_officer", "parent"],
                                name="duty_asked_of",
                            ),
                            models.Index(
                                condition=models.Q(("kind", "task"), ("late_working_days__gt", 0), ("phase", "closed")),
                                fields=["closed_at", "holder_unit", "outcome"],
                                name="duty_late_closed",
                            ),
                            models.Index(
                                condition=models.Q(("phase", "closed")),
                                fields=["holder_unit", "closed_at", "id"],
                                name="duty_closed_unit",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False), ("outcome__isnull", False), ("phase", "closed")
                                    ),
                                    models.Q(
                                        models.Q(("phase", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("outcome__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="duty_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_at__isnull", False), ("term__in", ["dated", "periodic"])),
                                    models.Q(("due_at__isnull", True), ("term__in", ["standing", "prohibition"])),
                                    _connector="OR",
                                ),
                                name="duty_term_due",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("running_since__isnull", True), ("phase", "open"), _connector="OR"),
                                name="duty_running_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("phase", "closed"), _negated=True),
                                    ("next_check_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="duty_closed_unchecked",
                            ),
                            models.UniqueConstraint(fields=("series", "slot"), name="duty_series_slot"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentText",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="text_row",
                                serialize=False,
                                to="kycuong.document",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("reading", models.JSONField()),
                        ("reader_version", models.CharField(max_length=20)),
                    ],
                ),
                migrations.CreateModel(
                    name="BatchItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Chờ đọc"),
                                    ("done", "Đã vào sổ"),
                                    ("duplicate", "Đã có trong sổ"),
                                    ("refused", "Không nhận"),
                                    ("cancelled", "Đã hủy"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("held", models.BooleanField(default=False)),
                        ("code", models.CharField(blank=True, max_length=40)),
                        ("said", models.JSONField(default=dict)),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(null=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="kycuong.batch"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kycuong.document",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="batch_item_waiting"
                            ),
                            models.Index(condition=models.Q(("held", True)), fields=["sha256"], name="batch_item_held"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("batch", "name", "sha256"), name="batch_item_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sha256", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=200)),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveIntegerField()),
                        ("signed", models.CharField(blank=True, max_length=10)),
                        ("kept_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "kept_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["sha256"], name="file_by_hash")],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("implements", "Triển khai"),
                                    ("replaces", "Thay thế"),
                                    ("cites", "Căn cứ, dẫn chiếu"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("carried", models.PositiveIntegerField(null=True)),
                        ("softened", models.PositiveIntegerField(null=True)),
                        ("missing", models.PositiveIntegerField(null=True)),
                        ("compared_at", models.DateTimeField(null=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_out",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_in",
                                to="kycuong.document",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "other", "kind"), name="link_once"),
                            models.CheckConstraint(
                                condition=models.Q(("document", models.F("other")), _negated=True),
                                name="link_to_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchCorrection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        (
                            "status",
                            models.CharField(
                                choices=[("carried", "Giữ nguyên"), ("softened", "Giảm nhẹ"), ("missing", "Không có")],
                                max_length=10,
                            ),
                        ),
                        ("spans", models.JSONField(default=list)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "before",
                            models.CharField(
                                choices=[("carried", "Giữ nguyên"), ("softened", "Giảm nhẹ"), ("missing", "Không có")],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("undone", models.BooleanField(default=False)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kycuong.document"
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kycuong.document"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["parent", "child", "id"], name="match_of_pair")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))), name="match_of_a_demand"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("child")), _negated=True), name="match_of_two"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("path", models.CharField(blank=True, max_length=40)),
                        ("text", models.TextField()),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("dated", "Có thời hạn"),
                                    ("periodic", "Định kỳ"),
                                    ("standing", "Thường xuyên"),
                                    ("prohibition", "Nghiêm cấm"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Đề xuất"),
                                    ("checked", "Đã xem"),
                                    ("dropped", "Không giao việc"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("drop_reason", models.CharField(blank=True, max_length=300)),
                        ("deadline_kind", models.CharField(default="none", max_length=10)),
                        ("deadline_text", models.CharField(blank=True, max_length=300)),
                        ("deadline_on", models.DateField(null=True)),
                        ("bound", models.CharField(blank=True, max_length=6)),
                        ("rrule", models.CharField(blank=True, max_length=120)),
                        ("product", models.CharField(blank=True, max_length=300)),
                        ("channel", models.CharField(blank=True, max_length=200)),
                        ("targets", models.JSONField(default=list)),
                        ("doubts", models.JSONField(default=list)),
                        ("confidence", models.FloatField(default=1.0)),
                        ("rule", models.CharField(blank=True, max_length=60)),
                        ("is_key", models.BooleanField(default=False)),
                        ("added", models.BooleanField(default=False)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="orders",
                                to="kycuong.document",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["document", "start"], name="order_in_document")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))), name="order_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "dated"), _negated=True),
                                    ("deadline_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="order_dated_has_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "periodic"), _negated=True),
                                    models.Q(("rrule", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="order_periodic_has_rule",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "dropped"), _negated=True),
                                    models.Q(("drop_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="order_dropped_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("act", models.CharField(max_length=20)),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                        ("at", models.DateTimeField()),
                        ("undone", models.BooleanField(default=False)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Scan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("media_type", models.CharField(max_length=100)),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Đang đọc bản quét"),
                                    ("erasing", "Đang xóa"),
                                    ("done", "Đã đọc xong"),
                                    ("failed", "Chưa đọc được"),
                                    ("cancelled", "Đã dừng đọc"),
                                    ("erased", "Đã xóa (dấu mật)"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("pages", models.PositiveIntegerField()),
                        ("pages_done", models.PositiveIntegerField(default=0)),
                        ("pages_failed", models.PositiveIntegerField(default=0)),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("crashes", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(null=True)),
                        ("turn_at", models.DateTimeField()),
                        ("code", models.CharField(blank=True, max_length=40)),
                        ("said", models.JSONField(default=dict)),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="scan", to="kycuong.document"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["open", "erasing"])),
                                fields=["turn_at"],
                                name="scan_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pages_done__lte", models.F("pages"))), name="scan_pages"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Subscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("url", models.CharField(max_length=500)),
                        ("kinds", models.JSONField(default=list)),
                        ("secret_no", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "Đang gửi"), ("paused", "Tạm dừng"), ("ended", "Đã kết thúc")],
                                default="active",
                                max_length=8,
                            ),
                        ),
                        ("paused_code", models.CharField(blank=True, max_length=20)),
                        ("made_at", models.DateTimeField()),
                        ("after_event", models.PositiveBigIntegerField()),
                        ("after_entry", models.PositiveBigIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
                        ("failing_since", models.DateTimeField(null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(null=True)),
                        ("lease_no", models.PositiveIntegerField(default=0)),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "token",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.systemtoken",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "active")), fields=["next_try_at", "id"], name="hook_due"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentTheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "document",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="theme_rows",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_rows",
                                to="kycuong.theme",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["document", "set_at"], name="theme_of_document"),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["theme", "document"],
                                name="document_of_theme",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("document", "theme"),
                                name="document_theme_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__gte", models.F("set_at")), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="document_theme_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChaseLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("batch", models.UUIDField()),
                        ("step", models.CharField(max_length=14)),
                        ("is_request", models.BooleanField(default=False)),
                        ("signing", models.CharField(max_length=10)),
                        ("reply_on", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Dự thảo"),
                                    ("taken", "Đã ban hành"),
                                    ("cancelled", "Đã hủy dự thảo"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("drafted_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("symbol", models.CharField(blank=True, max_length=60)),
                        ("signed_on", models.DateField(null=True)),
                        ("signer", models.CharField(blank=True, max_length=120)),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="kycuong.chaseletter",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "issuing_unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "-drafted_at", "-id"], name="chase_by_state"),
                            models.Index(fields=["unit", "-drafted_at", "-id"], name="chase_of_unit"),
                            models.Index(fields=["-drafted_at", "-id"], name="chase_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("step__in", ["reminder", "urging", "criticism", "explanation", "accountability"])
                                ),
                                name="chase_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "draft")),
                                    models.Q(models.Q(("state", "draft"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="chase_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "taken"), _negated=True),
                                    ("step", "reminder"),
                                    models.Q(
                                        ("file__isnull", False),
                                        ("signed_on__isnull", False),
                                        models.Q(("number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="chase_taken_with_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_request", False), ("step__in", ["reminder", "urging"]), _connector="OR"
                                ),
                                name="chase_request_step",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number", "symbol", "signed_on"),
                                name="chase_number_once",
                            ),
                            models.UniqueConstraint(fields=("batch", "unit", "step"), name="chase_once_a_batch"),
                            models.CheckConstraint(
                                condition=models.Q(("replaces", models.F("id")), _negated=True),
                                name="chase_replaces_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TallyDuty",
                    fields=[
                        (
                            "duty",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="kycuong.duty",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("period", models.PositiveIntegerField()),
                        ("outcome", models.CharField(max_length=20)),
                        ("late", models.BooleanField()),
                        ("dated", models.BooleanField()),
                        ("took_days", models.PositiveIntegerField()),
                        ("late_days", models.PositiveIntegerField()),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TallyStanding",
                    fields=[
                        (
                            "duty",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="kycuong.duty",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("unit", models.PositiveBigIntegerField()),
                        ("post", models.PositiveBigIntegerField()),
                        ("officer", models.PositiveBigIntegerField()),
                        ("phase", models.CharField(max_length=10)),
                        ("due_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=500)),
                        ("days", models.PositiveSmallIntegerField()),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("asked_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("request_id", models.UUIDField(null=True, unique=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.consultationrule",
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["lead_unit", "-asked_at", "-id"], name="consultation_of_lead"),
                            models.Index(
                                condition=models.Q(("about__isnull", False)),
                                fields=["about"],
                                name="consultation_about",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gte", models.F("asked_at"))),
                                name="consultation_ends_later",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_from", models.DateTimeField()),
                        ("due_to", models.DateTimeField()),
                        ("kept", models.BooleanField(default=False)),
                        (
                            "change",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="kycuong.calendarchange",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("change", "duty"), name="calendar_move_once")],
                    },
                ),
                migrations.CreateModel(
                    name="HeadCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Đã yêu cầu giải trình"),
                                    ("decided", "Đã có kết luận"),
                                    ("ended", "Kết thúc, không xem xét trách nhiệm"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("times", models.PositiveSmallIntegerField()),
                        ("months", models.PositiveSmallIntegerField()),
                        ("opened_at", models.DateTimeField()),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("symbol", models.CharField(blank=True, max_length=60)),
                        ("signed_on", models.DateField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "decision",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "explanation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kycuong.duty"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "home_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "-opened_at"], name="case_by_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")), fields=("unit", "head"), name="one_open_case"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "asked")),
                                    models.Q(models.Q(("state", "asked"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="case_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(
                                        ("decision__isnull", False),
                                        ("file__isnull", False),
                                        ("home_by__isnull", False),
                                        ("office_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_decided_by_both",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("organisation", "Danh mục tổ chức"),
                                    ("tasks", "Nhiệm vụ đang thực hiện"),
                                    ("competence", "Sổ thẩm quyền"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checked", "Chờ áp dụng"),
                                    ("applying", "Đang áp dụng"),
                                    ("applied", "Đã áp dụng"),
                                    ("undoing", "Đang hoàn tác"),
                                    ("undone", "Đã hoàn tác"),
                                ],
                                default="checked",
                                max_length=10,
                            ),
                        ),
                        ("encoding", models.CharField(max_length=12)),
                        ("repaired", models.BooleanField(default=False)),
                        ("source", models.CharField(blank=True, max_length=80)),
                        ("choices", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        ("plan", models.CharField(blank=True, max_length=64)),
                        ("good_only", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(null=True)),
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "evidence",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kycuong.documentfile"
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-at", "-id"], name="import_newest"),
                            models.Index(
                                condition=models.Q(("state__in", ["applying", "undoing"])),
                                fields=["id"],
                                name="import_at_work",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outbox",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("topic", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at__isnull", True)), fields=["id"], name="outbox_waiting"
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("duty", "seq"), name="outbox_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("topic", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(null=True)),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.period",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["recipient", "-at", "-id"], name="notice_inbox"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["recipient"],
                                name="notice_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("recipient", "duty", "seq"), name="notice_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("period__isnull", False)),
                                fields=("recipient", "period", "topic"),
                                name="notice_period_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("duty__isnull", True), ("period__isnull", False)),
                                    models.Q(("duty__isnull", False), ("period__isnull", True)),
                                    _connector="OR",
                                ),
                                name="notice_of_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("request_id", models.UUIDField(null=True, unique=True)),
                        ("act", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("phase_to", models.CharField(max_length=10)),
                        ("due_to", models.DateTimeField(null=True)),
                        ("clock_no", models.PositiveSmallIntegerField()),
                        ("rung", models.CharField(max_length=40, null=True)),
                        ("outcome", models.CharField(max_length=20, null=True)),
                        ("late_working_days", models.PositiveIntegerField(null=True)),
                        ("reason_code", models.CharField(blank=True, max_length=40)),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("note_hash", models.CharField(blank=True, max_length=64)),
                        ("data", models.JSONField(default=dict)),
                        ("leaf", models.CharField(max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cover_for",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "holder_officer_to",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "actor_post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "holder_post_to",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["actor", "-at"], name="event_by_actor"),
                            models.Index(
                                condition=models.Q(("cover_for__isnull", False)),
                                fields=["cover_for", "-at"],
                                name="event_by_cover",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("duty", "seq"), name="event_seq"),
                            models.UniqueConstraint(fields=("duty", "clock_no", "rung"), name="event_rung_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("wanted_on", models.DateField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Chờ quyết định"),
                                    ("accepted", "Đồng ý"),
                                    ("refused", "Không đồng ý"),
                                    ("withdrawn", "Đơn vị rút"),
                                    ("lapsed", "Không còn phải giải quyết"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("given_on", models.DateField(null=True)),
                        ("extended_days", models.PositiveIntegerField(null=True)),
                        (
                            "about",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "answer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="proposal", to="kycuong.duty"
                            ),
                        ),
                        (
                            "proposer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "so_far",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["about", "id"], name="proposal_about")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["extension", "return", "obstacle", "suggestion"])),
                                name="proposal_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "extension"), ("wanted_on__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "extension"), _negated=True), ("wanted_on__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_wanted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "return"), _negated=True),
                                    models.Q(("basis", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="proposal_return_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("outcome", "")),
                                    models.Q(models.Q(("outcome", ""), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proposal_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("extended_days__gt", 0),
                                        ("given_on__isnull", False),
                                        ("kind", "extension"),
                                        ("outcome", "accepted"),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "extension"), ("outcome", "accepted"), _negated=True),
                                        ("extended_days__isnull", True),
                                        ("given_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_given",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at__isnull", True)),
                                fields=("about", "kind"),
                                name="proposal_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("key", models.UUIDField()),
                        ("slot", models.DateField()),
                        ("sections", models.JSONField(default=dict)),
                        ("seq", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(null=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.order",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["key", "slot"], name="report_of_collection")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("duty__isnull", True)),
                                fields=("key", "slot", "unit"),
                                name="report_without_duty_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScanPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(blank=True)),
                        ("origin", models.CharField(max_length=10)),
                        (
                            "scan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="kycuong.scan"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("scan", "number"), name="scan_page_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SearchRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("document", "Văn bản"),
                                    ("order", "Nội dung giao việc"),
                                    ("task", "Nhiệm vụ"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=100)),
                        ("head", models.TextField()),
                        ("body", models.TextField(blank=True)),
                        ("marks", models.TextField()),
                        (
                            "document",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="kycuong.order",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["kind", "id"], name="search_newest"),
                            models.Index(
                                condition=models.Q(("code", ""), _negated=True), fields=["code"], name="search_code"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("document__isnull", False),
                                        ("duty__isnull", True),
                                        ("kind", "document"),
                                        ("order__isnull", True),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("duty__isnull", True),
                                        ("kind", "order"),
                                        ("order__isnull", False),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("duty__isnull", False),
                                        ("kind", "task"),
                                        ("order__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="search_one_record",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventDelivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("event", models.PositiveBigIntegerField(null=True)),
                        ("entry", models.PositiveBigIntegerField(null=True)),
                        ("subject", models.UUIDField(null=True)),
                        ("other", models.UUIDField(null=True)),
                        ("seq", models.PositiveIntegerField(default=0)),
                        ("kind", models.CharField(max_length=45)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Chờ gửi"),
                                    ("sent", "Đã gửi"),
                                    ("failed", "Không gửi được"),
                                    ("hidden", "Không còn được xem"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("made_at", models.DateTimeField()),
                        ("next_try_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("error_code", models.CharField(blank=True, max_length=20)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "subscription",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="kycuong.subscription",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["subscription", "duty", "event"],
                                name="delivery_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("entry__isnull", False), ("state", "waiting")),
                                fields=["subscription", "subject", "entry"],
                                name="delivery_record_waiting",
                            ),
                            models.Index(fields=["subscription", "-id"], name="delivery_newest"),
                            models.Index(fields=["made_at"], name="delivery_made"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("subscription", "event"), name="delivery_once"),
                            models.UniqueConstraint(fields=("subscription", "entry"), name="delivery_of_entry_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("duty__isnull", False),
                                        ("entry__isnull", True),
                                        ("event__isnull", False),
                                        ("subject__isnull", True),
                                    ),
                                    models.Q(
                                        ("duty__isnull", True),
                                        ("entry__isnull", False),
                                        ("event__isnull", True),
                                        ("subject__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="delivery_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("series", models.UUIDField(null=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=500)),
                        ("measure", models.CharField(blank=True, max_length=60)),
                        ("plan", models.DecimalField(decimal_places=4, max_digits=20)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("at_least", "Ít nhất"), ("at_most", "Không quá")],
                                default="at_least",
                                max_length=8,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("dropped_at", models.DateTimeField(null=True)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="kycuong.duty",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("series__isnull", False)),
                                fields=["series"],
                                name="target_of_series",
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("duty", "position"), name="target_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("product", models.CharField(blank=True, max_length=300)),
                        ("channel", models.CharField(blank=True, max_length=200)),
                        ("is_key", models.BooleanField(default=False)),
                        ("old_source", models.CharField(blank=True, max_length=80)),
                        ("old_code", models.CharField(blank=True, max_length=80)),
                        ("old_extensions", models.PositiveSmallIntegerField(default=0)),
                        ("old_extended_days", models.PositiveIntegerField(default=0)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="kycuong.document"
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="task", to="kycuong.duty"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="kycuong.order",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="kycuong.task",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["order"], name="task_of_order")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("replaces", models.F("id")), _negated=True),
                                name="task_replaces_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("salt", models.CharField(max_length=32)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="kycuong.duty",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("duty", "seq"), name="change_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SuccessionLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("successor_code", models.CharField(max_length=40)),
                        ("how", models.CharField(max_length=10)),
                        ("moved_at", models.DateTimeField(null=True)),
                        (
                            "change",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="kycuong.orgchange",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kycuong.duty"
                            ),
                        ),
                        (
                            "new_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "old_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["change", "new_unit", "id"], name="line_of_change")],
                        "constraints": [models.UniqueConstraint(fields=("change", "duty"), name="line_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[("proposed", "Đề xuất"), ("kept", "Trong chương trình"), ("dropped", "Đã bỏ")],
                                default="kept",
                                max_length=8,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("lead_printed", models.CharField(blank=True, max_length=300)),
                        ("participants", models.JSONField(default=list)),
                        ("participants_printed", models.CharField(blank=True, max_length=1000)),
                        ("term_text", models.CharField(blank=True, max_length=200)),
                        ("kind", models.CharField(max_length=12)),
                        ("due_on", models.DateField(null=True)),
                        ("bound", models.CharField(blank=True, max_length=6)),
                        ("rrule", models.CharField(blank=True, max_length=120)),
                        ("quarter", models.PositiveSmallIntegerField(default=0)),
                        ("product", models.CharField(blank=True, max_length=300)),
                        ("problems", models.JSONField(default=list)),
                        ("source", models.CharField(max_length=6)),
                        ("key", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programme_line",
                                to="kycuong.order",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="kycuong.programme",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["programme", "id"], name="line_of_programme")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "dropped"), _negated=True),
                                fields=("programme", "key"),
                                name="programme_line_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "kept"), _negated=True),
                                    ("lead__isnull", False),
                                    _connector="OR",
                                ),
                                name="programme_line_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("order__isnull", True), ("status", "kept"), _connector="OR"),
                                name="programme_line_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "dated"), _negated=True),
                                    ("due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="programme_line_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "periodic"), _negated=True),
                                    models.Q(("rrule", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="programme_line_periodic",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quarter__lte", 4)), name="programme_line_quarter"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("state", models.CharField(max_length=14)),
                        ("dated", models.BooleanField()),
                        ("late_working_days", models.PositiveIntegerField(default=0)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="kycuong.period",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["period", "unit", "state"], name="row_of_period")],
                        "constraints": [models.UniqueConstraint(fields=("period", "duty"), name="period_row_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodContest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Chờ quyết định"),
                                    ("corrected", "Đã đính chính hạn"),
                                    ("excluded", "Không tính trong kỳ"),
                                    ("refused", "Giữ nguyên"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contests",
                                to="kycuong.period",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["period", "unit"], name="contest_of_period")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "")), fields=("period", "duty"), name="contest_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("outcome", "")),
                                    models.Q(models.Q(("outcome", ""), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contest_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(choices=[("lead", "Chủ trì"), ("participant", "Phối hợp")], max_length=12),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("printed", models.CharField(max_length=400)),
                        ("group", models.CharField(blank=True, max_length=30)),
                        ("confidence", models.FloatField(default=1.0)),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="kycuong.order"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["order", "role", "position"], name="party_of_order")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("unit__isnull", True), ("group", ""), _connector="OR"),
                                name="party_unit_or_group",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyHolding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        ("until_at", models.DateTimeField(null=True)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holdings",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.post",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["duty", "from_at"], name="holding_of_duty"),
                            models.Index(fields=["unit", "duty"], name="holding_of_unit"),
                            models.Index(fields=["officer", "duty"], name="holding_of_officer"),
                            models.Index(
                                condition=models.Q(("until_at__isnull", True)),
                                fields=["post", "from_at", "duty"],
                                name="holding_lying",
                            ),
                            models.Index(
                                condition=models.Q(("read_at__isnull", False)),
                                fields=["officer", "-read_at"],
                                name="holding_read",
                            ),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True), ("until_at__isnull", True)),
                                fields=["from_at", "duty"],
                                name="holding_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until_at__isnull", True)),
                                fields=("duty",),
                                name="one_open_holding",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                                ),
                                name="holding_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BacklogReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("request_id", models.UUIDField(unique=True)),
                        ("measure", models.CharField(max_length=4)),
                        ("days", models.PositiveSmallIntegerField()),
                        ("term", models.CharField(blank=True, max_length=12)),
                        ("watermark", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Đang rà soát"), ("closed", "Đã kết thúc"), ("cancelled", "Đã hủy")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("place", models.CharField(blank=True, max_length=200)),
                        ("chair", models.CharField(blank=True, max_length=120)),
                        ("secretary", models.CharField(blank=True, max_length=120)),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("symbol", models.CharField(blank=True, max_length=60)),
                        ("signed_on", models.DateField(null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "attendants",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "conclusion",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-opened_at", "-id"], name="backlog_newest"),
                            models.Index(fields=["unit", "-opened_at", "-id"], name="backlog_of_unit"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("measure__in", ["late", "open"])), name="backlog_measure"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="backlog_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("file__isnull", True),
                                    models.Q(
                                        ("signed_on__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="backlog_signed_when_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True),
                                    ("closed_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="backlog_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChaseItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Trong dự thảo"),
                                    ("taken", "Đã đôn đốc"),
                                    ("left", "Không còn phải đôn đốc"),
                                    ("cancelled", "Đã hủy dự thảo"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="kycuong.chaseletter",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["duty", "letter"], name="chase_of_duty")],
                        "constraints": [
                            models.UniqueConstraint(fields=("letter", "duty"), name="chase_item_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "")), fields=("duty",), name="chase_one_draft"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeadCaseItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cause", models.CharField(blank=True, max_length=10)),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="kycuong.headcase",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "marked_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "duty"), name="case_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(("cause__in", ["", "objective", "own"])), name="case_cause"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("step", models.CharField(max_length=14)),
                        ("verdict", models.CharField(blank=True, max_length=10)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="explanation",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "letter",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="explanation",
                                to="kycuong.chaseletter",
                            ),
                        ),
                        (
                            "answer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("step__in", ["explanation", "accountability"])),
                                name="explanation_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["", "accepted", "refused", "dropped"])),
                                name="explanation_verdict",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("request_id", models.UUIDField(null=True, unique=True)),
                        ("at", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="kycuong.consultation",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "number"), name="proposed_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("no", models.PositiveSmallIntegerField()),
                        ("made_at", models.DateTimeField()),
                        ("watermark", models.BigIntegerField()),
                        ("filters", models.JSONField()),
                        ("lines", models.JSONField()),
                        ("content", models.JSONField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("attempt", models.PositiveSmallIntegerField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="kycuong.report",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "no"), name="edition_once"),
                            models.CheckConstraint(
                                condition=models.Q(("sent_at__isnull", True), ("file__isnull", False), _connector="OR"),
                                name="sent_edition_has_file",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetActual",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("as_of", models.DateField()),
                        ("source_hash", models.CharField(blank=True, max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="kycuong.targetactual",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actuals",
                                to="kycuong.target",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["target", "as_of", "id"], name="actual_of_target"),
                            models.Index(
                                condition=models.Q(("file__isnull", False)), fields=["file"], name="actual_with_file"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("corrects", models.F("id")), _negated=True),
                                name="actual_corrects_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("act", models.CharField(max_length=10)),
                        ("side", models.CharField(max_length=6)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "answers",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answered_by",
                                to="kycuong.targetchange",
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kycuong.note",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="kycuong.target",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["target", "id"], name="change_of_target")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("act__in", ["contest", "answer", "correct", "drop", "add"])),
                                name="target_change_act",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "answer"), _negated=True),
                                    ("answers__isnull", False),
                                    _connector="OR",
                                ),
                                name="target_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("attempt", models.PositiveSmallIntegerField()),
                        ("prepared_at", models.DateTimeField(null=True)),
                        ("summary", models.TextField(blank=True)),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("symbol", models.CharField(blank=True, max_length=60)),
                        ("signed_on", models.DateField(null=True)),
                        ("signer", models.CharField(blank=True, max_length=120)),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("", "Chưa có ý kiến"), ("confirmed", "Đạt"), ("sent_back", "Chưa đạt")],
                                max_length=10,
                            ),
                        ),
                        ("judged_at", models.DateTimeField(null=True)),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="kycuong.task"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "attempt"), name="attempt_once"),
                            models.CheckConstraint(
                                condition=models.Q(("sent_at__isnull", True), ("file__isnull", False), _connector="OR"),
                                name="sent_result_has_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict", ""), ("sent_at__isnull", False), _connector="OR"),
                                name="judged_was_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskParticipant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="kycuong.task",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kycuong.unit"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("task", "unit"), name="participant_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "Mới"),
                                    ("known", "Đã có"),
                                    ("doubt", "Cần chọn"),
                                    ("error", "Lỗi"),
                                    ("done", "Đã tiếp nhận"),
                                    ("undone", "Đã hoàn tác"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("values", models.JSONField()),
                        ("problems", models.JSONField(default=list)),
                        ("participants", models.JSONField(default=list)),
                        (
                            "document",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.document",
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="import_row",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="kycuong.importrun",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["run", "state", "number"], name="import_row_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "number"), name="import_row_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "done")), fields=("key",), name="taken_over_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["done", "undone"]), _negated=True),
                                    ("duty__isnull", False),
                                    _connector="OR",
                                ),
                                name="import_row_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BacklogLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("due_at", models.DateTimeField(null=True)),
                        ("decision", models.CharField(blank=True, max_length=10)),
                        ("is_proposed", models.BooleanField(default=False)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("event_seq", models.PositiveIntegerField(null=True)),
                        ("given_on", models.DateField(null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="kycuong.backlogreview",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="backlog_lines",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "made",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.duty",
                            ),
                        ),
                        (
                            "given_unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["duty", "review"], name="backlog_of_duty")],
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "duty"), name="backlog_line_once"),
                            models.UniqueConstraint(fields=("review", "place"), name="backlog_line_place"),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")), fields=("duty",), name="backlog_line_waits_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["", "new_date", "hand_over", "close", "raise", "done", "left"])
                                ),
                                name="backlog_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_by__isnull", True),
                                        ("decision__in", ["", "done", "left"]),
                                        ("event_seq__isnull", True),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("decision__in", ["new_date", "hand_over", "close", "raise"]),
                                        ("event_seq__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="backlog_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("delivered_at", models.DateTimeField(null=True)),
                        ("delivered_by", models.CharField(blank=True, max_length=10)),
                        ("answer", models.CharField(blank=True, max_length=10)),
                        ("said_at", models.DateTimeField(null=True)),
                        ("more_until", models.DateTimeField(null=True)),
                        ("more_given", models.BooleanField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=12)),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("symbol", models.CharField(blank=True, max_length=60)),
                        ("signed_on", models.DateField(null=True)),
                        ("signer", models.CharField(blank=True, max_length=120)),
                        ("late_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="kycuong.consultation",
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="opinion", to="kycuong.duty"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "liable",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="kycuong.proposed",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["consultation", "id"], name="opinion_of_consultation"),
                            models.Index(fields=["unit", "-id"], name="opinion_of_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("proposed", "unit"), name="opinion_once"),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["", "opinion", "vague", "returned"])),
                                name="opinion_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delivered_at__isnull", True), ("delivered_by", "")),
                                    models.Q(
                                        ("delivered_at__isnull", False), models.Q(("delivered_by", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="opinion_delivered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "opinion"), _negated=True),
                                    models.Q(
                                        ("file__isnull", False),
                                        ("signed_on__isnull", False),
                                        models.Q(("number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="opinion_by_letter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "consent"), _negated=True),
                                    ("delivered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="opinion_consent_delivered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposedPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("words", models.TextField()),
                        ("is_main", models.BooleanField(default=True)),
                        (
                            "proposed",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="kycuong.proposed",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("proposed", "number"), name="proposed_point_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("n", models.BigIntegerField()),
                        ("of", models.BigIntegerField(null=True)),
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="kycuong.reportedition",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="figure_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ReportPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="kycuong.reportedition",
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_into",
                                to="kycuong.reportedition",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "part"), name="part_once"),
                            models.CheckConstraint(
                                condition=models.Q(("part", models.F("edition")), _negated=True), name="part_of_another"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpinionPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.CharField(max_length=12)),
                        ("words", models.TextField(blank=True)),
                        (
                            "opinion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="kycuong.opinion",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.proposedpoint",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("opinion", "point"), name="opinion_point_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("position__in", ["agree", "agree_if", "disagree", "not_mine", "askers_own"])
                                ),
                                name="opinion_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("position", "agree"), models.Q(("words", ""), _negated=True), _connector="OR"
                                ),
                                name="opinion_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SilenceNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30)),
                        ("symbol", models.CharField(max_length=60)),
                        ("signed_on", models.DateField()),
                        ("signer", models.CharField(blank=True, max_length=120)),
                        ("at", models.DateTimeField()),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kycuong.documentfile",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opinion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notice", to="kycuong.opinion"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True), name="silence_notice_numbered"
                            ),
                            models.UniqueConstraint(
                                fields=("number", "symbol", "signed_on"), name="silence_notice_number_once"
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(refuse_change, migrations.RunPython.noop),
        migrations.RunPython(index_words, migrations.RunPython.noop),
    ]
