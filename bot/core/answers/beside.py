"""An answer and a question in one message: "mbo 4. Wat kost het eigenlijk?"."""

import re
from string import whitespace
from typing import Final

from bot.core.answers.clauses import clauses
from bot.core.answers.text import Folded

JOINT: Final = re.compile(r"\b(?:en|maar|dus)$", re.IGNORECASE)
BETWEEN: Final = whitespace + ","


def answer_beside_question(text: str) -> tuple[str, str] | None:
    """The part that tells and the part that asks, when they stand in that order."""
    folded = Folded.of(text)
    parts = list(clauses(folded.text))
    first = next((at for at, part in enumerate(parts) if part.is_question), 0)
    if first == 0 or not all(part.is_question for part in parts[first:]):
        return None
    at = folded.span(parts[first].start, parts[first].start)[0]
    told = JOINT.sub("", text[:at].rstrip(BETWEEN)).rstrip(BETWEEN)
    return told, text[at:]
