"""Which words are ordinary: no names, so that they can be shown to the engine."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from bot.core.answers.names import PARTICLES, is_common, is_first_name
from bot.core.answers.text import fold

LIST: Final = Path(__file__).with_name("ordinary_words.txt")
"""A list of its own, that a person read: a new training sentence makes no word ordinary."""

WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def ordinary_words(path: Path = LIST) -> frozenset[str]:
    """Every word that people use about the programme; raises FileNotFoundError.

    Without them every word would be hidden, and no answer understood.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_ordinary(word: str) -> bool:
    """Whether a word is one that people use about the programme, and so no name."""
    parts = WORD.findall(fold(word))
    has_digits = any(letter.isdigit() for letter in word)
    return not has_digits and all(part in ordinary_words() or is_common(part) for part in parts)


def is_part_of_name(word: str) -> bool:
    """Whether it is a first name or a particle, so that a strange word beside it is a name."""
    plain = fold(word).strip(".,;:!?()")
    return plain in PARTICLES or is_first_name(plain)
