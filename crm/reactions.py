"""What follows from what: event kind → functions(event).

One task runs the table after commit, a sweep catches up; the unique row
(event, name) makes every reaction run once.
"""

import logging

from django.db import IntegrityError, transaction

from accounts.models import Client
from accounts.reactions import (
    cancel_what_waits_for_client,
    cancel_what_waits_for_user,
    mail_change_asked,
    mail_change_settled,
)
from leads.actions import follow_client
from leads.reactions import mail_form_received, tell_managers_of_win
from notifications.models import Event, Reaction
from projects.reactions import (
    mail_document_shared,
    mail_milestone_delayed,
    mail_milestone_done,
    mail_post,
)
from projects.request_reactions import mail_request
from sales.reactions import (
    mail_invoice_sent,
    mail_invoice_taken_back,
    mail_quotation_asked,
    mail_quotation_expiring,
    mail_quotation_sent,
)

log = logging.getLogger(__name__)


def leads_follow(event):
    """A client changed hands: its leads go along."""
    topic = event.topics.get(topic=Client._meta.label_lower)
    follow_client(Client.objects.get(pk=topic.object_id))


REACTIONS: dict[str, list] = {
    "client.assigned": [leads_follow],
    "form.received": [mail_form_received],
    "lead.won": [tell_managers_of_win],
    "quotation.asked": [mail_quotation_asked],
    "quotation.sent": [mail_quotation_sent],
    "quotation.expiring": [mail_quotation_expiring],
    "invoice.sent": [mail_invoice_sent],
    "invoice.voided": [mail_invoice_taken_back],
    "invoice.credited": [mail_invoice_taken_back],
    "milestone.delayed": [mail_milestone_delayed],
    "milestone.done": [mail_milestone_done],
    "document.added": [mail_document_shared],
    "document.updated": [mail_document_shared],
    "document.shared": [mail_document_shared],
    "message.posted": [mail_post],
    "request.opened": [mail_request],
    "request.answered": [mail_request],
    "request.assigned": [mail_request],
    "request.moved": [mail_request],
    "request.solved": [mail_request],
    "request.reopened": [mail_request],
    "client.blocked": [cancel_what_waits_for_client],
    "change.asked": [mail_change_asked],
    "change.accepted": [mail_change_settled],
    "change.refused": [mail_change_settled],
    "user.blocked": [cancel_what_waits_for_user],
}


def react(event_id):
    """Run what follows from an event and has not run yet; safe to call again."""
    event = Event.objects.filter(pk=event_id, reacted=False).first()
    if event is None:
        return
    for function in REACTIONS.get(event.kind, ()):
        try:
            with transaction.atomic():
                Reaction.objects.create(event=event, name=function.__name__)
                function(event)
        except IntegrityError:
            log.info("%s already followed from event %s", function.__name__, event_id)
    Event.objects.filter(pk=event_id).update(reacted=True)
