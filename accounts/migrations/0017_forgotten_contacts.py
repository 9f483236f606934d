"""Mark the contacts that were forgotten before there was a column that says so."""

from django.db import migrations


def mark(apps, schema_editor):
    contacts = apps.get_model("accounts", "Contact").objects.filter(user=None, email="")
    wishes = apps.get_model("accounts", "ErasureRequest").objects.filter(state="done")
    for wish in wishes.iterator():
        found = contacts.filter(pk=wish.contact_id)
        if wish.whole_firm:
            found |= contacts.filter(client=wish.client_id, client__isnull=False)
        for pk, name in found.values_list("pk", "name"):
            if name in ("", f"#{pk}"):  # nobody has been written over it since
                contacts.filter(pk=pk).update(forgotten=wish.decided, is_primary=False)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_contact_forgotten")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
