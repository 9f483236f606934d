"""A new firm starts with stages that most firms know; an admin edits them."""

from django.db import migrations

STAGES = [
    ("New", "open", "1"),
    ("Contacted", "open", "2"),
    ("Qualified", "open", "8"),
    ("Quoted", "open", "4"),
    ("Negotiation", "open", "5"),
    ("Won", "won", "3"),
    ("Lost", "lost", "6"),
]


def make(apps, schema_editor):
    stage = apps.get_model("leads", "Stage")
    for position, (name, kind, tone) in enumerate(STAGES):
        stage.objects.get_or_create(
            name=name, defaults={"kind": kind, "tone": tone, "position": position}
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
    dependencies = [("leads", "0001_all_tables")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
