from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0003_product_history")]

    operations = [
        migrations.AddField(
            model_name="historicalproduct",
            name="description",
            field=models.TextField(
                blank=True,
                help_text="What clients read about it in the catalogue.",
                max_length=2000,
                verbose_name="description",
            ),
        ),
        migrations.AddField(
            model_name="historicalproduct",
            name="in_catalogue",
            field=models.BooleanField(
                default=True, verbose_name="shown to clients in the catalogue"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="description",
            field=models.TextField(
                blank=True,
                help_text="What clients read about it in the catalogue.",
                max_length=2000,
                verbose_name="description",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="in_catalogue",
            field=models.BooleanField(
                default=True, verbose_name="shown to clients in the catalogue"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("in_catalogue", True), ("state", "active")),
                fields=["category", "name", "id"],
                name="product_catalogue",
            ),
        ),
    ]
