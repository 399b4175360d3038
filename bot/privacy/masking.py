"""Takes personal data out of a message before the engine, or a log, can see it.

E-mail addresses and telephone numbers are taken out wherever they stand; a name and a company
where the open question asks for them, or where they are clearly told. What looks like such data
but is not valid is taken out as well: a mistyped address is still somebody's address.
"""

import re
from collections.abc import Mapping
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.core.answers import facts_in, name_in, read_company, read_name
from bot.core.answers.codes import CODE, read_code
from bot.core.answers.names import is_common, is_first_name
from bot.core.answers.text import fold
from bot.core.items import SKIPPED
from bot.privacy.sensitive import left_out
from bot.privacy.words import is_ordinary, is_part_of_name, ordinary_words
from bot.services.records import Masked

NAME, EMAIL, PHONE, COMPANY = "[naam]", "[email]", "[telefoon]", "[bedrijf]"
OWN_CODE = "[code]"
WRONG_EMAIL, WRONG_PHONE = "[email onjuist]", "[nummer onjuist]"
WRONG_NAME, WRONG_COMPANY = "[naam onjuist]", "[bedrijf onjuist]"
LEFT_AWAY = "…"

SIGN: Final = re.compile(r"[@＠]|\bat\b|apenstaart", re.IGNORECASE)
"""Without one of these there is no address to look for."""

AT: Final = (
    r"(?:\s{0,9}(?:@|＠|\(at\)|\[at\]|\bapenstaartje?\b)\s{0,9}|"
    r"\s{1,9}at\s{1,9}(?=\S{1,255}\s{0,9}(?:\.|punt)\s{0,9}\w))"
)
LOCAL: Final = r"[^\s<>()\[\],;:\"]"
ADDRESS: Final = re.compile(
    rf"(?<!{LOCAL}){LOCAL}+{AT}{LOCAL}*(?:\s{{0,9}}(?:\.|\bpunt\b)\s{{0,9}}[a-z]{{2,}}\b)?|"
    r"\S{0,64}@\S*",
    re.IGNORECASE,
)
"""A word is looked at from its first letter only; from each would take the square of its length."""

IBAN: Final = re.compile(
    r"\bNL[\s.-]?\d{2}[\s.-]?[A-Z]{4}(?:[\s.-]?\d){10}\b|"
    r"\b[A-Z]{2}[\s.-]?\d{2}(?:[\s.-]?\d{4}){3,5}\b",
    re.IGNORECASE,
)
SIX: Final = 6
MAILED: Final = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}(?!\d)")
DAY: Final = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:202[5-9]|20[3-9]\d)|(?:19|20)\d\d)"
)
"""A year, or a date on which nobody was born who writes to us."""

SUM: Final = r"(?:[1-9]\d{0,2}(?:\.\d{3}){1,2}|[1-9]\d{0,4})(?:,(?:\d\d|-))?"
PLAIN: Final = (
    rf"(?:{DAY}(?:\s?[-/ ]\s?{DAY}){{0,3}}|€\s?{SUM}(?:\s?[-/]\s?€?\s?{SUM})?|"
    rf"{SUM}(?:\s?[-/]\s?{SUM})?(?=\s?(?:euro|eur\b|€)))(?![\s().\-/_]?\d)"
)
DIGITS: Final = re.compile(
    rf"(?<![\d[])(?:(?P<plain>{PLAIN})|\+?\(?\d[\d\s().\-/_]{{5,}}\d(?!\d))", re.IGNORECASE
)
HOME: Final = re.compile(r"\b(?:in|te|uit|bij|regio|omgeving)\s(?:de |het )?$", re.IGNORECASE)
TIME: Final = re.compile(r"(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?(?:u|uur)?")
DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
REGIONS: Final = ("NL", "BE", "DE")
PREMIUM: Final = frozenset(
    {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST}
)
LONGEST: Final = 300
UNREADABLE: Final = {
    "name": WRONG_NAME,
    "email": WRONG_EMAIL,
    "phone": WRONG_PHONE,
    "company": WRONG_COMPANY,
    "callback": LEFT_AWAY,
}
"""What stands for a strange word at a personal question; beside its answer nothing does."""


def read_email(text: str) -> str | None:
    """A valid address in its normal form, or None."""
    try:
        found = validate_email(text.strip(".,;:!?'\"<>()“”„‘’"), check_deliverability=False)
    except EmailNotValidError:
        return None
    return found.normalized.lower()


def read_phone(text: str) -> str | None:
    """A number that can be called (E.164), Dutch unless it says otherwise, or None."""
    is_international = text.strip().startswith(("+", "00"))
    for region in REGIONS if is_international else REGIONS[:1]:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) not in PREMIUM:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


class PersonalDataFinder:
    """The port `PersonalData`."""

    left_out = staticmethod(left_out)

    def __init__(self) -> None:
        """Refuses to start without the words that are no names; raises FileNotFoundError."""
        ordinary_words()

    def mask(self, text: str, asks: str | None, known: Mapping[str, object]) -> Masked:
        """The text without personal data, and the valid values that stood in it."""
        found: dict[str, str] = {}

        def address(match: re.Match[str]) -> str:
            email = read_email(match[0])
            if email is None:
                return WRONG_EMAIL
            found["email"] = email
            return EMAIL

        def number(match: re.Match[str]) -> str:
            if match["plain"]:
                return match[0]
            phone = read_phone(match[0])
            if phone is None:
                return WRONG_PHONE if sum(map(str.isdigit, match[0])) > 6 else match[0]
            found["phone"] = phone
            return PHONE

        masked = _secrets(text.translate(DASHES), asks, known, found)
        if SIGN.search(masked):
            masked = ADDRESS.sub(address, masked)
        masked = IBAN.sub(WRONG_PHONE, masked)
        masked = _names(DIGITS.sub(number, masked), asks, known, found)
        if asks in UNREADABLE:
            answered = asks in found or (asks == "callback" and bool(found))
            token = "" if asks in found else UNREADABLE[asks]
            masked = _hide_strange_words(masked, token, answered)
        return Masked(masked, found)


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
    rest = re.sub(r"\[[a-z ]+\]", " ", text).strip(" ,;.\n") if len(text) <= LONGEST else ""
    if asks == "name" and rest:
        name = read_name(rest)
        if name:
            found["name"] = name
            return " ".join([NAME, *re.findall(r"\[[a-z ]+\]", text)])
    if asks == "company" and rest and not found:
        company = read_company(rest)
        if company:
            found["company"] = company
            return " ".join([COMPANY, *re.findall(r"\[[a-z ]+\]", text)])
    span = name_in(text)
    if span:
        name = read_name(text[span[0] : span[1]])
        if name:
            found.setdefault("name", name)
            text = text[: span[0]] + NAME + text[span[1] :]
    return _again(text, {**known, **found})


def _again(text: str, known: Mapping[str, object]) -> str:
    """Take out a name or company that was told before."""
    for item, token in (("name", NAME), ("company", COMPANY)):
        value = known.get(item)
        if isinstance(value, str) and len(value) > 3 and value != SKIPPED:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", token, text, flags=re.IGNORECASE)
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
        if fact.entity in ("city", "province") and HOME.search(text[: fact.start])
        for word in text[fact.start : fact.end].split()
    }

    def passes(word: str) -> bool:
        plain = word.strip(".,;:!?()")
        if answered and is_first_name(fold(plain)) and not is_common(fold(plain)):
            return False
        if word.startswith("[") or is_ordinary(word) or plain in towns:
            return True
        return (lone and plain.isdigit()) or (answered and TIME.fullmatch(plain) is not None)

    words = re.findall(r"\[[a-z ]+\]|\S+", text)
    hidden = [not passes(word) for word in words]
    for i in reversed(range(len(words) - 1)):
        hidden[i] |= hidden[i + 1] and is_part_of_name(words[i])
    if not any(hidden):
        return text
    shown = [token if hide else word for word, hide in zip(words, hidden, strict=True)]
    once = (word for i, word in enumerate(shown) if word != token or token not in shown[:i])
    return " ".join(word for word in once if word)
