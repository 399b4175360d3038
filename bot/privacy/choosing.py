"""Which of two addresses, or two numbers, in one message is meant: or that one has to ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BEFORE: Final = re.compile(
    r"\b(?:niet|geen|nooit|i\.?p\.?v\.?|in plaats van|"
    r"(?:oude?|vorige|verkeerde|foute?)(?: \w+){0,3}|(?:was|stond|had ik)(?: \w+){0,2}|"
    r"(?:mijn|m'n|mn) (?:vrouw|man|vriendin?|partner|zoon|dochter|baas|collega|moeder|vader|broer|"
    r"zus|buurman)(?: \w+){0,2})\W*$",
    re.IGNORECASE,
)
"""Words before the one that does not count: "niet a", "mijn oude was a", "van mijn vrouw: a"."""

OF_OTHERS: Final = (
    r"(?:,? ?(?:dat |die )?(?:is|was)? ?van (?:mijn|m'n|mn|me|onze) (?:vrouw|man|vriendin?|partner|"
    r"zoon|dochter|baas|collega|moeder|vader|broer|zus|buurman|werk|zaak)\b)"
)
AFTER: Final = re.compile(
    rf"\W{{0,3}}{OF_OTHERS}|"
    r"\W{0,3}(?:(?:dat |die |dit )?(?:is|was|klopt|werkt|bestaat|doet|heb ik) (?:het |dus |nu )?"
    r"(?:niet|fout|verkeerd|onjuist|weg|oud|(?:mijn |m'n |de |het )?(?:oude?|vorige|verkeerde?))\b|"
    r"(?:o+h? |eh+ |ehm )?(?:nee|sorry|oeps|pardon|wacht|correctie|foutje|verkeerd|"
    r"ik bedoel|bedoel)\b|"
    r"(?:moet|moest|wordt|naar)\b|(?:->|→|=>|>))",
    re.IGNORECASE,
)
"""Words behind the one that no longer counts: "a, nee b", "a is fout", "a moet b zijn"."""

TAKEN_BACK: Final = re.compile(
    rf"\W{{0,3}}{OF_OTHERS}|"
    r"\W{0,3}(?:(?:dat |die |dit )?(?:is|klopt|werkt|bestaat|doet) (?:het |dus |nu )?"
    r"(?:niet|fout|verkeerd|onjuist|weg|oud)\b|"
    r"(?:o+h? |eh+ )?(?:nee|sorry|oeps|wacht|correctie|foutje|ik bedoel)\b[^@]{0,30}\d)",
    re.IGNORECASE,
)
"""Words behind the only one that there is: "a klopt niet", "a, nee 78 op het eind"."""


@dataclass(frozen=True)
class Told:
    """One value, and where it stands in the text."""

    value: str
    start: int
    end: int


def chosen(text: str, told: Sequence[Told]) -> tuple[str, ...]:
    """The one that is meant, or all those among which somebody has to choose."""
    starts = [*(each.start for each in told[1:]), len(text)]
    after = [AFTER.match(text[:start], each.end) for each, start in zip(told, starts, strict=True)]
    ends = [
        0,
        *(found.end() if found else each.end for found, each in zip(after, told, strict=True)),
    ]
    before = [BEFORE.search(text[: each.start], end) for end, each in zip(ends, told, strict=False)]
    either = [left or right for left, right in zip(before, after, strict=True)]
    for gone in (before, either):
        left = [each.value for each, found in zip(told, gone, strict=True) if not found]
        if len(set(left)) == 1:
            return (left[0],)
    return tuple(dict.fromkeys(each.value for each in told))


def is_taken_back(text: str, told: Sequence[Told]) -> bool:
    """Whether the only value in a text is said to be wrong, or is put right by half."""
    return len(told) == 1 and TAKEN_BACK.match(text, told[0].end) is not None
