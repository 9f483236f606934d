from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0008_productevent_url")]

    operations = [
        migrations.AddField(
            model_name="historicalquotation",
            name="billed_tax_id",
            field=models.CharField(blank=True, editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="historicalquotation",
            name="billed_to",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="quotation",
            name="billed_tax_id",
            field=models.CharField(blank=True, editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="quotation",
            name="billed_to",
            field=models.TextField(blank=True, editable=False),
        ),
    ]
