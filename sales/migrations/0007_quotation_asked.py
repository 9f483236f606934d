from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0006_product_events")]

    operations = [
        migrations.AddField(
            model_name="historicalquotation",
            name="asked",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="quotation",
            name="asked",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
