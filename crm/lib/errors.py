"""What a verb raises when the user's wish cannot be granted."""

from typing import Any


class NotAllowedNow(Exception):  # noqa: N818 - named for what the user is told
    """The row is in a state that forbids the verb; the text is shown to the user.

    A middleware turns it into a message and a redirect to `row`, the API into 409.
    `back`: the address to go on at, where that is no row's page.
    """

    def __init__(self, message: Any, row: Any = None, *, back: str = "") -> None:
        super().__init__(str(message))
        self.row, self.back = row, back
