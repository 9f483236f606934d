"""Every user's e-mail is known to allauth as theirs, so they may set up a second factor."""

from django.db import migrations


def confirm(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    EmailAddress.objects.all().delete()  # nothing but what the users say themselves
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email.lower(), verified=True, primary=True)
        for user in User.objects.exclude(email="").only("email")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_search_trigram"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
