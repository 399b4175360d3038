"""An address or a number that is written as people say it, in signs and digits.

"jan punt bakker apenstaartje ziggo punt nl", "nul zes twaalf vierendertig ...": only where we ask
for it, and only as a whole. What stays in doubt stays as it was typed, and is asked about.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from bot.core.answers.names import PARTICLES, is_first_name
from bot.core.answers.numbers import FEW
from bot.core.answers.ordinary import is_ordinary
from bot.core.answers.text import fold

APE: Final = r"ape?n?[- ]?sta+r?t(?:je|jes)?|aapje|at[- ]?teken"
BRACKETED: Final = re.compile(
    rf"\s*[(\[{{<]\s*(?:(?P<at>at?|{APE}|@)|(?P<dot>punt|dot|\.))\s*[)\]}}>]\s*", re.IGNORECASE
)
SAID_AT: Final = re.compile(rf"\s+(?:{APE})\s+", re.IGNORECASE)
SAID_AT_SIGN: Final = re.compile(r"\s+at\s+(?=\S+(?:\s+(?:punt|dot)\s+|\.)\w)", re.IGNORECASE)
SPACED_AT: Final = re.compile(
    r"(?<=\w)\s*[@＠]\s*(?=[\w-]+(?:\s?\.\s?| punt | dot )\w)", re.IGNORECASE
)
SPACED_DOT: Final = re.compile(
    r"(?<=@)([\w-]+)(?:\s+\.\s*|\.\s+(?=(?:nl|com|be|de|org|net|eu)\b))(?=\w)"
)
SAID_SIGNS: Final = (
    (re.compile(r"\s+(?:punt|dot)\s+", re.IGNORECASE), "."),
    (re.compile(r"\s+(?:underscore|(?:laag|lage|liggend) streepje)\s+", re.IGNORECASE), "_"),
    (re.compile(r"\s+(?:streepje|koppelteken|min(?:teken|netje)?)\s+", re.IGNORECASE), "-"),
)
SAID_END: Final = re.compile(r"(?<=\.)(?:kom|en el)\b", re.IGNORECASE)
IN_ONE: Final = re.compile(
    r"[\s,.(]*\b(?:alles |allemaal )?(?:aan elkaar|aaneen|zonder spaties?)\b[\s).!]*", re.IGNORECASE
)
BREAK: Final = re.compile(r"[,:;!?()\n=]")

TENS: Final = ("", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig")
TIMES: Final = frozenset({"keer", "maal", "x"})
BETWEEN: Final = frozenset({"en", "dan", "de", "het", "weer", "nog", "streepje", "spatie", "punt"})
TOKEN: Final = re.compile(r"\+|[^\W\d_]+|\d+")
SPELLED: Final = re.compile(r"nul|plus|zes|acht|tig|twaalf", re.IGNORECASE)
"""Without one of these no number is spelled out that can be called."""

FEWEST: Final = 9
"""Digits; a number that can be called has no less."""


def address_in_signs(text: str) -> str:
    """The text with a spelled or spaced address as an address is written."""
    told = BRACKETED.sub(lambda sign: "@" if sign["at"] else ".", text)
    told = SAID_AT_SIGN.sub("@", SAID_AT.sub("@", told))
    if "@" not in told and "＠" not in told:
        return text
    told = SPACED_DOT.sub(r"\1.", SPACED_AT.sub("@", told))
    for spoken, sign in SAID_SIGNS:
        told = spoken.sub(sign, told)
    told = SAID_END.sub(lambda end: "com" if end[0].casefold() == "kom" else "nl", told)
    in_one = IN_ONE.search(told)
    if in_one is None:
        return told
    words = told[: in_one.start()].split()
    first = next((at for at, word in enumerate(words) if not _is_about(word)), len(words))
    return " ".join([*words[:first], "".join(words[first:])])


def is_half(before: str, address: str) -> bool:
    """Whether the words right before an address may well be its beginning: "van den berg@...".

    A name that the address has as well stands there beside it: "Fatima el Amrani fatima@...".
    """
    words = BREAK.split(before)[-1].replace(".", " ").split()
    if not words or not all(word.islower() or word.isdigit() for word in words):
        return False
    local = fold(address.partition("@")[0])
    if any(len(word) > len("van") and fold(word) in local for word in words):
        return False
    is_name = all(word in PARTICLES or not _is_about(word) for word in words)
    return is_name or not (_is_about(words[0]) and _is_about(words[-1]))


def _is_about(word: str) -> bool:
    """Whether a word speaks about an address, and is no part of one."""
    plain = fold(word).strip(".,:")
    return is_ordinary(plain) and not is_first_name(plain)


def number_in_digits(text: str) -> str:
    """The text with a telephone number that is spelled out as digits."""
    if not SPELLED.search(text):
        return text
    tokens = list(TOKEN.finditer(text))
    pieces, at = [], 0
    for run in _runs(tokens):
        digits = _digits([fold(token[0]) for token in run])
        is_spelled = any(_spoken(fold(token[0])) for token in run)
        if is_spelled and sum(map(str.isdigit, digits)) >= FEWEST:
            pieces += [text[at : run[0].start()], digits]
            at = run[-1].end()
    return "".join([*pieces, text[at:]])


def _runs(tokens: Sequence[re.Match[str]]) -> Iterator[Sequence[re.Match[str]]]:
    """The longest rows of numbers, with the small words that are said between them."""
    run: list[re.Match[str]] = []
    for token in tokens:
        plain = fold(token[0])
        is_number = plain.isdigit() or plain in ("+", "plus") or _spoken(plain) is not None
        if is_number or (run and plain in BETWEEN | TIMES | {"dubbel", "dubbele"}):
            run.append(token)
            continue
        yield from _without_end(run)
        run = []
    yield from _without_end(run)


def _without_end(run: list[re.Match[str]]) -> Iterator[Sequence[re.Match[str]]]:
    while run and _value(fold(run[-1][0])) is None:
        run.pop()
    if run:
        yield run


def _digits(words: Sequence[str]) -> str:
    """The digits of a row: "vier keer de een" is 1111, "dubbel drie" is 33."""
    said = [word for word in words if word not in BETWEEN]
    out, times = "", 1
    for at, word in enumerate(said):
        following = said[at + 1] if at + 1 < len(said) else ""
        value = _value(word)
        if value is not None and following in TIMES:
            times = max(1, int(value[-1]))
        elif word in ("dubbel", "dubbele"):
            times = 2
        elif value is not None:
            out, times = out + value * times, 1
    return out


def _value(word: str) -> str | None:
    if word in ("+", "plus"):
        return "+"
    return word if word.isdigit() else _spoken(word)


def _spoken(word: str) -> str | None:
    """The digits of one word, also of several that are written as one: "nulzes"."""
    if word in _number_words():
        return _number_words()[word]
    if not _ONE_WORD.fullmatch(word):
        return None
    return "".join(_number_words()[part] for part in _PART.findall(word))


@cache
def _number_words() -> dict[str, str]:
    words = {word: str(number) for number, word in enumerate(FEW)}
    for ten, name in enumerate((*TENS, "negentig")):
        if name:
            words[name] = f"{ten}0"
            units = (FEW[unit] for unit in range(1, 10))
            words.update({f"{unit}en{name}": f"{ten}{at}" for at, unit in enumerate(units, 1)})
    return words


_LONGEST_FIRST: Final = "|".join(sorted(_number_words(), key=len, reverse=True))
_PART: Final = re.compile(_LONGEST_FIRST)
_ONE_WORD: Final = re.compile(f"(?:{_LONGEST_FIRST})+")
