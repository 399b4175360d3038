"""A person's name, as the answer to "wat is uw naam?"."""

import re
import unicodedata
from functools import cache
from typing import Final

from bot.core.answers.clauses import Clause
from bot.core.answers.lexicon import HERE
from bot.core.answers.sectors import is_trade
from bot.core.answers.text import Folded, fold, is_at_random, squeeze

PARTICLES: Final = frozenset(
    """van de der den het 't ten ter te op in aan 'd d' 's el al bin ibn bint abu la le les du da di
    del della dos das von zu zum zur und y e af ul ur rahman vd v/d v.d.""".split()  # noqa: SIM905
)
LEAD: Final = re.compile(
    r"(?:(?:(?:schrijf|noteer|zet|vul) (?:er )?(?:maar )?(?:op|in|neer)|zet maar|noteer(?: maar)?|"
    r"hier is|hier|doe maar|ze noemen me|iedereen noemt me|aangenaam|"
    r"hr\.?|fam\.?|familie|(?:ik zelf|ikzelf|ikke) (?:ben|heet)|"
    r"gewoon|dus|eigenlijk|hoor|hoi|hallo|hey|hee|hai|dag|goeden?(?:dag|morgen|middag|avond)|ja|ok|oke|nou|"
    r"eh|en|oh|"
    r"prima|natuurlijk|"
    r"dat is|dit is|het is|tis|das|da's|zelf ben ik|zelf heet ik|ik ben|ik heet|ik ben de|heet|"
    r"met|u spreekt met|je spreekt met|"
    r"jij spreekt met|spreekt u mee|"
    r"(?:mijn|m'n|mn|me|de|volledige) (?:volledige |hele |achter|voor|roep)?naam(?: is| =|:)?|"
    r"(?:voor|achter|roep)?naam(?: is| =)?|zeg maar|noem me maar|"
    r"de heer|heer|dhr\.?|meneer|mevrouw|mevr\.?|mw\.?)(?:[ ,:.]+|$))+"
)
NAMES_TOO: Final = frozenset({"ok", "oh", "dag", "hai", "hee", "eh", "en"})
"""Words before a name that are names as well: "Oh Min-jun"."""

NAMES_AFTER: Final = (
    *("hoor", "dus", "he", "trouwens", "alstublieft", "alsjeblieft", "aub", "svp"),
    *("bedankt", "dank", "dankjewel", "dankuwel"),
)
AFTER: Final = re.compile(rf"(?:[ ,]+(?:{'|'.join(NAMES_AFTER)}|dank (?:u|je)(?: wel)?))+$")
"""What people say after their name, in small letters."""

REFUSAL: Final = re.compile(
    r"\b(?:weet|liever niet|overslaan|skip|nvt|geen naam|zeg ik|wil ik|niet)\b"
)
OF_SENTENCES: Final = frozenset(
    """ik jij je wij we jullie hij zij ze dat dit wat hoe wie waar waarom wanneer welke niet
    geen niks wel is ben bent zijn heb hebt heeft mijn uw jouw nee ja nog ook als want
    maar dan""".split()  # noqa: SIM905
)
"""Words that make a sentence, when most of the others are ordinary words as well."""

SIGNS: Final = frozenset("'’‘ʼ`´.·・‧-‐‑\"“”„«»(),&/")
"""What stands between the letters of a name, and around a part of it."""

END: Final = re.compile(
    r"[!;\n]|[?,](?=\s)|\s+(?=ik (?:werk|ben|woon|heb|wil)\b)|\s+en (?=(?:ik|wil|heb|woon|mijn|"
    r"ben)\b)|"
    r"(?<!\bdhr)(?<!\bmevr)(?<!\bdrs)(?<!\bing)(?<!\bgeb)(?<=\w\w\w)\. (?=[a-z]{3,})",
    re.IGNORECASE,
)
ABBREVIATED: Final = re.compile(r"(?:^|[\s.-])(?:[^\W\d_]|jr|sr)\.$", re.IGNORECASE)
QUOTES: Final = '"“”„«»'
LONGEST: Final = 200


@cache
def words_in(name: str) -> frozenset[str]:
    """The folded words of a list beside this module."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(w) for line in lines if not line.startswith("#") for w in line.split())


def is_common(word: str) -> bool:
    """Whether a folded word is an ordinary one that no name has (particles aside)."""
    return word.strip(".'-") in words_in("common_words.txt")


def is_first_name(word: str) -> bool:
    """Whether a folded word is a well-known first name; it may be an ordinary word as well."""
    return word in words_in("first_names.txt")


def is_capital(word: str) -> bool:
    """Whether a word starts as names do: with a capital, or in a script that has none."""
    first = next((letter for letter in word if letter.isalpha()), "")
    return bool(first) and first == first.upper()


def read_name(text: str) -> str | None:
    """The name told in an answer, written as names are; None when it is no name."""
    text = _single_spaced(text)
    if not text or len(text) > LONGEST:
        return None
    first, more = _cut(text)
    told = bare(first)
    if not told:
        return read_name(more) if more else None
    return write_name(told) if _can_be_name(told) else None


def _single_spaced(text: str) -> str:
    """Composed letters and single spaces; a new line stays one, for it may end a name."""
    lines = unicodedata.normalize("NFC", text).strip().splitlines()
    return "\n".join(squeeze(line) for line in lines if line.strip())


def bare(told: str) -> str:
    """What somebody says his name is, without the words and quotes around it."""
    told = _unquoted(told)
    folded = Folded.of(told)
    lead = LEAD.match(folded.text)
    if lead:
        told = told[folded.places[_end_of(lead, told, folded)] :]
    folded = Folded.of(told)
    after = AFTER.search(folded.text)
    if after and told[folded.places[after.start()] :].islower():
        told = told[: folded.places[after.start()]]
    return _unquoted(told)


def _end_of(lead: re.Match[str], told: str, folded: Folded) -> int:
    """Where the words before a name end: "Oh Min-jun" is a name, "Oh, Jan" and "Hai Jan" begin."""
    last = re.search(r"\w+ $", lead[0])
    if last is None or last[0].strip() not in NAMES_TOO:
        return lead.end()
    following = told[folded.places[lead.end()] :].split()[:1]
    is_name = is_capital(told[folded.places[last.start()] :]) and all(map(is_capital, following))
    known = following and is_first_name(fold(following[0]))
    return last.start() if is_name and following and not known else lead.end()


def _unquoted(told: str) -> str:
    """Without spaces and stops at the ends, smileys, and quotes around the whole."""
    words = told.split()
    while words and not any(letter.isalnum() for letter in words[-1]):
        words.pop()
    told = " ".join(words).strip(" ,:;-")
    if len(told) > 1 and told[0] in QUOTES + "'" and told[-1] in QUOTES + "'":
        told = told[1:-1].strip(" ,:;-")
    for sign in QUOTES:
        if sum(told.count(each) for each in QUOTES) == 1:
            told = told.strip(sign)
    return told if ABBREVIATED.search(told) else told.rstrip(". ")


def _cut(text: str) -> tuple[str, str]:
    """The first part of an answer and the rest; a comma inside a name cuts nothing."""
    for end in END.finditer(text):
        more = text[end.end() :]
        following = _cut(more)[0] if end[0] == "," else ""
        if end[0] == "," and bare(text[: end.start()]) and _goes_on(following):
            continue
        return text[: end.start()], more
    return text, ""


def _goes_on(part: str) -> bool:
    """Whether what follows a comma is a part of the name: "O'Brien, Sean", "Vries, J. de"."""
    words = [word for word in part.split() if fold(word) not in PARTICLES]
    if (
        not words
        or not all(_is_written_as_name(word) for word in words)
        or REFUSAL.search(fold(part))
    ):
        return False
    small = [word for word in words if not is_capital(word)]
    return len(small) <= len(words) / 2 and not any(is_common(fold(word)) for word in small)


def _is_written_as_name(word: str) -> bool:
    """Whether a word is made of letters and marks of any script, and the signs between them."""
    letters = [letter for letter in word if letter not in SIGNS]
    return all(unicodedata.category(letter)[0] in "LM" or letter == "\u200d" for letter in letters)


def _can_be_name(told: str) -> bool:
    if (
        told.startswith("/")
        or is_at_random(fold(told))
        or not all(_is_written_as_name(word) for word in told.split())
    ):
        return False
    words = [(word, fold(word)) for word in told.split() if fold(word) not in PARTICLES]
    common = [plain for word, plain in words if is_common(plain) and not is_initial(word)]
    if len(words) > 1 and not told.isupper() and all(is_capital(word) for word, _ in words):
        of_sentences = [plain for plain in common if plain in OF_SENTENCES]
        is_name = len(common) < len(words) and len(of_sentences) < 2  # noqa: PLR2004
        return is_name or not _is_sentence(fold(told))
    inside = [*_inside(words), *_inside_small(words)]
    if len(words) == 2 and is_first_name(words[0][1]) and not is_common(words[0][1]):
        return True
    if any(not _is_first_name(plain, told) and plain not in inside for plain in common):
        return False
    return not _says_something_else(told, [plain for _, plain in words])


def _inside(words: list[tuple[str, str]]) -> list[str]:
    """The small words between two with a capital: "Saïd ben Brahim"."""
    ends = [word for word, _ in (words[:1] + words[-1:])]
    is_framed = len(words) > 2 and all(map(is_capital, ends))
    return (
        [plain for _, plain in words[1:-1] if plain == "ben" or plain not in OF_SENTENCES]
        if is_framed
        else []
    )


def _inside_small(words: list[tuple[str, str]]) -> list[str]:
    """The "ben" of a name in small letters: "mohammed ben haddou"."""
    is_name = len(words) > 2 and is_first_name(words[0][1]) and not is_common(words[-1][1])
    return [plain for _, plain in words[1:-1] if plain == "ben"] if is_name else []


def _says_something_else(told: str, parts: list[str]) -> bool:
    """Whether it is a question, a refusal, a letter or a trade."""
    if Clause(fold(told), 0, False).is_question or REFUSAL.search(fold(told)):
        return True
    if all(len(part.strip(".'-")) < 2 for part in parts):
        return True
    return len(parts) == 1 and told.islower() and is_trade(parts[0])


def is_initial(word: str) -> bool:
    """Whether a word is one capital letter, with its stop or without."""
    return len(word.strip(".")) == 1 and word[0].isupper()


def _is_sentence(folded: str) -> bool:
    """Whether nothing but ordinary words says something: "Weet Ik Niet", and not "Wil Graag"."""
    return bool(REFUSAL.search(folded) or OF_SENTENCES.intersection(folded.split()))


def _is_first_name(word: str, told: str) -> bool:
    """Whether a word that is also an ordinary one ("ben") is written as a first name: "Ben"."""
    return is_first_name(word) and word.capitalize() in told.split()


def write_name(told: str) -> str:
    """A name with its capitals; what already has them stays as it is."""
    words = told.split()
    shouted = told.isupper() and len(told) > 4
    if not shouted and not told.islower():
        ends = (0, len(words) - 1)
        return " ".join(
            word if word.endswith(".") or at not in ends else _write_word(word, shouted)
            for at, word in enumerate(words)
        )
    written = [_write_word(word, shouted) for word in words]
    if len(words) > 1 and fold(words[-1]) in PARTICLES:  # a surname like "Les" or "Den"
        written[-1] = _capital(words[-1].lower())
    first = written[0] if written[0][0] == "'" else written[0][:1].upper() + written[0][1:]
    return " ".join([first, *written[1:]])


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
    if re.fullmatch(r"[bcdfghjklmnpqrstvwxz]{2,3}", part) and len(part) < 3:
        return part.upper()
    if part.startswith("ij"):
        return "IJ" + part[2:]
    return part[:1].title() + part[1:]
