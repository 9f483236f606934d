"""Lists as files: the one way they leave, and what the files of clients and contacts hold."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Export
from accounts.models.setup import Place
from accounts.subject import take_away
from crm.lib.exports import FORMATS, Sheet
from crm.lib.own_ids import own_id
from notifications.actions import record

LISTING = ("GET", "HEAD", "POST")  # to look at a list, and to take it away


def export(request, page, sheet):
    """The whole list behind a page, as the file asked for; who took it is kept.

    `page` is the KeysetPage that the list shows, so gate, filters and order are its own.
    """
    kind = request.POST.get("export")
    if kind not in FORMATS:
        messages.error(request, _("A list leaves as CSV or XLSX; choose one of them."))
        return redirect(request.get_full_path())
    taken = Export.objects.create(
        by=request.user,
        what=sheet.name,
        format=kind,
        address=request.get_full_path()[:1000],
    )
    made = FORMATS[kind](sheet.head, taken.counted(sheet.records(page.ordered)))
    name = f"{sheet.name}-{timezone.localdate()}.{kind}"
    if kind == "xlsx":
        return FileResponse(made, as_attachment=True, filename=name)
    response = StreamingHttpResponse(made, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def named(kind):
    """The row's external id, or else the name by which we know it again."""
    return lambda external_id, pk: external_id or own_id(kind, pk)


def exact(degrees, precision):
    """Coordinates that somebody gave; those of a city are found again by its name."""
    return degrees if precision == Place.Precision.EXACT else None


PLACE = {
    "city": "place__city",
    "state": "place__state",
    "country": "place__country",
    "latitude": (exact, "place__latitude", "place__precision"),
    "longitude": (exact, "place__longitude", "place__precision"),
}
CLIENTS = Sheet(
    "clients",
    {
        "external_id": (named("clients"), "external_id", "pk"),
        "name": "name",
        "email": "email",
        "phone": "phone",
        **PLACE,
        "medium": "medium__name",
        "industry": "industry",
        "signed_up": "signed_up",
        "birth_year": "birth_year",
        "gender": "gender",
        "spending_score": "spending_score",
        "owner": "owner__email",
    },
)
CONTACTS = Sheet(
    "contacts",
    {
        "client": (named("clients"), "client__external_id", "client__pk"),
        "company": "client__name",
        "contact_name": "name",
        "email": "email",
        "phone": "phone",
        "position": "position",
    },
)


def take_away_all(contact, *, by, address):
    """All about a person (and an owner's firm) as a ZIP; kept in the log and told."""
    log = Export.objects.create(
        by=by, what="personal data", format="zip", address=address[:1000]
    )
    made, log.rows = take_away(contact, contact.user or by)
    log.finished = timezone.now()
    log.save(update_fields=["rows", "finished"])
    client = contact.client
    text = _("{by} took away what is known of {who}.").format(by=by, who=contact)
    tell = client.keepers()
    record("data.exported", client, by=by, text=text, about=[contact], tell=tell)
    response = HttpResponse(made, content_type="application/zip")
    name = f"my-data-{timezone.localdate()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
