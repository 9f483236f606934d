"""What the demo firm expected of every month, as it would have seen it at the time."""

from django.utils import timezone

from analytics import forecasting
from analytics.models import Forecast
from crm.lib.dates import month_of, months_before, next_month
from leads.expected import expected_month
from leads.models import Stage

MONTHS = 22


def make_forecasts(world):
    """Count what stages convert, then tell each month's beginning from the leads' paths."""
    forecasting.count_stages()
    shares = forecasting.rates_of_owners()
    days = dict(Stage.objects.values_list("pk", "days_to_win"))
    found = {}
    first = months_before(world.today, MONTHS)
    for lead in world.leads:
        month = max(next_month(lead.created.date()), first)
        last = min(month_of(world.today), (lead.closed or timezone.now()).date())
        while month <= last:
            steps = (step for step in reversed(lead.path) if step[1].date() <= month)
            stage, since = next(steps, lead.path[0])
            if expected_month(since.date(), days[stage.pk], month) == month:
                key = (lead.owner_id, lead.department_id, lead.currency)
                row = found.setdefault((month, *key), forecasting.blank(month, *key))
                share = shares(lead.owner_id).of(stage.pk)
                forecasting.add(row, 1, lead.value, share)
            month = next_month(month)
    Forecast.objects.bulk_create(found.values(), batch_size=500)
