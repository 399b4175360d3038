"""Half a name: "mijn achternaam is Bergh" changes the half that it names, and leaves the other."""

import re
from typing import Final

from bot.core.answers.names import PARTICLES, is_first_name, write_name
from bot.core.answers.text import Folded, fold

HALF: Final = re.compile(r"\b(?P<half>voor|achter)naam(?: is| =|:| ?=)?\s*:?\s*$")
START: Final = re.compile(r"^\W*(?:(?:nee|en|mijn|m'n|mn)\W+){0,3}(?P<half>voor|achter)naam\b")
BOTH: Final = re.compile(
    r"^\W*(?:mijn |m'n |mn )?(?:voor|achter)?naam\W*(?:is )?(?P<first>\S.{0,99}?)[\s,;.]+"
    r"(?:en )?(?:mijn |m'n |mn )?(?P<other>voor|achter)naam\W*(?:is )?(?P<second>\S.{0,99})$"
)


def both_halves(text: str) -> str | None:
    """A whole name out of "voornaam: Jan, achternaam: de Boer", the first name first."""
    folded = Folded.of(text.replace("\n", " "))
    told = BOTH.match(folded.text)
    if told is None:
        return None
    parts = [text[slice(*folded.span(*told.span(name)))] for name in ("first", "second")]
    return " ".join(parts if told["other"] == "achter" else reversed(parts))


def half_before(text: str, start: int) -> str | None:
    """Which half of a name stands at `start`, as the words before it say: "voor" or "achter"."""
    cue = HALF.search(fold(text[:start]))
    return cue["half"] if cue else None


def half_at_start(text: str) -> str | None:
    """Which half an answer says that it is: "achternaam is Bergh"."""
    cue = START.match(fold(text))
    return cue["half"] if cue else None


def with_half(known: str | None, told: str, half: str | None) -> str:
    """The whole name, when a half of it was told; a word alone is the half that it looks like."""
    new = write_name(told)
    is_whole = half is None and " " in new
    if not known or is_whole or (half is None and " " not in known):
        return new
    if half is None and _holds(known, new):
        return known
    half = half or ("voor" if is_first_name(fold(new)) else "achter")
    given, surname = _halves(known, half)
    if half == "voor":
        return f"{new} {surname}".strip()
    if given and _holds(new, given):
        return new
    is_small = given and told[:1].islower() and fold(new.split()[0]) in PARTICLES
    return f"{given} {new[:1].lower() + new[1:] if is_small else new}".strip()


def _halves(known: str, changes: str) -> tuple[str, str]:
    """The given names and the surname: it starts at a particle, else it is the last word."""
    surname, comma, given = known.partition(", ")
    if comma:
        return given, surname
    words = known.split()
    if len(words) == 1:
        is_given = changes == "achter" or is_first_name(fold(known))
        return (known, "") if is_given else ("", known)
    starts = (at for at, word in enumerate(words) if fold(word) in PARTICLES)
    at = next(starts, len(words) - 1)
    return " ".join(words[:at]), " ".join(words[at:])


def _holds(whole: str, part: str) -> bool:
    return f" {part} ".casefold() in f" {whole} ".casefold()
