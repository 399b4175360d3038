"""Reads a yes or a no that binds: a message made of nothing but listed words, as a whole.

What leads to consent, a registration, erasing or withdrawing must be beyond doubt. So nothing is
looked for in a text here: every word of it has to be one of ours, or the text is neither.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.core.answers.exact_words import (
    ALONE,
    ALSO,
    AND,
    AS_IT_IS,
    KNOWN,
    NO,
    NO_FILLERS,
    NOT_BUT_RIGHT,
    RESTART,
    SHORTEST_SLIP,
    SLIPS,
    UNKNOWN,
    UNKNOWN_FILLERS,
    WRONG,
    WRONG_FILLERS,
    YES,
    YES_FILLERS,
    Lists,
    Phrase,
    shortened,
)
from bot.core.answers.text import fold, is_close, plain_words
from bot.core.answers.yes_no import SIGNS_NO, SIGNS_YES

__all__ = ["ALSO", "is_restart", "is_unknown", "read_exact"]

MOST_WORDS: Final = 20
"""A plain yes is short; whoever says more, says more than yes."""

FRIENDLY: Final = "🙂😊😀😃😄🙏🤗😁😎👋🎉🥳🙌💪"
SKIN: Final = "🏻🏼🏽🏾🏿"
WORD: Final = re.compile(r"\w+(?:'\w+)?|[^\w\s]")
NOTHING: Final[tuple[frozenset[Phrase], frozenset[Phrase]]] = (frozenset(), frozenset())
NOT_YET: Final = frozenset({"employer_consent"})
"""Where "nog niet" is an answer of its own, and no refusal."""
SHOWN: Final = ("consent", "confirm")
"""Questions about what somebody told or tells; the others erase or withdraw it."""


def read_exact(text: str, about: str | None = None) -> str | None:
    """ "yes", "no", "wrong" (that what we showed is so), or None; `about` names the question."""
    words = _words(ALONE.get(fold(text).strip(" .!"), text) if about in SHOWN else text)
    if not words or len(words) > MOST_WORDS or not KNOWN.issuperset(words):
        return None
    also, beside = ALSO.get(about or "", NOTHING)
    as_is, around = AS_IT_IS if about == "email" else NOTHING
    right = NOT_BUT_RIGHT if about == "confirm" else frozenset()
    lists: dict[str, tuple[Lists, Lists]] = {
        "yes": ((YES, also), (YES_FILLERS, beside)),
        "no": ((NO, as_is), (NO_FILLERS, around, right)),
        "wrong": ((WRONG,), (WRONG_FILLERS,)),
    }
    if about in NOT_YET and "nog" in words:
        return None
    found = [name for name, (means, fillers) in lists.items() if _is_made_of(words, means, fillers)]
    return found[0] if len(found) == 1 else None


def read_binding(text: str, about: str) -> str | None:
    """ "yes" or "no" to a question that binds; None for anything else."""
    said = read_exact(text, about)
    return said if said in ("yes", "no") else None


def is_unknown(text: str) -> bool:
    """Whether a message says that somebody does not know, and nothing else."""
    return _says(text, UNKNOWN, UNKNOWN_FILLERS)


def is_restart(text: str) -> bool:
    """Whether a message says that somebody wants to start all over, and nothing else."""
    return _says(text, RESTART, YES_FILLERS)


def _says(text: str, means: frozenset[Phrase], fillers: frozenset[Phrase]) -> bool:
    words = _words(text)
    return 0 < len(words) <= MOST_WORDS and _is_made_of(words, (means,), (fillers,))


def _words(text: str) -> Phrase:
    """The words of a text; what is no word and no comma is one as well, so that it counts."""
    pieces = (_token(piece) for piece in WORD.findall(plain_words(fold(text))))
    return tuple(word for word in pieces if word)


def _token(piece: str) -> str:
    if piece in SIGNS_YES:
        return shortened("ja")
    if piece in SIGNS_NO:
        return shortened("nee")
    is_quiet = piece in FRIENDLY or piece in SKIN or unicodedata.category(piece[0])[0] == "P"
    return "" if is_quiet and piece not in "?¿" else _meant(shortened(piece))


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The word that was typed, or the one word of ours that it is a slip of the finger away."""
    if word in KNOWN or len(word) < SHORTEST_SLIP:
        return word
    close = [each for each in SLIPS if is_close(word, each)]
    return close[0] if len(close) == 1 else word


def _is_made_of(words: Phrase, means: Lists, fillers: Lists) -> bool:
    """Whether the words can be parted into such phrases, with at least one that means it.

    Between two that mean it "en" says nothing; at the end it says that there is more.
    """
    reached: list[set[bool]] = [{False}, *(set() for _ in words)]
    for at, size in _pieces(len(words)):
        piece = words[at : at + size]
        if any(piece in each for each in means) and reached[at]:
            reached[at + size].add(True)
        if piece[0] == AND and True in reached[at] and any(piece[1:] in each for each in means):
            reached[at + size].add(True)
        if any(piece in each for each in fillers):
            reached[at + size] |= reached[at]
    return True in reached[-1]


def _pieces(count: int) -> Iterable[tuple[int, int]]:
    """Where a piece can begin and how many words it has, from the left."""
    return ((at, size) for at in range(count) for size in range(1, count - at + 1))
