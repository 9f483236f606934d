"""Versions, a discount on the whole, tax rates per line, numbers without gaps."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0004_search_trigram"),
        ("sales", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberRange",
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
                ("kind", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="TaxRate",
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
                    "name",
                    models.CharField(
                        help_text="Such as “Reduced” or “Reverse charge”.",
                        max_length=60,
                        verbose_name="name",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="per cent",
                    ),
                ),
            ],
            options={
                "ordering": ["-percent"],
            },
        ),
        migrations.AddField(
            model_name="historicalquotation",
            name="answered_from",
            field=models.GenericIPAddressField(
                blank=True, null=True, verbose_name="from the address"
            ),
        ),
        migrations.AddField(
            model_name="historicalquotation",
            name="discount",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                max_digits=5,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="discount on the whole, in per cent",
            ),
        ),
        migrations.AddField(
            model_name="historicalquotation",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="sales.quotation",
            ),
        ),
        migrations.AddField(
            model_name="historicalquotation",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="quotation",
            name="answered_from",
            field=models.GenericIPAddressField(
                blank=True, null=True, verbose_name="from the address"
            ),
        ),
        migrations.AddField(
            model_name="quotation",
            name="discount",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                max_digits=5,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="discount on the whole, in per cent",
            ),
        ),
        migrations.AddField(
            model_name="quotation",
            name="reminded",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="quotation",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="newer",
                to="sales.quotation",
            ),
        ),
        migrations.AddField(
            model_name="quotation",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="quotationline",
            name="tax_rate",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                max_digits=5,
                verbose_name="tax in per cent",
            ),
        ),
        migrations.AlterField(
            model_name="historicalquotation",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("sent", "Sent"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("superseded", "Superseded"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("sent", "Sent"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("superseded", "Superseded"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(fields=["-created", "-id"], name="quotation_list"),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                condition=models.Q(("reminded__isnull", True), ("state", "sent")),
                fields=["valid_until"],
                name="quotation_expiring",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberrange",
            constraint=models.UniqueConstraint(
                fields=("kind", "year"), name="number_range_once"
            ),
        ),
    ]
