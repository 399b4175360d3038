"""Reads a number from 0 to 60 in digits or in Dutch words, slips of the finger included."""

import re
from functools import cache, lru_cache
from typing import Final

from bot.core.answers.text import is_close

FEW: Final = (  # noqa: SIM905
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien"
).split()
TENS: Final = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig"}
ROUND: Final = {"tiental": 10, "dozijn": 12, "twintigtal": 20, "dertigtal": 30, "vijftal": 5}
HALVES: Final = {"anderhalf": 1.5, "anderhalve": 1.5, "half": 0.5, "halve": 0.5, "driekwart": 0.75}
DIGITS: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
LIKE_OTHERS: Final = frozenset(
    {
        *("nee", "eens", "ben", "hele", "zeker", "dier", "hier", "weer", "vijfde", "echt", "elke"),
        *("zien", "dien", "nacht", "macht", "vele", "veel", "geen", "heel", "eerste"),
        *("derde", "achtste", "zesde", "tiende", "laatste", "eigen", "ander"),
    }
)


@cache
def number_words() -> dict[str, float]:
    """Every number word from nul to zestig, and the halves."""
    words: dict[str, float] = {word: number for number, word in enumerate(FEW)}
    for ten, name in TENS.items():
        words[name] = ten
        for unit in range(1, 10):
            if ten < 60:
                words[f"{FEW[unit]}en{name}"] = ten + unit
    words.update(ROUND)
    words.update(HALVES)
    words.update({f"{FEW[unit]}enhalf": unit + 0.5 for unit in range(1, 11)})
    words.update({f"{FEW[unit]}eneenhalf": unit + 0.5 for unit in range(1, 11)})
    words.update({"één": 1, "ene": 1, "zeuven": 7, "twinitg": 20})
    return words


@lru_cache(maxsize=4096)
def number_of(word: str) -> float | None:
    """The number that one folded word stands for, else None."""
    if DIGITS.fullmatch(word):
        return float(word.replace(",", "."))
    known = number_words()
    if word in known:
        return known[word]
    if len(word) < 6 or word in LIKE_OTHERS:
        return None
    close = {number for name, number in known.items() if len(name) > 5 and is_close(word, name)}
    return close.pop() if len(close) == 1 else None


def whole(number: float) -> int | float:
    """An int where nothing is lost by it: 15, not 15.0."""
    return int(number) if number == int(number) else round(number, 2)


@lru_cache(maxsize=1024)
def number_near(word: str) -> float | None:
    """The number that a short word is one slip of the finger away from; only beside a unit."""
    known = number_words()
    close = {number for name, number in known.items() if len(name) > 2 and is_close(word, name)}
    return close.pop() if len(close) == 1 and word not in LIKE_OTHERS else None
