"""Filings move to the room of cases, since what is filed through an officer is tracked as well.

Copies every filing, points its mails to the copy, and drops the old table. Locks the tables of filings and mails until
it is done: seconds, at a city's size. There is no way back.
"""

from itertools import islice

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

_BATCH = 1000


def copy(apps, schema_editor):
    old, new = apps.get_model("services", "Filing"), apps.get_model("cases", "Filing")
    filings = old.objects.order_by("pk").iterator(_BATCH)
    while batch := list(islice(filings, _BATCH)):
        new.objects.bulk_create(
            new(
                case_id=filing.case_id,
                form=filing.form,
                contents=filing.contents,
                secret=filing.secret,
                language=filing.language,
                made_at=filing.made_at,
            )
            for filing in batch
        )
    case = old.objects.filter(pk=OuterRef("filing_id")).values("case_id")[:1]
    apps.get_model("services", "Mail").objects.update(filed_id=Subquery(case))
    # PostgreSQL alters no table while checks of its foreign keys are pending.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0005_desk"),
        ("services", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "mail",
            "filed",
            models.ForeignKey("cases.Filing", on_delete=django.db.models.deletion.CASCADE, null=True, related_name="+"),
        ),
        migrations.RunPython(copy),
        migrations.RemoveConstraint("mail", "services_mail_once"),
        migrations.RemoveField("mail", "filing"),
        migrations.RenameField("mail", "filed", "filing"),
        migrations.AlterField(
            "mail",
            "filing",
            models.ForeignKey("cases.Filing", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
        ),
        migrations.AddConstraint(
            "mail", models.UniqueConstraint(fields=["filing", "seq"], name="services_mail_once")
        ),
        migrations.DeleteModel("Filing"),
    ]
