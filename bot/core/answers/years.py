"""How many years somebody says to have worked, and how old somebody says to be.

Rounding is always down: "bijna twintig" and "nog geen twintig" are 19, "ruim 10" is 10, of
"10-15" the first counts. "een paar jaar" is no number. "sinds 2012" needs to know today.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.core.answers.numbers import number_of, whole
from bot.core.answers.sectors import names_trade

MOST: Final = 60
UNIT: Final = r"(?:jaartjes|jaren|jaar|jarig|jr|j|maanden|maand|mnd|mndn)"
NUMBER: Final = r"(?:\d{1,2}(?:[.,]\d)?|[a-z]{3,18})"
AMOUNT: Final = re.compile(
    rf"(?<![\w.,-])(?P<n>{NUMBER})(?P<half> en een hal(?:f|ve)| ?1/2)?(?P<plus>\s?\+)?"
    rf"(?:(?:\s*-\s*|\s+(?:a|of|tot|tot en met)\s+)(?P<to>{NUMBER}))?\s*(?P<unit>{UNIT})?(?![\w])"
)
OF_SO: Final = re.compile(rf"\been (?P<unit>jaar|maand|stuk) of (?P<n>{NUMBER})(?!\w)")
LESS: Final = re.compile(
    r"(?:\bbijna|\bhaast|\bkrap(?:pe)?|\bkleine?|\btegen|\brichting|\bnaar|\bnet geen|\bnog geen|"
    r"\bminder dan|\bnet niet|\bongeveer geen|"
    r"<)\s*(?:een |de )?$"
)
SINCE: Final = re.compile(
    r"\b(?:sinds|vanaf|sedert|al in|begonnen in|in|van af)\s+(?:\w+ )?(?P<year>19[5-9]\d|"
    r"20\d\d)\b"
)
OF_AGE: Final = (
    r"(?:(?:een )?(?:jongen|meisje|man|vrouw|leerling|scholier) (?:van )?|(?:nu|al|pas|net|ook|"
    r"inmiddels|ongeveer|zelf|trouwens|dus|eigenlijk|wel|toch|helaas|immers|gewoon|slechts|nog|"
    r"maar) )*"
)
"""What may stand between "ik ben" and an age."""
AGE: Final = re.compile(
    rf"\b(?:ben|leeftijd(?: is)?:?)\s+{OF_AGE}"
    rf"(?P<n>{NUMBER})(?:\s*(?:jaar|jr)(?: oud| jong| jong)?"
    r"(?=\s*(?:$|[,.;!?)]|(?:en|maar|dus|heb|met|werk|man|vrouw|ik|woon|oud|jong)\b))"
    r"|(?!\w|[.,]\d|\s*(?:jaar|jr|jaren|mnd|maand|maanden|min|minuten|kilometer|km|uur|dag|dagen|"
    r"week|weken|keer|procent|%|e\b)))"
    r"|(?<![\w.,])(?P<m>\d{1,2}) (?:jaar|jr) (?:oud|jong)\b"
    r"|(?<![\w.,])(?P<i>\d{1,2})(?: jaar)? ben ik(?! (?:begonnen|gestart|gaan|met|al)\b)"
    r"|\b(?P<k>\d{1,2})[- ]?jarige?\b"
)
YOUNGER: Final = re.compile(
    rf"\b(?:ben\s+(?:ik )?{OF_AGE}(?:minderjarig\b|(?:geen|niet|onder(?: de)?|jonger dan|"
    rf"bijna)\s+"
    r"(?P<n>1[4-8])\b(?!\s*(?:meer|jaar \w)|[.,]\d))|word\s+(?!over \d)(?:\w+ ){0,3}"
    r"(?P<m>1[4-8])\b(?![.,]\d)|(?:over|volgende?|komende?) (?:\w+ ){1,3}(?:ben|word) ik "
    r"(?:pas |eindelijk |dan )?(?P<k>1[4-8])\b(?![.,]\d| geworden))"
)
"""Somebody is not of that age yet: "ik ben nog geen 18", "volgend jaar word ik 17"."""
SECONDARY: Final = r"(?:vmbo|mavo|havo|vwo|atheneum|gymnasium|middelbare school|middelbare)\b"
PUPIL: Final = re.compile(
    r"(?:\b(?P<verb>zit|ben|doe|volg)\s+(?:ik )?"
    r"(?:nu |nog |pas |net |al |zelf |gewoon |momenteel )*"
    rf"(?:(?:een )?(?:middelbare )?scholier\b|op (?:het |de )?{SECONDARY}|in de brugklas\b|"
    rf"(?:in )?(?:de |het |mijn |m'n )?(?:(?:klas |leerjaar )?[1-5](?:e|de)?|eerste|tweede|derde|"
    rf"vierde|laatste|examen) ?(?:klas |jaar )?(?:van )?(?:het |de )?{SECONDARY})"
    rf"|^(?:klas [1-5]|(?:[1-4](?:e|de)|eerste|tweede|derde|vierde) (?:klas|jaar)) (?:van )?"
    rf"(?:het |de )?{SECONDARY})"
)
"""Somebody goes to a school that people leave at 17: "ik zit in klas 3 vmbo"."""
PUPILS_AGE: Final = 17
BARE: Final = re.compile(r"(?:al |pas |nu )?(?P<n>[1-9]\d) ?(?:jaar|jr)")
"""An amount of years with nothing beside it: an age as well as an experience."""
RELATIVE: Final = (
    r"zoon(?:tje)?|dochter(?:tje)?|kind|neef(?:je)?|nicht(?:je)?|broer(?:tje)?|zus(?:je)?"
)
CHILD: Final = re.compile(
    rf"\b(?:{RELATIVE}|"
    r"kleinzoon|kleindochter|jongen|meisje|leerling|buurjongen|stagiair)\b"
    r"\W+(?:\w+\W+){0,2}?(?P<n>1[0-7]|zestien|zeventien|vijftien)\b"
    r"(?!\s*jaar (?:bij|in|werk|ervaring))"
)
CHILD_AT_SCHOOL: Final = re.compile(
    rf"\b(?:{RELATIVE})"
    rf" (?:\w+ )?(?:zit|doet|volgt) .{{0,25}}(?:{SECONDARY}|brugklas\b)"
)
BORN: Final = re.compile(
    r"\b(?:(?:geboren|geb|geboortejaar|geboortedatum|bouwjaar)\b\W*(?:[\w-]+\W+){0,4}?|"
    r"ben(?: ik)? (?:er een )?van (?:het jaar |bouwjaar )?)(?P<year>19[2-9]\d|20[0-2]\d)\b"
)
WORK: Final = re.compile(
    r"\b(?:ervaring|werkervaring|werkzaam|werk|werkend|gewerkt|het vak|vak|de techniek|de bouw|"
    r"de metaal|"
    r"de installatie\w*|de elektro\w*|in dienst|loondienst|monteur|lasser|\w*technicus|"
    r"elektricien|loodgieter|timmerman|"
    r"metselaar|bezig als|actief|meelopen?|meegelopen|op de steiger|in de branche|installateur|"
    r"\w+monteur)\b"
)
NOT_WORK: Final = re.compile(
    r"\b(?:duurt|duren|zoek|geleden|cursus|opleiding duurt|traject|oud|over|binnen|nog|komende|"
    r"volgende|per|"
    r"getrouwd|samen|verlof|werkloos|thuis|kinderen|ziek|pensioen(?! na\b)|"
    r"geleerd|gestudeerd|les gegeven)\b"
)


CODE: Final = re.compile(r"[{}<>|\\=]")
"""What stands in no answer that a person gives: a number among these is not a number of years."""


def find_years(clause: str, today: date | None = None) -> Iterator[tuple[int | float, int, int]]:
    """The years of experience that a clause states beyond doubt."""
    rest = AGE.sub(lambda match: " " * len(match[0]), clause)
    for number, start, end in [*_amounts(rest, named=True), *_since(rest, today)]:
        if not NOT_WORK.search(clause[max(0, start - 18) : end + 12]):
            if _is_work(clause, number):
                yield number, start, end
            return


def _is_work(clause: str, number: float) -> bool:
    """Whether an amount of years is about work; from 50 on it may well be an age."""
    if number >= 50:
        return re.search(r"\b(?:werk\w*|gewerkt|vak|ervaring)\b", clause) is not None
    return bool(WORK.search(clause)) or names_trade(clause)


def find_age(clause: str, today: date | None = None) -> Iterator[tuple[int, int, int]]:
    """The age that a clause states; of a year of birth the youngest that it leaves open."""
    if match := YOUNGER.search(clause):
        yield int(match["n"] or match["m"] or match["k"] or 18) - 1, match.start(), match.end()
        return
    if today and (match := BORN.search(clause)):
        yield max(today.year - int(match["year"]) - 1, 0), match.start(), match.end()
        return
    if (match := AGE.search(clause)) and (number := _age_of(match)) is not None:
        yield number, match.start(), match.end()
    elif pupil := PUPIL.search(clause):
        yield PUPILS_AGE, pupil.start(), pupil.end("verb") if pupil["verb"] else pupil.end()


def _age_of(match: re.Match[str]) -> int | None:
    """The number of a match of AGE, if it is one that a person's age can be."""
    word = match["n"] or match["m"] or match["k"] or match["i"]
    number = number_of(word) if not word.isdigit() else float(word)
    return int(number) if number is not None and number in range(10, 100) else None


def bare_years(text: str) -> int | None:
    """The number of a text that is nothing but an amount of years, of age or of work."""
    match = BARE.fullmatch(text.strip(" .!"))
    return int(match["n"]) if match else None


def is_of_child(text: str) -> bool:
    """Whether a folded text is about somebody else who is under age ("mijn zoon van 17")."""
    return bool(CHILD.search(text) or CHILD_AT_SCHOOL.search(text))


def _amounts(text: str, named: bool = False) -> Iterator[tuple[int | float, int, int]]:
    """Amounts in order; `named` ones only are those with "jaar" or "maanden"."""
    for match in (*OF_SO.finditer(text), *AMOUNT.finditer(text)):
        number = None if named and match["unit"] is None else number_of(match["n"])
        if number is None:
            continue
        fields = match.groupdict()
        number += 0.5 if fields.get("half") else 0
        if (match["unit"] or "").startswith(("ma", "mn")):
            number /= 12
        if LESS.search(text, max(0, match.start() - 20), match.start()):
            number = max(number - 1, 0) if number >= 1 else 0
        if number <= MOST and _is_amount(text, match):
            yield whole(number), match.start(), match.end()


def _is_amount(text: str, match: re.Match[str]) -> bool:
    """Whether "een", "half" and the like are meant as a number here."""
    if match["n"] in ("een", "half", "halve", "ene"):
        return match["unit"] is not None or match.span() == (0, len(text))
    return not re.match(
        r"\s*(?:uur|dagen|dag|weken|week|euro|%|procent|kinderen|man\b|e\b|(?:naar |op )?school|"
        r"opleiding|studie|stage)",
        text[match.end() :],
    )


def _since(text: str, today: date | None) -> Iterator[tuple[int | float, int, int]]:
    if today is None:
        return
    for match in SINCE.finditer(text):
        years = today.year - int(match["year"])
        if 0 <= years <= MOST:
            yield years, match.start(), match.end()
