"""Puts right what is one slip of the finger away from a word that we know.

Known are the words of a Dutch list of spoken language (it comes inside `pyspellchecker`) and the
words that our own training sentences use more than once. The corrected text is for telling what a
message means; facts are always read from the text as it was typed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Self

from spellchecker import SpellChecker

WORD = re.compile(r"[^\W\d_]+")
SHORTEST, LONGEST = 3, 40
"""Letters: a longer string has hundreds of thousands of neighbours, and no word among them."""

OFTEN_ENOUGH = 2
"""A word that stands once in the training sentences may itself be a typing error there."""

OURS = 30
COMMON = 3000
"""How much a word of ours outweighs one of the list; and from where on common is common."""


class Speller:
    """Corrects the words of a text that nobody knows."""

    def __init__(self, ours: Mapping[str, int]) -> None:
        """`ours`: how often each word stands in our own sentences."""
        self.ours = {word: count for word, count in ours.items() if count >= OFTEN_ENOUGH}
        self._list = SpellChecker(language="nl", distance=1)
        self._kept: dict[str, str] = {}

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Self:
        """Know the words of these texts."""
        return cls(Counter(word for text in texts for word in WORD.findall(text.lower())))

    def correct(self, text: str) -> str:
        """The text with every unknown word replaced by the known one nearest to it, if any."""
        return WORD.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        word = match[0].lower()
        if not SHORTEST <= len(word) <= LONGEST or self._worth(word):
            return match[0]
        if word not in self._kept:
            near = self._list.edit_distance_1(word)
            best = max(near, key=lambda each: (self._worth(each), each), default=word)
            if len(self._kept) > 10_000:
                self._kept.clear()
            self._kept[word] = best if self._worth(best) else word
        return match[0] if self._kept[word] == word else self._kept[word]

    def _worth(self, word: str) -> float:
        """How likely somebody meant this word; nothing for a word that we do not know."""
        common = min(self._list.word_frequency.dictionary.get(word, 0), COMMON)
        return OURS * self.ours.get(word, 0) + common**0.5
