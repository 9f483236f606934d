"""Who and where."""

from accounts.models.change_requests import ChangeRequest
from accounts.models.clients import Client
from accounts.models.contacts import Contact
from accounts.models.demo import DemoWorld
from accounts.models.departments import Department
from accounts.models.erasures import ErasureRequest
from accounts.models.exports import Export
from accounts.models.imports import Import
from accounts.models.keys import ApiToken, Invitation
from accounts.models.people import User
from accounts.models.replays import Replay
from accounts.models.setup import Firm, Medium, Place
from accounts.models.viewings import Viewing

__all__ = [
    "ApiToken",
    "ChangeRequest",
    "Client",
    "Contact",
    "DemoWorld",
    "Department",
    "ErasureRequest",
    "Export",
    "Firm",
    "Import",
    "Invitation",
    "Medium",
    "Place",
    "Replay",
    "User",
    "Viewing",
]
