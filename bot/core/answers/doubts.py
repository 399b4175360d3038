"""What an answer leaves open, so that it is asked: a doubt, or two things that are so at once."""

import re
from typing import Final

DOUBTED: Final = frozenset({"sector", "employment", "education_level"})
"""Where a doubt is none of the answers."""

UNSURE: Final = re.compile(
    r"\btwijfel\w*|\bof zo ?iets\b|\b(?:niet|geen) (?:meer )?(?:helemaal |100% )?(?:zeker|"
    r"precies)\b|"
    r"\bweet (?:ik )?(?:het )?(?:echt |eigenlijk )?niet\b|\bgeen (?:flauw )?idee\b|\bmisschien\b|"
    r"\bwellicht\b|\bzou (?:ik )?(?:het )?niet (?:meer )?weten\b|\bvergeten\b|\bhangt er ?van "
    r"af\b"
)
CHIEFS: Final = (
    r"\b(?:baas|bazin|chef|teamleider|leidinggevende|manager|directie|directeur|werkgever|hr|"
    r"personeelszaken|bedrijfsleider|voorman|uitvoerder)\b"
)
FOR: Final = r"\b(?:ja|wel|akkoord|goed|prima|voor|oke?|positief|enthousiast)\b"
AGAINST: Final = r"\b(?:nee|niet|tegen|niks|nog)\b"
DIVIDED: Final = re.compile(
    rf"{CHIEFS}(?:(?!maar).){{0,40}}(?:{FOR}.{{0,12}}\bmaar\b.{{0,20}}{CHIEFS}.{{0,30}}{AGAINST}|"
    rf"{AGAINST}.{{0,12}}\bmaar\b.{{0,20}}{CHIEFS}.{{0,30}}{FOR})"
)
"""One chief says yes, and another no."""

AT_ONCE: Final = re.compile(
    r"\bhelft\b.*\bhelft\b|\bdeels\b|\bgedeeltelijk\b|\bhalf\b.*\bhalf\b|\bbeiden?\b|\ballebei\b|"
    r"\bdag(?:en)?\b.*\bdag(?:en)?\b|\buur\b.*\buur\b|\bdaarnaast\b|\bernaast\b|\bnaast (?:mijn|"
    r"het|de)\b|"
    r"\b(?:en|maar|met) ook\b|\bcombi\w*|\bafwisselend\b|\bsoms\b.*\bsoms\b|\been "
    r"beetje\b.*\ben\b|"
    r"\bof (?:toch )?\b"
)
"""How people tell that two things are so at the same time, or that one of two is."""


def is_divided(item: str, answer: str) -> bool:
    """Whether two who decide do not agree."""
    return item == "employer_consent" and DIVIDED.search(answer) is not None


def is_in_doubt(item: str, clause: str) -> bool:
    """Whether somebody says that he does not know which it is."""
    return item in DOUBTED and UNSURE.search(clause) is not None


def is_of_two(answer: str) -> bool:
    """Whether an answer that names two things means both, or one of them."""
    return AT_ONCE.search(answer) is not None
