"""A new firm proposes reasons that most firms know; an admin edits them."""

from django.db import migrations

REASONS = [
    "Too expensive",
    "Chose another firm",
    "No budget this year",
    "No answer any more",
    "Project was stopped",
]


def make(apps, schema_editor):
    reason = apps.get_model("leads", "LostReason")
    for position, name in enumerate(REASONS):
        reason.objects.get_or_create(name=name, defaults={"position": position})


class Migration(migrations.Migration):
    dependencies = [("leads", "0006_lost_reasons_firm_hours")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
