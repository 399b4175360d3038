"""Takes personal data out of a message before the engine, or a log, can see it.

E-mail addresses and telephone numbers are taken out wherever they stand; a name and a company
where the open question asks for them, or where they are clearly told. What looks like such data
but is not valid is taken out as well: a mistyped address is still somebody's address.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.core.answers import (
    as_typed,
    email_suggestion,
    facts_in,
    half_at_start,
    half_before,
    is_sure,
    name_answer,
    name_as_typed,
    name_in,
    read_company,
    read_name,
    with_half,
)
from bot.core.answers.clauses import own_part
from bot.core.answers.codes import CODE, read_code
from bot.core.answers.companies import (
    company_in,
    is_named_firm,
    is_skip,
    kind_put_right,
)
from bot.core.answers.companies import is_unsure as is_unsure_company
from bot.core.answers.details import (
    firms_aside,
    first_piece,
    places_aside,
    without_labels,
)
from bot.core.answers.names import PARTICLES, bare, is_capital, is_common, is_first_name
from bot.core.answers.names_answer import is_unsure as is_unsure_name
from bot.core.answers.ordinary import is_ordinary, is_part_of_name, ordinary_words
from bot.core.answers.sectors import TECHNICAL, is_trade, read_sector
from bot.core.answers.text import fold
from bot.core.dialogue.likely import Likely
from bot.core.questions import BY_ITEM, NAME_BEFORE, SKIPPED
from bot.privacy.addresses import addresses_in, emails_of
from bot.privacy.choosing import Told, chosen, is_taken_back
from bot.privacy.numbers import BIRTHDAY, DIGITS, IBAN, numbers_of
from bot.privacy.sensitive import left_out
from bot.privacy.spelled import address_in_signs, is_half, number_in_digits
from bot.services.records import Masked

NAME, EMAIL, PHONE, COMPANY, OWN_CODE = (
    str(BY_ITEM[item].mask) for item in ("name", "email", "phone", "company", "code")
)
WRONG_EMAIL, WRONG_PHONE = "[email onjuist]", "[nummer onjuist]"
WRONG_NAME, WRONG_COMPANY = "[naam onjuist]", "[bedrijf onjuist]"
LEFT_AWAY = "…"
TOKEN: Final = re.compile(r"\[[a-z ]+\]")

SIX: Final = 6
MAILED: Final = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}(?!\d)")
HOME: Final = re.compile(r"\b(?:in|te|uit|bij|regio|omgeving)\s(?:de |het )?$", re.IGNORECASE)
TIME: Final = re.compile(r"(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?(?:u|uur)?")
DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
INITIALS: Final = re.compile(r"(?:[a-z]\.?\s){2,4}(?=[a-z' -]{3,}$)")
LONGEST: Final = 300
A_LINE: Final = 4
"""Words, small ones of names aside; most names are shorter."""
TOGETHER: Final = frozenset({"name", "email", "phone"})
"""What people give the other details with."""
OF_ANOTHER: Final = re.compile(r"\b(?:mijn|mn|m'n|van de|van het|namens)\b")
PUT_RIGHT: Final = {"email": email_suggestion, "company": kind_put_right}
"""What was perhaps meant by a value with a slip in it."""
UNREADABLE: Final = {
    "name": WRONG_NAME,
    "email": WRONG_EMAIL,
    "phone": WRONG_PHONE,
    "company": WRONG_COMPANY,
    "callback": LEFT_AWAY,
}
"""What stands for a strange word at a personal question; beside its answer nothing does."""


class PersonalDataFinder:
    """The port `PersonalData`."""

    left_out = staticmethod(left_out)

    def __init__(self) -> None:
        """Refuses to start without the words that are no names; raises FileNotFoundError."""
        ordinary_words()

    def mask(
        self, text: str, asks: str | None, known: Mapping[str, object], *, again: bool = False
    ) -> Masked:
        """The text without personal data, and the valid values that stood in it.

        `again` is when the open question was asked before and its answer could not be read: a
        name or company is then kept as it is typed. Of talk the engine says first what it means.
        """
        found: dict[str, str] = {}
        doubt: dict[str, tuple[str, ...]] = {}
        text = BIRTHDAY.sub(r"\g<born>\g<year>", text.translate(DASHES))
        masked = _secrets(_as_written(text, asks), asks, known, found)
        masked = _take_out(masked, "email", found, doubt, asks=asks)
        masked = _take_out(IBAN.sub(WRONG_PHONE, masked), "phone", found, doubt)
        named, masked = masked, _names(masked, asks, known, found)
        said = _alone(named, found) if asks == "name" else _as_written(text, asks)
        likely = dict(_unsure(said, found, doubt, asks))
        if asks in UNREADABLE:
            read = found.keys() | likely
            answered = asks in read or (asks == "callback" and bool(found))
            token = "" if asks in read else UNREADABLE[asks]
            plain = masked
            is_hidden = asks in ("name", "company") and token and _is_lone_trade(plain, asks)
            is_told = asks == "company" and is_skip(plain)
            shown = plain if is_told else _hide_strange_words(plain, token, answered)
            masked = token if is_hidden else shown
            is_his = again and token and token in masked and not _is_ordinary_talk(plain)
            if is_his and (literal := _as_typed(plain, asks)):
                found[asks] = literal
                masked = NAME if asks == "name" else COMPANY
        return Masked(masked, found, doubt, likely)


def _alone(text: str, found: Mapping[str, str]) -> str:
    """A name without the town and the firm beside it: their words are not of that."""
    text, _ = places_aside(without_labels(text))
    return text.replace(found["company"], "") if "company" in found else text


def _unsure(
    text: str, found: dict[str, str], doubt: Mapping[str, object], asks: str | None
) -> Iterator[tuple[str, Likely]]:
    """Take out of what was found what has to be said back first."""
    for item, value in (*found.items(),):
        meant = PUT_RIGHT[item](value) if item in PUT_RIGHT else None
        if item in doubt or asks == "callback":
            continue
        if meant is not None:
            yield item, Likely(meant, otherwise=found.pop(item))
        elif item == asks and _may_be_other(text, item, value):
            yield item, Likely(found.pop(item))


def _may_be_other(text: str, item: str, value: str) -> bool:
    """Whether an answer may be somebody else's, or no more than a part of what was said."""
    if item == "name":
        return is_unsure_name(text, value)
    if item == "company":
        return is_unsure_company(value)
    own: dict[str, str] = {}
    _take_out(own_part(text), item, own, {})
    return item in ("email", "phone") and item not in own


def _as_written(text: str, asks: str | None) -> str:
    """What we ask for, in signs and digits where it is spelled out."""
    if asks == "name":  # an address may be dictated behind it; in a name "punt" is a word
        first, *pieces = text.split(",")
        said = (address_in_signs(each) for each in pieces)
        both = zip(said, pieces, strict=True)
        text = ",".join([first, *(new if "@" in new else old for new, old in both)])
        digits = number_in_digits(text)
        return digits if DIGITS.search(digits) else text
    if asks in ("email", "callback"):
        text = address_in_signs(text)
    return number_in_digits(text) if asks in ("phone", "callback") else text


def _take_out(
    text: str,
    item: str,
    found: dict[str, str],
    doubt: dict[str, tuple[str, ...]],
    *,
    asks: str | None = None,
) -> str:
    """Take out every address, or every number; of several the one that is meant is kept."""
    pieces, at = [], 0
    told: list[Told] = []
    for match in addresses_in(text) if item == "email" else DIGITS.finditer(text):
        values, token = _address(match) if item == "email" else _number(match)
        if asks == "email" and is_half(text[at : match.start()], match[0]):
            values, token = (), WRONG_EMAIL
        told += [Told(value, match.start(), match.end()) for value in values]
        pieces += [text[at : match.start()], token or match[0]]
        at = match.end()
    if is_taken_back(text, told):
        return "".join([*pieces[:-1], WRONG_EMAIL if item == "email" else WRONG_PHONE, text[at:]])
    if told:
        values = chosen(text, told)
        if len(values) > 1:
            doubt[item] = values
        found[item] = values[-1]
    return "".join([*pieces, text[at:]])


def _address(match: re.Match[str]) -> tuple[tuple[str, ...], str]:
    emails = emails_of(match[0])
    return emails, EMAIL if emails else WRONG_EMAIL


def _number(match: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """The numbers in what was found, and what stands for it; nothing where it is none."""
    if match["plain"]:
        return (), ""
    if numbers := numbers_of(match):
        return numbers, PHONE
    return (), WRONG_PHONE if sum(map(str.isdigit, match["number"])) > 6 else ""


def _is_lone_trade(text: str, asks: str) -> bool:
    """Whether the answer is a trade and no more: here that is a surname, or a firm."""
    words = (bare(text) if asks == "name" else text).split()
    return len(words) == 1 and is_trade(fold(words[0].strip(".,!")))


def _as_typed(text: str, asks: str) -> str | None:
    """The name or company as it was typed, for who was asked for it before."""
    rest = TOKEN.sub(" ", text)
    if asks == "name":
        return name_as_typed(rest)
    return as_typed(rest) if asks == "company" else None


def _secrets(
    text: str, asks: str | None, known: Mapping[str, object], found: dict[str, str]
) -> str:
    """Take out the code of a registration, and the digits that we mailed.

    Those are looked for where we ask for them; after a mail that has some, also where a message
    has six digits and no other.
    """

    def code(match: re.Match[str]) -> str:
        read = read_code(match)
        if read is None:
            return match[0]
        found["code"] = read
        return OWN_CODE

    def digits(match: re.Match[str]) -> str:
        found["digits"] = re.sub(r"\D", "", match[0])
        return OWN_CODE

    text = CODE.sub(code, text)
    is_lone = bool(known.get("digits_for")) and sum(map(str.isdigit, text)) == SIX
    return MAILED.sub(digits, text) if asks == "digits" or is_lone else text


def _names(text: str, asks: str | None, known: Mapping[str, object], found: dict[str, str]) -> str:
    """Take out the name or company that is asked for, or a name that is clearly told."""
    homes: tuple[str, ...] = ()
    if asks not in ("company", "callback", "callback_note"):
        text = _told_company(text, asks, found)
    if asks in TOGETHER and len(text) <= LONGEST:
        text, homes = _beside_each_other(text, asks, known, found)
    if asks == "name":
        text = _with_first_name(text, known.get(NAME_BEFORE))
    rest = TOKEN.sub(" ", text).strip(" ,;.\n") if len(text) <= LONGEST else ""
    if asks in ("name", "company") and rest and _is_evident(rest, asks):
        value = _answer(rest, text, asks, known) if asks == "name" or not found else None
        if value:
            found[asks] = value
            return " ".join([NAME if asks == "name" else COMPANY, *TOKEN.findall(text), *homes])
    span = name_in(text)
    if span:
        name = _told_name(text, span, _name_of(known))
        if name:
            found.setdefault("name", name)
            text = text[: span[0]] + NAME + text[span[1] :]
    return _again(" ".join((text, *homes)), {**known, **found})


def _beside_each_other(
    text: str, asks: str, known: Mapping[str, object], found: dict[str, str]
) -> tuple[str, tuple[str, ...]]:
    """Details that are given together: name and firm taken out, the town said as people say it."""
    rest, places = places_aside(without_labels(text))
    rest, firms = firms_aside(rest)
    told = TOKEN.sub(" ", rest).strip(" ,;.\n")
    if asks == "name" and told and not _is_evident(told, "name"):
        return text, ()  # what stands beside the place is no name: the whole may be one
    if asks != "name" and not known.get("name"):
        rest = _name_first(rest, found)
    if firms:
        found.setdefault("company", firms[0])
        rest = f"{rest} {COMPANY}"
    return rest, tuple(f"woon in {place}" for place in places[:1])


def _name_first(text: str, found: dict[str, str]) -> str:
    """Take out the whole name with which somebody begins who gives another detail of theirs."""
    first = first_piece(text)
    piece = text[slice(*first)] if first else ""
    span = name_in(piece)
    name = piece[slice(*span)] if span else ""
    words = [word for word in name.split() if fold(word) not in PARTICLES]
    is_whole = len(words) > 1 and all(map(is_capital, words)) and piece.strip(" .") == name
    if not is_whole or OF_ANOTHER.search(fold(text)):
        return text
    found["name"] = name
    return text.replace(name, NAME, 1)


def _with_first_name(text: str, first: object) -> str:
    """A surname alone, with the first name that was told before it was asked."""
    words = text.strip(" .,").split()
    if not isinstance(first, str) or " " in first or not 0 < len(words) <= A_LINE:
        return text
    last = fold(words[-1])
    is_own = len(words) == 1 and (is_trade(last) or not is_ordinary(last))
    is_led = len(words) > 1 and all(fold(word) in PARTICLES for word in words[:-1])
    is_last = (is_own or is_led) and not is_first_name(last) and not TOKEN.search(text)
    return f"{first} {text.strip(' .,')}" if is_last else text


def _told_company(text: str, asks: str | None, found: dict[str, str]) -> str:
    """Take out the firm that somebody says to work at.

    Where the branch is asked, only where nothing else would tell it: "ik werk bij de bakker" does,
    "ik werk bij Bakker" does not.
    """
    span = company_in(text)
    if span is None:
        return text
    firm, before = text[slice(*span)], fold(text[: span[0]])
    if asks == "sector" and read_sector(fold(text)) is not None:
        is_article = before.endswith((" de ", " het ", " een "))
        is_surname = " " not in firm and is_trade(fold(firm)) and not is_article
        is_of_firm = is_named_firm(firm) and read_sector(fold(firm)) not in TECHNICAL
        if not (is_surname or is_of_firm):
            return text
    found["company"] = read_company(firm) or firm
    return text[: span[0]] + COMPANY + text[span[1] :]


def _is_evident(told: str, asks: str) -> bool:
    """Whether an answer shows that it is a name: by a strange word, its capitals or a first name.

    Of ordinary words alone ("herhaal", "Rot op") the engine says first what they mean.
    """
    words = bare(told).split()
    if len(told) > 1 and asks == "name" and (is_skip(told) or _is_ordinary_talk(told)):
        return False
    if asks == "company":
        return read_company(told) is not None
    if asks == "name" and INITIALS.match(told):
        return True
    parts = [word for word in words if is_capital(word) or fold(word) not in PARTICLES]
    if not told.isupper() and len(words) > 1 and all(map(is_capital, parts)) and parts[1:]:
        return fold(parts[-1]) not in PARTICLES
    return any(_shows_name(word) for word in words if fold(word) not in PARTICLES)


def _is_ordinary_talk(text: str) -> bool:
    """Whether it is a line of ordinary words, with some others: "I do not understand this".

    A capital within it, or a first name, may be somebody's.
    """
    words = [word for word in TOKEN.sub(" ", text).split() if fold(word) not in PARTICLES]
    ordinary = sum(map(is_ordinary, words))
    may_be_name = any(map(is_capital, words[1:])) or any(is_first_name(fold(w)) for w in words)
    return len(words) >= A_LINE and 2 * ordinary > len(words) and not may_be_name


def _shows_name(word: str) -> bool:
    """Whether a word alone is no word of ours, or is a first name or a trade with a capital."""
    plain = fold(word)
    is_surname = is_capital(word) and is_trade(plain) and not is_common(plain)
    return is_surname or is_first_name(plain) or not is_ordinary(word)


def _answer(rest: str, text: str, asks: str, known: Mapping[str, object]) -> str | None:
    """The name or company that is the answer to the question for it."""
    if asks == "company":
        return read_company(rest)
    name = name_answer(TOKEN.sub(" ", text).strip(" ,;\n"))
    half = half_at_start(rest) if name else None
    if not name or not half:
        return name
    raw = rest[-len(name) :] if rest.casefold().endswith(name.casefold()) else name
    return with_half(_name_of(known), raw, half)


def _name_of(known: Mapping[str, object]) -> str | None:
    """The name as it was told, also when it is being asked anew."""
    name = known.get("name") or known.get(NAME_BEFORE)
    return name if isinstance(name, str) else None


def _told_name(text: str, span: tuple[int, int], known: str | None) -> str | None:
    """The whole name that somebody has after this; half of one takes nothing away."""
    told = text[span[0] : span[1]]
    is_told = is_sure(text, span[0])
    if read_name(told) is None and not is_told:
        return None
    if known and " " in known and " " not in told and not is_told:
        return known
    return with_half(known, told, half_before(text, span[0]))


def _again(text: str, known: Mapping[str, object]) -> str:
    """Take out a name or company that was told before.

    One that is an ordinary word as well ("Klein") only as it was written there.
    """
    for item, token in (("name", NAME), ("company", COMPANY)):
        value = known.get(item)
        if isinstance(value, str) and len(value) > 3 and value != SKIPPED:
            is_word = is_common(fold(value)) or is_trade(fold(value))
            how = re.NOFLAG if is_word else re.IGNORECASE
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", token, text, flags=how)
    return text


def _hide_strange_words(text: str, token: str, answered: bool) -> str:
    """At a personal question: only words that are no names pass, and a town somebody lives in.

    A lone number of one or two digits ("12 jaar") is part of nobody's address; nor is an hour
    beside an answer.
    """
    lone = sum(map(str.isdigit, text)) <= 2
    towns = {
        word
        for fact in facts_in(text)
        if fact.entity == "age"
        or (fact.entity in ("city", "province") and HOME.search(text[: fact.start]))
        for word in text[fact.start : fact.end].split()
    }

    def passes(word: str) -> bool:
        plain = word.strip(".,;:!?()")
        if answered and is_first_name(fold(plain)) and not is_common(fold(plain)):
            return False
        if word.startswith("[") or is_ordinary(word) or plain in towns:
            return True
        return (lone and plain.isdigit()) or (answered and TIME.fullmatch(plain) is not None)

    words = re.findall(rf"{TOKEN.pattern}|\S+", text)
    hidden = [not passes(word) for word in words]
    for i in reversed(range(len(words) - 1)):
        hidden[i] |= hidden[i + 1] and is_part_of_name(words[i])
    for i in range(1, len(words)):  # a surname that is an ordinary word or a trade
        hidden[i] |= hidden[i - 1] and is_capital(words[i]) and not words[i].startswith("[")
    if not any(hidden):
        return text
    shown = [token if hide else word for word, hide in zip(words, hidden, strict=True)]
    once = (word for i, word in enumerate(shown) if word != token or token not in shown[:i])
    return " ".join(word for word in once if word)
