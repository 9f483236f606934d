# What the database refuses, in sentences.

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_erasure_requests"),
        ("leads", "0014_find_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="assignmentrule",
            name="rule_has_one_target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("team__isnull", True)),
                    models.Q(("person__isnull", True), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="rule_has_one_target",
                violation_error_message="Choose a person or a department, not both.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="spend",
            name="spend_of_firm_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("department__isnull", True)),
                fields=("medium", "month", "currency"),
                name="spend_of_firm_once",
                violation_error_message="There is an amount for this medium and month already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="spend",
            name="spend_not_negative",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)),
                name="spend_not_negative",
                violation_error_message="Nobody spends less than nothing.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="workhours",
            name="workhours_in_a_day",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__lte", 1440),
                    ("starts__lt", models.F("ends")),
                    ("weekday__lte", 6),
                ),
                name="workhours_in_a_day",
                violation_error_message="Hours begin before they end, on one day of the week.",
            ),
        ),
    ]
