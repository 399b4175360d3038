"""A person's name that is told unasked, in running text."""

import re
from typing import Final

from bot.core.answers.names import (
    NAMES_AFTER,
    OF_SENTENCES,
    PARTICLES,
    is_capital,
    is_common,
    is_first_name,
    is_initial,
)
from bot.core.answers.sectors import is_trade
from bot.core.answers.text import fold

PART: Final = r"[^\s\d_,;:!?()\[\]<>@/\"“”…]+"
SAID: Final = re.compile(
    r"\b(?:(?:mijn|m'n|mn|me) (?:volledige |hele |voor|achter)?naam (?:is|=)|naam ?:|ik heet|"
    r"(?:voor|achter)naam (?:is|=)|(?:voor|achter)naam ?:|"
    r"noem (?:me|mij)(?: maar)?|heet ik|naam is)\s*:?\s*"
)
I_AM: Final = re.compile(
    r"(?:\bik ben|\bu spreekt met|\bje spreekt met|\bdit is|(?:^|[,.!\n] ?|\bhallo |\bhoi |"
    r"\bgoeden?(?:dag|morgen|middag|avond) )met)\s+"
    r"(?P<title>(?:de heer|dhr\.?|meneer|mevrouw|mevr\.?|mw\.?)\s+)?"
)
REGARDS: Final = re.compile(
    r"(?:\b(?:met )?(?:vriendelijke |hartelijke |beleefde )?(?:groet(?:en|jes)?|gr\.?|mvg|"
    r"m\.v\.g\.?)|\bhoogachtend|\b(?:bedankt|dank (?:je|u)(?: wel)?|dankuwel|dankjewel))"
    r"(?:,? ?\n\s*|\s*[,.:!]\s*|\s+)(?:van )?"
)
GREETED: Final = re.compile(
    r"^\W*(?:(?:hallo|hoi|hey|hee|dag|beste|goeden?(?:dag|morgen|middag|avond))\W+)?"
)
"""What may stand before a name with which somebody begins: "Goedemiddag, Ingrid Bakker"."""

CUES: Final = (
    (SAID, True),
    (REGARDS, False),
    (I_AM, False),
    (GREETED, False),
)
MOST_WORDS: Final = 12


def name_in(text: str) -> tuple[int, int] | None:
    """The span of a name that somebody tells unasked: "ik heet ...", "groeten, ..."."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower() if len(text.lower()) == len(text) else text
    for pattern, sure in CUES:
        for cue in pattern.finditer(folded):
            span = _span_at(text, folded, cue.end(), sure or _is_titled(text, cue))
            if span is None or (pattern is REGARDS and text[span[1] :].strip(" .,!\n")):
                continue
            if pattern is not GREETED or _is_introduced(text, span):
                return span
    return None


def _is_titled(text: str, cue: re.Match[str]) -> bool:
    """Whether a title before a capital makes even a trade a surname: "met mevrouw Kok"."""
    has_title = cue.re is I_AM and cue["title"] is not None
    return has_title and text[cue.end() : cue.end() + 1].isupper() and not text.isupper()


def is_sure(text: str, start: int) -> bool:
    """Whether the words before a name say that it is one: "mijn naam is"."""
    return any(cue.end() == start for cue in SAID.finditer(fold(text[:start])))


def _is_introduced(text: str, span: tuple[int, int]) -> bool:
    """Whether a message begins with a whole name, and says no more or goes on after a stop."""
    words = text[span[0] : span[1]].split()
    capitals = [word for word in words if is_capital(word)]
    goes_on = text[span[1] :].removeprefix(" hier").lstrip(" ")
    return (
        len(capitals) > 1
        and is_first_name(fold(words[0]))
        and is_capital(words[0])
        and not text.isupper()
        and not goes_on[:1].isalnum()
        and "[" not in goes_on
    )


def _span_at(text: str, folded: str, start: int, sure: bool) -> tuple[int, int] | None:
    """The words of a name from `start` on, if they can be one."""
    words: list[re.Match[str]] = []
    end = start
    for _ in range(MOST_WORDS):
        word = re.compile(rf"\s?({PART})").match(text, end)
        if word is None or (words and text[end : word.start(1)] not in (" ", "")):
            break
        plain = folded[word.start(1) : word.end(1)]
        if not _can_stand_in_name(text, word, plain, sure=sure, is_first=not words):
            break
        words.append(word)
        end = word.end()
        if text[end - 1] == "." and len(plain) > 2 and "." not in plain[:-1]:
            break
    while words and folded[words[-1].start(1) : words[-1].end(1)] in PARTICLES:
        words.pop()
    if not words or not _is_told_name(text, [word[1].strip(".") for word in words], sure):
        return None
    last = words[-1]
    closing = last[1].endswith(".") and not re.search(r"(?:^|\.)[^\W\d_]\.$", last[1])
    return words[0].start(1), last.end(1) - (1 if closing else 0)


def _can_stand_in_name(
    text: str, word: re.Match[str], plain: str, *, sure: bool, is_first: bool
) -> bool:
    """Whether a word may belong to a name; an ordinary one by its capital, or at the very end."""
    stem = plain.strip(".'-")
    if stem == "" or not is_common(plain) or plain in PARTICLES:
        return True
    if stem in OF_SENTENCES and not is_initial(word[1]):
        return False
    after = text[word.end() :]
    if is_capital(word[1]) and not text.isupper():
        following = re.match(rf"\s(?:[^\W\d_]{{1,4}}\s)?({PART})", after)
        is_followed = following is not None and is_capital(following[1])
        return (sure and is_followed) if is_first else True
    is_last = re.match(r"\s*(?:$|[.,;!?\n]|en\b)", after) is not None
    return sure and not is_first and is_last and stem not in NAMES_AFTER


def _is_told_name(text: str, words: list[str], sure: bool) -> bool:
    """Whether words after a cue are a name: surely after "ik heet", else by capital or by list."""
    plain = [fold(word) for word in words if fold(word) not in PARTICLES]
    if not plain or all(len(word) < 2 for word in plain):
        return False
    first = fold(words[0]).split("-")[0]
    if sure or is_first_name(first):
        return True
    if fold(words[0]) in PARTICLES and words[0].islower():
        return False
    capitals = [word for word in words if word[:1].isupper() and fold(word) not in PARTICLES]
    shouted = text.isupper()
    return not shouted and len(capitals) == len(plain) >= 2 and not is_trade(" ".join(plain))
