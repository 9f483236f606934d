"""An offline gazetteer: 70,000 cities, their states and countries; see LICENCE.md."""

from accounts.gazetteer.lookup import Found, find, suggest, usable
from accounts.gazetteer.nearest import kilometres, nearest

__all__ = ["Found", "find", "kilometres", "nearest", "suggest", "usable"]
