"""How often the gazetteer places real rows, how far off it is, how long it takes.

    python -m bench.places [../shared/data]

Hard cases carry their coordinates from ordinary maps. Files that are not there are
left out with a sentence.
"""

import csv
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

from accounts.gazetteer import find, kilometres, suggest, usable
from accounts.gazetteer.table import table

HERE = Path(__file__).resolve().parent.parent
NEAR_KM = 10  # maps differ by this much on the centre of a very large city
SHOWN = 12  # different misses printed for each file

HARD = [  # city, state, country, latitude, longitude
    ("Springfield", "IL", "US", 39.80, -89.64),
    ("Springfield", "Missouri", "USA", 37.21, -93.29),
    ("springfield", "MA", "", 42.10, -72.59),
    ("Springfield IL", "", "", 39.80, -89.64),
    ("Portland", "ME", "United States", 43.66, -70.26),
    ("Portland, OR", "", "", 45.52, -122.68),
    ("NYC", "", "", 40.71, -74.01),
    ("New York", "NY", "United States of America", 40.71, -74.01),
    ("San Francisco CA 94103", "", "", 37.77, -122.42),
    ("Ontario, CA", "", "", 34.06, -117.65),
    ("Toronto, CA", "", "", 43.65, -79.38),
    ("St Louis", "MO", "US", 38.63, -90.20),
    ("Saint Paul", "Minnesota", "US", 44.95, -93.09),
    ("Winston Salem", "NC", "US", 36.10, -80.24),
    ("Washington, D.C.", "", "USA", 38.90, -77.04),
    ("San Juan", "PR", "US", 18.47, -66.11),
    ("München", "", "Deutschland", 48.14, 11.58),
    ("Muenchen", "BY", "DE", 48.14, 11.58),
    ("Munich", "", "", 48.14, 11.58),
    ("KÖLN", "NRW", "Germany", 50.94, 6.96),
    ("Frankfurt", "Hessen", "DE", 50.11, 8.68),
    ("Bengaluru", "", "India", 12.97, 77.59),
    ("Bangalore", "KA", "IN", 12.97, 77.59),
    ("Bombay", "MH", "IN", 19.07, 72.88),
    ("Nashik", "Maharashtra", "India", 20.00, 73.79),
    ("Łódź", "", "Polska", 51.76, 19.46),
    ("Lodz", "", "PL", 51.76, 19.46),
    ("São Paulo", "SP", "Brasil", -23.55, -46.63),
    ("sao paulo / sao paulo", "", "BR", -23.55, -46.63),
    ("sbc/sp", "", "BR", -23.69, -46.56),
    ("rio de janeiro - rj", "", "", -22.91, -43.20),
    ("rio de janeiro, rio de janeiro, brasil", "RJ", "", -22.91, -43.20),
    ("santa barbara d oeste", "SP", "BR", -22.75, -47.41),
    ("s jose do rio preto", "SP", "BR", -20.81, -49.38),
    ("Glasgow, Scotland", "", "", 55.86, -4.25),
    ("London", "", "UK", 51.51, -0.13),
    ("London", "Ontario", "Canada", 42.98, -81.25),
    ("Paris", "TX", "US", 33.66, -95.56),
    ("Paris", "", "", 48.86, 2.35),
    ("Moscow", "ID", "US", 46.73, -117.00),
    ("København", "", "Danmark", 55.68, 12.57),
    ("Québec", "QC", "Canada", 46.81, -71.21),
    ("Athens", "GA", "USA", 33.96, -83.38),
    ("Tbilisi, Georgia", "", "", 41.72, 44.79),
    ("Saigon", "", "Viet Nam", 10.78, 106.70),
    ("Hong Kong", "", "China", 22.28, 114.16),
    ("東京", "", "", 35.68, 139.69),
    ("Valencia", "", "ES", 39.47, -0.38),
    ("Córdoba", "", "Argentina", -31.42, -64.18),
    ("Suva", "", "Fiji", -18.14, 178.44),
]

FILES = [  # label, file pattern, columns of city, state, country, the country if fixed
    ("olist customers", "olist_orders*/*customers*", "customer_city customer_state", "BR"),
    ("olist sellers", "olist_*/*sellers*", "seller_city seller_state", "BR"),
    ("olist, no country", "olist_orders*/*customers*", "customer_city customer_state", ""),
    ("facebook leads", "*/facebook_lead_ads.csv", "city state country", ""),
    ("odoo", "*/odoo_customers*", "City State Country", ""),
    ("freshbooks", "*/freshbooks*", "City Province/State Country", ""),
    ("wave", "*/wave_clients*", "city province/state country", ""),
    ("maven accounts", "maven*/accounts.csv", "- - office_location", ""),
    ("uci retail", "uci*/*.csv", "- - Country", ""),
    ("amazon states", "amazon*/amazon*.csv", "- Shipping\N{NO-BREAK SPACE}Address"
     "\N{NO-BREAK SPACE}State -", "US"),
    ("atomic crm", "*/atomic_crm*", "city state country", ""),
]  # fmt: skip


def main(folder: Path) -> None:
    """Print every table."""
    started = time.perf_counter()
    table()
    print(f"load {time.perf_counter() - started:.2f} s")
    hard_cases()
    hit_rates(folder)
    distances(folder)


def hard_cases() -> None:
    """Each awkward way to write a place, and how far the answer lies from it."""
    print(f"\n{'city':40}{'state':13}{'country':25}{'km':>7}  answer")
    far = 0
    for city, state, country, latitude, longitude in HARD:
        found = find(city, state, country)
        away = float("inf")
        if found:
            away = kilometres(found.latitude, found.longitude, latitude, longitude)
        far += away > NEAR_KM
        answer = found and f"{found.city or found.state}, {found.country_code}"
        print(f"{city:40}{state:13}{country:25}{away:7.1f}  {answer}")
    print(f"{len(HARD) - far} of {len(HARD)} within {NEAR_KM} km")


def hit_rates(folder: Path) -> None:
    """Rows of each file by how exactly they are placed; the blank ones apart."""
    head = f"\n{'file':20}{'rows':>7}{'blank':>7}{'city':>7}{'state':>7}{'country':>8}"
    print(f"{head}{'none':>6}{'µs/row':>8}")
    for label, pattern, columns, country in FILES:
        typed = [row for path in folder.glob(pattern) for row in rows(path, columns)]
        if not typed:
            print(f"{label:20} no such file, or no column of it names a place")
            continue
        wanted = [(c, s, k or country) for c, s, k in typed if c or s or k]
        find.cache_clear()
        started = time.perf_counter()
        answers = [find(*row) for row in wanted]
        each = (time.perf_counter() - started) / max(len(wanted), 1) * 1e6
        how = Counter(found.precision if found else "none" for found in answers)
        counts = f"{how['city']:7}{how['state']:7}{how['country']:8}{how['none']:6}"
        blank = len(typed) - len(wanted)
        print(f"{label:20}{len(typed):7}{blank:7}{counts}{each:8.1f}")
        missed(wanted, answers)


def missed(wanted: list[tuple], answers: list) -> None:
    """The rows placed less exactly than they were written, with the suggestion."""
    rough = Counter(
        row
        for row, found in zip(wanted, answers, strict=True)
        if found is None or (row[0] and found.precision != "city")
    )
    for (city, state, country), times in rough.most_common(SHOWN):
        near = suggest(city, country)
        print(f"    {times:4} × {city!r}, {state!r}, {country!r}; suggested: {near!r}")


def distances(folder: Path) -> None:
    """Olist: from the answer to the mean point of the seller's or customer's postcode."""
    points = defaultdict(list)
    for path in folder.glob("olist_orders*/*geolocation*"):
        for row in read(path):
            where = (float(row["geolocation_lat"]), float(row["geolocation_lng"]))
            if usable(*where):
                points[row["geolocation_zip_code_prefix"]].append(where)
    away = defaultdict(list)
    for path in folder.glob("olist_orders*/*customers*"):
        for row in read(path):
            near = points.get(row["customer_zip_code_prefix"])
            found = find(row["customer_city"], row["customer_state"], "BR")
            if near and found:
                latitude, longitude = (median(axis) for axis in zip(*near, strict=True))
                km = kilometres(found.latitude, found.longitude, latitude, longitude)
                away[found.precision].append(km)
    print("\nolist customers: km from the answer to the median point of the postcode")
    for precision, kms in away.items():
        kms.sort()
        p95 = kms[int(len(kms) * 0.95)]
        print(
            f"{precision:9}{len(kms):6} rows  median {median(kms):.1f}  95 % {p95:.1f}"
        )


def rows(path: Path, columns: str) -> list[tuple[str, str, str]]:
    names = [name.replace("\N{NO-BREAK SPACE}", " ") for name in columns.split(" ")]
    table = read(path)
    if not table or not set(names) & set(table[0]):
        return []
    names += ["-"] * (3 - len(names))
    return [tuple((row.get(name) or "").strip() for name in names) for row in table]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "shared" / "data")
