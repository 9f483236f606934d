"""Every table of analytics as of the first release; it stands for the migrations it replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import analytics.models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("analytics", "0001_initial"),
        ("analytics", "0002_figures_by_response"),
    ]

    dependencies = [
        ("accounts", "0001_all_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("queued", "Waiting for a worker"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_index=True,
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("phase", models.CharField(blank=True, max_length=200)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("heartbeat", models.DateTimeField(blank=True, null=True)),
                (
                    "created",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                ("started", models.DateTimeField(blank=True, null=True)),
                ("finished", models.DateTimeField(blank=True, null=True)),
                ("error", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("locations", "Location clusters"),
                            ("media", "Media groups"),
                            ("segments", "Value classes"),
                        ],
                        max_length=20,
                    ),
                ),
                ("params", models.JSONField(blank=True, default=dict)),
                ("seed", models.PositiveIntegerField(default=0)),
                ("reference_date", models.DateField(default=analytics.models.tomorrow)),
                ("origin", models.CharField(default="page", max_length=20)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("left_out", models.JSONField(blank=True, default=list)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("versions", models.JSONField(blank=True, default=dict)),
                ("quality", models.JSONField(blank=True, default=dict)),
                ("result", models.JSONField(blank=True, default=dict)),
                ("arrays", models.BinaryField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "value_class",
                    models.CharField(
                        choices=[
                            ("high_value", "High value"),
                            ("most_growth", "Most growth"),
                            ("ordinary", "Ordinary"),
                            ("below_average", "Below average"),
                            ("negative", "Negative"),
                            ("new", "New"),
                        ],
                        max_length=20,
                    ),
                ),
                ("cluster", models.CharField(blank=True, max_length=10)),
                ("cents", models.BigIntegerField(default=0)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("purchases", models.PositiveIntegerField(default=0)),
                ("signed_up", models.DateField(blank=True, null=True)),
                ("estimated", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="accounts.client",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="analytics.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Group",
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
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("tone", models.CharField(default="1", max_length=2)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("radius_km", models.FloatField(blank=True, null=True)),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="analytics.run",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
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
                ("value_class", models.CharField(blank=True, max_length=20)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("clients", models.PositiveIntegerField(default=0)),
                ("leads", models.PositiveIntegerField(default=0)),
                ("won", models.PositiveIntegerField(default=0)),
                ("lost", models.PositiveIntegerField(default=0)),
                ("purchases", models.PositiveIntegerField(default=0)),
                ("repeats", models.PositiveIntegerField(default=0)),
                ("cents", models.BigIntegerField(default=0)),
                ("won_cents", models.BigIntegerField(default=0)),
                ("won_days", models.PositiveIntegerField(default=0)),
                ("sent", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("waits", models.JSONField(blank=True, default=list)),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.medium",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.place",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="analytics.run",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                fields=["kind", "state", "-finished"], name="run_current"
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["run", "value_class"], name="membership_class"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("run", "client"), name="membership_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                fields=("run", "number"), name="group_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["run", "owner"], name="figure_of_owner"),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                fields=["run", "department"], name="figure_of_department"
            ),
        ),
    ]
