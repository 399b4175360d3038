"""The facts that a text states about the speaker, whatever was asked: only the unmistakable."""

from collections.abc import Iterator
from datetime import date

from bot.core.answers.clauses import Clause, clauses
from bot.core.answers.codes import CODE, read_code
from bot.core.answers.consent import find_consent
from bot.core.answers.employment import find_employment
from bot.core.answers.found import Found
from bot.core.answers.levels import find_level
from bot.core.answers.places import find_places
from bot.core.answers.schools import find_school
from bot.core.answers.sectors import find_sector
from bot.core.answers.text import Folded
from bot.core.answers.years import find_age, find_years


def facts_in(text: str, today: date | None = None, *, for_other: bool = False) -> tuple[Found, ...]:
    """What a text states about the speaker, in order and not overlapping.

    `for_other`: the conversation is for another, and what it states of them counts as well.
    """
    folded = Folded.of(text)
    spans = list(_codes(folded.text))
    for clause in clauses(folded.text):
        if clause.is_told or (for_other and clause.is_stated):
            spans += _facts_of(clause, today)
    return tuple(
        Found(entity, value, *folded.span(start, end))
        for entity, value, start, end in _without_overlap(spans)
    )


Span = tuple[str, str | int | float, int, int]


def _codes(folded: str) -> Iterator[Span]:
    """Registration codes, also in a question."""
    for match in CODE.finditer(folded):
        if code := read_code(match):
            yield "registration_code", code, match.start(), match.end()


def _facts_of(clause: Clause, today: date | None) -> Iterator[Span]:
    """The facts of one clause, with offsets into the whole text."""
    for entity, value, start, end in _found(clause.text, today):
        yield entity, value, clause.start + start, clause.start + end


def _found(text: str, today: date | None) -> Iterator[Span]:
    yield from (("age", *span) for span in find_age(text, today))
    yield from (("employer_consent", *span) for span in find_consent(text))
    yield from (("years_experience", *span) for span in find_years(text, today))
    yield from (("education_level", *span) for span in find_level(text))
    yield from (("school_type", *span) for span in find_school(text))
    yield from (("sector", *span) for span in find_sector(text))
    yield from (("employment", *span) for span in find_employment(text))
    yield from find_places(text)


def _without_overlap(spans: list[Span]) -> list[Span]:
    """Each entity once (towns and codes as often as named); what was found first is kept."""
    kept: list[Span] = []
    for span in spans:
        entity, _, start, end = span
        again = entity not in ("city", "province", "registration_code")
        if any(start < right and left < end for _, _, left, right in kept):
            continue
        if again and any(entity == known for known, _, _, _ in kept):
            continue
        kept.append(span)
    return sorted(kept, key=lambda span: span[2])
