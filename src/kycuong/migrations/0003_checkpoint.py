"""Checkpoints of sealed rows: append-only like the rows that they seal."""

from importlib import import_module

from django.db import migrations, models

append_only = import_module("kycuong.migrations.0002_append_only")
TABLE = "kycuong_checkpoint"


def forwards(apps, schema_editor):
    for statement in append_only.statements(schema_editor.connection.vendor, TABLE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kycuong", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
