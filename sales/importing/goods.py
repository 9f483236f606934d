"""Products as files name them: by code, by name, or by category, brand and name."""

from django.db.models import Q

from crm.lib.text import plain
from sales.models import Product


class Goods:
    """Products by any of their spellings; unknown ones are added by who may do so."""

    def __init__(self, notes, *, may_add, currency):
        self.notes, self.may_add, self.currency = notes, may_add, currency
        self.known: dict[str, Product] = {}
        self.asked: set[str] = set()
        self.new: list[Product] = []

    def fetch(self, many):
        """Look up the products of a batch of cells in one query."""
        asked = {text for cells in many for text in spellings(cells)} - self.asked
        if not asked:
            return
        self.asked |= asked
        for row in Product.objects.filter(Q(code__in=asked) | Q(name__in=asked)):
            self.known.setdefault(plain(row.code), row)
            self.known.setdefault(plain(row.name), row)

    def find(self, cells):
        """The product of a record, unsaved when new; None when it names none."""
        names = spellings(cells)
        if not names:
            return None
        found = next(
            (self.known[plain(n)] for n in names if plain(n) in self.known), None
        )
        if found or not self.may_add:
            if found is None:
                self.notes.add("product", names[0])
            return found
        row = Product(
            code=names[0][:120],
            name=(cells.get("product_name") or names[-1])[:200],
            category=cells.get("category", "")[:80],
            brand=cells.get("brand", "")[:80],
            currency=self.currency,
            in_catalogue=False,  # a file of old orders fills no shop window
        )
        self.new.append(row)
        for name in names:
            self.known[plain(name)] = row
        return row

    def save_new(self):
        """Write the new products; ones somebody else has just written are taken."""
        Product.objects.bulk_create(self.new, ignore_conflicts=True)
        codes = {row.code: row for row in self.new}
        rows = Product.objects.filter(code__in=codes)
        for code, pk in rows.values_list("code", "pk"):
            codes[code].pk, codes[code]._state.adding = pk, False
        self.new.clear()


def spellings(cells):
    """How the record's product may be written, the fullest code first."""
    name = cells.get("product") or cells.get("product_name")
    if not name:
        return []
    parts = [cells.get("category", ""), cells.get("brand", ""), name]
    full = "-".join(filter(None, parts))
    return list(dict.fromkeys((full, name)))
