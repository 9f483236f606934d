"""Leads and projects of clients already in the trash go along, as they do from now on."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def follow(apps, schema_editor):
    client = apps.get_model("accounts", "Client")
    trashed = client.objects.filter(pk=OuterRef("client")).values("trashed")[:1]
    for app, name in (("leads", "Lead"), ("projects", "Project")):
        rows = apps.get_model(app, name).objects.filter(trashed__isnull=True)
        rows.filter(client__trashed__isnull=False).update(trashed=Subquery(trashed))


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_project_trash"),
        ("leads", "0009_lead_trash"),
        ("accounts", "0012_client_trash"),
    ]
    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
