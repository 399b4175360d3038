"""Reads a text as the answer to the question that is open."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from bot.core.answers.clauses import Clause, clauses
from bot.core.answers.companies import is_skip
from bot.core.answers.consent import read_consent
from bot.core.answers.employment import read_employment
from bot.core.answers.exact import read_exact
from bot.core.answers.facts import facts_in
from bot.core.answers.levels import read_level
from bot.core.answers.places import read_region
from bot.core.answers.schools import read_school
from bot.core.answers.sectors import read_sector
from bot.core.answers.text import Folded
from bot.core.answers.years import read_years

LONGEST: Final = 2000
DOTTED: Final = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)|(?<=\.[a-z])\.")
"""The dots in "v.m.b.o." and "z.z.p."."""

READERS: Final[dict[str, Callable[[str], str | None]]] = {
    "sector": read_sector,
    "employment": read_employment,
    "education_level": read_level,
    "employer_consent": read_consent,
    "school_type": read_school,
    "region": read_region,
}


def answer_to(item: str, text: str, today: date | None = None) -> str | int | float | None:
    """The value that a text gives to the open question `item`; None when it is no answer."""
    text = text[:LONGEST]
    if item == "company":
        return "skip" if is_skip(text) else None
    if item == "code":
        codes = [fact.value for fact in facts_in(text) if fact.entity == "registration_code"]
        return codes[0] if codes else None
    if item in ("consent", "confirm"):
        said = read_exact(text, item)
        return said if said in ("yes", "no") else None
    told = [clause for clause in clauses(Folded.of(text).text) if _counts(item, clause)]
    for clause in told:
        value = _read(item, clause.text, today)
        if value is not None:
            return value
    return None


def _counts(item: str, clause: Clause) -> bool:
    """Whether a clause can hold the answer; about an employer, others may be the subject."""
    if clause.is_question or clause.is_supposed:
        return False
    return item == "employer_consent" or not clause.is_of_others


def _read(item: str, clause: str, today: date | None) -> str | int | float | None:
    plain = DOTTED.sub("", " ".join(clause.split())).strip(" .,:!\"'()*-")
    if item == "years_experience":
        return read_years(plain, today)
    reader = READERS.get(item)
    return reader(plain) if reader and plain else None
