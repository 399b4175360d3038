"""Which of the things that we ask a text speaks of: "mijn nummer klopt niet" is about `phone`."""

import re
from typing import Final

from bot.core.answers.clauses import clauses
from bot.core.answers.text import fold
from bot.core.questions import DETAILS, QUESTIONS

WORDS: Final = {each.item: each.named for each in QUESTIONS if each.named}
MENTIONS: Final = {
    item: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for item, words in WORDS.items()
}


CHECKS: Final = re.compile(
    r"(?:\w+ ){0,2}?(?:klopt|kloppen|staat|staan|wat (?:is|was|hebben|heeft|hebt|heb)|"
    r"(?:(?:op|naar|onder|aan) )?welke?|(?:hebben|hebt|heeft|heb|weten|weet) (?:jullie|u|je|jij)|"
    r"is (?=.*\b(?:goed|juist|correct|bekend|genoteerd|opgeschreven|doorgekomen)\b))"
)
"""How people ask what we have of them, or whether it is right."""

OWN: Final = re.compile(
    r"\b(?:mijn|m'n|mn) (?:(?:nieuwe|juiste|eigen|goede|hele) )?(?:"
    + "|".join(WORDS[item] for item in DETAILS)
    + r")\b|\b(?:van|over) mij\b|\b(?:bel\w*|mail\w*|bereik\w*) (?:\w+ )?(?:mij|me)\b"
    r"|\b(?:mij|me) (?:\w+ )?(?:bel\w*|mail\w*|bereik\w*)"
)
NOT_CHECKED: Final = re.compile(
    r"\b(?:waarom|waarvoor|nodig|bewar\w*|bewaar\w*|gebruik\w*|wis|wissen|verwijder\w*|veilig|"
    r"gebeurt|privacy|doen|deel\w*|delen|openbaar|anoniem|van (?:jullie|een|de|het))\b"
)


def item_checked(text: str) -> str | None:
    """The one thing that somebody asks about what we have of him ("klopt mijn naam?")."""
    folded = fold(text).strip()
    named = set(DETAILS) & set(items_in(folded))
    if len(named) != 1 or NOT_CHECKED.search(folded):
        return None
    asked = (folded[each.start :].strip() for each in clauses(folded))  # also after a greeting
    is_check = any(CHECKS.match(each) and OWN.search(each) for each in asked)
    return next(iter(named)) if is_check else None


def items_in(text: str) -> tuple[str, ...]:
    """The items that a text names, in the order of asking; "mailadres" is no place."""
    folded = fold(text)
    return tuple(item for item, words in MENTIONS.items() if words.search(folded))
