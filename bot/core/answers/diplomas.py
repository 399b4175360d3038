"""The highest level that an answer tells: wider than what is believed of who was not asked."""

import re
from typing import Final

from bot.core.answers.levels import COUNTRY, FORMS, MBO, RANKS, VALUED, levels_in

BELIEVED: Final = dict(FORMS)
OWN_NAME: Final = (
    r"(?:pols(?:ka|ce)|poland|turkiye|turkey|romania|ukraina|ukraine|bulgaria|bugarska|maroc|"
    r"syria|souriya|deutschland|germany|espana|spain|italia|italy|magyarorszag|hungary|brasil|"
    r"belgique|england|scotland|eritrea)"
)
"""A country as its own people name it, or in English: who names it like that was taught there."""
WHEN_ASKED: Final = (
    ("foreign", rf"{BELIEVED['foreign']}|\b{OWN_NAME}\b|(?:^|, ?|\bdiploma |\bschool ){COUNTRY}$"),
    ("wo", BELIEVED["wo"]),
    (
        "hbo",
        r"\b(?:post-?)?hbo(?:'?er|\+)?\b|\bhbo-\w+|\bhoge ?school\b|\bbsc\b|\bbeng\b|\bb\.?eng\b|"
        r"\bgraduaat\b|\bhogere? (?:beroeps|technisch)\w*|\bingenieur\b|\blerarenopleiding\b|"
        r"\bhogeschool\b|\bhts(?:'?er)?\b|\bheao\b|\bbachelor\b|\bpabo\b"
        r"|\bassociate degree\b|\bhoger beroepsonderwijs\b|\bhogere technische school\b|\bhio\b|"
        r"\bhlo\b|\bhas\b",
    ),
    (
        "mbo4",
        r"\bmts(?:'?er)?\b|\bmeao\b|\bmiddelbare technische school\b|\bmiddenkader\w*"
        r"|\bmdgo\b|\bkaderopleiding\b|\bmbo[- ]?plus\b|\bmiddelbare? technische?\b|\bmlo\b|"
        r"\bmas\b|"
        r"\bmeesterproef\b|\bspecialist\w*(?= mbo)|\bspecialistenopleiding\b|\bmto\b|"
        r"\bmiddelbaar technisch onderwijs\b",
    ),
    (
        "mbo3",
        r"\bvakopleiding\b|\bvolledige beroepsopleiding\b|\bvoortgezette? leerling\w+|"
        r"\bvoortgezet leerlingwezen\b|\bvoortgezette? (?:vak)?opleiding\b",
    ),
    (
        "mbo2",
        r"\bbasis ?beroeps ?opleiding\b|\bprimair leerling\w+|\bbedrijfsschool\b|\bgezel\w*|"
        r"\bkmbo\b|\bleerlingwezen\b|\bleerlingstelsel\b|\bstreekschool\b"
        r"|\bvakschool\b",
    ),
    ("havo", BELIEVED["havo"]),
    ("mbo1", BELIEVED["mbo1"]),
    (
        "vmbo",
        r"\bvmbo(?:[- ]?(?:t|tl|gl|k|kb|b|bb|bk|kader|basis|techniek))?\b|\bvbo\b|\blbo\b|"
        r"\blts(?:'?er)?\b"
        r"|\bmavo\b|\bits\b|\bets\b|\bitho\b|\bmiddelbaar voorbereidend\b|\bhuishoud\w+|"
        r"\blagere? technische?\b|\blagere? beroeps\w*|\bvoorbereidend\w* \w*beroeps\w*|\bvgl\b|"
        r"\bmulo\b|\bulo\b|\bivbo\b|\blwoo\b|\bleao\b|\blhno\b|\bambachtsschool\b|"
        r"\bhuishoudschool\b"
        r"|\blagere technische school\b|\btechnische school\b|\bl\.t\.s\b",
    ),
    (
        "none",
        BELIEVED["none"]
        + r"|\b(?:alleen|enkel|slechts)(?: maar| wat| een| mijn| m'n)* (?:vca|rijbewijs|cursus\w*|"
        r"certificat\w*|certificaat|bhv|heftruck\w*|zwemdiploma\w*|praktijk\w*|ervaring)\b"
        r"|\bnooit (?:\w+ ){0,3}(?:gehaald|afgemaakt|afgerond|behaald|geslaagd)\b"
        r"|\bvan school (?:gestuurd|getrapt|gegooid|gegaan|af)\b|\bautodidact\b|"
        r"\b(?:basis|lagere) ?school\b|\bbasisonderwijs\b|\bnooit (?:naar school|gestudeerd)\b|"
        r"\bgeen (?:\w+ )?(?:papier\w*|diploma\w*)",
    ),
)
"""The same with what counts as an answer, and is too loose to believe of who was not asked."""

ANSWER: Final = re.compile("|".join([f"(?P<mbo>{MBO})", *(f"(?P<{v}>{p})" for v, p in WHEN_ASKED)]))
BARE: Final = {
    "1": "mbo1",
    "2": "mbo2",
    "3": "mbo3",
    "4": "mbo4",
    "een": "mbo1",
    "twee": "mbo2",
    "drie": "mbo3",
    "vier": "mbo4",
    "uni": "wo",
    "gl": "vmbo",
    "tl": "vmbo",
    "kader": "vmbo",
    "basis": "none",
    "basisschool": "none",
    "lagere school": "none",
    "geen": "none",
    "niets": "none",
    "niks": "none",
    "nee": "none",
    "ad": "hbo",
    "nvt": "none",
    "geen enkele": "none",
    "helemaal niks": "none",
    "helemaal niets": "none",
    "geen van alle": "none",
    "helemaal geen": "none",
    "buitenland": "foreign",
    "ing": "hbo",
    "ing.": "hbo",
    "ir": "wo",
    "ir.": "wo",
}
HEDGES: Final = re.compile(
    r"^(?:(?:ik|denk|dat|is|was|heb|had|volgens mij|geloof|gewoon|nou|eh|dacht|een|mijn|hoogste|"
    r"diploma|"
    r"het|ben|ja|dan|maar|eigenlijk|ongeveer|alleen|zit op|ik ben)[ ,:]+)+"
)
"""What people say before the one word that answers ("ik denk 3")."""

EITHER: Final = re.compile(
    r"\b(?:mbo|niveau|nivo|bol|bbl)[- ]?(?:niveau )?(?P<one>[1-4]|twee|drie|vier) ?(?:of|/|a) "
    r"?(?:mbo |niveau )?(?:[1-4]|twee|drie|vier)\b|\b(?:mbo|hbo|mts|hts|lts|vmbo|"
    r"havo)(?:[- ]?\d)? of "
    r"(?:toch )?(?:mbo|hbo|mts|hts|lts|vmbo|havo)\b"
)
"""One of two: which it is has to be asked."""

NAMED: Final = re.compile(r"\b(?:mbo|hbo|mts|hts|vmbo|bbl|havo)\b")
TITLE: Final = re.compile(r"(?<=\b)(?:ing|ir)(?=\.?(?:$|[ ,]))")


def read_level(clause: str) -> str | None:
    """The highest level told in an answer; a foreign diploma first, it has to be valued."""
    bare = HEDGES.sub("", clause).strip(" .,!")
    if bare in BARE:
        return BARE[bare]
    if EITHER.search(clause):
        return None
    values = [value for value, _, _ in levels_in(clause, ANSWER)]
    values += [BARE[match[0]] for match in TITLE.finditer(clause)]
    if VALUED.search(clause):
        values = [value for value in values if value != "foreign"] or values
    if values == ["none"] and NAMED.search(clause):
        return None
    return max(values, key=RANKS.index, default=None)
