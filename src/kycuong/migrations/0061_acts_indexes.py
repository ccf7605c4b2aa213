"""Indexes that an act writes and no question reads: they repeat the beginning of another one, or name one of a few units.

Dropped by name: SQLite would else make the tables anew. PostgreSQL's index of words takes what is new on a short list, which
goes into the index when it holds 128 kB (some sixty tasks): an act writes half as long, a search reads the list besides.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DROPPED = {
    "kycuong_document_confirmer_unit_id_feda0ebf": ("kycuong_document", "confirmer_unit_id"),
    "kycuong_document_follower_post_id_c38aa0a9": ("kycuong_document", "follower_post_id"),
    "kycuong_document_follower_unit_id_0066b165": ("kycuong_document", "follower_unit_id"),
    "kycuong_document_giver_post_id_df4cfab6": ("kycuong_document", "giver_post_id"),
    "kycuong_document_registered_by_id_7ee18310": ("kycuong_document", "registered_by_id"),
    "kycuong_order_document_id_b4d2b7ea": ("kycuong_order", "document_id"),
    "kycuong_orderparty_order_id_2fd201d6": ("kycuong_orderparty", "order_id"),
    "kycuong_task_order_id_e0063f78": ("kycuong_task", "order_id"),
}


def words(*settings_of_index):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for said in settings_of_index:
                schema_editor.execute(f"ALTER INDEX search_words {said}", params=None)

    return alter


class Migration(migrations.Migration):
    dependencies = [
        ("kycuong", "0060_signs_notices"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} ({column})")
                for name, (table, column) in DROPPED.items()
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="document",
                    name="confirmer_unit",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kycuong.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="document",
                    name="follower_post",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kycuong.post",
                    ),
                ),
                migrations.AlterField(
                    model_name="document",
                    name="follower_unit",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kycuong.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="document",
                    name="giver_post",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kycuong.post",
                    ),
                ),
                migrations.AlterField(
                    model_name="document",
                    name="registered_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="order",
                    name="document",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="kycuong.document",
                    ),
                ),
                migrations.AlterField(
                    model_name="orderparty",
                    name="order",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="kycuong.order",
                    ),
                ),
                migrations.AlterField(
                    model_name="task",
                    name="order",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="kycuong.order",
                    ),
                ),
            ],
        ),
        migrations.RunPython(
            words("SET (fastupdate = on, gin_pending_list_limit = 128)"),
            words("SET (fastupdate = off)", "RESET (gin_pending_list_limit)"),
        ),
    ]
