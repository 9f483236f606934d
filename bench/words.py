"""Invented words that generated rows are made of."""

CITIES = [
    ("Hamburg", "Germany"), ("Milan", "Italy"), ("Lyon", "France"), ("Porto", "Portugal"),
    ("Kraków", "Poland"), ("Malmö", "Sweden"), ("Bristol", "United Kingdom"),
    ("Girona", "Spain"),
]  # fmt: skip
FIRST = [
    "Agnes",
    "Bruno",
    "Clara",
    "Dario",
    "Edda",
    "Felix",
    "Greta",
    "Hugo",
    "Ida",
    "Jana",
    "Karl",
    "Lena",
]
LAST = [
    "Abelard",
    "Berg",
    "Conti",
    "Dahl",
    "Ekholm",
    "Ferrer",
    "Gallo",
    "Holm",
    "Ibarra",
    "Jansen",
    "Keller",
    "Lund",
]
WISH = [
    "Website", "Online shop", "Relaunch", "Booking system", "Catalogue", "Newsletter",
    "Care plan",
]  # fmt: skip
