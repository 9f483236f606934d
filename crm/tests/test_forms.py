"""How forms are drawn, and the field that asks as you type."""

import pytest
from django import forms

from accounts.models import Medium
from crm.lib.forms import Lines, PickerField


class Sample(forms.Form):
    name = forms.CharField(help_text="As on the invoice.")
    medium = PickerField(Medium.objects.none(), url="/media/find/", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["medium"].queryset = Medium.objects.all()


@pytest.fixture
def medium(db):
    return Medium.objects.create(name="Carrier pigeon")


def test_an_error_stands_beside_its_field_and_in_the_summary(db):
    html = str(Sample({"name": ""}))
    assert '<a href="#id_name">Name</a>: This field is required.' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_is_not_required_says_so(db):
    html = str(Sample())
    assert html.count(">optional<") == 1
    assert "form-errors" not in html


def test_a_picked_key_gives_the_row(medium):
    form = Sample({"name": "x", "medium": str(medium.pk), "medium_text": "Carrier"})
    assert form.is_valid()
    assert form.cleaned_data["medium"] == medium


def test_without_script_the_name_is_enough(medium):
    form = Sample({"name": "x", "medium": "", "medium_text": "carrier PIGEON"})
    assert form.is_valid()
    assert form.cleaned_data["medium"] == medium


def test_an_unknown_name_is_refused_and_kept_in_the_box(medium):
    form = Sample({"name": "x", "medium": "", "medium_text": "Smoke"})
    assert form.errors["medium"] == [
        "Nothing is called “Smoke”. Pick one from the list."
    ]
    assert 'name="medium_text" value="Smoke"' in str(form)


def test_a_row_outside_the_queryset_is_refused(medium):
    form = Sample({"name": "x", "medium": str(medium.pk)})
    form.fields["medium"].queryset = Medium.objects.none()
    assert not form.is_valid()


def test_the_chosen_row_is_shown_by_its_name(medium):
    html = str(Sample(initial={"medium": medium}))
    assert f'name="medium" value="{medium.pk}"' in html
    assert 'name="medium_text" value="Carrier pigeon"' in html


def test_nothing_picked_is_nothing(db):
    form = Sample({"name": "x", "medium": "", "medium_text": ""})
    assert form.is_valid()
    assert form.cleaned_data["medium"] is None


def test_lines_end_as_we_keep_them_whatever_the_browser_sends():
    class Form(forms.Form):
        text = forms.CharField(widget=Lines)

    form = Form({"text": "1 Mill Lane\r\nYork"})
    assert form.is_valid()
    assert form.cleaned_data == {"text": "1 Mill Lane\nYork"}
