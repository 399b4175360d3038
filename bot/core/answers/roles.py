"""Who somebody says to be: an employer, a school, somebody who asks for another person."""

import re
from typing import Final

from bot.core.answers.text import fold

I_AM: Final = (
    r"\b(?:ik ben|wij zijn|we zijn|als|namens|ik bel (?:als|namens)|ik werk als|u spreekt met)"
    r" (?:hier )?(?:(?:de|het|een|van|zelf|\w+e) ){0,3}"
)
NAMED: Final = rf"(?:{I_AM}|(?:^|[.!?,;:\n]) ?)(?:\w+-)?"
"""Before what somebody is: "ik ben teamleider", or the word alone where a clause begins."""
STAFF: Final = (
    r"(?:medewerkers?|werknemers?|monteurs?|vakman|vakmensen|vakmannen|personeel|collega'?s?|"
    r"mensen|mannen|jongens|voorman|lassers?|technici|technicus|beste man)"
)
SCHOOL: Final = r"(?:school|roc|v?mbo|college|onderwijs)"
ROLES: Final = (
    (
        "school",
        re.compile(
            rf"{I_AM}(?:school|roc|mbo|vmbo|docent|leraar|lerares)\b|"
            rf"{NAMED}(?:decaan|teamleider|schoolleider|rector|conrector|opleidingsmanager|"
            rf"onderwijsmanager)\b|{NAMED}(?:directeur|manager|teamleider)\b.{{0,20}}{SCHOOL}|"
            r"^(?:roc|vmbo|mbo|school)\b\W*(?:hier\b|,.{0,3}(?:wij |we )?zoek)|"
            r"\b(?:onze|mijn|van een) school\b"
        ),
    ),
    (
        "employer",
        re.compile(
            rf"{I_AM}(?:werkgever|hr|hrm|p&o|personeelszaken|leidinggevende|"
            rf"manager|ondernemer|eigenaar)\b|{NAMED}(?:dir|directeur|bedrijfsleider|"
            rf"werkgever|eigenaar)\b|\bhr[- ]?(?:manager|adviseur|"
            rf"medewerker)\b|\b(?:mijn|onze|een van (?:mijn|onze)) (?:\w+ )?{STAFF}\b"
        ),
    ),
    (
        "adviser",
        re.compile(
            rf"{I_AM}(?:uwv|gemeente|jobcoach|loopbaan\w*|coach|adviseur|consulent|"
            rf"re-?integratie\w*)\b|\b(?:mijn|een) (?:client|klant|kandidaat)\b"
        ),
    ),
    (
        "press",
        re.compile(rf"{I_AM}(?:journalist|redacteur|verslaggever|krant|omroep|vakblad|redactie)\b"),
    ),
    (
        "for_somebody_else",
        re.compile(
            rf"{I_AM}(?:moeder|vader|ouder|vrouw|man|partner) van\b|"
            r"\bnamens (?:mijn|m'n) \w+|^\W*(?:mijn|m'n) (?:man|vrouw) "
            r"(?:heeft zich|wil|zou)\b(?! dat ik)|"
            r"\bvoor (?:een|n|'n|mijn|m'n) (?:collega|vriend|kennis|maat)\b|"
            r"\b(?:mijn|m'n|onze|voor mijn) (?:\w+ )?(?:zoon|dochter|kind|kinderen|broer|zus|"
            r"neef|nicht|buurman|kleinzoon)\b|\bvoor (?:mijn|m'n) (?:man|vrouw|vriend|vriendin|"
            r"partner|vader)\b"
        ),
    ),
)
CANDIDATE: Final = "candidate"
"""Who answered our questions about himself."""

NAMES: Final = (CANDIDATE, *(role for role, _ in ROLES))


def role_in(text: str) -> str | None:
    """The role that somebody names, in the names of the conversation catalogue; or None."""
    told = fold(text)
    return next((role for role, pattern in ROLES if pattern.search(told)), None)
