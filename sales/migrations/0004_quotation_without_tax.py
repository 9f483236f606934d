"""The tax rate stands on the lines alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sales", "0003_tax_to_the_lines")]
    operations = [
        migrations.RemoveField("historicalquotation", "tax_rate"),
        migrations.RemoveField("quotation", "tax_rate"),
    ]
