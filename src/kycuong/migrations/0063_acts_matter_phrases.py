"""By which phrases texts mention the matters of the registry: an order is compared with the few that it may mean."""

import django.db.models.deletion
from django.db import migrations, models

from kycuong.core.submissions import phrases


def keep(apps, schema_editor):
    phrase_of = apps.get_model("kycuong", "MatterPhrase")
    found = (
        phrase_of(matter=one, beginning=begun, phrase=phrase)
        for one in apps.get_model("kycuong", "Matter").objects.order_by("pk")
        for phrase, begun in phrases((one.name, *one.words)).items()
    )
    phrase_of.objects.bulk_create(found, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('kycuong', '0062_wide_open_starts'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatterPhrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('beginning', models.TextField()),
                ('phrase', models.TextField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phrases', to='kycuong.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['beginning'], name='matter_phrase')],
            },
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
