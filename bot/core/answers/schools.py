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
PUPILS: Final = r"\b(?:mensen|jongeren|leerlingen|jongens|meiden|kinderen|jeugd)\b.{0,12}?\b"
"""Who is taught, before how old they are."""
WHEN_ASKED: Final = (
    (
        "vmbo",
        rf"{PUPILS}1[2-5]\b(?=.{{0,12}}\bjaar\b)|"
        r"\bvmbo(?:'s)?\b|\bvmbo-\w+|\bv mbo\b|\bvbmo\b|\bvmob\b|\bvoorbereidend middelbaar\w*|"
        r"\b(?:[lv]bo|lts|mavo)\b|\bkader(?:beroeps\w*|klas\w*|leerlingen)?\b|\bbasisberoeps\w*|"
        r"\bbasis (?:en|of) kader\b|\b(?:bwi|pie|m&t|bb|kb|tl)\b|\bgemengde leerweg\b|"
        r"\btheoretische leerweg\b|\bvoorbereidend beroeps\w*|\b(?:1[2-5]|12-16) jarigen\b|"
        r"\bpubers?\b|\bmiddelbare school\b",
    ),
    (
        "mbo",
        rf"{PUPILS}(?:1[6-9]|20)\b(?=.{{0,12}}\bjaar\b)|"
        r"\bmbo(?:'s)?\b|\bmbo-\w+|\bmbo ?\d\b|\bm bo\b|\broc(?:'s)?\b|\bmob\b|"
        r"\bregionaal opleidingscentrum\b"
        r"|\bmiddelbaar beroeps\w*|\bmiddelbare beroeps\w*|\b(?:bbl|bol)\b|"
        r"(?<!vee )\bem ?bee ?oo\b|"
        r"\b(?:roc|mbo)\w*(?:school|college|opleiding|student\w*)\b|\b(?:1[6-9]|20)[- ]?(?:plus|"
        r"\+)|"
        r"\bniveau [2-4]\b",
    ),
    (
        "other",
        r"\bbasisschool\w*\b|\bgevangenis\w*|\bbajes\b|\bgedetineerden\b|\bcursuscentrum\b|"
        r"\bopleidingsbedrijf\b|\bbedrijfsopleiding\w*|\bleerbedrijf\b|\bin(?:-| )?company\b|"
        r"\bavondschool\b|\binburger\w*|\basielzoekers\w*|\bazc\b|\bstatushouders\b|"
        r"\bgroep [1-8]\b|\bpabo\b|\bzmlk\b|\bsociale werkplaats\b|\bschakelklas\b|\bisk\b|"
        r"\bprive ?school\b|\bvrije school\b|\bonline\b|\bgeen van die\b|\btechnasium\b|"
        r"\bbasisonderwijs\b|\blagere school\b|\bhbo\b|\bhogeschool\b|\bhavo\b|"
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
ANSWER: Final = re.compile("|".join(f"(?P<{value}>{form})" for value, form in WHEN_ASKED))
"""With what counts as an answer, and is too loose to believe of who was not asked."""

BOTH: Final = re.compile(
    r"\bbeiden?\b|\ballebei\b|\balle ?(?:twee|2)\b|\bmaakt (?:me |mij |mijn )?(?:echt |eigenlijk "
    r"|"
    r"helemaal )?(?:niks|niets|niet|nie)"
    r"|\bgeen voorkeur\b|\bom het even\b|\bkan (?:me |mij )?allebei\b|\bboeit (?:me |"
    r"mij )?niet\b|\bis (?:mij |me )?"
    r"(?:hetzelfde|eender|om het even)\b|\b(?:allebei|alles|elke school|eender) (?:is )?(?:goed|"
    r"prima|welk\w*)\b"
    r"|\b(?:egaal|alle soorten|overal|ist? gelijk|eenderwat|allebij|beide|maakt niet(?:s)? uit|"
    r"waar (?:ze|jullie) \w+ nodig hebben|waar (?:\w+ ){0,3}(?:plek|plaats|ruimte|nodig|werk)|"
    r"wat (?:er )?(?:het )?(?:eerst|beste)|"
    r"zelfde|mij gelijk|gelijk|kiezen jullie|beslis(?:sen)? jullie|waar (?:een )?plaats)\b|"
    r"\balle ?bei\b"
)
UNDECIDED: Final = re.compile(
    r"\b(?:beslis|kies|bepaal) ik (?:\w+ )?(?:later|straks|nog)\b|\bnog niet\b|\bnog geen\b|"
    r"\btwijfel\w*|\bnog (?:over )?(?:nadenken|bedenken|kijken|"
    r"uitzoeken|kiezen|beslissen|orienteren)\b"
    r"|\bnog (?:\w+ )?(?:keus|keuze)\b|\b(?:later|straks) (?:kiezen|beslissen|bepalen)\b|"
    r"\bge(?:en|n) "
    r"(?:flauw )?idee\b|\bik weet niet\b|\bhangt er ?van af\b|\bligt eraan\b|\bopenstaan\b|"
    r"\bniet zeker\b|\bmisschien\b.*\bmisschien\b|\bmoet (?:ik )?(?:eerst )?(?:zien|kijken)\b|"
    r"\bzie(?:n)? "
    r"(?:we|ik) (?:wel|nog)\b|\bkom ik (?:nog )?op terug\b|\bzie wel\b|\btussen\b.*\ben\b"
    r"|\bnog niet (?:uit|over)\b|\bweet (?:ik )?nog\b|\bnog even\b|\bnog zoeken\w*|"
    r"\bkan niet kiezen\b"
)
PREFERRED: Final = re.compile(
    r"\b(?:liefst|liever|voorkeur|vooral|het liefste|bij voorkeur|eerder|graag|"
    r"meest)\b[\w ]{0,30}?\b(?P<v>v?mbo|roc)\b"
)
OR: Final = re.compile(r"\bof\b")
LONGEST_DOUBT: Final = 10
"""Words; a longer text that speaks of a doubt may be about anything."""

WAVERS: Final = re.compile(r"\btwijfel\w*")
ALSO: Final = re.compile(r"\b(?:ook|anders) (?:goed|prima|leuk|best|fijn|oke?)\b|\bmag ook\b")
BETWEEN: Final = re.compile(r"[,.;]| (?:maar|dus) | en (?=wil|zou|ik)")
OWN_SCHOOL: Final = re.compile(
    r"\b(?:ik|zelf|heb)\b(?!.*\b(?:les|lesgeven)\b).*\b(?:heb|had|gedaan|diploma|gehaald|gezeten|"
    r"zat|"
    r"gevolgd)\b|\b(?:heb|had) (?:zelf )?v?mbo\b|\bzelf (?:\w+ )?(?:gedaan|gehad)\b"
)
"""A school that somebody went to."""

WHEREVER: Final = re.compile(
    r"(?:daar )?waar (?:de|ze|jullie|er|het|ik|nodig|plaats|plek|ruimte)\b"
)
"""No question: wherever there is a place."""

DENIED: Final = re.compile(
    r"\b(?:niet|geen|nooit|dan|behalve|zeker niet)(?: (?:op|het|een|naar|bij|aan|in|de|"
    r"per se))*\s*$"
)
TEACHING: Final = re.compile(
    r"\b(?:les|lesgeven|lessen|lesgeef|voor de klas|doceren|aan de slag (?:op|bij)|docent worden|"
    r"leraar worden|voorkeur|liefst|liever|leerlingen|overdragen|onderwijzen)\b"
)


def schools_in(clause: str, pattern: re.Pattern[str] = ANSWER) -> list[tuple[str, int, int]]:
    """The kinds of school in a clause that are not denied."""
    found = []
    for match in pattern.finditer(clause):
        if not DENIED.search(clause[: match.start()][-30:]):
            found.append((match.lastgroup or "", match.start(), match.end()))
    return found


def read_school(answer: str) -> str | None:
    """The kind of school told in an answer."""
    if WAVERS.search(answer):
        return "undecided"
    clause = _where_to_teach(answer)
    preferred = PREFERRED.search(clause)
    denied = preferred and DENIED.search(clause[: preferred.start("v")][-30:])
    if preferred and not denied and not BOTH.search(clause) and not ALSO.search(clause):
        return "mbo" if preferred["v"] == "roc" else preferred["v"]
    values = {value for value, _, _ in schools_in(clause)}
    if "other" in values and len(values) > 1 and OR.search(clause):
        return None
    if {"vmbo", "mbo"} <= values or BOTH.search(clause):
        return "both"
    if UNDECIDED.search(clause) and clause.count(" ") < LONGEST_DOUBT:
        return "undecided"
    return next((value for value in ("vmbo", "mbo", "other") if value in values), None)


def _where_to_teach(answer: str) -> str:
    """Without the parts that tell of a school of one's own, where another part names one."""
    parts = BETWEEN.split(answer)
    others = [part for part in parts if not OWN_SCHOOL.search(part)]
    is_told = any(schools_in(part) for part in others)
    return ", ".join(others) if is_told and len(others) < len(parts) else answer


def find_school(clause: str) -> Iterator[Span]:
    """The kind of school that a clause states as the one wanted; a diploma of one is none."""
    parts = ((start, part) for start, part in parts_of(clause) if TEACHING.search(part))
    found = found_in(parts, _find_school)
    yield from found[:1] or _find_school(clause)


def _find_school(clause: str) -> Iterator[Span]:
    if not TEACHING.search(clause):
        return
    found = [span for span in schools_in(clause, SCHOOL) if span[0] != "other"]
    value = read_school(clause) if found else None
    if value in ("vmbo", "mbo", "both"):
        yield value, found[0][1], found[-1][2]
