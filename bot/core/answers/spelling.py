"""A slip of the finger in an answer, put right against the words of the question's own reader.

Only what nobody writes on purpose is changed: an ordinary word, and a word that the reader knows,
stays. How a word sounds counts first, so that "gepensioeneert" and "akoort" are near.
"""

import re
from functools import cache, lru_cache
from typing import Final

from bot.core.answers.lexicon import HERE
from bot.core.answers.text import WORD, fold

LETTERS: Final = re.compile(r"(?<![a-z])[a-z]{6,}(?![a-z])")
SYNTAX: Final = re.compile(r"\(\?P<\w+>|\\[a-zA-Z]|\(\?[:=!<]+|\[[^]]*\]|[(][a-z?]+[)]\?")
SOUNDS: Final = (
    (re.compile(r"(?<=[a-z])0|0(?=[a-z]{2})"), "o"),
    (re.compile(r"ij|ei"), "y"),
    (re.compile(r"eau"), "o"),
    (re.compile(r"ou|au"), "au"),
    (re.compile(r"c(?=[^hie])|c$|q|kw"), "k"),
    (re.compile(r"c(?=[ie])"), "s"),
    (re.compile(r"v"), "f"),
    (re.compile(r"z"), "s"),
    (re.compile(r"d$|dt$"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
)
SHORTEST: Final = 5
"""Letters; shorter words must sound the same, longer ones may differ by a slip."""
LONG: Final = 8
"""Letters from which two slips are one word still."""


MOST_WORDS: Final = 8


def own_words(*patterns: str, also: str = "") -> frozenset[str]:
    """The long words that stand in the patterns of a reader, and some short ones beside them."""
    found = {word for pattern in patterns for word in LETTERS.findall(_plain(pattern))}
    return frozenset(found | set(also.split()))


def _plain(pattern: str) -> str:
    """A pattern without what is no letter of a word; what may be left out is there."""
    return SYNTAX.sub(" ", pattern).replace("?", "")


def corrected(text: str, words: frozenset[str]) -> str:
    """A short folded text with each slip of the finger put right; a story is left as it is."""
    if text.count(" ") >= MOST_WORDS:
        return text
    return WORD.sub(lambda match: nearest(match[0], words) or match[0], text)


def has_slip(text: str, words: frozenset[str]) -> bool:
    """Whether a word is put right that sounds otherwise than the one that was meant."""
    if text.count(" ") >= MOST_WORDS:
        return False
    meant = ((word, nearest(word, words)) for word in WORD.findall(text))
    return any(right is not None and _sound(word) != _sound(right) for word, right in meant)


@lru_cache(maxsize=4096)
def nearest(word: str, words: frozenset[str]) -> str | None:
    """The one word that was meant, when it is another than was typed."""
    if len(word) < 3 or word in words or word.isdigit() or word in _ordinary():
        return None
    heard = _sound(word)
    allowed = 0 if len(heard) < SHORTEST else 2 if len(heard) >= LONG else 1
    best = [(allowed + 1, "")]
    for own in _starting(words, heard[:1]):
        apart = _apart(heard, _sound(own), best[0][0] + 1)
        if apart < best[0][0]:
            best = [(apart, own)]
        elif apart == best[0][0] <= allowed:
            best.append((apart, own))
    stems = {_sound(own)[:SHORTEST] for _, own in best}
    return best[0][1] if best[0][0] <= allowed and len(stems) == 1 else None


@cache
def _ordinary() -> frozenset[str]:
    """What is no slip of the finger: words that everybody writes."""
    lines = (HERE / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if line[:1] != "#" for word in line.split())


@lru_cache(maxsize=512)
def _starting(words: frozenset[str], letter: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if _sound(word)[:1] == letter))


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """How a word sounds, nearly."""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _apart(left: str, right: str, most: int) -> int:
    """How many slips two words are apart, a swap is one; not counted further than `most`."""
    if abs(len(left) - len(right)) >= most:
        return most
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, char in enumerate(left, 1):
        earlier, before, row = before, row, [at]
        for to, other in enumerate(right, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (char != other))
            if at > 1 and to > 1 and char == right[to - 2] and left[at - 2] == other:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) >= most:
            return most
    return row[-1]
