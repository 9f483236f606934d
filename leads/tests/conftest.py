"""What the tests of leads share."""

import pytest

from leads.models import Lead, Stage


@pytest.fixture
def make_leads(customer):
    """make_leads(3, value=100): that many leads of Ben's, newest last."""

    def make(number, **fields):
        rows = []
        for n in range(number):
            row = Lead(
                **{
                    "name": f"Lead {n}",
                    "owner": customer.owner,
                    "department": customer.department,
                    "medium": customer.medium,
                    "stage": Stage.first_of(Stage.Kind.OPEN),
                    **fields,
                }
            )
            row.state = row.stage.kind
            row.search = row.found_by()
            rows.append(row)
        return Lead.objects.bulk_create(rows)

    return make
