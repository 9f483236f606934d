from django.db import migrations

from crm.lib.search import trigram_index


class Migration(migrations.Migration):
    """Tasks are found by any part of their title, whatever its case."""

    dependencies = [("leads", "0013_unsettled_meetings")]
    operations = [trigram_index("leads_task", "UPPER(title::text)")]
