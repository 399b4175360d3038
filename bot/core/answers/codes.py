"""The code of a registration, also where somebody took a letter for a digit or left out a dash."""

import re
from typing import Final

from bot.core.answers.text import fold

CODE: Final = re.compile(
    r"(?<![a-z0-9])ht(?:[- ]{1,3}|)([0-9a-tv-z]{4})[- ]?([0-9a-tv-z]{4})(?![a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
ASKS_ANEW: Final = re.compile(
    r"\b(?:opnieuw|nogmaals|nog (?:een|eens|'n) ?(?:keer|mail|e-mail)?|nieuwe|stuur|"
    r"(?:geen|niets|niks|niet)\b.*\b(?:mail|email|e-mail|binnen\w*|gekregen|ontvangen|gezien)|kwijt|"
    r"verlopen|te (?:oud|laat))\b"
)
OF_MAIL: Final = re.compile(r"\b(?:cijfers?|e-?mail(?:tje)?|mail(?:tje|s)?)\b", re.IGNORECASE)
MISREAD: Final = str.maketrans("OIL", "011")
"""Letters that no code has, and the digits that they are taken for."""


def asks_anew(text: str) -> bool:
    """Whether somebody who is asked for mailed digits wants other ones."""
    return bool(ASKS_ANEW.search(fold(text)))


def wants_other_digits(text: str) -> bool:
    """Whether somebody whom nobody asks for digits wants other ones, and says of what."""
    return asks_anew(text) and bool(OF_MAIL.search(text))


def read_code_in(text: str) -> str | None:
    """The first code in a text, or None."""
    codes = (read_code(match) for match in CODE.finditer(fold(text)))
    return next((code for code in codes if code), None)


def read_code(match: re.Match[str]) -> str | None:
    """The code in a match of CODE; words ("ht kost 2500", a slip for "het") are none."""
    typed, code = match[0], (match[1] + match[2]).upper()
    has_digit = [any(letter.isdigit() for letter in match[half]) for half in (1, 2)]
    in_one = " " not in typed[2:].lstrip(" -")
    is_code = any(has_digit) and (in_one or all(has_digit) or typed.startswith("HT"))
    is_apart = typed[2] in "- "
    if not (is_code or typed[2] == "-") or not (is_apart or set(code).isdisjoint("OIL")):
        return None
    return f"HT-{code.translate(MISREAD)}"
