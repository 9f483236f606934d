"""The kinds of meetings a new firm begins with; an admin changes them freely."""

from django.db import migrations

KINDS = [
    ("First talk", 30, "Video call", True),
    ("Presentation", 60, "", True),
    ("Talk about a quotation", 45, "Video call", True),
    ("Visit", 90, "", False),
]


def make(apps, schema_editor):
    kinds = apps.get_model("leads", "MeetingKind").objects
    for position, (name, minutes, where, for_clients) in enumerate(KINDS):
        kinds.get_or_create(
            name=name,
            defaults={
                "minutes": minutes,
                "where": where,
                "for_clients": for_clients,
                "position": position,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("leads", "0006_meetings")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
