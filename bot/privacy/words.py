"""Which words are ordinary, so that they can be shown to the engine at a personal question."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from bot.core.answers.names import PARTICLES, is_common, is_first_name
from bot.core.answers.text import fold

EXAMPLES: Final = Path(__file__).parents[2] / "nlu"
WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def words_of_visitors(examples: Path = EXAMPLES) -> frozenset[str]:
    """Every word of the training sentences: no persons stand in them; raises FileNotFoundError.

    Without them every word would be hidden, and no answer understood.
    """
    words = frozenset(
        word
        for path in examples.rglob("*.yml")
        for word in WORD.findall(fold(path.read_text(encoding="utf-8")))
    )
    if not words:
        raise FileNotFoundError(f"no sentences of visitors in {examples}")
    return words


def is_ordinary(word: str) -> bool:
    """Whether a word is one that people use about the programme, and so no name."""
    parts = WORD.findall(fold(word))
    has_digits = any(letter.isdigit() for letter in word)
    return not has_digits and all(part in words_of_visitors() or is_common(part) for part in parts)


def is_part_of_name(word: str) -> bool:
    """Whether it is a first name or a particle, so that a strange word beside it is a name."""
    plain = fold(word).strip(".,;:!?()")
    return plain in PARTICLES or is_first_name(plain)
