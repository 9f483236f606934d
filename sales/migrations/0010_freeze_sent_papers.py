"""What was sent before papers kept whom they were for keeps it as of today.

Invoices that kept it when they were sent stay as they are, also without a tax number:
their client had none on that day.
"""

from django.db import migrations

CHUNK = 500
TOLD_BY_STATE = {"United States", "Brazil", "India", "Canada", "Australia", "Mexico"}


def city_of(place):
    if place is None:
        return ""
    told = not place.city or place.country in TOLD_BY_STATE
    parts = (place.city, place.state if told else "", place.country)
    return ", ".join(filter(None, parts)) or place.key


def folded(text):
    return text.casefold().split()


def lines_of(name, person, client):
    own = client.billing_address.splitlines() if client else []
    where = [line.strip() for line in own if line.strip()]
    where = where or ([city_of(client.place)] if client else [])
    if where and folded(where[0]) == folded(name):
        name = where.pop(0)
    if folded(person) in map(folded, (name, *where)):
        person = ""
    return [line for line in (name, person, *where) if line]


def of_invoice(row):
    return row.client.name, "", row.client


def of_quotation(row):
    lead, client = row.lead, row.lead.client
    return client.name if client else lead.company, lead.contact_name, client


def freeze(model, path, recipient):
    sent = model.objects.exclude(state="draft").filter(billed_to="")
    keys = list(sent.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        some = model.objects.filter(pk__in=keys[start : start + CHUNK])
        rows = list(some.select_related(path))
        for row in rows:
            name, person, client = recipient(row)
            row.billed_to = "\n".join(lines_of(name, person, client))
            row.billed_tax_id = client.tax_id if client else ""
        model.objects.bulk_update(rows, ["billed_to", "billed_tax_id"])


def freeze_all(apps, schema_editor):
    freeze(apps.get_model("sales", "Invoice"), "client__place", of_invoice)
    freeze(apps.get_model("sales", "Quotation"), "lead__client__place", of_quotation)


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0009_quotation_billed_to"),
        ("accounts", "0015_erasure_requests"),
        ("leads", "0014_find_tasks"),
    ]
    operations = [migrations.RunPython(freeze_all, migrations.RunPython.noop)]
