"""Money: Decimal in Python, minor units where rows are counted in millions."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.formats import number_format

DECIMALS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "HUF": 2,
    "KWD": 3,
    "BHD": 3,
    "TND": 3,
}
SIGNS = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "INR": "₹",
    "BRL": "R$",
    "JPY": "¥",
    "CHF": "CHF",
}


def decimals(currency: str) -> int:
    return DECIMALS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """Whole cents (or what the currency has), rounded half up.

    >>> to_minor(Decimal("12.345"), "EUR")
    1235
    """
    scaled = amount.scaleb(decimals(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_decimal(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-decimals(currency))


def parse_amount(text: str) -> Decimal:
    """Read "1.234,50", "1,234.50", "€ 12" or "(5)"; ValueError when it is no amount."""
    raw = "".join(c for c in str(text).strip() if c in "0123456789.,-()")
    negative = raw.startswith(("-", "(")) or raw.endswith("-")
    digits = raw.strip("-()")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        mark, whole = digits[last], digits[:last]
        single = digits.count(mark) == 1
        thousands = (
            mark == "," and len(digits) - last == 4 and single and "." not in whole
        )
        if thousands or not single:
            digits = digits.replace(mark, "")
            digits = digits.replace("," if mark == "." else ".", ".")
        else:
            digits = whole.replace(",", "").replace(".", "") + "." + digits[last + 1 :]
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not an amount") from None
    return -amount if negative else amount


def show(amount: Decimal | None, currency: str) -> str:
    """An amount as the reader writes it, e.g. "€1,250"; cents only where there are."""
    if amount is None:
        return ""
    places = decimals(currency)
    if amount == amount.to_integral_value():
        places = 0
    text = number_format(
        abs(amount), decimal_pos=places, use_l10n=True, force_grouping=True
    )
    return _signed(text, currency, negative=amount < 0)


def brief(amount: Decimal, currency: str) -> str:
    """An amount for the middle of a pie: from a million on "€11.9M"."""
    million = Decimal(1_000_000)
    if abs(amount) < million:
        return show(amount.quantize(Decimal(1)), currency)
    rounded = round(abs(amount) / million, 1)
    text = number_format(rounded, decimal_pos=1, force_grouping=True)
    return _signed(f"{text}M", currency, negative=amount < 0)


def _signed(text: str, currency: str, *, negative: bool) -> str:
    sign = SIGNS.get(currency, currency)
    space = "\u00a0" if len(sign) > 1 else ""
    return f"{'−' if negative else ''}{sign}{space}{text}"
