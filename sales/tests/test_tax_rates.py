"""Tax rates beside the firm's usual one."""

from django.urls import reverse

from sales.models import TaxRate


def test_an_admin_adds_changes_and_removes_one(client, admin):
    client.force_login(admin)
    client.post(reverse("sales:tax_rate_add"), {"name": "Reduced", "percent": "7"})
    rate = TaxRate.objects.get()
    url = reverse("sales:tax_rate_edit", args=[rate.pk])
    client.post(url, {"name": "Reduced", "percent": "5.5"})
    assert "5.5" in client.get(reverse("sales:tax_rates")).content.decode()
    client.post(reverse("sales:tax_rate_remove", args=[rate.pk]))
    assert not TaxRate.objects.exists()


def test_one_rate_has_one_name(client, admin, tax_rate):
    client.force_login(admin)
    again = {"name": "Other", "percent": "7"}
    assert client.post(reverse("sales:tax_rate_add"), again).status_code == 422


def test_more_than_everything_is_refused(client, admin):
    client.force_login(admin)
    wrong = {"name": "All", "percent": "101"}
    assert client.post(reverse("sales:tax_rate_add"), wrong).status_code == 422
