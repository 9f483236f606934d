"""Search quotations by words, by an index on PostgreSQL."""

from django.db import migrations

from crm.lib.search import SearchField, refill, trigram_index


class Migration(migrations.Migration):
    dependencies = [("sales", "0004_quotation_without_tax")]
    operations = [
        migrations.AddField("quotation", "search", SearchField()),
        refill("sales", "quotation", "number"),
        trigram_index("sales_quotation"),
    ]
