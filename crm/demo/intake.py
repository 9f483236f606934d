"""How leads came in by the web form of the demo world, and the rules that gave them."""

import random
from datetime import timedelta
from decimal import Decimal

from crm.demo import words
from leads.models import AssignmentRule, Submission, WebForm

FORM = "Web form"  # the medium
REMEMBERED = timedelta(days=150)
RECENT = timedelta(days=60)
CAMPAIGNS = [
    {},
    {"page": "https://www.halden-reed.example/contact"},
    {"utm_source": "newsletter", "utm_medium": "email", "utm_campaign": "spring"},
    {"utm_source": "google", "utm_medium": "cpc", "utm_campaign": "web-shops"},
    {"utm_source": "fair-guide", "utm_medium": "referral"},
]
WISHED = ["We would like to begin this quarter. What would it cost?",
          "Our site is eight years old and slow on phones. Can you look at it?",
          "Could somebody call us next week? Mornings are best.",
          "We compare three firms and decide by the end of the month.",
          "A friend of ours is happy with you. We need something similar."]  # fmt: skip


def make_rules(world):
    """Four rules: the big ones by name, trade shows, the South, and the rest."""
    north, south = world.departments
    lands = dict.fromkeys(city[1] for city in words.CITIES if city[2] == 1)
    rules = [
        {"name": "Large shops", "person": world.staff["bd"], "value_from": 10_000,
         "interest": "shop"},
        {"name": "Trade shows", "team": north, "how": "least", "hours": 4,
         "medium": world.media["Trade show"]},
        {"name": "The South", "team": south, "hours": 8, "place": ", ".join(lands)},
        {"name": "All others", "team": north, "hours": 8},
    ]  # fmt: skip
    world.rules = [
        AssignmentRule.objects.create(position=number, **fields)
        for number, fields in enumerate(rules, 1)
    ]


def say_why(world, lead):
    """What a recent lead of a stranger is about, and which rule gave it to its owner."""
    if lead.medium.name == FORM:
        lead.interest = lead.name.partition(" for ")[0]
    lead.value = Decimal(lead.value)
    if lead.client or lead.created.date() < world.today - RECENT:
        return
    for rule in world.rules:
        reasons = rule.reasons(lead, "EUR")
        if reasons is not None and lead.owner in (rule.person, *_people(world, rule)):
            lead.rule = rule
            fits = f" ({'; '.join(reasons)})" if reasons else ""
            turn = f"next in turn in {rule.team}"
            how = turn if rule.team else f"it names {rule.person}"
            lead.why = f"Rule “{rule}”{fits}: {how}."
            return


def _people(world, rule):
    return [one for one in world.sellers if one.department == rule.team]


def make_submissions(world):
    """One form; every lead that came by it has what was sent."""
    rng = random.Random(world.seed)  # noqa: S311 - a story, not a secret
    form = WebForm.objects.create(
        name="Ask for a quotation", slug="quotation", medium=world.media[FORM],
        intro="Tell us in two minutes what you need. We answer on the same working day.",
        asks={"email": "required", "phone": "optional", "company": "optional",
              "city": "optional", "country": "optional", "interest": "required",
              "budget": "optional", "message": "required"},
        interests="\n".join(words.WISHES), consent_for="both",
        consent="I would like to hear about offers by e-mail and SMS.",
        reply_subject="We have your message",
        reply="Thank you for writing to us.\n\nWe answer on the same working day.",
    )  # fmt: skip
    came = [lead for lead in world.leads if lead.medium.name == FORM]
    Submission.objects.bulk_create(
        (sent(rng, form, lead) for lead in came), batch_size=500
    )
    for lead in came:
        if world.today - lead.created.date() < REMEMBERED:
            text = f"{lead.contact_name} wrote by the form “{form}”."
            text = f"{text}\n{rng.choice(WISHED)}"
            about = [lead, lead.client]
            world.tell("form.received", lead.created, text, about=about)


def sent(rng, form, lead):
    answers = {
        "name": lead.contact_name, "email": lead.email, "company": lead.company,
        "city": lead.place.city, "country": lead.place.country,
        "interest": lead.interest, "message": rng.choice(WISHED),
    }  # fmt: skip
    return Submission(
        form=form, lead=lead, mark=f"demo-{lead.pk}", at=lead.created, is_new=True,
        answers={k: v for k, v in answers.items() if v}, campaign=rng.choice(CAMPAIGNS),
    )  # fmt: skip
