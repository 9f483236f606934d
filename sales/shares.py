"""Share a whole number out by weights, so that the parts add up to it."""

from collections.abc import Sequence
from decimal import Decimal


def shared_out(whole: int, weights: Sequence[Decimal]) -> list[int]:
    """Parts in proportion to `weights`.

    >>> shared_out(100, [Decimal(1), Decimal(1), Decimal(1)])
    [33, 33, 34]
    """
    total = sum(weights, Decimal(0))
    if not weights:
        return []
    if not total:
        return [*(0 for _ in weights[:-1]), whole]
    parts, sofar, given = [], Decimal(0), 0
    for weight in weights:
        sofar += weight
        upto = round(whole * sofar / total)
        parts.append(upto - given)
        given = upto
    return parts
