"""What a stranger sent by a web form becomes: a lead, or a word on their open one."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Client, Firm, Medium, User
from accounts.places import Spot
from crm.lib.text import plain
from leads.actions import create, keep
from leads.models import Interaction, Lead, Stage, Submission, WebForm
from notifications.actions import record, send
from notifications.models import Channel, Consent
from notifications.outbox import normalised

SAME = timedelta(days=1)  # the same words again within it are the same word
CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


@dataclass(frozen=True)
class Answers:
    """What was typed, already checked; a phone in E.164."""

    name: str
    email: str = ""
    phone: str = ""
    company: str = ""
    city: str = ""
    country: str = ""
    interest: str = ""
    budget: Decimal | None = None
    message: str = ""
    consent: bool = False

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON, without what was left blank."""
        filled = {k: v for k, v in asdict(self).items() if v not in ("", None, False)}
        return {k: str(v) if isinstance(v, Decimal) else v for k, v in filled.items()}


@transaction.atomic
def receive(
    form: WebForm, said: Answers, *, mark: str, campaign: dict[str, str]
) -> Lead | None:
    """Take in what was sent, once per `mark`; None when it was here before.

    Somebody with an open lead adds a word to it; nobody gets a second one. Forms are
    taken in one after another, so two at once make one lead as well.
    """
    form = WebForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if Submission.objects.filter(mark=mark).exists():
        return None
    lead = Lead.objects.alive().open().of_person(said.email, said.phone).first()
    if lead and _said_before(form, lead, said):
        return None
    is_new = lead is None
    lead = lead or _make(form, said, campaign)
    Submission.objects.create(
        form=form, lead=lead, mark=mark, answers=said.stored, campaign=campaign,
        is_new=is_new,
    )  # fmt: skip
    _keep_word(form, lead, said, campaign)
    _keep_consent(form, said, lead.client)
    _reply(form, said, lead.client)
    return lead


def _said_before(form: WebForm, lead: Lead, said: Answers) -> bool:
    since = timezone.now() - SAME
    recent = Submission.objects.filter(form=form, lead=lead, at__gte=since)
    return any(row.answers == said.stored for row in recent)


def _make(form: WebForm, said: Answers, campaign: dict[str, str]) -> Lead:
    who = said.company or said.name
    owner = form.owner if form.owner and form.owner.is_active else None
    lead = Lead(
        name=f"{said.interest or form.name} – {who}"[:200],
        client=client_of(said),
        contact_name=said.name,
        company=said.company,
        email=said.email,
        phone=said.phone,
        interest=said.interest,
        value=said.budget,
        currency=Firm.get().currency or settings.DEFAULT_CURRENCY,
        medium=medium_of(form, campaign),
        stage=Stage.first_of(Stage.Kind.OPEN),
        owner=owner,
        department=form.department,
    )
    text = _("{lead} came by the form “{form}”.").format(lead=lead, form=form)
    spot = Spot(city=said.city, country=said.country)
    return create(lead, by=None, spot=spot, said=text)


def client_of(said: Answers) -> Client | None:
    """The one client who has this e-mail, or whose contact has it."""
    if not said.email:
        return None
    found = Client.objects.alive().unblocked().reached(said.email)[:2]
    return found[0] if len(found) == 1 else None


def medium_of(form: Any, campaign: dict[str, str]) -> Medium | None:
    """The medium that the campaign names in one of its spellings, else the form's."""
    said = [campaign.get(name, "") for name in ("utm_medium", "utm_source")]
    words = [plain(text).replace("_", " ").replace("-", " ") for text in said if text]
    if words:
        known = {name: row for row in Medium.objects.all() for name in row.spellings}
        for word in words:
            if word in known:
                return known[word]
    return form.medium


def _keep_word(
    form: WebForm, lead: Lead, said: Answers, campaign: dict[str, str]
) -> None:
    """What they wrote, on the timeline and in the bells of those in charge."""
    word = Interaction(
        lead=lead,
        kind=Interaction.Kind.EMAIL,
        direction=Interaction.Direction.IN,
        medium=medium_of(form, campaign),
        text=in_words(said, campaign),
    )
    keep(word, by=None)
    text = _("{who} wrote by the form “{form}”.").format(who=said.name, form=form)
    record(
        "form.received",
        lead,
        by=None,
        text=f"{text}\n{word.text}",
        about=[lead.client],
        tell=in_charge(lead),
    )


def in_words(said: Answers, campaign: dict[str, str]) -> str:
    """The message, then a line for each other answer and where it came from."""
    labels = {one.value: one.label for one in WebForm.Question}
    labels["interest"] = _("Interested in")
    others = ("email", "phone", "company", "city", "country", "interest", "budget")
    lines = [said.message] if said.message else []
    lines += [
        f"{labels[name]}: {value}"
        for name in others
        if (value := getattr(said, name)) not in ("", None)
    ]
    named = " / ".join(campaign[name] for name in CAMPAIGN if campaign.get(name))
    if named:
        lines.append(_("Campaign: {named}").format(named=named))
    if campaign.get("page"):
        lines.append(_("Sent from {page}").format(page=campaign["page"]))
    return "\n".join(lines) or said.name


def in_charge(lead: Lead) -> list[User]:
    """Who hears of it: the owner; without one the department's managers, else admins."""
    if lead.owner and lead.owner.is_active:
        return [lead.owner]
    active = User.objects.filter(is_active=True)
    managers = active.filter(role=User.Role.MANAGER, department=lead.department_id)
    return list(managers) or list(active.filter(role=User.Role.ADMIN))


def _keep_consent(form: WebForm, said: Answers, client: Client | None) -> None:
    if not said.consent:
        return
    addresses = {Channel.EMAIL: normalised(said.email), Channel.SMS: said.phone}
    Consent.objects.bulk_create(
        Consent(
            channel=channel,
            address=addresses[channel],
            given=True,
            wording=form.consent,
            source=f"form {form.slug}"[:60],
            client=client,
        )
        for channel in form.channels
        if addresses[channel]
    )


def _reply(form: WebForm, said: Answers, client: Client | None) -> None:
    """Answer at once, but nobody more than once a day: the address may be another's.

    Nothing that was typed stands in it, or the form would mail strangers' words.
    """
    if not form.reply or not said.email:
        return
    day = timezone.localdate()
    send(
        Channel.EMAIL,
        said.email,
        subject=form.reply_subject or form.name,
        body=form.reply,
        key=f"form-reply:{form.pk}:{day}:{normalised(said.email)}"[:120],
        kind="form_reply",
        client=client,
    )
