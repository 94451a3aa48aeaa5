"""Editors and moderators may enter synonyms and pinned results. Data only: locks nothing."""

from django.db import migrations

GROUPS = ("Editors", "Moderators")
MODELS = ("synonym", "pin")
ACTIONS = ("add", "change", "delete", "view")


def permit(apps, schema_editor):
    content_types = apps.get_model("contenttypes", "ContentType")
    permissions = apps.get_model("auth", "Permission")
    groups = list(apps.get_model("auth", "Group").objects.filter(name__in=GROUPS))
    for model in MODELS:
        content_type, _ = content_types.objects.get_or_create(app_label="search", model=model)
        for action in ACTIONS:
            permission, _ = permissions.objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
            )
            for group in groups:
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(permit, migrations.RunPython.noop)]
