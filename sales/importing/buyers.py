"""Clients as purchase files name them: by external id or by e-mail."""

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.importing import values
from accounts.importing.lookups import spot_of
from accounts.models import Client
from accounts.places import places_for
from crm.lib.own_ids import own_pk


class Buyers:
    """The clients of a batch; unknown ones are made from what the file says of them."""

    def __init__(self, importer):
        self.importer = importer
        self.known: dict[str, Client] = {}
        self.mine: set[int] = set()
        self.new: dict[str, tuple[Client, dict]] = {}
        self.guessed: dict[int, Client] = {}  # sign-up day is their first purchase

    def fetch(self, names):
        """Look up the clients of a batch, and which of them the importer may change."""
        self.new = {}
        rows = Client.objects.alive().annotate(mail=Lower("email"))
        mails = [name.lower() for name in names if "@" in name]
        ours = {pk: name for name in names if (pk := own_pk("clients", name))}
        asked = Q(external_id__in=names) | Q(mail__in=mails) | Q(pk__in=ours)
        wanted = rows.filter(asked)
        found = list(wanted.order_by("created", "pk"))
        self.known = {row.mail: row for row in found if row.mail}
        self.known |= {row.external_id: row for row in found if row.external_id}
        self.known |= {ours[row.pk]: row for row in found if row.pk in ours}
        self.mine = self.editable(row.pk for row in found)

    def editable(self, pks):
        by = self.importer.job.by
        if by is None:
            return set(pks)
        rows = Client.objects.editable_by(by).filter(pk__in=list(pks))
        return set(rows.values_list("pk", flat=True))

    def find(self, name, cells):
        """The client of that name, unsaved when new."""
        key = name if name in self.known else name.lower()
        if key in self.known:
            return self.known[key]
        row = self.known[name] = self.built(name, cells)
        self.new[name] = (row, cells)
        return row

    def built(self, name, cells):
        importer = self.importer
        mail = ""
        if "@" in name:
            mail = importer.read(cells, "client", values.email)
        row = Client(
            external_id="" if mail else name,
            email=mail,
            name=cells.get("client_name", name)[:200],
            signed_up=importer.read(cells, "signed_up", importer.dates.day),
            birth_year=importer.birth_year(cells),
            medium=importer.media.find(cells["medium"]) if "medium" in cells else None,
            **importer.home(None),
        )
        if cells.keys() & {"birth_year", "age"}:
            row.kind = Client.Kind.PERSON
        row.search = row.found_by()
        return row

    def save_new(self, orders):
        """Write the new clients of these orders; their first purchase is their sign-up."""
        wanted = {id(order.client): order.client for order in orders}
        new = [pair for pair in self.new.values() if id(pair[0]) in wanted]
        places = places_for(spot_of(cells) for _row, cells in new)
        undated = {id(row) for row, _cells in new if row.signed_up is None}
        for order in orders:
            if id(order.client) in undated:
                first = order.client.signed_up
                order.client.signed_up = min(first or order.day, order.day)
        for row, cells in new:
            row.place = places.get(spot_of(cells))
            self.importer.notes.add("client-made")
        bulk_create_with_history([row for row, _cells in new], Client, **self.history())
        self.guessed |= {row.pk: row for row, _cells in new if id(row) in undated}
        self.mine |= {row.pk for row, _cells in new}
        self._bring_forward(orders)

    def _bring_forward(self, orders):
        """An earlier purchase found later in the file is the sign-up instead."""
        earlier = {}
        for order in orders:
            row = self.guessed.get(order.client.pk)
            if row is not None and order.day < row.signed_up:
                row.signed_up = order.day
                earlier[row.pk] = row
        if earlier:
            rows, columns = list(earlier.values()), ["signed_up"]
            bulk_update_with_history(rows, Client, columns, **self.history())

    def history(self):
        importer = self.importer
        return {
            "batch_size": 500,
            "default_user": importer.job.by,
            "default_change_reason": importer.reason,
            "default_date": timezone.now(),
        }
