"""Calendar years in an answer about time: since when, and from when to when."""

import re
from datetime import date
from typing import Final

LONGEST: Final = 60
"""Years; nobody has worked longer."""
MONTH: Final = (
    r"(?:jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\.?|januari|februari|maart|april|"
    r"mei|"
    r"juni|juli|augustus|september|oktober|november|december"
)
YEAR: Final = r"(?:(?:19[5-9]|20[0-3])\d)"
SHORT: Final = r"(?:'\d\d|0\d)"
DAY: Final = rf"(?:\d{{1,2}}[ /-])?(?:(?:{MONTH})|\d{{1,2}})[ /-]+"
RANGE: Final = re.compile(
    rf"(?<![\w-])(?P<from>{YEAR}|{SHORT})\s*(?:-|tot(?: en met| aan)?|t/m|t m|naar|en)\s*"
    rf"(?:(?P<to>{YEAR}|{SHORT})\b|(?P<now>nu|heden|vandaag)\b)"
)
SINCE: Final = re.compile(
    rf"(?:\b(?:sinds|vanaf|sedert|van af|in|anno|begonnen|gestart|begin|eind|medio|na|al)\s+"
    rf"(?:[a-z]+ )?)(?:{DAY})?(?P<year>{YEAR}|'\d\d)(?![\w-])"
)
LATE: Final = re.compile(
    r"\b(?:(?P<start>sinds|vanaf|sedert)|(?:begonnen|gestart|begon|van) (?:ik )?in|in)\s+"
    r"(?P<year>\d\d)(?= begonnen| gestart|$|[,.])"
)
"""Two digits for a year: "vanaf 97", "begonnen in 88"."""
BEGAN: Final = re.compile(
    rf"(?<![\w-])(?P<year>{YEAR})\s+(?:ben ik |was ik )?(?:al )?(?:begonnen|gestart|in dienst)"
)
STOPPED: Final = re.compile(
    r"\b(?:geboren|gestopt|ontslagen|verhuisd|getrouwd|diploma|geslaagd|gehaald)\b"
)
LAST_YEAR: Final = re.compile(
    r"\b(?:sinds|vanaf) (?:vorig jaar|verleden jaar)\b|\b(?:vorig|verleden) jaar (?:pas )?"
    r"(?:ben ik )?(?:begonnen|gestart)\b"
)
TWO_DIGITS: Final = re.compile(r"\d\d")


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """A text with spaces for what a pattern finds."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def since(said: str, today: date | None) -> tuple[float | None, str]:
    """The years since, or between, the calendar years that are told, and the text without them."""
    if today is None or not (TWO_DIGITS.search(said) or LAST_YEAR.search(said)):
        return None, said
    years: float | None = None
    for match in RANGE.finditer(said):
        first = _year(match["from"], today)
        last = today.year if match["now"] else _year(match["to"], today)
        if 0 <= last - first <= LONGEST:
            years = (years or 0) + last - first
    rest = blanked(RANGE, said)
    starts = [_year(match["year"], today) for match in _starts(rest)]
    if starts and 0 <= today.year - min(starts) <= LONGEST:
        years = (years or 0) + today.year - min(starts)
    if years is None and LAST_YEAR.search(rest):
        years = 1
    for pattern in (SINCE, LATE, BEGAN):
        rest = blanked(pattern, rest)
    return years, rest


def _starts(said: str) -> list[re.Match[str]]:
    """Where somebody tells when he began."""
    found = [
        match
        for pattern in (SINCE, BEGAN)
        for match in pattern.finditer(said)
        if not STOPPED.match(said, match.end() + 1)
    ]
    late = [match for match in LATE.finditer(said) if _is_year(match)]
    return found + late


def _is_year(match: re.Match[str]) -> bool:
    """Whether two digits are a year, and not an age or a number of years."""
    digits = int(match["year"])
    is_of_last_century = digits > LONGEST
    return is_of_last_century or match["year"][0] == "0" or (not match["start"] and digits < 30)


def _year(told: str, today: date) -> int:
    """A year in full; of two digits the last such year that was."""
    number = int(told.lstrip("'"))
    if number > 99:
        return number
    century = today.year // 100 * 100
    return century + number if century + number <= today.year else century - 100 + number
