"""What somebody on the list says is another now: "nieuw nummer", "verhuisd", "liever later".

Read only of who is registered: before that, the same words are answers like any other.
"""

import re
from typing import Final

from bot.core.answers.clauses import Clause, clauses
from bot.core.answers.mentions import items_in
from bot.core.answers.text import fold
from bot.core.questions import DETAILS

NEW: Final = re.compile(
    r"\b(?:nieuwe?|andere?|veranderd?e?n?|gewijzigd|wijzig(?:en)?|aanpassen|gewisseld|geworden|"
    r"voortaan|tegenwoordig|inmiddels|(?:is|heet|wordt|werk) nu|nu (?:is|op|bij)|"
    r"(?:niet|klopt) (?:meer|niet))\b"
)
NOT: Final = r"\b(?:niet|geen|nooit)\b"
NOT_NEW: Final = re.compile(rf"{NOT} (?:\w+ )?(?:verhuisd|nieuwe?|andere?|veranderd)\b")
MOVED: Final = re.compile(
    r"\bverhuisd\b|\b(?:woon|wonen) (?:\w+ ){0,2}?(?:nu|niet meer|tegenwoordig|inmiddels|sinds)\b|"
    r"\b(?:nu|tegenwoordig|inmiddels) (?:woon|wonen)\b"
)
WORK: Final = r"(?:werkgever|baas|bazin|baan|bedrijf|firma|zaak)"
OF_WORK: Final = re.compile(rf"\b(?:{WORK}|chef|directeur) (?:is verhuisd|heeft|zijn|haar)\b")
"""What is new of an employer: their house, their number; clauses know of the others."""
HIRED: Final = re.compile(
    rf"\b(?:nieuwe?|andere?) {WORK}\b|\bvan (?:\w+ )?{WORK} (?:veranderd|gewisseld)\b|"
    r"\b(?:overgestapt|begonnen|gestart|in dienst|aan de slag|werkzaam|werk(?:en)?) "
    r"(?:\w+ ){0,4}?(?:bij|naar) (?!me\b|mij|mezelf|een\b|de klas|klanten)\w"
)
ASKED: Final = re.compile(r"(?:hoe\w*|wat|wanneer|waar\w*|welke?|wie)\b")
LATER: Final = re.compile(
    r"\bjaar(?:tje)? (?:later|wachten|overslaan|uitstellen|opschuiven|verzetten)\b|"
    r"\b(?:later|volgend jaar|latere|volgende|andere)(?: \w+){0,2}? "
    r"(?:instap\w*|instrom\w*|begin\w*|start\w*|meedoen|groep|lichting|ronde)\b|"
    r"\bjaar(?:tje)? uitstel\b|\buitstellen\b"
)
ONESELF: Final = re.compile(r"\b(?:ik|mij|me|mijn|mn|wij|we|liever|graag)\b")
ELSEWHERE: Final = re.compile(
    r"\b(?:gesprek|les|lessen|afspraak|\w*avond|uur|werken|werk|bellen)\b"
)
"""What is put off, or begins later, and is no group."""
SHORT: Final = 5
"""Words; what is no longer needs not say who wants it."""


def changed_in(text: str) -> str | None:
    """The one detail of which somebody states that it is another now, or None."""
    return next((item for each in _told(text) if (item := _changed(each.text))), None)


def is_no_more(text: str) -> bool:
    """Whether somebody tells what no longer is: "mijn nummer is niet meer 06 ..."."""
    return "niet meer" in fold(text)


def wants_later(text: str) -> bool:
    """Whether somebody wants, or asks, to begin with a later group than the one they are in."""
    own = [each.text.strip() for each in clauses(fold(text)) if not each.is_of_others]
    return any(LATER.search(each) and _is_wish(each) for each in own)


def _is_wish(clause: str) -> bool:
    is_own = ONESELF.search(clause) is not None or len(clause.split()) <= SHORT
    is_meant = not re.search(NOT, clause) and not ELSEWHERE.search(clause)
    return is_own and is_meant and not ASKED.match(clause)


def _told(text: str) -> list[Clause]:
    """What is stated, also with a slip of before in it ("verkeerd")."""
    said = clauses(fold(text))
    return [
        each for each in said if not (each.is_question or each.is_supposed or each.is_of_others)
    ]


def _changed(clause: str) -> str | None:
    if NOT_NEW.search(clause) or OF_WORK.search(clause):
        return None
    if MOVED.search(clause):
        return "region"
    if HIRED.search(clause):
        return "company"
    named = [item for item in items_in(clause) if item in DETAILS]
    return named[0] if len(named) == 1 and NEW.search(clause) else None
