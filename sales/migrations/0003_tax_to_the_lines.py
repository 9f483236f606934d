"""A quotation's one tax rate becomes the rate of each of its lines."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def down(apps, schema_editor):
    """Quotation to lines."""
    lines = apps.get_model("sales", "QuotationLine").objects
    rates = apps.get_model("sales", "Quotation").objects.filter(
        pk=OuterRef("quotation")
    )
    lines.update(tax_rate=Subquery(rates.values("tax_rate")[:1]))


def up(apps, schema_editor):
    """Lines to quotation: the rate of its first line, where it has lines."""
    lines = apps.get_model("sales", "QuotationLine").objects
    quotations = apps.get_model("sales", "Quotation").objects
    first = lines.filter(quotation=OuterRef("pk")).order_by("position", "pk")
    with_lines = quotations.filter(pk__in=lines.values("quotation"))
    with_lines.update(tax_rate=Subquery(first.values("tax_rate")[:1]))


class Migration(migrations.Migration):
    dependencies = [("sales", "0002_quotation_versions")]
    operations = [migrations.RunPython(down, up)]
