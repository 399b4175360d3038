"""How many years an answer tells, with each number in its role.

An age, a calendar year, a part of the whole and a duration are not the same number: "ik was 19 toen
ik begon, nu ben ik 41" is 22, "10 jaar bij Jansen en toen 8 jaar bij Pietersen" is 18, "26 jaar,
waarvan 4 als zzp'er" is 26. What leaves it open ("twintig of dertig jaar") is no number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Final

from bot.core.answers.dates import blanked, since
from bot.core.answers.numbers import number_near, number_of, whole
from bot.core.answers.sectors import read_sector
from bot.core.answers.years import AGE, BORN, CODE, LESS, MOST

UNIT: Final = (
    r"(?:(?:dienst|werk|levens)?jaar(?:tjes?)?|(?:dienst|werk)?jaren|jarig|jrn?|j|"
    r"maand(?:en|je|jes)?|mndn?|mnd)"
)
NUMBER: Final = r"(?:\d{1,2}(?:[.,]\d{1,2})?|[a-z]{3,18})"
AMOUNT: Final = re.compile(
    rf"(?P<n>{NUMBER})(?:(?P<half>[ -]en[ -](?:een[ -])?hal(?:f|ve)\b| ?1/2)"
    r"|(?P<quarter> en een kwart\b))?(?P<plus>\s?\+)?"
    rf"(?:(?P<to>\s*[-/]\s*|,?\s+(?:a|of|tot|tot en met|tot aan|misschien|misschien wel|en)\s+"
    rf"(?:misschien )?)(?P<m>(?!{UNIT}\b){NUMBER}))?"
    rf"[\s-]{{0,2}}(?P<unit>{UNIT})?(?![\w/])"
)
WORDS: Final = re.compile(rf"(?<![\w.,/-]){NUMBER}")
UNIT_NEXT: Final = re.compile(rf"[\s-]{{0,2}}{UNIT}(?![\w/])")
OF_SO: Final = re.compile(
    rf"\b(?:een |zo'n )?(?P<unit>jaar|jaartje|jr|maand|maandje|stuk) of (?P<n>{NUMBER})(?!\w)(?! "
    rf"jaar)"
)
COUNTED: Final = re.compile(r"\d\s*$|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien) $")
PARTED: Final = re.compile(
    r"\b(een|twee|drie|vier|vijf|zes|zeven|acht|negen) en (twintig|dertig|veertig|vijftig)\b"
)
HALF: Final = re.compile(r"(?<!\d )(?<!\d)\b1/2(?= jaar| jr)|(?<=\bander) half\b")
GLUED: Final = re.compile(r"\b([a-z]{3,16})(jaar|jr)\b")
LONG: Final = {
    "kwart eeuw": "25 jaar",
    "halve eeuw": "50 jaar",
    "eeuw": "100 jaar",
}
DECADES: Final = re.compile(rf"\b(?:(?P<n>{NUMBER}) )?(?:decennia|decennium)\b")
SUM: Final = re.compile(r"(?<![\w.,/-])(\d{1,2})\s*\+\s*(\d{1,2})(?![\w.,/-])")
LABEL: Final = re.compile(r"^(?:[a-z ]{0,24}\bjaren?(?: ervaring)?|[a-z]*ervaring)\s*[:=]\s*")
NONE: Final = re.compile(
    r"^(?:nou |nee |eh |ja |nog |helemaal |eigenlijk |ik heb |heb )*"
    r"(?:(?:geen|nul|zero|nihil|0|niks|niets|noppes|nada|niet)(?: enkele?| een)?"
    r"(?: (?:komma|punt) nul|\.0|,0)?(?: (?:werk|technische |relevante |echte )?"
    r"(?:ervaring|jaar|jaren|dag|uur|seconde))?"
    r"|(?:ben )?(?:(?:net|pas|nu pas|gisteren|vandaag|deze week) (?:begonnen|gestart))|"
    r"dit jaar (?:pas )?begonnen)"
    r"(?: nog| eigenlijk| hoor| helaas| joh)*(?=$|[,.;:!]| want | maar | in de techniek| met )"
)
TOTAL: Final = re.compile(
    r"\b(?:samen|totaal|bij elkaar|opgeteld|alles samen|al met al|bijelkaar|tezamen|optelt|tel "
    r"ik)\b"
)
PART: Final = re.compile(
    r"\b(?:waarvan|waaronder|laatste|laatst|afgelopen|eerste|daarvan|wv|onderbroken door|"
    r"met (?:een )?(?:pauze|onderbreking) van|uitgezonderd)"
    r"(?: (?:de|er|ik|nu|al|zijn|pas|ongeveer|zo'n))*\s*$"
)
NOT_THESE: Final = re.compile(
    r"\b(?:mbo|vmbo|bbl|bol|niveau|nivo|niv|groep|klas|code|nummer|over|nog(?! geen)|per|elke|"
    r"iedere|mijn|m'n|op|om|jaren|duurt|duurde|voor nog|met)(?: de| het| maar| zo'n| "
    r"ongeveer)?\s*$"
)
ALSO_OK: Final = re.compile(r"\b(?:mijn|op|voor|met)\b")
NOT_AFTER: Final = re.compile(
    r"\s*(?:uur|uren|dagen|dag|weken|week|euro|%|procent|kinderen|kids|man\b|mensen|collega|"
    r"km|kilometer|auto|bedrijven|bazen|werkgevers|baantjes|banen|plekken|diploma|maal|keer|x\b|"
    r"e\b|de\b|ste\b|(?:naar |op )?school\b|(?:op )?(?:het |de )?(?:v?mbo|hbo|[lmh]ts)\b|"
    r"opleiding|studie|stage|cursus|geleerd\b|gestudeerd|"
    r"getrouwd|samen\b(?! |$)|werkloos|thuis(?!werk)|ziek\b|"
    r"geleden (?:\w+ )?(?:gestopt|ontslagen|verhuisd|getrouwd|afgestudeerd|geslaagd|gehaald)|"
    r"oud\b|jong\b|les\b|lesgegeven|pensioen|"
    r"tot (?:mijn|m'n|het|aan mijn) pensioen|te gaan|niet gewerkt|niks gedaan|eruit|tussenuit|"
    r"uit geweest|niet (?:meer )?(?:gewerkt|gedaan)|verlof)"
)
WISH: Final = re.compile(r"\b(?:wil|wilde|zou|hoop|blijf|kan|moet)\b[\w ]{0,20}$")
JOINED: Final = re.compile(
    r"(?:\b(?:en|plus|toen|daarna|daarvoor|ervoor|vervolgens|nog|verder|later|eerst|eerder)\b|"
    r"[+&])"
)
THEN: Final = re.compile(r"\b(?:daarvoor|ervoor|daarna|toen)(?: nog)? $")
AND_BEFORE: Final = re.compile(r"\b(?:daarvoor|ervoor|daarna|eerder|vorige|en)\b")
NOW_PART: Final = re.compile(r"^(?!.*\ben\b)[^+]*,\s*(?:nu|momenteel|inmiddels|sinds)\b")
OLDEST_START: Final = 45
"""A bare number above this, of which a part is told, is an age."""

START: Final = re.compile(
    r"\b(?:(?:mijn|m'n|me|zijn|was|op|sinds|vanaf|als|toen|ik|al) )+(?:een jongen van )?"
    r"(?P<n>\d\d|[a-z]{4,14}?)(?:ste|de|e)?(?: jaar| jarige?)?\b(?![\s-]*(?:(?:jaar|jr) (?:lang|"
    r"ervaring)|jarig\b))"
)
NOW: Final = re.compile(
    rf"\b(?:(?:ben|word)(?: ik)?(?: nu| inmiddels| net| pas| al)*|nu(?: ben ik)?|inmiddels|"
    rf"leeftijd:?)"
    rf" (?P<n>{NUMBER})(?!\w|[.,]\d)(?: jaar)?(?: oud)?|"
    rf"(?<![\w.,])(?P<m>\d\d)(?: jaar)? (?:ben ik|nu|oud)\b"
)
BEGAN: Final = re.compile(
    r"\b(?:begon|begonnen|gestart|startte|aan het werk|ging|gaan werken|werk|bezig|erin|sinds|"
    r"vanaf|tot nu|tot heden)\b"
)
GAP_OF_DOUBT: Final = 5


@dataclass(frozen=True)
class _Found:
    """An amount of years and where it stands."""

    years: float
    start: int
    end: int
    has_unit: bool
    is_months: bool = False


def read_years(told: str, today: date | None = None) -> int | float | None:
    """The number of years that the told parts of a message tell together."""
    said = _prepared(told)
    if CODE.search(said):
        return None
    if (between := _between_ages(said)) is not None:
        return whole(between) or None
    if BORN.search(said):
        said = blanked(BORN, said)
    spans, rest = since(said, today)
    amounts = list(_amounts(_without_ages(rest)))
    if NONE.match(said):
        amounts = [each for each in amounts if _is_technical(rest, each)]
        return _sum_up(rest, amounts, 0) if any(each.years for each in amounts) else 0
    return _sum_up(rest, amounts, spans)


def _prepared(told: str) -> str:
    """Long times in years, and a number that is glued to its unit apart from it."""
    said = LABEL.sub("", PARTED.sub(lambda m: f"{m[1]}en{m[2]}", told))
    if "half" in said or "/" in said:
        said = HALF.sub("half", said)
    if "+" in said:
        said = SUM.sub(lambda m: str(int(m[1]) + int(m[2])), said)
    for words, years in LONG.items():
        said = said.replace(words, years)
    said = GLUED.sub(lambda m: f"{m[1]} {m[2]}" if number_of(m[1]) is not None else m[0], said)
    return DECADES.sub(_decades, said) if "decenni" in said else said


def _decades(match: re.Match[str]) -> str:
    number = number_of(match["n"]) if match["n"] else None
    if number is None:
        return match[0] if match[0].endswith("a") else f"{match['n'] or ''} 10 jaar"
    return f"{number * 10:.0f} jaar"


def _between_ages(said: str) -> float | None:
    """The years between two ages; 0 where only the first is told, None where none is."""
    start = next((m for m in START.finditer(said) if _age(m["n"], 12, 45)), None)
    if start is None or not _is_start(said, start):
        return None
    began = _age(start["n"], 12, 45) or 0
    rest = said[: start.start()] + " " * len(start[0]) + said[start.end() :]
    for match in NOW.finditer(rest):
        age = _age(match["n"] or match["m"], began + 1, 80)
        if age and not re.match(r"\s*(?:jaar|jr)\b", rest[match.end() :]):
            if "dus" in rest[max(0, match.start() - 5) : match.end()]:
                continue
            return age - began
    return None if any(each.has_unit for each in _amounts(rest)) else 0


def _is_start(said: str, start: re.Match[str]) -> bool:
    """Whether an age is that of somebody who began then, and no number of years."""
    is_named = re.search(r"(?:mijn|m'n|me) $", said[: start.start("n")]) or "ste" in start[0]
    was = re.search(r"\bwas\b|\btoen ik\b|\bsinds ik\b", start[0])
    return bool(is_named or was) and bool(BEGAN.search(said))


def _age(word: str, least: float, most: float) -> float | None:
    number = number_of(word)
    if number is None and word:
        number = next((n for cut in (1, 2, 3) if (n := number_of(word[:-cut])) is not None), None)
    return number if number is not None and least <= number <= most else None


def _without_ages(said: str) -> str:
    """The same text with spaces where somebody tells how old he is."""
    return blanked(AGE, said) if re.search(r"\b(?:ik|ben|leeftijd|oud|jong)\b", said) else said


def _amounts(said: str) -> Iterator[_Found]:
    """The amounts of years, in order."""
    found = sorted(
        (each for match in _matches(said) if (each := _amount(said, match)) is not None),
        key=lambda each: each.start,
    )
    beside = [
        said[one.end : next_one.start].isspace() and not one.has_unit
        for one, next_one in pairwise(found)
    ]
    for at, each in enumerate(found):
        if at and beside[at - 1]:
            continue
        yield replace(each, has_unit=True) if at < len(beside) and beside[at] else each


def _matches(said: str) -> Iterator[re.Match[str]]:
    taken = [
        match
        for match in OF_SO.finditer(said)
        if number_of(match["n"]) is not None and not COUNTED.search(said[: match.start()])
    ]
    yield from taken
    end = 0
    for word in WORDS.finditer(said):
        if word.start() < end or any(m.start() <= word.start() < m.end() for m in taken):
            continue
        is_near = number_of(word[0]) is not None or (
            UNIT_NEXT.match(said, word.end()) and _number(word[0], "jaar") is not None
        )
        if is_near and (match := AMOUNT.match(said, word.start())):
            end = match.end()
            yield match


def _number(word: str, unit: str | None) -> float | None:
    number = number_of(word)
    return number_near(word) if number is None and unit and len(word) > 3 else number


def _amount(said: str, match: re.Match[str]) -> _Found | None:
    """One amount in years; None where the number is something else."""
    fields, unit = match.groupdict(), match["unit"] or ""
    number = _number(match["n"], unit)
    if number is None or not _is_amount(said, match):
        return None
    number += 0.5 if fields.get("half") else 0.25 if fields.get("quarter") else 0
    if LESS.search(said[max(0, match.start() - 24) : match.start()]):
        number = max(ceil(number) - 1, 0)
    is_months = unit.startswith(("ma", "mn"))
    number /= 12 if is_months else 1
    return (
        _Found(number, match.start(), match.end(), bool(unit), is_months)
        if number <= MOST
        else None
    )


def _is_amount(said: str, match: re.Match[str]) -> bool:
    """Whether a number is meant as a number of years here."""
    before, after, unit = said[: match.start()], said[match.end() :], match["unit"]
    if match["n"] in ("een", "half", "halve", "ene"):
        return unit is not None or (match.start(), match.end()) == (0, len(said))
    beside = NOT_THESE.search(before[-24:])
    if beside and not (unit and ALSO_OK.search(beside[0])):
        return False
    if PART.search(before[-30:]) and re.search(r"\d|[a-z]+ (?:jaar|jr)", before[:-1]):
        return bool(re.search(r"^\s*\W*waarvan\W*$", before)) or not _before_is_amount(before)
    return not NOT_AFTER.match(after) and not WISH.search(before)


def _before_is_amount(before: str) -> bool:
    """Whether the whole, of which a part is told, stands before it."""
    return any(
        (number := number_of(match["n"])) is not None
        and (match["unit"] or (number <= OLDEST_START and not match["n"].isalpha()))
        for match in AMOUNT.finditer(_without_ages(before))
    )


def _sum_up(said: str, found: Sequence[_Found], since_then: float | None) -> int | float | None:
    """What the amounts make together: the total told, their sum, or the first where one counts."""
    if not found:
        return whole(since_then) if since_then is not None else None
    if total := TOTAL.search(said):
        after = [each for each in found if each.start >= total.end()] or list(found[:1])
        return whole(after[0].years)
    found = (
        [each for each in found if each.has_unit]
        and [each for each in found if each.has_unit or THEN.search(said[: each.start])]
        or found
    )
    if _is_open(said, found[0]):
        return None
    if since_then and AND_BEFORE.search(said):
        return whole(since_then + sum(each.years for each in found if each.has_unit))
    counted = [each for each in found if _is_technical(said, each)] or list(found)
    return _together(said, counted)


def _together(said: str, counted: Sequence[_Found]) -> int | float | None:
    """The sum of what came one after the other; a part of the first does not count again."""
    first = counted[0]
    if not first.has_unit and first.years > OLDEST_START and "waarvan" in said:
        return whole(counted[-1].years)
    if len(counted) > 2 and first.years == sum(each.years for each in counted[1:]):
        return whole(first.years)
    years, last = first.years, first
    for each in counted[1:]:
        between = said[last.end : each.start]
        if each.is_months and not re.search(r"\w{4}", between):
            years, last = years + each.years, each
            continue
        is_first = "eerst" in said[: first.start].split()
        follows = is_first or (JOINED.search(between) and not NOW_PART.match(between))
        if follows and (each.has_unit or THEN.search(between)):
            years += each.years
        elif each.years > years or (each.has_unit and not NOW_PART.match(between)):
            return None
        last = each
    return whole(years)


def _is_open(said: str, amount: _Found) -> bool:
    """Whether two numbers stand beside each other that are too far apart to take the first."""
    match = AMOUNT.match(said, amount.start)
    if (
        match is None
        or number_of(match["n"]) is None
        or not match["m"]
        or "of" not in (match["to"] or "").split()
    ):
        return False
    other = number_of(match["m"])
    return other is not None and abs(other - (number_of(match["n"]) or 0)) >= GAP_OF_DOUBT


def _is_technical(said: str, amount: _Found) -> bool:
    """Whether the words after an amount name no work outside of technology."""
    after = re.split(r"[,.;]|\b(?:en|maar|daarna|toen|waarvan)\b", said[amount.end :], maxsplit=1)[
        0
    ]
    return read_sector(after.strip()) != "not_technical" if after.strip() else True
