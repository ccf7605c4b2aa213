"""The rows of search and, over them, the index that each database has for words."""

import django.db.models.deletion
from django.db import migrations, models

#: SQLite: FTS5 over the folded words; triggers keep it with the rows. A later migration that remakes the table of rows
#: (SQLite knows no ALTER of most things) must make the triggers again.
SQLITE = (
    "CREATE VIRTUAL TABLE kycuong_searchtext USING fts5(head, body, marks, content='kycuong_searchrow', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2')",
    "CREATE TRIGGER kycuong_search_added AFTER INSERT ON kycuong_searchrow BEGIN "
    "INSERT INTO kycuong_searchtext(rowid, head, body, marks) VALUES (new.id, new.head, new.body, new.marks); END",
    "CREATE TRIGGER kycuong_search_gone AFTER DELETE ON kycuong_searchrow BEGIN "
    "INSERT INTO kycuong_searchtext(kycuong_searchtext, rowid, head, body, marks) "
    "VALUES ('delete', old.id, old.head, old.body, old.marks); END",
    "CREATE TRIGGER kycuong_search_changed AFTER UPDATE OF head, body, marks ON kycuong_searchrow BEGIN "
    "INSERT INTO kycuong_searchtext(kycuong_searchtext, rowid, head, body, marks) "
    "VALUES ('delete', old.id, old.head, old.body, old.marks); "
    "INSERT INTO kycuong_searchtext(rowid, head, body, marks) VALUES (new.id, new.head, new.body, new.marks); END",
)
#: PostgreSQL: its own words of a text, no extension and no right to make one. Marks begin with = so that no word is one.
POSTGRESQL = (
    "ALTER TABLE kycuong_searchrow ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('pg_catalog.simple', head), 'A') || setweight(to_tsvector('pg_catalog.simple', body), 'B') "
    "|| array_to_tsvector(string_to_array(marks, ' '))) STORED",
    "CREATE INDEX search_words ON kycuong_searchrow USING gin (words) WITH (fastupdate = off)",
)


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE kycuong_searchtext")


class Migration(migrations.Migration):
    dependencies = [
        ("kycuong", "0007_org_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("document", "Văn bản"), ("order", "Nội dung giao việc"), ("task", "Nhiệm vụ")],
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
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kycuong.document"
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kycuong.duty"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kycuong.order"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "id"], name="search_newest"),
                    models.Index(condition=models.Q(("code", ""), _negated=True), fields=["code"], name="search_code"),
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
        migrations.RunPython(forwards, backwards),
    ]
