"""Search projects by words, by an index on PostgreSQL."""

from django.db import migrations

from crm.lib.search import SearchField, refill, trigram_index


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_tasks")]
    operations = [
        migrations.AddField("project", "search", SearchField()),
        refill("projects", "project", "name"),
        trigram_index("projects_project"),
    ]
