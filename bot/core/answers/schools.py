"""At which kind of school somebody would like to teach."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.answers.clauses import Span, found_in, parts_of

FORMS: Final = (
    (
        "vmbo",
        r"\bvmbo(?:'s)?\b|\bvmbo-\w+|\bv mbo\b|\bvbmo\b|\bvmob\b|\bvoorbereidend middelbaar\w*",
    ),
    (
        "mbo",
        r"\bmbo(?:'s)?\b|\bmbo-\w+|\bmbo ?\d\b|\bm bo\b|\broc(?:'s)?\b|\bmob\b|"
        r"\bregionaal opleidingscentrum\b"
        r"|\bmiddelbaar beroeps\w*|\bmiddelbare beroeps\w*",
    ),
    (
        "other",
        r"\bbasisschool\b|\bbasisonderwijs\b|\blagere school\b|\bhbo\b|\bhogeschool\b|\bhavo\b|"
        r"\bvwo\b"
        r"|\bgymnasium\b|\buniversiteit\b|\bspeciaal\b|\bspeciaal onderwijs\b|\bvso\b|"
        r"\bpraktijk(?:onderwijs|school)\b"
        r"|\bergens anders\b|\biets anders\b|\banders\b|\bander soort school\b|\bvolwassenen\w*|"
        r"\bbedrijfsschool\b"
        r"|\bprimair onderwijs\b|\bkleuters?\b|\bkinderopvang\b|\bgeen van (?:beide|tweeen|"
        r"allebei)\b",
    ),
)
SCHOOL: Final = re.compile("|".join(f"(?P<{value}>{form})" for value, form in FORMS))
BOTH: Final = re.compile(
    r"\bbeiden?\b|\ballebei\b|\balle ?twee\b|\bmaakt (?:me |mij |mijn )?(?:echt |eigenlijk |"
    r"helemaal )?(?:niks|niets|niet|nie)"
    r"|\bgeen voorkeur\b|\bom het even\b|\bkan (?:me |mij )?allebei\b|\bboeit (?:me |"
    r"mij )?niet\b|\bis (?:mij |me )?"
    r"(?:hetzelfde|eender|om het even)\b|\b(?:allebei|alles|elke school|eender) (?:is )?(?:goed|"
    r"prima|welk\w*)\b"
    r"|\b(?:egaal|alle soorten|overal)\b"
)
UNDECIDED: Final = re.compile(
    r"\bnog niet\b|\bnog geen\b|\btwijfel\w*|\bnog (?:over )?(?:nadenken|bedenken|kijken|"
    r"uitzoeken|kiezen|beslissen|orienteren)\b"
    r"|\bnog niet (?:uit|over)\b|\bweet (?:ik )?nog\b|\bnog even\b|\bnog zoeken\w*|"
    r"\bkan niet kiezen\b"
)
PREFERRED: Final = re.compile(
    r"\b(?:liefst|liever|voorkeur|vooral|het liefste|bij voorkeur|eerder|graag|"
    r"meest)\b[\w ]{0,30}?\b(?P<v>v?mbo|roc)\b"
)
DENIED: Final = re.compile(
    r"\b(?:niet|geen|nooit|dan|behalve|zeker niet)(?: (?:op|het|een|naar|bij|aan|in|de|"
    r"per se))*\s*$"
)
TEACHING: Final = re.compile(
    r"\b(?:les|lesgeven|lessen|lesgeef|voor de klas|doceren|aan de slag (?:op|bij)|docent worden|"
    r"leraar worden|voorkeur|liefst|liever|leerlingen|overdragen|onderwijzen)\b"
)


def schools_in(clause: str) -> list[tuple[str, int, int]]:
    """The kinds of school in a clause that are not denied."""
    found = []
    for match in SCHOOL.finditer(clause):
        if not DENIED.search(clause[: match.start()][-30:]):
            found.append((match.lastgroup or "", match.start(), match.end()))
    return found


def read_school(clause: str) -> str | None:
    """The kind of school told in an answer."""
    preferred = PREFERRED.search(clause)
    denied = preferred and DENIED.search(clause[: preferred.start("v")][-30:])
    if preferred and not denied and not BOTH.search(clause):
        return "mbo" if preferred["v"] == "roc" else preferred["v"]
    values = {value for value, _, _ in schools_in(clause)}
    if {"vmbo", "mbo"} <= values or BOTH.search(clause):
        return "both"
    if UNDECIDED.search(clause):
        return "undecided"
    for value in ("vmbo", "mbo", "other"):
        if value in values:
            return value
    return None


def find_school(clause: str) -> Iterator[Span]:
    """The kind of school that a clause states as the one wanted; a diploma of one is none."""
    parts = ((start, part) for start, part in parts_of(clause) if TEACHING.search(part))
    found = found_in(parts, _find_school)
    yield from found[:1] or _find_school(clause)


def _find_school(clause: str) -> Iterator[Span]:
    if not TEACHING.search(clause):
        return
    found = [span for span in schools_in(clause) if span[0] != "other"]
    value = read_school(clause) if found else None
    if value in ("vmbo", "mbo", "both"):
        yield value, found[0][1], found[-1][2]
