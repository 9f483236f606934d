"""Invitations that were sent before hold live links: the sweep takes them out."""

from django.db import migrations


def mark(apps, schema_editor):
    message = apps.get_model("notifications", "Message")
    message.objects.filter(kind="invitation").update(secret=True)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_message_secret")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
