from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0007_quotation_asked")]

    operations = [
        migrations.AddField(
            model_name="productevent",
            name="url",
            field=models.CharField(blank=True, max_length=300, verbose_name="address"),
        ),
    ]
