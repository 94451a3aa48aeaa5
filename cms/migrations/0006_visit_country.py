import cms.cities.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0005_videos_in_bodies'),
    ]

    operations = [
        migrations.AddField(
            model_name='visitpage',
            name='country',
            field=models.CharField(blank=True, choices=cms.cities.models.country_choices, default='', help_text='The country that the visit is from, to or with.', max_length=2, verbose_name='country'),
            preserve_default=False,
        ),
    ]
