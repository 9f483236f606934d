"""Every table of leads as of the first release; it stands for the migrations it replaces."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import phonenumber_field.modelfields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from crm.lib.search import trigram_index


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("leads", "0001_initial"),
        ("leads", "0002_first_stages"),
        ("leads", "0003_email_whatever_its_case"),
        ("leads", "0004_search_trigram"),
        ("leads", "0005_lead_project_started"),
        ("leads", "0006_meetings"),
        ("leads", "0007_first_meeting_kinds"),
        ("leads", "0008_indexes_of_every_order"),
        ("leads", "0009_lead_trash"),
        ("leads", "0010_tasks"),
        ("leads", "0011_notes"),
    ]

    dependencies = [
        ("accounts", "0001_all_tables"),
        ("notifications", "0001_all_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Stage",
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
                    models.CharField(max_length=60, unique=True, verbose_name="name"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="position"
                    ),
                ),
                ("tone", models.CharField(default="1", max_length=2)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Lead",
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
                    "trashed",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                ("purged", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "name",
                    models.CharField(max_length=200, verbose_name="what it is about"),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="contact"
                    ),
                ),
                (
                    "company",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="company"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="telephone",
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="external id"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        editable=False,
                        max_length=5,
                    ),
                ),
                (
                    "stage_since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="EUR", max_length=3, verbose_name="currency"
                    ),
                ),
                (
                    "next_step",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="next step"
                    ),
                ),
                (
                    "next_step_on",
                    models.DateField(blank=True, null=True, verbose_name="on"),
                ),
                (
                    "lost_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why it was lost"
                    ),
                ),
                (
                    "created",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="came in"
                    ),
                ),
                (
                    "closed",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed"),
                ),
                (
                    "project_started",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="project started",
                    ),
                ),
                ("search", models.TextField(blank=True, editable=False)),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True
                    ),
                ),
                (
                    "media_group",
                    models.CharField(blank=True, editable=False, max_length=60),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="accounts.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="accounts.department",
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        to="accounts.medium",
                        verbose_name="medium of contact",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        to="accounts.place",
                    ),
                ),
                (
                    "trashed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="leads.stage",
                        verbose_name="stage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalTask",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="what to do")),
                ("text", models.TextField(blank=True, verbose_name="details")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("due_at", models.TimeField(blank=True, null=True, verbose_name="at")),
                ("due", models.DateTimeField(editable=False)),
                (
                    "remind",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "No reminder"),
                            (0, "When it is due"),
                            (15, "15 minutes before"),
                            (60, "An hour before"),
                            (1440, "A day before"),
                            (10080, "A week before"),
                        ],
                        default=0,
                        verbose_name="reminder",
                    ),
                ),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
                ("done", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "trashed",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.client",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical task",
                "verbose_name_plural": "historical tasks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNote",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                (
                    "client_visible",
                    models.BooleanField(
                        default=False, verbose_name="show in the customer area"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited", models.DateTimeField(blank=True, editable=False, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.client",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical note",
                "verbose_name_plural": "historical notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("title", models.CharField(max_length=120, verbose_name="about")),
                ("starts", models.DateTimeField(verbose_name="begins")),
                ("ends", models.DateTimeField(verbose_name="ends")),
                (
                    "where",
                    models.CharField(blank=True, max_length=200, verbose_name="where"),
                ),
                ("agenda", models.TextField(blank=True, verbose_name="what for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "notes_visible",
                    models.BooleanField(
                        default=False, verbose_name="show in the customer area"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(blank=True, editable=False, max_length=200),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="accounts.client",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="with",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "ordering": ["starts", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingGuest",
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
                    models.CharField(blank=True, max_length=150, verbose_name="name"),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="telephone",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="accounts.contact",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guests",
                        to="leads.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingKind",
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
                    models.CharField(max_length=60, unique=True, verbose_name="name"),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="In quarters of an hour: 15, 30, 45, …",
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="minutes",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        blank=True,
                        help_text="Proposed for each meeting of this kind: a place or an address.",
                        max_length=200,
                        verbose_name="where",
                    ),
                ),
                (
                    "for_clients",
                    models.BooleanField(
                        default=True, verbose_name="clients may book it themselves"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="place in the list"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 15), ("minutes__lte", 480)),
                        name="kind_has_a_length",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="kind",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="meetings",
                to="leads.meetingkind",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="about")),
                ("starts", models.DateTimeField(verbose_name="begins")),
                ("ends", models.DateTimeField(verbose_name="ends")),
                (
                    "where",
                    models.CharField(blank=True, max_length=200, verbose_name="where"),
                ),
                ("agenda", models.TextField(blank=True, verbose_name="what for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "notes_visible",
                    models.BooleanField(
                        default=False, verbose_name="show in the customer area"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(blank=True, editable=False, max_length=200),
                ),
                (
                    "uid",
                    models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                ),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.client",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="with",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="leads.lead",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="leads.meetingkind",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MeetingReminder",
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
                        choices=[("day", "The day before"), ("hour", "An hour before")],
                        max_length=4,
                    ),
                ),
                ("due", models.DateTimeField()),
                ("done", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="leads.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingRules",
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
                    "before",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes before a meeting",
                    ),
                ),
                (
                    "after",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes after a meeting",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_rules",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "meeting rules",
            },
        ),
        migrations.CreateModel(
            name="MeetingSlot",
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
                ("start", models.DateTimeField()),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="leads.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
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
                ("text", models.TextField(verbose_name="note")),
                (
                    "client_visible",
                    models.BooleanField(
                        default=False, verbose_name="show in the customer area"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_set",
                        to="accounts.client",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notifications.event",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="leads.lead",
                    ),
                ),
                (
                    "mentioned",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLead",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "trashed",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                ("purged", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "name",
                    models.CharField(max_length=200, verbose_name="what it is about"),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="contact"
                    ),
                ),
                (
                    "company",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="company"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="telephone",
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="external id"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        editable=False,
                        max_length=5,
                    ),
                ),
                (
                    "stage_since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="EUR", max_length=3, verbose_name="currency"
                    ),
                ),
                (
                    "next_step",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="next step"
                    ),
                ),
                (
                    "next_step_on",
                    models.DateField(blank=True, null=True, verbose_name="on"),
                ),
                (
                    "lost_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why it was lost"
                    ),
                ),
                (
                    "created",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="came in"
                    ),
                ),
                (
                    "closed",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed"),
                ),
                (
                    "project_started",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="project started",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.medium",
                        verbose_name="medium of contact",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.place",
                    ),
                ),
                (
                    "trashed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="leads.stage",
                        verbose_name="stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lead",
                "verbose_name_plural": "historical leads",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Task",
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
                ("title", models.CharField(max_length=200, verbose_name="what to do")),
                ("text", models.TextField(blank=True, verbose_name="details")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("due_at", models.TimeField(blank=True, null=True, verbose_name="at")),
                ("due", models.DateTimeField(editable=False)),
                (
                    "remind",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "No reminder"),
                            (0, "When it is due"),
                            (15, "15 minutes before"),
                            (60, "An hour before"),
                            (1440, "A day before"),
                            (10080, "A week before"),
                        ],
                        default=0,
                        verbose_name="reminder",
                    ),
                ),
                (
                    "remind_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "reminded",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                ("zone", models.CharField(blank=True, editable=False, max_length=60)),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
                ("done", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "trashed",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="accounts.client",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="accounts.department",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="leads.lead",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
            ],
            options={
                "ordering": ["due", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkHours",
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
                ("weekday", models.PositiveSmallIntegerField(verbose_name="weekday")),
                ("starts", models.PositiveSmallIntegerField(verbose_name="from")),
                ("ends", models.PositiveSmallIntegerField(verbose_name="to")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work_hours",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "work hours",
                "ordering": ["weekday", "starts"],
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                            ("holiday", "Holiday"),
                            ("sick", "Sick"),
                            ("travel", "On the road"),
                            ("training", "Training"),
                            ("other", "Other"),
                        ],
                        default="holiday",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                (
                    "note",
                    models.CharField(blank=True, max_length=200, verbose_name="note"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["first", "pk"],
                "indexes": [
                    models.Index(fields=["person", "last"], name="absence_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))),
                        name="absence_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interaction",
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
                            ("call", "Call"),
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("meeting", "Meeting"),
                            ("chat", "Chat"),
                            ("letter", "Letter"),
                            ("note", "Note"),
                        ],
                        default="call",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("out", "We reached out"), ("in", "They reached us")],
                        default="out",
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                ("text", models.TextField(verbose_name="what was said")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="when"
                    ),
                ),
                (
                    "answered",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="answered"
                    ),
                ),
                (
                    "client_visible",
                    models.BooleanField(
                        default=False, verbose_name="show in the customer area"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interactions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interactions",
                        to="accounts.client",
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interactions",
                        to="accounts.medium",
                        verbose_name="medium",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interactions",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [
                    models.Index(fields=["lead", "-at"], name="interaction_of_lead"),
                    models.Index(
                        fields=["client", "-at"], name="interaction_of_client"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lead__isnull", False),
                            ("client__isnull", False),
                            _connector="OR",
                        ),
                        name="interaction_about_something",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["host", "starts"], name="meeting_of_host"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["lead", "-starts"], name="meeting_of_lead"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["client", "-starts"], name="meeting_of_client"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["starts"], name="meeting_starts"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts__lt", models.F("ends"))),
                name="meeting_has_a_length",
            ),
        ),
        migrations.AddIndex(
            model_name="meetingreminder",
            index=models.Index(
                condition=models.Q(("done__isnull", True)),
                fields=["due"],
                name="reminder_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingreminder",
            constraint=models.UniqueConstraint(
                fields=("meeting", "kind"), name="reminder_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingslot",
            constraint=models.UniqueConstraint(
                fields=("host", "start"), name="slot_taken_once"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["lead", "-at"], name="note_of_lead"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["client", "-at"], name="note_of_client"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lead__isnull", True), ("client__isnull", True), _connector="XOR"
                ),
                name="note_about_one_row",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["owner", "-created", "-id"], name="lead_owner_list"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["department", "-created", "-id"], name="lead_department_list"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["-created", "-id"], name="lead_list"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["owner", "stage", "-created", "-id"], name="lead_owner_stage"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["department", "stage", "-created", "-id"],
                name="lead_dept_stage",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["stage", "-created", "-id"], name="lead_stage"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner", "next_step_on", "id"],
                name="lead_owner_step",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["department", "next_step_on", "id"],
                name="lead_department_step",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["next_step_on", "id"],
                name="lead_step",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("value__isnull", False)),
                fields=["owner", "currency", "-value", "-id"],
                name="lead_owner_value",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("value__isnull", False)),
                fields=["department", "currency", "-value", "-id"],
                name="lead_department_value",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("value__isnull", False)),
                fields=["currency", "-value", "-id"],
                name="lead_value",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                django.db.models.functions.text.Lower("email"), name="lead_email_lower"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["phone"], name="lead_phone"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("trashed__isnull", False)),
                fields=["-trashed", "-id"],
                name="lead_trash",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("external_id", ""), _negated=True),
                    ("trashed__isnull", True),
                ),
                fields=("external_id",),
                name="lead_external_id_once",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done__isnull", True), ("trashed__isnull", True)),
                fields=["owner", "due", "id"],
                name="task_of_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["department", "due", "id"], name="task_of_department"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(
                    ("done__isnull", True),
                    ("reminded__isnull", True),
                    ("trashed__isnull", True),
                ),
                fields=["remind_at"],
                name="task_to_remind",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lead__isnull", True), ("client__isnull", True), _connector="OR"
                ),
                name="task_about_one_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="workhours",
            constraint=models.UniqueConstraint(
                fields=("person", "weekday", "starts"), name="workhours_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="workhours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__lte", 1440),
                    ("starts__lt", models.F("ends")),
                    ("weekday__lte", 6),
                ),
                name="workhours_in_a_day",
            ),
        ),
        trigram_index("leads_lead"),
    ]
