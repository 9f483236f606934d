"""Telephone numbers that are read and checked once, however often they are used.

Reading a number costs 50 µs and checking it 100 µs; the field of the library checks it
for every comparison, every text and every write, some nine times per imported row.
"""

from functools import cached_property
from typing import Any

import phonenumbers
from django import forms
from phonenumber_field.formfields import PhoneNumberField as PhoneNumberFormField
from phonenumber_field.modelfields import PhoneNumberDescriptor, PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

KEPT = 4096


class Phone(PhoneNumber):
    """A number that is never changed, so what is known of it is kept."""

    def is_valid(self) -> bool:
        return self._is_valid

    @cached_property
    def _is_valid(self) -> bool:
        return phonenumbers.is_valid_number(self)

    @cached_property
    def as_e164(self) -> str:
        return self.format_as(phonenumbers.PhoneNumberFormat.E164)

    def __str__(self) -> str:
        return self.as_e164 if self._is_valid else self.raw_input


_known: dict[str, Phone] = {}  # by the text; what an import reads it soon writes


def read(text: str) -> Phone:
    """The number that a column holds, or one that is not valid and keeps the text."""
    try:
        return _known.get(text) or _keep(text, Phone.from_string(text))
    except phonenumbers.NumberParseException:
        return Phone(raw_input=text)


def complete(text: str, country: str = "") -> Phone | None:
    """The number somebody wrote, national ones as of `country`; None if incomplete."""
    number = Phone()
    try:
        phonenumbers.parse(text, country or None, numobj=number)
    except phonenumbers.NumberParseException:
        return None
    return _keep(number.as_e164, number) if number.is_valid() else None


def read_as_of(field: forms.CharField, country: str) -> None:
    """Let a form's field read national numbers of `country`, and name one where it fails.

    A country that nobody knows asks for international numbers.
    """
    region = country if country in phonenumbers.SUPPORTED_REGIONS else None
    example = PhoneNumberFormField(region=region).error_messages["invalid"]
    field.region = region  # type: ignore[attr-defined]
    field.error_messages["invalid"] = example


def _keep(text: str, number: Phone) -> Phone:
    if len(_known) >= KEPT:
        _known.clear()
    return _known.setdefault(text, number)


def phone_of(value: Any) -> Any:
    """A text as a number; what is blank or a number already stays."""
    return read(value) if value and isinstance(value, str) else value


class PhoneDescriptor(PhoneNumberDescriptor):
    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.name] = phone_of(value)


class PhoneField(PhoneNumberField):
    """The library's field; migrations know it by the library's name."""

    descriptor_class = PhoneDescriptor

    def to_python(self, value: Any) -> Any:
        return super().to_python(phone_of(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return phone_of(value)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "phonenumber_field.modelfields.PhoneNumberField", args, kwargs
