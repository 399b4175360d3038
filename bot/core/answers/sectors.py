"""The branch that somebody works in, from its name or from a trade."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.core.answers.doubts import is_of_two
from bot.core.answers.lexicon import Hit, Lexicon, read_rows
from bot.core.answers.spelling import corrected
from bot.core.answers.text import WORD, key_of

TECHNICAL: Final = ("installatietechniek", "metaalbewerking", "metalektro", "bouw")
NOT_IN: Final = re.compile(
    r"\b(?:niet|geen|nooit)(?: meer)?(?: (?:in|bij|op|de|het|een|als|voor))*\s*$"
)
SURNAME: Final = re.compile(r"\bvan de[rn]? $")
"""Before a trade that is a surname: "van der Kok"."""

WISH: Final = re.compile(
    r"\b(?:wil|wou|wilde|zou|liever|ga|graag|ooit|worden|belangstelling|interesse|vroeger|zoek|"
    r"zoeken|nodig|huur|omscholen|opleiding tot|les|lesgeven|"
    r"lessen|doceren)\b"
)
ABOUT_ME: Final = re.compile(
    r"\b(?:ben|werk|werkzaam|als|doe|zit|sta|beroep|vak|ervaring|gewerkt|baan|wij|we|ons|onze|"
    r"kom|in|uit|monteer|repareer|bij)\b"
)
NOT_TECHNICAL: Final = re.compile(
    r"\b(?:niet|geen|nooit|buiten|niks|niets)\b.{0,25}\b(?:techniek|technisch\w*|"
    r"technische sector)\b"
)
BUILDS: Final = re.compile(r"\b(?:ik|wij|we) bouw(?:en)? (?!en\b)")
"""The verb: "ik bouw schakelkasten" is not the branch."""

WANTS: Final = re.compile(r"\s*(?:worden|wil|gaan|wilde|geven)\b")
STRANGER: Final = re.compile(r"^(?:\w+ ){0,3}(?:de|een|mijn|goede|jullie) $")
SHORTEST_ENDING: Final = 4
SHORTEST_NAME: Final = 7


@cache
def _trades() -> tuple[Lexicon, frozenset[str], dict[str, str]]:
    """The terms, those that only count as an answer, and the endings of compounds."""
    terms: dict[str, str] = {}
    ordinary: set[str] = set()
    endings: dict[str, str] = {}
    for term, sector, *mark in read_rows("trades.tsv"):
        if term.startswith("*"):
            endings[key_of(term)] = sector
        terms[term.lstrip("*")] = sector
        if mark:
            ordinary.add(key_of(term))
    return Lexicon(terms, longest=6), frozenset(ordinary), endings


def _hits(clause: str) -> Iterator[Hit]:
    """Trades and branches in a clause, those that are denied left out."""
    lexicon, _, _ = _trades()
    found = list(lexicon.find(clause))
    taken = {hit.start for hit in found}
    found += [hit for hit in _compounds(clause) if hit.start not in taken]
    for hit in sorted(found, key=lambda hit: hit.start):
        if SURNAME.search(clause[: hit.start]):
            continue
        if not NOT_IN.search(clause[: hit.start][-40:]):
            yield hit


def _compounds(clause: str) -> Iterator[Hit]:
    _, _, endings = _trades()
    for word in WORD.finditer(clause):
        text = word[0][:-1] if word[0].endswith("s") else word[0]
        for cut in range(1, len(text) - SHORTEST_ENDING + 1):
            if text[cut:] in endings:
                yield Hit(text, endings[text[cut:]], word.start(), word.end())
                break


def names_trade(clause: str) -> bool:
    """Whether a folded clause names a trade or branch."""
    _, ordinary, _ = _trades()
    return any(hit.key not in ordinary for hit in _hits(clause))


def is_trade(word: str) -> bool:
    """Whether one folded word is a trade or branch."""
    return any(hit.start == 0 and hit.end == len(word) for hit in _hits(word))


def read_sector(clause: str) -> str | None:
    """The branch told in an answer; a technical one counts before any other."""
    values = [hit.value for hit in _hits(clause)]
    if not values and (meant := corrected(clause, trade_words())) != clause:
        values = [hit.value for hit in _hits(meant)]
    technical = list(dict.fromkeys(value for value in values if value in TECHNICAL))
    if len(technical) > 1 and BUILDS.search(clause):
        technical = [value for value in technical if value != "bouw"]
    if len(technical) > 1 and is_of_two(clause):
        return None
    if technical:
        return technical[0]
    if "other" in values:
        return "other"
    return "not_technical" if "not_technical" in values or NOT_TECHNICAL.search(clause) else None


@cache
def trade_words() -> frozenset[str]:
    """The trades and branches of one long word."""
    rows = (term.lstrip("*") for term, *_ in read_rows("trades.tsv"))
    return frozenset(term for term in rows if len(term) >= SHORTEST_NAME and WORD.fullmatch(term))


def find_sector(clause: str) -> Iterator[tuple[str, int, int]]:
    """The branch that a clause states beyond doubt."""
    if NOT_TECHNICAL.search(clause):
        return
    _, ordinary, _ = _trades()
    certain = [hit for hit in _hits(clause) if hit.key not in ordinary]
    for technical in (True, False):
        for hit in certain:
            if (hit.value in TECHNICAL) is technical and _is_mine(clause, hit, technical):
                yield hit.value, hit.start, hit.end
                return


def _is_mine(clause: str, hit: Hit, technical: bool) -> bool:
    """Whether it is what the speaker does, not what he wishes or once did."""
    if WISH.search(clause[: hit.start]) or WANTS.match(clause, hit.end):
        return False
    if STRANGER.search(clause[: hit.start]) and not ABOUT_ME.search(clause[: hit.start]):
        return False
    alone = len(clause.split()) <= 3
    return alone or technical or bool(ABOUT_ME.search(clause))
