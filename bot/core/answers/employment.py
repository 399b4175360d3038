"""How somebody works: in paid employment, for himself, not any more, as student or teacher."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.answers.doubts import is_of_two
from bot.core.answers.employment_forms import FORMS, WHEN_ASKED


def _any_of(*forms: tuple[str, str]) -> re.Pattern[str]:
    """Finds a way of working; the group says which."""
    each = (f"(?P<{value}>{'|'.join(f for v, f in forms if v == value)})" for value in VALUES)
    return re.compile(rf"\b(?:{'|'.join(each)})(?!\w)")


VALUES: Final = tuple(value for value, _ in FORMS)
PATTERN: Final = _any_of(*FORMS)
ANSWER: Final = _any_of(*FORMS, *WHEN_ASKED)
NOT_MINE: Final = re.compile(
    r"\b(?:geen|niet|nooit|wil|wou|wilde|zou|word|worden|ga|graag|bijna|over \w+ (?:jaar|jr|"
    r"maanden)|"
    r"binnenkort|straks|ooit|vroeger|ex|voormalig|nog geen|was|gestopt|van|hulp van|met een|"
    r"met de|mijn|onze|een andere)"
    r"(?: (?:een|als|de|het|met|in|op|in de|hybride|nu|graag|ook|nog|meer|zelf|echt))*\s*$"
)
TO_COME: Final = re.compile(
    r"\s*(?:\w+ )?(?:worden|wil|gaan|toe|gezocht|nodig|ga ik|hoop ik|pas over)\b"
)
ANSWERS: Final = {
    "baan": "employee",
    "werk": "employee",
    "ja": "",
    "dienst": "employee",
    "vast": "employee",
    "pensioen": "retired",
    "studie": "student",
    "school": "student",
    "eigen bedrijf": "self_employed",
    "ik werk": "employee",
    "ik heb werk": "employee",
    "werkt": "employee",
    "baas": "self_employed",
}
LOOSE: Final = frozenset(
    {
        "vast",
        "contract",
        "tijdelijk",
        "uitkering",
        "medewerker",
        "onderwijs",
        "student",
        "studenten",
        "docent",
        "docenten",
        "leraar",
        "werkgever",
        "studerende",
        "scholier",
        "stagiair",
        "stagiaire",
        "de baas",
        "mijn baas",
        "m'n baas",
        "mn baas",
        "fulltime",
        "full time",
        "parttime",
        "part time",
        "deeltijd",
        "voltijd",
        "detachering",
        "leerling",
        "ondernemer",
        "eigenaar",
        "instructeur",
        "in opleiding",
        "werkend",
        "werkzaam",
        "aan het werk",
        "studerend",
        "praktijkopleider",
        "werknemer",
        "uitzendbureau",
        "zelfstandig",
        "een baan",
        "wia",
        "uitzend",
        "studente",
        "docente",
        "leerkracht",
        "vof",
        "maatschap",
    }
)
I_AM: Final = re.compile(
    r"\b(?:ben|heb|zit|werk|werkzaam|als)(?: (?:nu|al|nog|ook|zelf|een|in|de|het|als|bij|pas|"
    r"sinds kort|"
    r"fulltime|parttime|wij|\d+ jaar))*\s*$|^(?:een )?$"
)
FORMAL: Final = re.compile(
    r"\b(?:aanvragen|aanvraag|aangifte|inschrijven|behoud|mensen|formulier)\b"
)
NEARLY: Final = re.compile(r"\b(?:ga|gaan|over|bijna|straks|binnen|wil|nog niet|nog)\b")
TEACHING_WISH: Final = re.compile(r"\b(?:wil|zou|graag|worden|ga|interesse|opleiding tot)\b")


NOT_A_CHIEF: Final = (
    r"(?!\w*zelf\b|mij\b|me\b|mijn (?:klanten|ouders|eigen)|klanten|mensen|particulieren|het uwv|"
    r"uwv|"
    r"de (?:klas|uitkering|cursus|opleiding)|jullie|u\b|mekaar|elkaar|het (?:eerst|traject)|nu\b|"
    r"de zekerheid|alle\b|welke?\b|wie\b|iedereen|dit\b|deze\b|die\b|dat\b)"
)
AT_AN_EMPLOYER: Final = re.compile(
    rf"(?:^(?:[\w-]+ ){{0,3}}|\b(?:zit|werk\w*|ben|sta)\b.*)\bbij {NOT_A_CHIEF}\w"
    rf"|(?:^|\bwerk\w* (?:\w+ ){{0,3}})voor {NOT_A_CHIEF}\w|(?<!om )(?<!van )\b\d\d ?(?:u|uur|"
    rf"uren)\b"
    r"|\b(?:werk|zit|sta)(?: \w+)? (?:in|op) (?:de|een|het) \w*"
    r"(?:fabriek|kantoor|bedrijf|werkplaats|magazijn|garage|werf|ziekenhuis|haven)\b"
    r"|\bin de zaak van (?:een|de)\b"
)
"""At somebody's, or so many hours a week: whoever says so works for another."""

ELSEWHERE: Final = re.compile(
    r"\b(?:niet|geen|wil|wilde|zoek|zoeken|was|ooit|vroeger|gestopt|gewerkt|ga|straks|zou|vroeg|"
    r"vrijwillig\w*|uitkering|school|opleiding)\b"
)
WORKS_BOTH_WAYS: Final = re.compile(
    r"\b(?:loondienst|dienst|baas|vast)(?: \w+){0,2} ?(?:en|als|/|\+|&|naast) ?(?:\w+ ){0,3}"
    r"(?:zzp\w*|zelfstandig|eigen bedrijf\w*|freelance)\b|\b(?:zzp\w*|zelfstandige?|freelance|"
    r"eigen bedrijf\w*)(?: \w+){0,2} ?(?:en|als|/|\+|&|naast) ?(?:\w+ ){0,3}(?:loondienst|"
    r"dienst)\b"
)


def employments_in(
    clause: str, pattern: re.Pattern[str] = PATTERN
) -> Iterator[tuple[str, int, int]]:
    """Each way of working in a clause that is not denied, wished or past."""
    for match in pattern.finditer(clause):
        value = match.lastgroup or ""
        before = clause[: match.start()][-40:]
        own = match[0].startswith(("geen", "zonder", "mijn", "m'n", "mn", "niet", "werk niet"))
        own = own and "eigen" not in match[0]
        if not own and NOT_MINE.search(before) or TO_COME.match(clause, match.end()):
            continue
        if value == "retired" and NEARLY.search(clause[: match.start()]):
            continue
        if value == "teacher" and TEACHING_WISH.search(clause[: match.start()]):
            continue
        yield value, match.start(), match.end()


def read_employment(clause: str) -> str | None:
    """How somebody works, told in an answer; what is said first counts."""
    if clause in ANSWERS:
        return ANSWERS[clause] or None
    values = list(dict.fromkeys(value for value, _, _ in employments_in(clause, ANSWER)))
    if values and (len(values) > 1 and is_of_two(clause) or WORKS_BOTH_WAYS.search(clause)):
        return None
    if not values and AT_AN_EMPLOYER.search(clause) and not ELSEWHERE.search(clause):
        return "employee"
    return values[0] if values else None


def find_employment(clause: str) -> Iterator[tuple[str, int, int]]:
    """How somebody works, where a clause states it beyond doubt."""
    if FORMAL.search(clause):
        return
    for value, start, end in employments_in(clause):
        told = clause[start:end].strip()
        if told in LOOSE and not (value != "employee" and I_AM.search(clause[:start])):
            continue
        yield value, start, end
        return
