"""Makes every spelling of a text alike, and remembers where each letter stood."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

SIGNS: Final = {
    **dict.fromkeys("‘’‚‛`´ʼʹ′＇", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("…", "."),
    **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad\ufe0f\u20e3", ""),
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "ı": "i",
    "ß": "ss",
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "½": " 1/2",
}
WORD: Final = re.compile(r"[^\W_]+")
NO_KEY: Final = re.compile(r"[\W_]+")


@cache
def fold_char(char: str) -> str:
    """One character in lower case without its accents; nothing for an accent by itself."""
    if char in SIGNS:
        return SIGNS[char]
    if char.isspace():
        return "\n" if char == "\n" else " "
    if "\ud800" <= char <= "\udfff":
        return " "
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(part for part in parts if not unicodedata.combining(part))


class _Table(dict[int, str]):
    """Folds a character when it is first met; the Basic Latin part stays small and quick."""

    def __missing__(self, code: int) -> str:
        folded = fold_char(chr(code))
        if len(self) < 4096:
            self[code] = folded
        return folded


TABLE: Final = _Table()


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and dashes; newlines stay, other space is a space."""
    return text.translate(TABLE)


def _single_spaced(parts: Iterable[str]) -> Iterator[str]:
    """The same parts without any space that follows a space."""
    after_space = False
    for part in parts:
        kept = part[1:] if after_space and part.startswith(" ") else part
        after_space = kept.endswith(" ") or (not kept and after_space)
        yield kept


@dataclass(frozen=True)
class Folded:
    """A folded text, each space single, with the place in the original of each character."""

    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Folded":
        """Fold; the common case, a text of the same length, needs no list of places."""
        folded = [TABLE[ord(char)] for char in text]
        plain = "".join(folded)
        if "  " not in plain and all(len(part) == 1 for part in folded):
            return cls(plain, range(len(text) + 1))
        folded = list(_single_spaced(folded))
        plain = "".join(folded)
        places = [at for at, part in enumerate(folded) for _ in part]
        return cls(plain, (*places, len(text)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the folded text stands in the original."""
        if start >= end:
            return self.places[start], self.places[start]
        last = self.places[end - 1]
        return self.places[start], max(last + 1, min(self.places[end], last + 1))


SPOKEN: Final = {
    **dict.fromkeys(("nie", "ni", "neit", "nit", "niett"), "niet"),
    **dict.fromkeys(("nix", "nikx", "niksnie"), "niks"),
    **dict.fromkeys(("m'n", "mn", "mij'n", "me'n"), "mijn"),
    **dict.fromkeys(("z'n", "zn"), "zijn"),
    **dict.fromkeys(("'t", "t", "ut", "et"), "het"),
    **dict.fromkeys(("'n", "n", "nen", "ne"), "een"),
    **dict.fromkeys(("'k", "k"), "ik"),
    "da": "dat",
    **dict.fromkeys(("da's", "das"), "dat is"),
    **dict.fromkeys(("tis", "'tis"), "het is"),
    **dict.fromkeys(("tklopt", "'tklopt"), "het klopt"),
    **dict.fromkeys(("kben", "'kben"), "ik ben"),
    **dict.fromkeys(("kheb", "'kheb"), "ik heb"),
    **dict.fromkeys(("kwil", "'kwil"), "ik wil"),
    **dict.fromkeys(("kwoon", "'kwoon"), "ik woon"),
    **dict.fromkeys(("effe", "ff"), "even"),
    **dict.fromkeys(("kweenie", "kweetnie", "kweenni"), "ik weet niet"),
    **dict.fromkeys(("weenie", "weetnie"), "weet niet"),
    "kweet": "ik weet",
}
"""How people say small words, and how these are written."""

SMALL: Final = re.compile(r"(?<![\w'.-])(?:" + "|".join(map(re.escape, SPOKEN)) + r")(?![\w'./-])")


AT_RANDOM: Final = re.compile(
    r"\b[a-z]?[bcdfghjklmnpqrstvwxz]{5}|(?P<same>[a-z])(?P=same){2}|"
    r"asdf|sdfg|dfgh|fghj|ghjk|hjkl|lkjh|qwer|wert[yz]|zxcv|xcvb"
)


def plain_words(folded: str) -> str:
    """A folded text with its small words as they are written ("nie" is "niet")."""
    return SMALL.sub(lambda match: SPOKEN[match[0]], folded)


def squeeze(text: str) -> str:
    """One space between words, none around the whole."""
    return " ".join(text.split())


def key_of(text: str) -> str:
    """Only the letters and digits, so that `CV-monteur`, `cv monteur` and `cvmonteur` agree."""
    return NO_KEY.sub("", fold(text))


def is_at_random(folded: str) -> bool:
    """Whether fingers ran over the keys: no word has these letters in a row."""
    return AT_RANDOM.search(folded) is not None


def is_close(word: str, target: str) -> bool:
    """Whether a word is one slip of the finger away: a letter more, less, wrong or swapped."""
    if abs(len(word) - len(target)) > 1:
        return False
    same = 0
    for left, right in zip(word, target, strict=False):
        if left != right:
            break
        same += 1
    rest, wanted = word[same:], target[same:]
    if len(word) == len(target):
        swapped = rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:]
        return rest[1:] == wanted[1:] or swapped
    return rest[1:] == wanted if len(word) > len(target) else rest == wanted[1:]
