"""Search contacts by words, by an index on PostgreSQL."""

from django.db import migrations

from crm.lib.search import SearchField, refill, trigram_index


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_client_trash")]
    operations = [
        migrations.AddField("contact", "search", SearchField()),
        refill("accounts", "contact", "name", "email", "phone", "position"),
        trigram_index("accounts_contact"),
    ]
