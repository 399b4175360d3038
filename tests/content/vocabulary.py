"""Words that a reader knows: from spoken Dutch, or because a text explains them."""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from tests.content.tone import lines, words

COMMON: Final = 1.0
"""A common word is said once in a million words of film subtitles, or more often."""
FOREIGN: Final = 25.0
"""An English word is so many times as common in English as in Dutch."""


@cache
def spoken(language: str) -> Mapping[str, float]:
    """How often a word is said in a million words, from the lists that pyspellchecker ships."""
    packed = files("spellchecker").joinpath(f"resources/{language}.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    total = sum(counts.values())
    return {word: count / total * 1e6 for word, count in counts.items()}


def is_common(word: str) -> bool:
    """Whether a word is often said in Dutch; a stress mark ("één") makes no other word."""
    plain = word.replace("é", "e")
    return max(spoken("nl").get(each, 0.0) for each in (word, plain)) >= COMMON


PREFIXES: Final = frozenset(
    ("aan", "af", "bij", "door", "in", "mee", "na", "om", "op", "over", "terug", "toe", "uit")
)
"""The first parts of verbs that come apart: "meedenken", "aangemeld"."""


def is_readable(word: str, known: frozenset[str]) -> bool:
    """Whether a word is common or known, or put together from such words ("les-s-tof")."""
    if len(word) == 1 or word in known or is_common(word):
        return True
    return any(
        is_part(word[:cut].removesuffix(link), known)
        and (is_part(word[cut:], known) or is_readable_tail(word[cut:], known))
        for cut in range(2, len(word) - 2)
        for link in ("", "s")
    )


def is_part(part: str, known: frozenset[str]) -> bool:
    """Whether this can be a part of a longer word; short ones are too often there by chance."""
    return part in known or part in PREFIXES or (len(part) > 3 and is_common(part))


def is_readable_tail(rest: str, known: frozenset[str]) -> bool:
    """Whether the rest of a long word is again put together ("burger-service-nummer")."""
    return len(rest) > 7 and is_readable(rest, known)


def is_english(word: str) -> bool:
    """Whether a word is much more English than Dutch."""
    english, dutch = (spoken(each).get(word, 0.0) for each in ("en", "nl"))
    return len(word) > 1 and english >= COMMON and english > FOREIGN * dutch


def is_in_english(sentence: str) -> bool:
    """Whether a whole sentence is English."""
    said = [word.lower() for word in words(sentence)]
    return 2 * sum(map(is_english, said)) > len(said) > 1


def uncommon(text: str, known: frozenset[str]) -> list[str]:
    """Words that a reader may not know and that nothing explains."""
    dutch = " ".join(one for one in lines(text) if not is_in_english(one))
    return [word for word in words(dutch) if not is_readable(word.lower(), known)]


def english(text: str, known: frozenset[str]) -> list[str]:
    """English words in Dutch sentences; English sentences but for one that is said in Dutch too."""
    whole = [one for one in lines(text) if is_in_english(one)]
    dutch = [one for one in lines(text) if one not in whole]
    mixed = [word for one in dutch for word in words(one)]
    return whole[1 if dutch else 0 :] + [
        word for word in mixed if is_english(word.lower()) and word.lower() not in known
    ]


EXPLAINED: Final = re.compile(
    r"((?:[A-Z]\w+ )?[^\W\d_]+)(?: \(|(?:,| is| zijn) )(?:een|er voor|iemand)\b"
)


def glossary(texts: Iterable[str]) -> frozenset[str]:
    """The words that the texts themselves explain: "VOG (een bewijs ...)", "OOM is er voor ..."."""
    return frozenset(
        word.lower()
        for text in texts
        for found in EXPLAINED.findall(text)
        for word in found.split()
    )
