"""Tells that somebody introduces himself or says what he is thinking of, and asks nothing yet."""

import re
from typing import Final

from bot.core.answers.clauses import clauses
from bot.core.answers.text import fold

I_AM: Final = re.compile(
    r"\b(?:ik (?:ben|werk|denk|overweeg|wil|wou|zou|heb)|ik zit|wij (?:zijn|zoeken)|we zoeken|"
    r"mijn baas|(?:iets|wat) voor mij|lijkt me|lijkt mij|interesse|belangstelling|"
    r"nieuwsgierig|aan het denken)\b"
)
TEACHING: Final = re.compile(
    r"\b(?:les ?(?:te )?ge(?:ven|eft?|ef)|voor de klas|onderwijs|jongeren|leerlingen|"
    r"(?:vak)?(?:docent|leraar|leerkracht)\w*|techniekopleider\w*|hybride|opleiding|traject|"
    r"kennis (?:overdragen|doorgeven|delen)|vak (?:door|over)\w*)\b"
)


def shows_interest(text: str) -> bool:
    """Whether a text says, without asking, that the speaker thinks of teaching his trade."""
    folded = fold(text)
    if any(clause.is_question for clause in clauses(folded)):
        return False
    return bool(I_AM.search(folded) and TEACHING.search(folded))
