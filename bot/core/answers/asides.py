"""What people ask that the model has no topic for, and takes for another one.

Each has a text of its own (`utter_<name>`), which says what is known and leads to a person.
"""

import re
from typing import Final

from bot.core.answers.clauses import clauses
from bot.core.answers.text import fold

ASIDES: Final = {
    "complaint": re.compile(r"\bklacht(?:en)?\b|\b(?:wil|kan|waar) .{0,25}\bklagen\b"),
    "keep_informed": re.compile(
        r"\b(?:hou|houd|houdt|houden|blijf|blijven)\b.*\bop de hoogte\b|\bnieuwsbrief\b|"
        r"\b(?:laat|laten|geef|geven|stuur|krijg\w*)\b.*\b(?:weten|bericht\w*|seintje|mailtje)\b.*"
        r"\b(?:als|zodra)\b|\b(?:bericht\w*|seintje|mailtje)\b.*\b(?:als|zodra)\b|"
        r"\bwaarschuw (?:me|mij)\b"
    ),
    "info_evening": re.compile(
        r"\b(?:voorlichting\w*|info(?:rmatie)?[- ]?(?:avond|bijeenkomst|dag|middag|sessie)\w*|"
        r"open (?:dag|avond|huis)|kennismakings\w+|webinar|proefles)\b"
    ),
    "send_documents": re.compile(
        r"\b(?:diploma'?s?|cv|papieren|documenten?|certificaat|certificaten|cijferlijst|bijlage)\b"
        r".*\b(?:opsturen|op te sturen|sturen|uploaden|inleveren|mailen|meesturen|doorsturen)\b"
    ),
}
A_GREETING: Final = 2
"""Words; what is said beside the wish, and is none itself."""


def aside_in(text: str) -> str | None:
    """The one thing that a text is about and nothing else, or None."""
    said = [clause.text for clause in clauses(fold(text))]
    named = {_name(each) for each in said if len(each.split()) > A_GREETING or _name(each)}
    return named.pop() if len(named) == 1 else None


def _name(clause: str) -> str | None:
    return next((name for name, form in ASIDES.items() if form.search(clause)), None)
