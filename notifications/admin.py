"""What happened and what was sent, to look up."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from crm.lib.admin import Business, each
from notifications.models import (
    Consent,
    Event,
    EventTopic,
    Message,
    Notification,
    Reaction,
)
from notifications.outbox import give_up, resend, without_links


@admin.register(Event)
class EventAdmin(Business):
    list_display = ["created", "kind", "text", "actor", "client_visible"]
    list_filter = ["client_visible"]
    list_select_related = ["actor"]
    ordering = ["-pk"]


@admin.register(EventTopic)
class EventTopicAdmin(Business):
    list_display = ["event", "topic", "object_id"]
    list_select_related = ["event"]
    ordering = ["-pk"]


@admin.register(Reaction)
class ReactionAdmin(Business):
    list_display = ["done", "name", "event"]
    list_select_related = ["event"]
    ordering = ["-pk"]


@admin.register(Notification)
class NotificationAdmin(Business):
    list_display = ["recipient", "event", "read"]
    list_select_related = ["recipient", "event"]
    ordering = ["-pk"]


@admin.action(description=_("Resend"))
def again(modeladmin, request, queryset):
    each(modeladmin, request, queryset, lambda row: resend(row, by=request.user))


@admin.action(description=_("Give up"))
def leave(modeladmin, request, queryset):
    each(modeladmin, request, queryset, lambda row: give_up(row, by=request.user))


@admin.register(Message)
class MessageAdmin(Business):
    list_display = [
        "created",
        "channel",
        "direction",
        "state",
        "address",
        "subject",
        "error",
    ]
    list_filter = ["channel", "direction", "state", "purpose"]
    search_fields = ["address__istartswith", "provider_id__exact"]
    ordering = ["-pk"]
    exclude = ["body", "html"]  # it may hold a live link: `text` shows it without
    readonly_fields = ["text"]
    actions = [again, leave]

    @admin.display(description=_("text"))
    def text(self, message):
        return without_links(message.body) if message.secret else message.body


@admin.register(Consent)
class ConsentAdmin(Business):
    list_display = ["at", "channel", "address", "given", "source", "by", "client"]
    list_filter = ["channel", "given"]
    list_select_related = ["by", "client"]
    search_fields = ["address__istartswith"]
    ordering = ["-pk"]
