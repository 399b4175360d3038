"""What shows that a value that is read in an answer may not be the one: then it is said back."""

import re
from typing import Final

from bot.core.answers.doubts import UNSURE
from bot.core.answers.text import fold

FACTS: Final = frozenset({"sector", "employment", "education_level", "employer_consent", "region"})
"""What somebody knows or does not: a guess at years, or a wish, is an answer."""

HEDGED: Final = re.compile(
    r"\b(?:denk|geloof|vermoed|gok|dacht|meen) ik\b|\bik (?:denk|geloof|vermoed|gok|dacht|meen)\b|"
    r"\bvolgens mij\b|\b(?:of )?zo ?iets\b|\bzal wel\b|\bmss\b"
)
LEFT_OPEN: Final = re.compile(r"\bof (?:nou ?ja|n?ja|nee|toch|eigenlijk)\b")
TAKES_BACK: Final = re.compile(r"\b(?:nee+|toch|wacht|sorry|oeps|bedoel)\b")
MOST: Final = 2
"""Times that somebody can take back what they said, and be followed."""

LESS: Final = re.compile(r"\d\b.*\bmin(?:us)? (?:de |die )?\d")
BETWEEN: Final = re.compile(
    r"\btussen (?P<places>[^,.;]+)|\b(?P<half>half\b.*\bhalf\b|helft\b.*\bhelft\b|deels\b|"
    r"doordeweeks\b|soms\b.*\bsoms\b)"
)
NOT_NOW: Final = {
    "employment": re.compile(r"\bte hebben ge\w+"),
    "employer_consent": re.compile(
        r"\b(?:vorige|vroegere|voormalige|oude|ex)\W?(?:werkgever|baas|bazin|chef|bedrijf)\b"
    ),
}
"""Of an employer of before."""

BARELY: Final = {"employment": re.compile(r"(?:ja |gewoon |ik )*werk(?:en|t|end|zaam)?")}
"""What says too little for the value that is read in it."""

DENIES: Final = re.compile(r"\b(?:niet|geen|nooit|nee)\b")
AT_ODDS: Final = frozenset({("school_type", "both")})
"""A value that names two things: who denies anything beside it may mean one of them."""


def is_uncertain(item: str, answer: str, value: object) -> bool:
    """Whether a folded answer shows that the value read in it may not be the one."""
    if LEFT_OPEN.search(answer) or len(TAKES_BACK.findall(answer)) > MOST:
        return True
    if item in FACTS and (HEDGED.search(answer) or UNSURE.search(answer)):
        return True
    if item == "years_experience":
        return LESS.search(answer) is not None
    if item == "region" and (found := BETWEEN.search(answer)):
        return found["half"] is not None or fold(str(value)) in found["places"]
    if (item, value) in AT_ODDS:
        return "mbo" in answer and DENIES.search(answer) is not None
    is_bare = item in BARELY and BARELY[item].fullmatch(answer.strip(" .!")) is not None
    return is_bare or (item in NOT_NOW and NOT_NOW[item].search(answer) is not None)
