"""A person's name: as the answer to "wat is uw naam?", and told unasked in running text."""

import re
from functools import cache
from typing import Final

from bot.core.answers.clauses import Clause
from bot.core.answers.lexicon import HERE
from bot.core.answers.sectors import is_trade
from bot.core.answers.text import fold

PARTICLES: Final = frozenset(
    """van de der den het 't ten ter te op in aan 'd d' 's el al bin ibn bint abu la le les du da di
    del della dos das von zu zum zur und y e af ul ur rahman vd v/d v.d.""".split()  # noqa: SIM905
)
LEAD: Final = re.compile(
    r"(?:(?:gewoon|hoi|hallo|hey|hee|hai|dag|goeden?(?:dag|morgen|middag|avond)|ja|ok|oke|nou|"
    r"eh|en|oh|"
    r"prima|natuurlijk|"
    r"dat is|dit is|het is|ik ben|ik heet|ik ben de|heet|met|u spreekt met|je spreekt met|"
    r"jij spreekt met|spreekt u mee|"
    r"(?:mijn|m'n|mn|me|de|volledige) (?:volledige |hele |achter|voor)?naam(?: is|:)?|(?:voor|"
    r"achter)?naam(?: is)?|zeg maar|noem me maar|"
    r"de heer|heer|dhr\.?|meneer|mevrouw|mevr\.?|mw\.?|ing\.?|ir\.?|drs\.?|dr\.?|"
    r"mr\.?)(?:[ ,:.]+|$))+"
)
REFUSAL: Final = re.compile(
    r"\b(?:weet|liever niet|overslaan|skip|nvt|geen naam|zeg ik|wil ik|niet)\b"
)
PART: Final = r"(?:[^\W\d_]|['’`´.-])+"
NAME_WORD: Final = re.compile(rf"{PART}")
SAID: Final = re.compile(
    r"\b(?:(?:mijn|m'n|mn|me) (?:volledige |hele |voor|achter)?naam (?:is|=)|naam ?:|ik heet|"
    r"noem (?:me|mij)(?: maar)?|heet ik|naam is)\s*:?\s*"
)
I_AM: Final = re.compile(
    r"(?:\bik ben|\bu spreekt met|\bje spreekt met|\bdit is|(?:^|[,.!\n] ?|\bhallo |\bhoi |"
    r"\bgoeden?(?:dag|morgen|middag|avond) )met)\s+"
)
REGARDS: Final = re.compile(
    r"(?:\b(?:met )?(?:vriendelijke |hartelijke |beleefde )?(?:groet(?:en|jes)?|gr\.?|mvg|"
    r"m\.v\.g\.?)|\bhoogachtend|\b(?:bedankt|dank (?:je|u)(?: wel)?|dankuwel|dankjewel))"
    r"(?:,? ?\n\s*|\s*[,.:!]\s*|\s+)(?:van )?"
)
END: Final = re.compile(
    r"[!;\n]|[?,](?=\s)|\s+en (?=(?:ik|wil|heb|woon|mijn|ben)\b)|"
    r"(?<!\bdhr)(?<!\bmevr)(?<!\bdrs)(?<!\bing)(?<=\w\w\w)\. (?=[a-z]{3,})",
    re.IGNORECASE,
)
LONGEST: Final = 200
MOST_WORDS: Final = 6


@cache
def _words(name: str) -> frozenset[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(w) for line in lines if not line.startswith("#") for w in line.split())


def is_common(word: str) -> bool:
    """Whether a folded word is an ordinary one that no name has (particles aside)."""
    return word.strip(".'-") in _words("common_words.txt")


def is_first_name(word: str) -> bool:
    """Whether a folded word is a well-known first name; it may be an ordinary word as well."""
    return word in _words("first_names.txt")


def read_name(text: str) -> str | None:
    """The name told in an answer, written as names are; None when it is no name."""
    first, _, more = _cut(text[:LONGEST])
    told = first.strip(' .,:-"“”')
    lead = LEAD.match(fold(told)) if len(fold(told)) == len(told) else None
    if lead and lead.end() == len(told):
        return read_name(more) if more else None
    told = told[lead.end() :].strip() if lead else told
    if not told or len(told) > 80 or not _can_be_name(told):
        return None
    return write_name(told)


def _cut(text: str) -> tuple[str, str, str]:
    """The first part of an answer, where it was cut, and the rest."""
    text = text.strip()
    end = END.search(text)
    return (text[: end.start()], end[0], text[end.end() :]) if end else (text, "", "")


def _can_be_name(told: str) -> bool:
    words = told.split()
    folded = fold(told)
    if len(words) > MOST_WORDS or not all(NAME_WORD.fullmatch(word) for word in words):
        return False
    if Clause(folded, 0, False).is_question or REFUSAL.search(folded):
        return False
    parts = [word for word in folded.split() if word not in PARTICLES]
    if not parts or any(is_common(part) for part in parts if not _is_first_name(part, told)):
        return False
    longest = max(len(part.strip(".'-")) for part in parts)
    return longest > 1 and not (len(parts) == 1 and is_trade(parts[0]) and told.islower())


def _is_first_name(word: str, told: str) -> bool:
    """Whether a word that is also an ordinary one ("ben") is written as a first name: "Ben"."""
    return word in _words("first_names.txt") and word.capitalize() in told.split()


def write_name(told: str) -> str:
    """A name with its capitals; what already has them stays as it is."""
    words = told.split()
    shouted = told.isupper() and len(told) > 4
    written = [_write_word(word, shouted) for word in words]
    return (
        written[0][:1].upper() + " ".join(written)[1:]
        if written[0][0] != "'"
        else " ".join(written)
    )


def _write_word(word: str, shouted: bool) -> str:
    if fold(word) in PARTICLES:
        return word if word.istitle() and not shouted else word.lower()
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", word):
        return word.upper()
    if not word.islower() and not (shouted and len(word) > 1):
        return word
    return "-".join(_capital(part) for part in word.lower().split("-"))


def _capital(part: str) -> str:
    if re.match(r"[do]['’]\w", part):
        return (part[0] if part[0] == "d" else "O") + part[1] + part[2:3].upper() + part[3:]
    if part.startswith("ij"):
        return "IJ" + part[2:]
    return part[:1].title() + part[1:]


def name_in(text: str) -> tuple[int, int] | None:
    """The span of a name that somebody tells unasked: "ik heet ...", "groeten, ..."."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower() if len(text.lower()) == len(text) else text
    for pattern, sure in ((SAID, True), (REGARDS, False), (I_AM, False)):
        for cue in pattern.finditer(folded):
            span = _span_at(text, folded, cue.end(), sure)
            if span and not (pattern is REGARDS and text[span[1] :].strip(" .,!\n")):
                return span
    return None


def _span_at(text: str, folded: str, start: int, sure: bool) -> tuple[int, int] | None:
    """The words of a name from `start` on, if they can be one."""
    words: list[re.Match[str]] = []
    end = start
    for _ in range(MOST_WORDS):
        word = re.compile(rf"\s?({PART})").match(text, end)
        if word is None or (words and text[end : word.start(1)] not in (" ", "")):
            break
        plain = folded[word.start(1) : word.end(1)]
        if plain.strip(".'-") != "" and is_common(plain) and plain not in PARTICLES:
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


def _is_told_name(text: str, words: list[str], sure: bool) -> bool:
    """Whether words after a cue are a name: surely after "ik heet", else by capital or by list."""
    plain = [fold(word) for word in words if fold(word) not in PARTICLES]
    if not plain or all(len(word) < 2 for word in plain):
        return False
    first = fold(words[0]).split("-")[0]
    if sure or first in _words("first_names.txt"):
        return True
    if fold(words[0]) in PARTICLES and words[0].islower():
        return False
    capitals = [word for word in words if word[:1].isupper() and fold(word) not in PARTICLES]
    shouted = text.isupper()
    return not shouted and len(capitals) == len(plain) >= 2 and not is_trade(" ".join(plain))
