import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_viewings"), ("sales", "0005_basket")]

    operations = [
        migrations.CreateModel(
            name="ProductEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "Opened the catalogue"),
                            ("view", "Looked at it"),
                            ("basket", "Put into the basket"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="when"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False, max_length=100, null=True, unique=True
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="productevent",
            name="client",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.client",
            ),
        ),
        migrations.AddField(
            model_name="productevent",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.contact",
            ),
        ),
        migrations.AddField(
            model_name="productevent",
            name="product",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="sales.product",
            ),
        ),
        migrations.AddIndex(
            model_name="productevent",
            index=models.Index(fields=["client", "at"], name="productevent_of_client"),
        ),
        migrations.AddIndex(
            model_name="productevent",
            index=models.Index(
                fields=["product", "at"], name="productevent_of_product"
            ),
        ),
        migrations.AddConstraint(
            model_name="productevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "visit"), ("product__isnull", False), _connector="OR"
                ),
                name="productevent_of_what",
            ),
        ),
    ]
