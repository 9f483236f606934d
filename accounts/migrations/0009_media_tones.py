"""Fifteen media, fifteen looks: eight colours, then seven of them hatched."""

from django.db import migrations

COLOURS, LOOKS = 8, 15


def spread(apps, schema_editor):
    """Media that still have their first colour get a look of their own."""
    medium = apps.get_model("accounts", "Medium")
    for row in medium.objects.all():
        if row.tone == str(row.position % COLOURS + 1):
            row.tone = str(row.position % LOOKS + 1)
            row.save(update_fields=["tone"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_confirmed_emails")]
    operations = [migrations.RunPython(spread, migrations.RunPython.noop)]
