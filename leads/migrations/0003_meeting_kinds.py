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
    replaces = [
        ("leads", "0001_initial"),
        ("leads", "0002_first_stages"),
        ("leads", "0003_email_whatever_its_case"),
        ("leads", "0004_search_trigram"),
        ("leads", "0005_lead_project_started"),
        ("leads", "0006_meetings"),
        ("leads", "0007_first_meeting_kinds"),
        ("leads", "0008_indexes_of_every_order"),
        ("leads", "0009_lead_trash"),
        ("leads", "0010_tasks"),
        ("leads", "0011_notes"),
    ]
    dependencies = [("leads", "0002_stages")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
