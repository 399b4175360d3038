"""Which words are ordinary, so that they can be shown to the engine at a personal question."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from bot.core.answers.names import is_common
from bot.core.answers.text import fold

EXAMPLES: Final = Path(__file__).parents[2] / "nlu"
WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def _of_visitors() -> frozenset[str]:
    """Every word of the training sentences: no persons stand in them."""
    return frozenset(
        word
        for path in EXAMPLES.rglob("*.yml")
        for word in WORD.findall(fold(path.read_text(encoding="utf-8")))
    )


def is_ordinary(word: str) -> bool:
    """Whether a word is one that people use about the programme, and so no name."""
    parts = WORD.findall(fold(word))
    has_digits = any(letter.isdigit() for letter in word)
    return not has_digits and all(part in _of_visitors() or is_common(part) for part in parts)
