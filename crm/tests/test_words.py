"""What filters make of raw text."""

from django.template import Context, Template


def test_an_address_breaks_before_its_at_sign_and_stays_escaped():
    template = Template("{{ address|mail }}")
    html = template.render(Context({"address": "<ana>@firm.example"}))
    assert html == "&lt;ana&gt;<wbr>@firm.example"
