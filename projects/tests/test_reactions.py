"""What follows: the client hears of a finished milestone, managers of a win."""

from crm.reactions import react
from notifications.models import Event, Message


def after(kind):
    Event.objects.update(reacted=False)
    for event in Event.objects.filter(kind=kind):
        react(event.pk)


def test_the_clients_people_are_mailed(milestone, dev, portal_owner, portal_reader):
    milestone.finish(by=dev)
    after("milestone.done")
    mails = Message.objects.order_by("pk")
    assert {m.address for m in mails} == {portal_owner.email, portal_reader.email}
    assert mails[0].subject == "Mill website: Kick-off is done"
    assert mails[0].purpose == "service"
    assert f"/portal/projects/{milestone.project_id}/" in mails[0].body


def test_once_even_when_it_was_taken_back_in_between(milestone, dev, portal_owner):
    milestone.finish(by=dev)
    milestone.reopen(by=dev)
    milestone.finish(by=dev)
    after("milestone.done")
    after("milestone.done")
    assert Message.objects.count() == 1


def test_not_when_it_was_reopened_before(milestone, dev, portal_owner):
    milestone.finish(by=dev)
    milestone.reopen(by=dev)
    after("milestone.done")
    assert not Message.objects.exists()


def test_an_internal_one_is_kept_quiet(milestone, dev, portal_owner):
    milestone.client_visible = False
    milestone.save(update_fields=["client_visible"])
    milestone.finish(by=dev)
    after("milestone.done")
    assert not Message.objects.exists()


def test_a_blocked_client_hears_nothing(milestone, dev, portal_owner, admin):
    milestone.project.client.block(by=admin)
    milestone.finish(by=dev)
    after("milestone.done")
    assert not Message.objects.filter(kind="milestone_done").exists()


def test_the_managers_of_the_department_hear_of_a_win(lead, bd, manager, far_manager):
    lead.win(by=bd)
    after("lead.won")
    assert manager.notifications.get().event.kind == "lead.won"
    assert not far_manager.notifications.exists()


def test_who_won_it_is_not_told(lead, manager, bd):
    lead.win(by=manager)
    after("lead.won")
    assert not manager.notifications.exists()
    assert bd.notifications.count() == 1
