"""How people answer "wat is uw naam?": surname first, put right, with a sign spelled out.

The words of the name are read by `names`; here is found which of the words said are the name.
"""

import re
import unicodedata
from typing import Final

from bot.core.answers.clauses import Clause, own_part
from bot.core.answers.names import PARTICLES, bare, is_first_name, is_initial, read_name
from bot.core.answers.names_halves import both_halves, with_half
from bot.core.answers.names_told import name_in
from bot.core.answers.ordinary import is_ordinary
from bot.core.answers.places import is_place
from bot.core.answers.put_right import put_right
from bot.core.answers.sectors import is_trade
from bot.core.answers.text import Folded, fold, squeeze

SPELLING: Final = re.compile(
    r"(?<![ ,(])[ ,(]+(?:met|zonder) "
    r"(?:een |1 |twee |2 |dubbele? |lange |korte |griekse |harde |zachte )?"
    r"(?:(?:[a-z]|ck|dt|ij|ei|au|ou|ie|oe|th|ph|ks|gh|ch|sch)(?:'?(?:en|s))?|streepje|hoofdletters?|trema|accent|puntjes?)(?=$|[\s,.)])[^,]*|"
    r"(?<![ ,])[ ,]+(?:en|dus) (?:niet|geen) \S+$"
)
TAIL: Final = re.compile(
    r"(?<![ ,])[ ,]+(?:(?:is|zijn) (?:de|mijn|m'n|mn|me) (?:hele |volledige )?"
    r"(?:naam|namen|achternaam)|heet ik|ben ik|is het|is de naam|hier|graag|aangenaam|"
    r"zoals in \w+|maar dan met .*|"
    r"(?:en|dus) (?:niet|geen) \w+|voluit|uit [a-z' -]+|\d\d(?: jaar)?)$"
)
"""What people say right behind their name, in small letters."""

INITIALS: Final = re.compile(r"^(?:[a-z]\.?\s){1,4}(?=[a-z' -]{3,}$)")
DOUBTS: Final = re.compile(
    r"\bof\b|(?<=\w )roepnaam\b|^\S+ en \S+$|"
    r"\b(?:ha(?:ha)+|hi(?:hi)+|lol|geintje|grapje|grapjas|zogenaamd|verzonnen|nep)\b"
)
"""Of two names, or one for fun, somebody has to say which it is."""

NOBODY: Final = frozenset(
    {
        *("mickey mouse", "minnie mouse", "donald duck", "piet snot", "pietje puk", "jan doedel"),
        *("jan met de pet", "bob de bouwer", "sinter klaas", "sinterklaas", "zwarte piet"),
        *("james bond", "batman", "superman", "test test", "testje test", "jan modaal"),
    }
)
"""Names that are given for fun: asked once more, and kept the second time."""

NO_FIRST: Final = re.compile(r"^\W*nee+,\s*", re.IGNORECASE)
SIGNS: Final = ".,;:!?()"
SHORTEST: Final = 4
"""Letters of a strange word that may be a name."""
MANY: Final = 4
"""Words; a surname has fewer."""

SIGN: Final = re.compile(r"\s+(?P<dash>streepje|koppelteken|verbindingsstreepje)\s+|\s+spatie\s+")
BORN: Final = re.compile(r"(?<![ ,(])[ ,(]+(?:geb(?:oren)?\.?|meisjesnaam)(?: is)?:? (?=\S)")
ASIDE: Final = re.compile(
    r"\s*\((?:geen|niet) [^)]*\)|\s+[/|]\s+.*$|\s+\((?=(?:een |de )?[a-z ]+\)$).*$"
)
LABEL: Final = r"(?:(?:mijn|m'n|mn) )?(?:achternaam|familienaam|van achteren)"
PARTS: Final = re.compile(r"(?<=\w\w[.?!])\s+|[,:]\s+")
TAKEN_BACK: Final = re.compile(r"\b(?:nee|sorry|oeps)\b.*\bik (?:ben|heet)\b")
FROM: Final = re.compile(r"(?<![ ,])[ ,]+uit (?P<place>[a-z' -]+?)\W*$")
FIRST_THEN_LABEL: Final = re.compile(
    rf"^(?P<first>[^,:=]{{1,60}}?)[\s,;.]+(?:en )?{LABEL}\W*(?:is |heet ik )?(?P<last>\S.{{0,99}})$"
)


def name_answer(text: str) -> str | None:
    """The name that a whole answer tells, written as names are; None when that is in doubt."""
    text = own_part(text)
    whole = _as_a_name(text)
    if (_is_full(whole) and not TAKEN_BACK.search(fold(text))) or DOUBTS.search(fold(text)):
        return whole
    span = name_in(text)
    parts = [text[slice(*span)]] if span else PARTS.split(text)
    if any(Clause(fold(part), 0, False).is_question for part in parts):
        return whole
    names = [name for part in parts if _is_full(name := _as_a_name(part))]
    names = names or [name for part in PARTS.split(text) if _is_full(name := _as_a_name(part))]
    return names[-1] if names else None if whole and "," in whole else whole


def is_unsure(text: str, name: str) -> bool:
    """Whether a name may have a word too many in it, or the name itself may stand behind it.

    "tis harrie janssen uut winterswijk", "Jan Jansen met dubbel s dus Janssen".
    """
    plain = [fold(word) for word in name.split()]
    said = [word.strip(SIGNS) for word in text.split()]
    odd = [word for word in plain[:-1] if word in said and word.isalpha() and is_ordinary(word)]
    if any(word not in PARTICLES and not is_first_name(word) for word in odd):
        return True
    behind = [fold(word) for word in said]
    for at in reversed(range(len(behind))):
        if behind[at] in plain:
            behind = behind[at + 1 :]
            break
    return any(len(word) >= SHORTEST and word.isalpha() and _is_strange(word) for word in behind)


def _is_strange(word: str) -> bool:
    return not (is_ordinary(word) or is_place(word) or is_trade(word))


def _is_full(name: str | None) -> bool:
    """Whether it is more than half a name, and no row of them."""
    words = [word for word in (name or ",").split() if fold(word) not in PARTICLES]
    return len(words) > 1 and "," not in (name or "")


def _as_a_name(text: str) -> str | None:
    """The name where a text is nothing but one, with the little that people say around it."""
    text = _plain(NO_FIRST.sub("", text))
    folded = Folded.of(text)
    if DOUBTS.search(folded.text) or fold(bare(text)).strip(" .!") in NOBODY:
        return None
    if both := both_halves(text):
        return read_name(both)
    if half := FIRST_THEN_LABEL.match(folded.text):
        first, last = (text[slice(*folded.span(*half.span(name)))] for name in ("first", "last"))
        known = read_name(first)
        return with_half(known, bare(last), "achter") if known else None
    if small := INITIALS.match(text):
        text = small[0].upper() + text[small.end() :]
    return _put_right(text, Folded.of(text)) or read_name(_in_order(_in_one_line(text)))


def _plain(text: str) -> str:
    """Without signs that are no part of a name, and with those that were spelled out."""
    shown = "".join(" " if unicodedata.category(sign) in ("So", "Sk") else sign for sign in text)
    shown = SIGN.sub(lambda sign: "-" if sign["dash"] else " ", f" {shown} ".replace("\ufe0f", ""))
    lines = "\n".join(squeeze(line) for line in shown.splitlines())
    folded = Folded.of(lines)
    for tail in (ASIDE, SPELLING, TAIL):
        found = tail.search(folded.text)
        if found and found.start() and (tail is not TAIL or _is_small(lines, folded, found)):
            start, end = folded.span(*found.span())
            lines = lines[:start] + lines[end:]
            folded = Folded.of(lines)
    town = FROM.search(folded.text)
    if town and town.start() and is_place(town["place"]):
        lines = lines[: folded.places[town.start()]]
        folded = Folded.of(lines)
    words = folded.text.split()
    is_job = len(words) > 2 and is_trade(words[-1]) and words[-2] not in PARTICLES
    if is_job and not is_first_name(words[1]) and lines.split()[-1].islower():
        lines = lines.rpartition(" ")[0]
        folded = Folded.of(lines)
    born = BORN.search(folded.text)
    if born and born.start():
        start, end = folded.places[born.start()], folded.places[born.end()]
        lines = f"{lines[:start]} geb. {lines[end:].rstrip(' )')}"
    return lines.strip()


def _is_small(text: str, folded: Folded, found: re.Match[str]) -> bool:
    return text[folded.places[found.start()] :].islower() or not text[:1].isupper()


def _put_right(text: str, folded: Folded) -> str | None:
    """The name after "nee sorry": the whole, or with the half of it that was said anew."""
    cut = put_right(folded.text)
    if cut is None:
        return None
    said = text[folded.places[cut[1]] :]
    new = _as_a_name(said.rpartition(", ")[2]) or _as_a_name(said)
    old = read_name(text[: folded.places[cut[0]]]) if cut[0] else None
    return with_half(old, new, None) if old and new else new


def _in_one_line(text: str) -> str:
    """A first name and a surname that stand on two lines are one name."""
    first, _, rest = text.partition("\n")
    is_halved = rest and " " not in first and "\n" not in rest and len(rest.split()) < MANY
    joined = f"{first} {rest}"
    return joined if is_halved and is_first_name(fold(bare(first))) and read_name(joined) else text


def _is_written(name: str) -> bool:
    return all(word[:1].isupper() or fold(word) in PARTICLES for word in name.split())


def _in_order(text: str) -> str:
    """A name with the surname first in its usual order: "Vries, Jan de"; said twice, the whole."""
    before, comma, after = (part.strip() for part in text.partition(","))
    first, last = bare(before), after.strip()
    if not comma or not first or not last or "," in last or "\n" in last:
        return text
    words = last.split()
    if f" {first} ".casefold() in f" {last} ".casefold():
        return last
    small = [word for word in words if fold(word) in PARTICLES]
    given = words[: len(words) - len(small)]
    ends_small = words[len(given) :] == small
    are_given = given and all(
        is_first_name(fold(word)) or is_initial(word) or "." in word or word[:1].isupper()
        for word in given
    )
    if not ends_small or not are_given or is_first_name(fold(first)):
        return text
    known = is_first_name(fold(given[0])) or is_initial(given[0]) or "." in given[0]
    name = " ".join([*given, *small, first])
    return name if (known or _is_written(first)) and read_name(name) else text
