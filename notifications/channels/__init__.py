"""The ways out of the house. A channel sends one message or raises one of these."""


class NotSent(Exception):
    """The message has certainly not left."""


class Refused(NotSent):
    """It never will: the number, address or account is at fault."""

    def __init__(self, sentence: str, *, opted_out: bool = False) -> None:
        super().__init__(sentence)
        self.opted_out = opted_out


class TryLater(NotSent):
    """It may leave later: too many at once, or the provider is away."""


class Doubtful(Exception):
    """Nobody can say from here whether it left."""
