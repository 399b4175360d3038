"""A list of terms that is looked up in running text, however the terms are spaced or hyphenated."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple

from bot.core.answers.text import WORD, fold, key_of

GAP: Final = re.compile(r"[ '+-]{0,3}|\. ?")
HERE: Final = Path(__file__).parent


class Hit(NamedTuple):
    """A term found in a folded text."""

    key: str
    value: str
    start: int
    end: int


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of a data file beside this module; empty lines and `#` lines are for people."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


class Lexicon:
    """Terms with a value each; the longest term wins, words stay whole."""

    def __init__(self, terms: Mapping[str, str], longest: int, loose: bool = True) -> None:
        """Keep the terms by their letters only; `longest` is the number of words of the longest.

        A loose lexicon also finds a term that is written as more words than it has: "dak dekker".
        """
        self._single = (
            frozenset() if loose else {key_of(t) for t in terms if WORD.fullmatch(fold(t))}
        )
        self._values = {key: value for term, value in terms.items() if (key := key_of(term))}
        self._longest = longest
        self._by_length: dict[int, list[str]] = {}
        for key in self._values:
            self._by_length.setdefault(len(key), []).append(key)

    def get(self, text: str) -> str | None:
        """The value of a text that is exactly one term."""
        return self._values.get(key_of(text))

    def find(self, folded: str) -> Iterator[Hit]:
        """The terms in a folded text, in order, not overlapping."""
        words = list(WORD.finditer(folded))
        at = 0
        while at < len(words):
            hit, used = self._at(folded, words, at)
            if hit is not None:
                yield hit
            at += used

    def _at(self, folded: str, words: list[re.Match[str]], at: int) -> tuple[Hit | None, int]:
        """The longest term that starts at a word, and how many words to go on."""
        key, best, used = "", None, 1
        for taken in range(1, min(self._longest, len(words) - at) + 1):
            word = words[at + taken - 1]
            if taken > 1 and not GAP.fullmatch(folded, words[at + taken - 2].end(), word.start()):
                break
            key += word[0]
            if key in self._values and (taken == 1 or key not in self._single):
                best = Hit(key, self._values[key], words[at].start(), word.end())
                used = taken
        return best, used

    def closest(self, text: str, cutoff: float = 0.86, shortest: int = 5) -> str | None:
        """The value of the term that a text is a typing error away from; None when in doubt."""
        key = key_of(text)
        if not shortest <= len(key) <= 40:
            return None
        near = range(len(key) - 2, len(key) + 3)
        keys = [k for n in near for k in self._by_length.get(n, ()) if k[0] == key[0]]
        close = get_close_matches(key, keys, n=2, cutoff=cutoff)
        values = {self._values[match] for match in close[:1]}
        return values.pop() if len(values) == 1 else None
