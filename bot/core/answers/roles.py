"""Who somebody says to be: an employer, a school, somebody who asks for another person."""

import re
from typing import Final

from bot.core.answers.text import fold

I_AM: Final = (
    r"\b(?:ik ben|wij zijn|we zijn|als|namens|ik bel (?:als|namens)|ik werk als|u spreekt met)"
    r" (?:hier )?(?:(?:de|het|een|van|zelf|\w+e) ){0,3}"
)
BEGINS: Final = r"(?:^|[.!?\n] ?|\bhier,? )(?:(?:hallo|hoi|hey|dag|goede\w+)[,!]? )?"
BARE: Final = (
    rf"{BEGINS}"
    r"(?=(?:\w+-)?\w+(?:,(?! ?(?:die|hij|zij|ze)\b)|\W*$|[.!\n]| (?:van|bij|op|in|hier|en)\b))"
    r"(?![^,.!?\n]{0,60} "
    r"(?:is|vind|vindt|heeft|wil|weet|zegt|zei|gaat|geeft|mag|moet|staat|doet)\b)"
)
"""Where somebody begins with what he is: "decaan op een vmbo"; not "directeur is akkoord"."""
NAMED: Final = rf"(?:{I_AM}|{BARE})(?:\w+-)?"
STAFF: Final = (
    r"(?:medewerkers?|werknemers?|monteurs?|vakman|vakmensen|vakmannen|personeel|collega'?s?|"
    r"mensen|mannen|jongens|voorman|lassers?|technici|technicus|beste man)"
)
SCHOOL: Final = r"(?:\w*school|roc|v?mbo(?! ?(?:-|niv\w*)? ?\d)|\w*college|\w*onderwijs)\b"
"""A place of work; "mbo 4" is a level."""
ASKING: Final = (
    r"\b(?:vraag(?! (?:me|mij))\w*|vragen|informeer|informeren|uitzoeken|weten|iets|aanmelden|"
    r"inschrijven|opgeven|(?:het|dit) is)\b"
)
ROLES: Final = (
    (
        "school",
        re.compile(
            rf"{I_AM}(?:school|roc|mbo|vmbo|docent|leraar|lerares)\b|"
            rf"{NAMED}(?:decaan|schoolleider|rector|conrector|opleidingsmanager|"
            rf"onderwijsmanager)\b|(?:{I_AM}|{BEGINS})(?:\w+-)?(?:directeur|manager|teamleider)\b"
            rf"[^,.!?;:\n]{{0,20}}\b{SCHOOL}|"
            r"^(?:roc|vmbo|mbo|school)\b\W*(?:hier\b|,.{0,3}(?:wij |we )?zoek)|"
            r"\b(?:onze|mijn) school\b|(?:^|\bhier,? |\bbel(?:len)? )van een school\b"
        ),
    ),
    (
        "employer",
        re.compile(
            rf"{I_AM}(?:werkgever|hr|hrm|p&o|personeelszaken|leidinggevende|"
            rf"manager|ondernemer)\b|{NAMED}(?:dir|directeur|bedrijfsleider)\b|"
            rf"^(?!(?s:.)*\bzzp)(?s:.)*?{NAMED}eigenaar\b|\bhr[- ]?(?:manager|adviseur|"
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
            r"(?:heeft zich|wil|zou)\b(?!(?s:.)*\bdat ik\b)|"
            rf"(?:^\W*|{ASKING}[^,.!?;\n]{{0,30}})\bvoor (?:een|n|'n|mijn|m'n) "
            r"(?:collega|vriend|kennis|maat)\b|"
            r"\b(?:mijn|m'n|onze|voor mijn) (?:\w+ )?(?:zoon|dochter|kind|kinderen|broer|zus|"
            r"neef|nicht|buurman|kleinzoon)\b|(?<!werk )\bvoor (?:mijn|m'n) "
            r"(?:man|vrouw|vriend|vriendin|partner|vader)\b"
        ),
    ),
)
CANDIDATE: Final = "candidate"
"""Who answered our questions about himself."""

NAMES: Final = (CANDIDATE, *(role for role, _ in ROLES))


INTRODUCED: Final = re.compile(
    r"\b(?:ik ben|wij zijn|we zijn|namens|ik bel|ik vraag|ik werk als|u spreekt met)\b"
)


def role_in(text: str, *, is_answer: bool = False) -> str | None:
    """The role that somebody names, in the names of the conversation catalogue; or None.

    Who answers a question of ours names one only where he introduces himself.
    """
    told = fold(text)
    if is_answer and not INTRODUCED.search(told):
        return None
    return next((role for role, pattern in ROLES if pattern.search(told)), None)
