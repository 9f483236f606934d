"""The firm's own people, places and set-up."""

from accounts.models import Department, Firm, Medium, User
from accounts.places import Spot, places_for
from crm.demo import words
from leads.models import Stage
from projects.models import ProjectTemplate, TemplateMilestone
from sales.models import Product

PASSWORD = "demo"  # noqa: S105 - the application refuses it unless DEMO is on


def make_staff(world):
    """Thirteen colleagues in two departments; the first of each role has a demo login."""
    Firm.get()
    letterhead = {
        "postal_address": words.ADDRESS,
        "tax_id": words.TAX_ID,
        "bank": words.BANK,
        "tax_rate": 20,
        "country": words.COUNTRY,
    }
    Firm.objects.filter(pk=1).update(name=words.FIRM, currency="EUR", **letterhead)
    world.departments = [
        Department.objects.get_or_create(name=n)[0] for n in words.DEPARTMENTS
    ]
    hashed = None
    for name, first, last, role, number in words.STAFF:
        user = User(
            username=name, email=f"{name}@demo.example", first_name=first, last_name=last,
            role=role, is_demo=True, is_staff=role == "admin", is_superuser=role == "admin",
            department=None if number is None else world.departments[number],
        )  # fmt: skip
        if hashed is None:
            user.set_password(PASSWORD)
            hashed = user.password
        user.password = hashed
        user.save()
        user.confirm_email()
        world.staff[name] = user
    everyone = world.staff.values()
    world.sellers = [u for u in everyone if u.role == "bd"]
    world.devs = [u for u in everyone if u.role == "dev"]
    world.password = hashed


def make_setup(world):
    """Places, media, stages, products and project templates."""
    spots = {c: Spot(c[0], "", c[1]) for c in words.CITIES}
    found = places_for(spots.values())
    world.places = {city: found[spot] for city, spot in spots.items()}
    world.media = {m.name: m for m in Medium.objects.all()}
    world.stages = list(Stage.objects.order_by("position"))
    for category, brand, name, price in words.PRODUCTS:
        code = f"{category}-{brand}-{name}".lower().replace(" ", "_")
        world.products.append(
            Product(code=code, name=name, category=category, brand=brand, price=price)
        )
    Product.objects.bulk_create(world.products)
    for name, (description, steps) in words.TEMPLATES.items():
        template, _made = ProjectTemplate.objects.update_or_create(
            name=name, defaults={"description": description}
        )
        template.milestones.all().delete()
        TemplateMilestone.objects.bulk_create(
            TemplateMilestone(
                template=template,
                name=step,
                days=days,
                position=i,
                asks_approval=step in words.APPROVED,
            )  # fmt: skip
            for i, (step, days) in enumerate(steps)
        )
        world.templates.append(template)
