"""A contact that was forgotten says so, and is left out wherever people are chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_erasure_requests")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="forgotten",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
