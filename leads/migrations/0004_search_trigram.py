"""Search leads by words, also misspelt ones, by an index on PostgreSQL."""

from django.db import migrations

from crm.lib.search import trigram_index


class Migration(migrations.Migration):
    dependencies = [("leads", "0003_email_whatever_its_case")]
    operations = [trigram_index("leads_lead")]
