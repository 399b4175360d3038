"""The kinds of value a fact can have, so that `750` is never said as "kost nu 750."."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from bot.content.parsing import shown

EURO: Final = re.compile(r"€[ \u00a0]?\d{1,3}(?:\.?\d{3})*(?:,\d{2})?")
DIGITS: Final = re.compile(r"\d")
UNIT: Final = re.compile(r"\b(?:minu|uur|uren|dag|avond|week|weken|maand|jaar|jaren)")


def _is_money(value: str) -> bool:
    return not DIGITS.search(EURO.sub("", value))


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


KINDS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "text": (
        _matches(r"(?s)(?![\d.,\s]*$).+"),
        "woorden, of geef het feit een type (number, money)",
    ),
    "money": (_is_money, 'een bedrag met het euroteken, tussen aanhalingstekens: "€ 750"'),
    "date": (_is_day, 'een dag als "2026-11-29"'),
    "year": (_matches(r"\d{4}(?:-\d{4})?"), 'een jaar: "2026"'),
    "count": (_matches(r"\d{1,2}"), 'een heel getal: "3"'),
    "number": (_matches(r"\d+(?:,\d+)?(?: op de \d+(?:\.\d{3})*)?"), 'een getal: "8" of "2,5"'),
    "duration": (lambda value: bool(UNIT.search(value)), 'een tijd met een eenheid: "4 weken"'),
    "phone": (lambda value: 9 <= len(DIGITS.findall(value)) <= 15, 'een nummer: "010 123 45 67"'),
    "email": (_matches(r"[^\s@]+@[^\s@]+\.[^\s@.]+"), "een e-mailadres"),
    "url": (_matches(r"(?:https?://|www\.)\S+\.\S+"), 'een adres: "www.voorbeeld.nl"'),
}
"""Of each kind: what is one, and how an editor writes it."""

PLAIN: Final = ("count", "number", "year")
"""Kinds that may stand without quotes."""


CURLY: Final = "“”„‘’«»"
"""What a word processor makes of quotes: to YAML they are letters."""


def is_wrapped(text: str) -> bool:
    """Whether quotes of a word processor stand around it, in the place of straight ones."""
    return text[:1] in CURLY and text[-1:] in CURLY


def _unsayable(value: str) -> str | None:
    """Why no sentence can hold this, whatever its kind."""
    if not value.strip():
        return "is leeg: schrijf null als het niet bekend is"
    if is_wrapped(value.strip()):
        return f"{shown(value)} staat tussen kromme aanhalingstekens: gebruik rechte"
    is_stray = any(unicodedata.category(each)[0] == "C" for each in value.strip())
    if "{" in value or "}" in value or is_stray:
        return (
            f"{shown(value)} kan niet: er staat een accolade, een nieuwe regel of een stuurteken in"
        )
    return None


def refuse(kind: str, value: object) -> str | None:
    """Why this cannot be a value of that kind, in Dutch; None when it can."""
    is_one, how = KINDS[kind]
    if isinstance(value, str) and (reason := _unsayable(value)) is not None:
        return reason
    is_plain = isinstance(value, int) and not isinstance(value, bool) and kind in PLAIN
    if kind == "date" and isinstance(value, date) and not isinstance(value, datetime):
        return None
    if not (isinstance(value, str) or is_plain) or not is_one(str(value).strip()):
        return f"{shown(value)} kan niet: schrijf {how}"
    return None
