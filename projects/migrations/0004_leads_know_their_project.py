"""Leads of earlier projects get the mark that start_project writes from now on."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def mark(apps, schema_editor):
    project, lead = (
        apps.get_model("projects", "Project"),
        apps.get_model("leads", "Lead"),
    )
    started = project.objects.filter(lead=OuterRef("pk")).values("created")[:1]
    rows = lead.objects.filter(pk__in=project.objects.values("lead"))
    rows.filter(project_started=None).update(project_started=Subquery(started))


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_first_templates"),
        ("leads", "0005_lead_project_started"),
    ]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
