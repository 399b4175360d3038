"""Tells that somebody wants something for another ("kan ik hem aanmelden?")."""

import re
from typing import Final

from bot.core.answers.text import fold
from bot.core.answers.years import is_of_child

SOMEBODY_ELSE: Final = re.compile(
    r"\b(?:hem|haar|iemand anders|"
    r"(?:mijn|onze|een|m'n|alle|enkele|een paar|twee|drie|vier|vijf|\d+) (?:\w+ )?"
    r"(?:medewerkers?|werknemers?|collega'?s?|monteurs?|zoon|dochter|kind|man|vrouw|"
    r"broer(?:tje)?|zus(?:je)?|neefje?|nichtje?|zwager|vriend|vriendin|personeel|mensen))\b",
    re.IGNORECASE,
)
JOINING: Final = re.compile(
    r"\b(?:mee ?doen|mee ?doet|aan ?melden|aangemeld|inschrijven|opgeven|deelnemen|opleiding|"
    r"traject|les ?geven|leraar|docent|techniekopleider|interesse)\b|"
    r"\biets voor (?:hem|haar|mijn)\b",
    re.IGNORECASE,
)
"""What somebody may want for another."""


ONESELF: Final = re.compile(r"\b(?:me|mij|mezelf|mijzelf|ikzelf|ik zelf)\b", re.IGNORECASE)


def is_for_oneself(text: str) -> bool:
    """Whether a text names the speaker as who it is for."""
    return bool(ONESELF.search(text))


def is_for_other(text: str) -> bool:
    """Whether a text speaks of somebody else than the speaker."""
    return bool(SOMEBODY_ELSE.search(text))


def is_for_child(text: str) -> bool:
    """Whether that other is somebody under age."""
    return is_of_child(fold(text))


def wants_to_join(text: str) -> bool:
    """Whether a text speaks of taking part."""
    return bool(JOINING.search(text))
