"""Pies for pages that show several apps, each from one grouped query."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Client
from analytics.models import Run
from analytics.reports.links import list_url
from crm.lib.charts import Pie, Slice, pie
from leads.models import Lead
from projects.models import Project

NOT_KNOWN = "other"


def admin_pies(user) -> list[Pie]:
    """Leads by medium and stage, clients by area and class, projects by status."""
    leads = Lead.objects.visible_to(user)
    clients = Client.objects.visible_to(user)
    projects = Project.objects.visible_to(user)
    return [
        leads_by_medium(leads),
        leads_by_stage(leads),
        clients_by_area(clients),
        clients_by_class(clients),
        projects_by_status(projects),
    ]


def counted(rows: QuerySet, *by: str) -> list[tuple]:
    return list(
        rows.order_by().values(*by).annotate(n=Count("*")).values_list(*by, "n")
    )


def leads_by_medium(leads: QuerySet) -> Pie:
    rows = counted(leads, "medium_id", "medium__name", "medium__tone")
    slices = [
        Slice(name, n, list_url("leads:list", state="all", medium=pk), tone)
        if pk
        else Slice(_("not known"), n, tone=NOT_KNOWN)
        for pk, name, tone, n in rows
    ]
    return pie(slices, title=_("Leads by medium"), unit=_("leads"))


def leads_by_stage(leads: QuerySet) -> Pie:
    rows = counted(leads, "stage_id", "stage__name", "stage__tone", "state")
    slices = [
        Slice(name, n, list_url("leads:list", state=state, stage=pk), tone)
        for pk, name, tone, state, n in rows
    ]
    return pie(slices, title=_("Leads by stage"), unit=_("leads"))


def clients_by_area(clients: QuerySet) -> Pie:
    current = Run.objects.current(Run.Kind.LOCATIONS)
    result = current.result if current else {}
    tones = dict(zip(result.get("names", ()), result.get("tones", ()), strict=True))
    slices = [
        Slice(area, n, list_url("accounts:clients", area=area), tones.get(area, ""))
        if area
        else Slice(_("no area"), n, tone=NOT_KNOWN)
        for area, n in counted(clients, "place__area")
    ]
    return pie(slices, title=_("Clients by area"), unit=_("clients"))


def clients_by_class(clients: QuerySet) -> Pie:
    labels = dict(Client.ValueClass.choices)
    slices = [
        Slice(labels[code], n, list_url("accounts:clients", value_class=code), code)
        if code
        else Slice(_("no class yet"), n, tone=NOT_KNOWN)
        for code, n in counted(clients, "value_class")
    ]
    return pie(slices, title=_("Clients by value class"), unit=_("clients"))


def projects_by_status(projects: QuerySet) -> Pie:
    labels = dict(Project.State.choices)
    slices = [
        Slice(labels.get(code, code), n, list_url("projects:list", state=code))
        for code, n in counted(projects, "state")
    ]
    return pie(slices, title=_("Projects by status"), unit=_("projects"))
