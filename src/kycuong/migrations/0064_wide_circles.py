"""Closed duties are tallied by from where they are seen, and seats say of what kind and when given: both are counted anew.

The job counts them in its next rounds; until then figures are counted row by row.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def afresh(apps, schema_editor):
    for name in ("Tally", "TallyDay", "TallyDuty", "TallyOpen", "TallySeat", "TallyStanding"):
        apps.get_model("kycuong", name).objects.all().delete()
    for row in apps.get_model("kycuong", "TallyMark").objects.all():
        row.event, row.target, row.built, row.edition = None, 0, 0, uuid.uuid4()
        row.save()


class Migration(migrations.Migration):

    dependencies = [
        ('kycuong', '0063_acts_matter_phrases'),
    ]

    operations = [
        migrations.RunPython(afresh, migrations.RunPython.noop),
        migrations.CreateModel(
            name='TallyCircle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=1000, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='TallyCircleSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.CharField(max_length=1)),
                ('number', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='TallyView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('circle', models.PositiveBigIntegerField()),
                ('unit', models.PositiveBigIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('period', models.PositiveIntegerField()),
                ('outcome', models.CharField(max_length=20)),
                ('late', models.BooleanField()),
                ('dated', models.BooleanField()),
                ('n', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='TallyViewDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('circle', models.PositiveBigIntegerField()),
                ('unit', models.PositiveBigIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('period', models.PositiveIntegerField()),
                ('measure', models.CharField(max_length=6)),
                ('days', models.PositiveIntegerField()),
                ('n', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='tallyseat',
            name='tally_seat',
        ),
        migrations.AddField(
            model_name='tallyduty',
            name='circle',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='tallyduty',
            index=models.Index(fields=['circle', 'period'], name='tally_duty_circle'),
        ),
        migrations.AddField(
            model_name='tallyseat',
            name='given',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tallyseat',
            name='kind',
            field=models.CharField(default='', max_length=20),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='tallyseat',
            index=models.Index(fields=['seat', 'number', 'unit', 'kind', 'post', 'officer', 'phase', 'due_at', 'given', 'duty'], name='tally_seat'),
        ),
        migrations.AddField(
            model_name='tallycircleseat',
            name='circle',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='kycuong.tallycircle'),
        ),
        migrations.AddConstraint(
            model_name='tallyview',
            constraint=models.UniqueConstraint(fields=('circle', 'kind', 'period', 'unit', 'outcome', 'late', 'dated'), name='tally_view_once'),
        ),
        migrations.AddConstraint(
            model_name='tallyviewday',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['took', 'late'])), name='tally_view_day_measure'),
        ),
        migrations.AddConstraint(
            model_name='tallyviewday',
            constraint=models.UniqueConstraint(fields=('circle', 'kind', 'measure', 'period', 'unit', 'days'), name='tally_view_day_once'),
        ),
        migrations.AddConstraint(
            model_name='tallycircleseat',
            constraint=models.UniqueConstraint(fields=('seat', 'number', 'circle'), name='circle_seat_once'),
        ),
    ]
