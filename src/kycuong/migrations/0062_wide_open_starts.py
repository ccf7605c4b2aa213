"""Open duties are tallied by when they were given, and from where they are seen: the tallies of open duties are counted anew.

The job counts them in its next rounds; until then figures are counted row by row.
"""

import datetime
import uuid

import django.db.models.deletion
from django.db import migrations, models


def afresh(apps, schema_editor):
    for name in ("TallyOpen", "TallyStanding"):
        apps.get_model("kycuong", name).objects.all().delete()
    mark = {"event": None, "target": 0, "built": 0, "edition": uuid.uuid4()}
    apps.get_model("kycuong", "TallyMark").objects.filter(pk=2).update(**mark)


class Migration(migrations.Migration):

    dependencies = [
        ('kycuong', '0061_acts_indexes'),
    ]

    operations = [
        migrations.RunPython(afresh, migrations.RunPython.noop),
        migrations.CreateModel(
            name='TallySeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.CharField(max_length=1)),
                ('number', models.PositiveBigIntegerField()),
                ('unit', models.PositiveBigIntegerField()),
                ('post', models.PositiveBigIntegerField()),
                ('officer', models.PositiveBigIntegerField()),
                ('phase', models.CharField(max_length=10)),
                ('due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='tallyopen',
            name='tally_open_once',
        ),
        migrations.AddField(
            model_name='tallyopen',
            name='given',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='tallystanding',
            name='opened_at',
            field=models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='tallyopen',
            constraint=models.UniqueConstraint(fields=('kind', 'desk', 'given', 'unit', 'post', 'officer', 'phase'), name='tally_open_once'),
        ),
        migrations.AddField(
            model_name='tallyseat',
            name='duty',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kycuong.duty'),
        ),
        migrations.AddIndex(
            model_name='tallyseat',
            index=models.Index(fields=['seat', 'number', 'unit', 'post', 'officer', 'phase', 'due_at', 'duty'], name='tally_seat'),
        ),
        migrations.AddIndex(
            model_name='tallyseat',
            index=models.Index(fields=['duty'], name='tally_seat_duty'),
        ),
    ]
