"""Invoices of quotations and milestones: paid by habit, part-paid, open, overdue."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import Client
from sales.billing import origin_of
from sales.models import (
    Invoice,
    InvoiceLine,
    NumberRange,
    Payment,
    Purchase,
    PurchaseLine,
)
from sales.sums import rounded

DAYS = 14  # to pay
OLD = 150  # days; what was sent before is settled
TAX = Decimal(20)
UNPAID, PART_PAID = 0.12, 0.2  # shares of what was sent lately, the second on top
CARE = "Care plan, one month"


def make_bills(world):
    """Only clients who buy regularly are billed: the others' stories stay as they are."""
    drafts = [*of_quotations(world), *of_milestones(world), *of_care(world)]
    drafts.sort(key=lambda bill: bill.issued_on)
    number(drafts)
    for bill in drafts:
        settle(world, bill)
    bills = [*drafts, begun(world)]
    Invoice.objects.bulk_create(bills, batch_size=500)
    InvoiceLine.objects.bulk_create(
        (line for bill in bills for line in bill.rows), batch_size=1000
    )
    pay(bills)
    give_limits(world)
    tell(world, drafts)


def of_quotations(world):
    """Most of the accepted ones were billed a few days later."""
    for quotation in world.quotations:
        client = quotation.lead.client
        day = quotation.answered and quotation.answered.date() + timedelta(days=3)
        regular = client and client.story == "regular"
        if regular and day and day <= world.today and world.rng.random() < 0.8:
            lines = [(p.name, p, p.price) for p in quotation.products]
            origin, lead = origin_of(quotation), quotation.lead
            yield draft(client, lead.name, day, lines, origin=origin, lead=lead,
                        quotation=quotation)  # fmt: skip


def of_milestones(world):
    """Every other done milestone of some projects, and all of the demo client's shop."""
    for project in world.projects:
        own = project.client is world.clients[0]
        if project.client.story != "regular" or not (own or world.rng.random() < 0.3):
            continue
        part = rounded(Decimal(project.lead.value) / len(project.steps), "EUR")
        for step in project.steps[:: 1 if own else 2]:
            if step.state == "done":
                yield draft(project.client, f"{project.name}: {step.name}",
                            step.done_on, [(step.name, None, part)],
                            origin=origin_of(step), lead=project.lead)  # fmt: skip


def of_care(world):
    """The demo client's plan, every month: the newest open, two before it not paid."""
    client = world.clients[0]
    for month, fate in enumerate((1, UNPAID, PART_PAID, 1, 1, 1, 1, 1)):
        lines = [(CARE, None, Decimal(390))]
        bill = draft(client, CARE, world.day(8 + 30 * month), lines)
        bill.fate = fate
        yield bill


def begun(world):
    """A draft that waits for its seller."""
    client = world.clients[0]
    lines = [("Workshop, half a day", None, Decimal(640))]
    return draft(client, f"Workshop for {client.name}", None, lines)


def draft(client, subject, day, lines, *, origin="", lead=None, quotation=None):
    bill = Invoice(client=client, subject=subject[:200], origin=origin, issued_on=day,
                   by=client.owner, quotation=quotation)  # fmt: skip
    bill.lead, bill.payments_made, bill.fate = lead, [], None
    bill.rows = [
        InvoiceLine(invoice=bill, text=text, product=product, price=price,
                    quantity=Decimal(1), discount=Decimal(0), tax_rate=TAX, position=n)
        for n, (text, product, price) in enumerate(lines)
    ]  # fmt: skip
    bill.total = bill.sums(bill.rows).total
    return bill


def number(bills):
    """One after the other in each year, as they were sent."""
    last = {}
    for bill in bills:
        year = bill.issued_on.year
        last[year] = last.get(year, 0) + 1
        bill.number = f"INV-{year}-{last[year]:05d}"
    NumberRange.objects.bulk_create(
        NumberRange(kind="invoice", year=year, last=n) for year, n in last.items()
    )


def settle(world, bill):
    """Sent on its day, and paid as late as this client usually does, if at all yet."""
    rng, day = world.rng, bill.issued_on
    bill.created = bill.sent = world.moment(day)
    bill.state, bill.due_on = "sent", day + timedelta(days=DAYS)
    bill.freeze()
    usual = bill.client.pk % 9 - 2  # days late; some pay early
    paid = max(bill.due_on + timedelta(days=usual + rng.randint(-2, 3)), day)
    fate = bill.fate
    if fate is None:
        fate = rng.random() if bill.issued_on > world.day(OLD) else 1
    if fate <= UNPAID or paid > world.today:
        return
    whole = fate > PART_PAID
    amount = bill.total if whole else rounded(bill.total / 2, "EUR")
    bill.paid, bill.state = amount, "paid" if whole else "part_paid"
    bill.paid_on = paid if whole else None
    bill.payments_made.append(
        Payment(invoice=bill, amount=amount, day=paid, by=bill.client.owner,
                reference=f"{bill.number}/1", created=world.moment(paid))
    )  # fmt: skip


def pay(bills):
    """The payments, and the purchase of each."""
    payments = [payment for bill in bills for payment in bill.payments_made]
    Payment.objects.bulk_create(payments, batch_size=500)
    for payment in payments:
        payment.purchase = payment.as_purchase()
    Purchase.objects.bulk_create((p.purchase for p in payments), batch_size=500)
    for payment in payments:
        payment.purchase = payment.purchase  # its key is known now
    Payment.objects.bulk_update(payments, ["purchase"], batch_size=500)
    PurchaseLine.objects.bulk_create(
        (line for p in payments for line in p.purchase_lines(p.invoice.rows)),
        batch_size=1000,
    )


def give_limits(world):
    """One regular client in four has a credit limit; the demo client too."""
    regular = [c for c in world.clients[1:] if c.story == "regular"]
    chosen = world.rng.sample(regular, k=len(regular) // 4)
    for client in chosen:
        client.credit_limit = world.rng.choice((2000, 5000, 10_000, 20_000))
    world.clients[0].credit_limit = 5000
    limited = [world.clients[0], *chosen]
    Client.objects.bulk_update(limited, ["credit_limit"], batch_size=500)


def tell(world, bills):
    """What happened lately stands on the timelines."""
    for bill in bills[-400:]:
        about = [bill, bill.client, bill.lead]
        text = f"{bill.by} sent {bill} over {bill.money}."
        world.tell(
            "invoice.sent", bill.sent, text, by=bill.by, about=about, visible=True
        )
        for payment in bill.payments_made:
            text = f"{payment.money} came in for {bill}."
            world.tell("payment.received", payment.created, text, by=payment.by,
                       about=about, visible=True)  # fmt: skip
