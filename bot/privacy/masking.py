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

from bot.core.answers import name_in, read_company, read_name
from bot.privacy.sensitive import left_out
from bot.privacy.words import is_ordinary
from bot.services.records import Masked

NAME, EMAIL, PHONE, COMPANY = "[naam]", "[email]", "[telefoon]", "[bedrijf]"
OWN_CODE = "[code]"
WRONG_EMAIL, WRONG_PHONE = "[email onjuist]", "[nummer onjuist]"
WRONG_NAME, WRONG_COMPANY = "[naam onjuist]", "[bedrijf onjuist]"

AT: Final = r"(?:\s*(?:@|＠|\(at\)|\[at\]|\bapenstaartje?\b)\s*|\s+at\s+(?=\S+\s*(?:\.|punt)\s*\w))"
ADDRESS: Final = re.compile(
    rf"[^\s<>()\[\],;:\"]+{AT}[^\s<>()\[\],;:\"]*(?:\s*(?:\.|\bpunt\b)\s*[a-z]{{2,}}\b)?|\S*@\S*",
    re.IGNORECASE,
)
IBAN: Final = re.compile(
    r"\bNL\s?\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b|\b[A-Z]{2}\s?\d{2}(?:\s?\d{4}){3,5}\b", re.IGNORECASE
)
CODE: Final = re.compile(r"\bHT[\s-]?([0-9A-HJKMNP-TV-Z]{8})\b", re.IGNORECASE)
MAILED: Final = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}(?!\d)")
DIGITS: Final = re.compile(r"(?<![\d[])\+?\(?\d[\d\s().\-/_]{5,}\d(?!\d)")
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
}


def read_email(text: str) -> str | None:
    """A valid address in its normal form, or None."""
    try:
        found = validate_email(text.strip(".,;:!?'\"<>()"), check_deliverability=False)
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
            phone = read_phone(match[0])
            if phone is None:
                return WRONG_PHONE if sum(map(str.isdigit, match[0])) > 6 else match[0]
            found["phone"] = phone
            return PHONE

        masked = _secrets(text.translate(DASHES), asks, found)
        masked = IBAN.sub(WRONG_PHONE, ADDRESS.sub(address, masked))
        masked = _names(DIGITS.sub(number, masked), asks, known, found)
        if asks in UNREADABLE and asks not in found:
            masked = _hide_strange_words(masked, UNREADABLE[asks])
        return Masked(masked, found)


def _secrets(text: str, asks: str | None, found: dict[str, str]) -> str:
    """Take out the code of a registration, and the digits that we mailed when we ask for them."""

    def code(match: re.Match[str]) -> str:
        found["code"] = f"HT-{match[1].upper()}"
        return OWN_CODE

    def digits(match: re.Match[str]) -> str:
        found["digits"] = re.sub(r"\D", "", match[0])
        return OWN_CODE

    text = CODE.sub(code, text)
    return MAILED.sub(digits, text) if asks == "digits" else text


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
        if isinstance(value, str) and len(value) > 3:
            text = re.sub(re.escape(value), token, text, flags=re.IGNORECASE)
    return text


def _hide_strange_words(text: str, token: str) -> str:
    """At a personal question that was not answered readably: only words that are no names pass.

    A lone number of one or two digits ("12 jaar") is part of nobody's address.
    """
    lone = sum(map(str.isdigit, text)) <= 2

    def passes(word: str) -> bool:
        return word.startswith("[") or is_ordinary(word) or (lone and word.strip(".,!?").isdigit())

    words = [word if passes(word) else token for word in re.findall(r"\[[a-z ]+\]|\S+", text)]
    return " ".join(word for i, word in enumerate(words) if word != token or token not in words[:i])
