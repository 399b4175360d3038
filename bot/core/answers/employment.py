"""How somebody works: in paid employment, for himself, not any more, as student or teacher."""

import re
from collections.abc import Iterator
from typing import Final

FORMS: Final = (
    (
        "retired",
        r"gepensioneerd\w*|gepensoneerd|(?:met|in) (?:vervroegd )?pensioen|met vut|de vut|"
        r"aow(?:'?er)?|"
        r"pensionado|prepensioen|rentenier|pensioengerechtigd",
    ),
    (
        "unemployed",
        r"werkl?oos|werkeloos|werkzoekende?|in de ww|ww(?:-uitkering)?|zonder werk|zonder baan|"
        r"geen werk|"
        r"geen baan|(?:heb|een|met) uitkering|uitkering|bijstand|arbeidsongeschikt|afgekeurd|"
        r"huisvrouw|huisman|wia|wao|wajong|ontslagen|"
        r"baan kwijt|tussen twee banen|"
        r"tussen (?:2|banen)(?: banen)?(?: in)?|op zoek naar (?:een )?(?:nieuwe )?(?:baan|werk)|"
        r"zoek(?:ende)? (?:naar )?(?:een )?(?:nieuwe )?"
        r"(?:werk|baan)|werk niet(?: meer)?$|niet aan het werk|niet werkzaam",
    ),
    (
        "student",
        r"studente?n?|student|scholier|studerende?|studeer(?: nog)?|leerling|"
        r"(?:zit|ga) nog op school|nog op school|stagiaire?|voltijd opleiding|in opleiding|"
        r"doe (?:nu )?een (?:studie|opleiding)",
    ),
    (
        "teacher",
        r"docente?|docent|leraar|lerares|leerkracht|instructeur|praktijkopleider|"
        r"onderwijsassistent|"
        r"onderwijs|techniekdocent|vakdocent|praktijkdocent|(?:sta|zit) (?:al )?voor de klas|"
        r"(?:geef|ik geef) al les|"
        r"werk (?:al )?(?:in|op) (?:het|een|de) (?:onderwijs|school|vmbo|mbo|roc)|geef (?:nu |"
        r"al )?les(?: op)?",
    ),
    (
        "self_employed",
        r"zzp(?:'?er|'?ers)?|z\.z\.p\.?|zelfstandige?(?: ondernemer)?|zelfstandig ondernemer|"
        r"ondernemer|"
        r"eigen(?= (?:\w+ )?(?:\w*bedrijf(?:je)?|zaak|baas|onderneming|winkel|toko|rekening)\b)|"
        r"eenmanszaak|freelance(?:r)?|free ?lance(?:r)?|dga|"
        r"eigenaar|mede-?eigenaar|vof|voor mezelf|voor mijzelf|voor me ?zelf|voor mij ?zelf|"
        r"directeur(?:-| )?(?:groot)?-?(?:aandeelhouder|eigenaar)|maatschap|werk zelfstandig",
    ),
    (
        "employee",
        r"(?:in )?loondienst|in dienst|werknemer|werkneemster|medewerker|"
        r"vaste? (?:dienst|baan|contract|aanstelling)|contract|vast|"
        r"tijdelijk|jaarcontract|fulltime|full time|parttime|part time|deeltijd|voltijd|"
        r"uitzendkracht|"
        r"uitzendbureau|uitzend|gedetacheerde?|detacheringsbureau|detachering|oproepkracht|"
        r"flexwerker|"
        r"(?:heb )?(?:gewoon )?een (?:vaste )?baan|gewoon werk|werkgever|(?:mijn|m'n|mn|de) baas|"
        r"(?:ik )?werk(?:zaam)?(?: nu| al| nog| gewoon| momenteel| \d+ \w+)* (?:bij|"
        r"voor)(?! eigen| mezelf| mijzelf| me ?zelf| mij ?zelf)|"
        r"aan het werk|werkend|werkzaam|bij een baas|werk \d+ uur|payroll|ja ik werk",
    ),
)
PATTERN: Final = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{value}>{form})' for value, form in FORMS)})(?!\w)"
)
NOT_MINE: Final = re.compile(
    r"\b(?:geen|niet|nooit|wil|wou|wilde|zou|word|worden|ga|graag|bijna|over \w+ (?:jaar|jr|"
    r"maanden)|"
    r"binnenkort|straks|ooit|vroeger|ex|voormalig|nog geen|was|gestopt|van|hulp van|met een|"
    r"met de|mijn|onze|een andere)"
    r"(?: (?:een|als|de|het|met|in|op|in de|hybride|nu|graag|ook|nog|meer|zelf|echt))*\s*$"
)
TO_COME: Final = re.compile(r"\s*(?:\w+ )?(?:worden|wil|gaan|toe|gezocht|nodig)\b")
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


def employments_in(clause: str) -> Iterator[tuple[str, int, int]]:
    """Each way of working in a clause that is not denied, wished or past."""
    for match in PATTERN.finditer(clause):
        value = match.lastgroup or ""
        before = clause[: match.start()][-40:]
        own = match[0].startswith(("geen", "mijn", "m'n", "mn"))
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
    found = next(employments_in(clause), None)
    return found[0] if found else None


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
