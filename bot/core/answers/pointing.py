"""Which of several values somebody points at, without writing it again."""

import re
from collections.abc import Sequence
from typing import Final

AROUND: Final = frozenset(
    {
        *("ja", "nee", "de", "die", "het", "dat", "doe", "neem", "gebruik", "maar", "graag"),
        *("liever", "dan", "hoor", "is", "goed", "aub", "alstublieft", "op"),
        *("adres", "mailadres", "e", "mail", "nummer", "telefoonnummer"),
    }
)
PLACES: Final = {
    **dict.fromkeys(("eerste", "1e", "1ste", "bovenste"), 0),
    **dict.fromkeys(("tweede", "2e", "2de"), 1),
    **dict.fromkeys(("derde", "3e", "3de"), 2),
    **dict.fromkeys(("laatste", "onderste"), -1),
}
"""Words for a place in a row."""


def points(text: str) -> bool:
    """Whether a text does nothing but point at one of a row."""
    return pointed_at(text, ("", "", "")) is not None


def pointed_at(text: str, values: Sequence[str]) -> str | None:
    """The value that "de eerste" or "doe maar de laatste" means, or None."""
    words = [word for word in re.findall(r"\w+", text.casefold()) if word not in AROUND]
    place = PLACES.get(words[0]) if len(words) == 1 else None
    return values[place] if place is not None and place < len(values) else None
