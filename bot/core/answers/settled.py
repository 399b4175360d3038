"""Which part of an answer counts: what somebody takes back, and what was so before, do not.

"15, nee 16", "niet 10 maar 20 jaar", "mbo niet, vmbo wel", "vroeger Breda, nu Zundert".
"""

import re
from collections.abc import Iterator
from typing import Final

CORRECTS: Final = re.compile(
    r"(?<![\s,.;:!…-])[\s,.;:!…-]+(?:(?:of|o+h?|ach|eh+|hm+)[ ,]+)*"
    r"(?:nee+|sorry|oeps|wacht|pardon|correctie|foutje|(?:ik )?bedoel(?:de)?|"
    r"(?:beter|liever) gezegd|of liever)\b"
    r"(?:[\s,.:!…-]+(?:nee|wacht|sorry|even|toch|(?:ik )?bedoel(?:de)?|het is|dat is|is het|al|"
    r"maar|joh|dus)\b)*[\s,.:!…-]*"
)
NOT_BUT: Final = re.compile(r"\b(?:niet|geen) (?P<old>[^?]{1,40}?),? (?:maar|wel)\s+(?P<new>.+)")
NOT_THAT: Final = re.compile(
    r"^(?P<old>.{1,30}?) (?:niet|nee)\b[ ,]+(?:maar )?(?P<new>.{1,40}?),? (?:wel|ja)\b"
)
BEFORE: Final = re.compile(
    r"\b(?:vroeger|eerst|voorheen|eerder|ooit|was|waren|geweest|begonnen|oorspronkelijk|"
    r"geleerd|verhuisd van|overgestapt van)\b"
)
SINCE_THEN: Final = re.compile(
    r"\b(?:maar )?(?:nu|inmiddels|intussen|tegenwoordig|momenteel|thans|sinds kort|daarna|later|"
    r"en toen|naar|maar|sinds (?!\d))"
)
WISH: Final = re.compile(r"\b(?:wil|wilde|wou|zou)\b")
STARTS_BEFORE: Final = re.compile(r"(?<![ ,])[ ,]+(?:vroeger|voorheen|eerst)\b")
CORRECTED: Final = frozenset(
    {"sector", "employment", "education_level", "years_experience", "school_type", "region"}
)
"""Where "nee" takes back what was said; at a yes or no it is the answer."""

CHANGES: Final = frozenset({"sector", "employment", "employer_consent", "region", "school_type"})
"""What can be otherwise now than it was; a diploma and years of work stay."""


def settled(item: str, answer: str) -> Iterator[str]:
    """The parts of a folded answer that count, the one that counts most first."""
    parts = list(_last_words(answer)) if item in CORRECTED else [answer]
    for part in parts:
        now = _as_it_is_now(part, item) if item in CHANGES else part
        yield now
        if item == "sector" and now != part and not now.startswith("maar"):
            yield part  # "veertig jaar loodgieter, later uitvoerder": what it is now names none


def _last_words(answer: str) -> Iterator[str]:
    """What was said last, and then what was said before it, without what is denied."""
    if match := NOT_BUT.search(answer) or NOT_THAT.search(answer):
        yield from (match["new"], answer[: match.start()])
        return
    yield from reversed([part for part in CORRECTS.split(answer) if part.strip()])


def _as_it_is_now(part: str, item: str) -> str:
    """Without what was so before, where both are said."""
    before = BEFORE.search(part) or (item in ("sector", "employment") and WISH.search(part))
    if before and (now := SINCE_THEN.search(part, before.end())):
        return part[now.start() :]
    if (now := SINCE_THEN.search(part)) and (before := STARTS_BEFORE.search(part, now.end())):
        return part[now.start() : before.start()]
    return part
