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
    dependencies = [("leads", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
