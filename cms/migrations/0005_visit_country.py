import cms.cities.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0004_code_in_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='visitpage',
            name='country',
            field=models.CharField(blank=True, choices=cms.cities.models.country_choices, default='', help_text='The country that the visit is from, to or with.', max_length=2, verbose_name='country'),
            preserve_default=False,
        ),
    ]
