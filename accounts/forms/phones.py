"""Telephone numbers as people of the firm's country write them."""

from accounts.models import Firm
from crm.lib import phones


class FirmPhone:
    """A form whose telephone may be typed without +49 and the like."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and "phone" in self.fields:
            phones.read_as_of(self.fields["phone"], Firm.get().country)
