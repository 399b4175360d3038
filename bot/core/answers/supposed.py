"""What a text supposes about the speaker: "en als ik volgend jaar mijn mbo-4 heb?".

A supposition is first made into a statement by taking out what makes it one ("als ik", "straks",
"wil"); after that the readers of told facts read it. What it holds is never kept.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.core.answers.clauses import FILLER, Clause, clauses
from bot.core.answers.consent import EMPLOYER, find_consent
from bot.core.answers.employment import find_employment
from bot.core.answers.found import Found
from bot.core.answers.levels import find_level
from bot.core.answers.numbers import number_of
from bot.core.answers.schools import TEACHING, read_school
from bot.core.answers.sectors import find_sector, read_sector
from bot.core.answers.text import Folded
from bot.core.answers.years import find_age, find_years

LEAD: Final = re.compile(
    r"^.*?\b(?:als|stel(?: nou| nu)?(?: dat)?|indien|mocht|zodra)\b[ ,]*(?:ik (?=\w)|ik$)?|"
    rf"^{FILLER}"
)
TO_COME: Final = re.compile(
    r"\b(?:(?:volgend|komend) (?:jaar|studiejaar|schooljaar)|volgende (?:maand|zomer|week)|"
    r"over (?:een|twee|drie|vier|\d+) (?:jaar|jaren|maand|maanden)|binnenkort|straks|later|ooit|"
    r"dan|toch|ineens|opeens|alsnog|eerst|nog (?=maar|een)|ga|gaan|zou|zal|wil|graag)\b"
)
NOT_TECHNICAL: Final = re.compile(
    r"\b(?:niet|geen|buiten)\b.{0,25}\b(?:techniek|technisch\w*)\b|\buit de techniek\b"
)
AT_A_COMPANY: Final = re.compile(
    r"\b(?:bij|voor) (?:een|het|de) (?:\w+ )?\w*(?:bedrijf|firma|aannemer|installateur)\b|"
    r"\b(?:een|wel|weer) (?:\w+ )?(?:baan|werkgever)\b"
)
PLAIN_VERBS: Final = ((re.compile(r"\bword(?:en)?\b"), "ben"), (re.compile(r"\bhaal\b"), "heb"))
NOT_GOT: Final = re.compile(r"\b(?:niet|nooit)(?: \w+)? (?:heb|halen|af|red|afmaak|afrond)\b")
OLD: Final = re.compile(r"\b(\w+) (?:jaar )?ben\b")
AGREES: Final = re.compile(r"\b(?:goed|prima|ok|oke|best|leuk) vind\w*|\bja zeg\w*")
REFUSES: Final = re.compile(
    r"\b(?:niet|niks|geen) (?:\w+ )?(?:vind\w*|wil|mag|toestaat|ziet zitten|geeft)\b|"
    r"\bnee zeg\w*|\bdwars ?lig\w*"
)

Value = str | int | float


def supposed_in(text: str, today: date | None = None) -> tuple[Found, ...]:
    """What a text supposes, each entity once; the offsets are those of the whole clause."""
    folded = Folded.of(text)
    found: dict[str, Found] = {}
    for clause in clauses(folded.text):
        if clause.is_supposed:
            span = folded.span(clause.start, clause.start + len(clause.text))
            for entity, value in _values(clause, today):
                found.setdefault(entity, Found(entity, value, *span))
    return tuple(found.values())


def _values(clause: Clause, today: date | None) -> Iterator[tuple[str, Value]]:
    """The values of one supposition; none when it is about somebody else."""
    said = LEAD.sub("", clause.text)
    if Clause(said, 0, False).is_of_others:
        return
    said = _as_statement(said)
    yield from _about_the_employer(said)
    yield from _about_age(said)
    yield from (("years_experience", span[0]) for span in find_years(said, today))
    if not NOT_GOT.search(said):
        yield from (("education_level", span[0]) for span in find_level(said))
    yield from _about_the_school(said)
    yield from _about_work(said)


def _as_statement(said: str) -> str:
    """Without the words for what is to come, and what one becomes or gets as what one is or has."""
    said = TO_COME.sub(" ", said)
    for verb, plain in PLAIN_VERBS:
        said = verb.sub(plain, said)
    return " ".join(said.split())


def _about_the_employer(said: str) -> Iterator[tuple[str, Value]]:
    """A subordinate clause has its verb last: "mijn baas het niet goed vindt"."""
    if EMPLOYER.search(said):
        if REFUSES.search(said):
            yield "employer_consent", "no"
        elif AGREES.search(said):
            yield "employer_consent", "yes"
    yield from (("employer_consent", span[0]) for span in find_consent(said))


def _about_age(said: str) -> Iterator[tuple[str, Value]]:
    yield from (("age", span[0]) for span in find_age(said))
    for match in OLD.finditer(said):
        number = number_of(match[1])
        if number is not None and 10 <= number <= 99:
            yield "age", int(number)


def _about_the_school(said: str) -> Iterator[tuple[str, Value]]:
    school = read_school(said) if TEACHING.search(said) else None
    if school is not None:
        yield "school_type", school


def _about_work(said: str) -> Iterator[tuple[str, Value]]:
    if NOT_TECHNICAL.search(said):
        yield "sector", "not_technical"
        return
    yield from (("sector", span[0]) for span in find_sector(said))
    company = AT_A_COMPANY.search(said)
    if company:
        sector = read_sector(company[0])
        if sector is not None:
            yield "sector", sector
    # Who will be a teacher speaks of the aim of the programme, not of the work beside it.
    works = [span[0] for span in find_employment(said) if span[0] != "teacher"]
    yield from (("employment", work) for work in works)
    if company and " geen " not in f" {said} ":
        yield "employment", "employee"
