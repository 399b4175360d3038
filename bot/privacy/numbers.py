"""Finds telephone numbers in what a visitor types, with the extension behind a switchboard."""

import re
from typing import Final

import phonenumbers

IBAN: Final = re.compile(
    r"\bNL[\s.-]?\d{2}[\s.-]?[A-Z]{4}(?:[\s.-]?\d){10}\b|"
    r"\b[A-Z]{2}[\s.-]?\d{2}(?:[\s.-]?\d{4}){3,5}\b",
    re.IGNORECASE,
)
DAY: Final = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:202[5-9]|20[3-9]\d)|(?:19|20)\d\d)"
)
"""A year, or a date on which nobody was born who writes to us."""

BIRTHDAY: Final = re.compile(
    r"(?P<born>\b(?:geboren|geboortedatum|geb)\b[^\d\n]{0,15})"
    r"\d{1,2}\s?[-/. ]\s?\d{1,2}\s?[-/. ]\s?(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
"""A day of birth: only its year says anything that we have to know."""

SUM: Final = r"(?:[1-9]\d{0,2}(?:\.\d{3}){1,2}|[1-9]\d{0,4})(?:,(?:\d\d|-))?"
PLAIN: Final = (
    rf"(?:{DAY}(?:\s?[-/ ]\s?{DAY}){{0,3}}|€\s?{SUM}(?:\s?[-/]\s?€?\s?{SUM})?|"
    rf"{SUM}(?:\s?[-/]\s?{SUM})?(?=\s?(?:euro|eur\b|€)))(?![\s().\-/_]?\d)"
)
INSIDE: Final = (
    r"(?:ext(?:ensi(?:e|on))?|toestel(?:nummer|nr)?|tst|doorkies(?:nummer|nr)?|"
    r"intern(?:e lijn| nummer)?|binnenlijn)\.?(?: nummer| nr\.?)?[\s:]{0,2}"
)
BEHIND: Final = (
    rf"(?:[\s,;(/-]{{0,3}}(?:(?:en|dan|op|via|met|vraag|naar)\s){{0,3}}(?:{INSIDE}|x\s?|#\s?)"
    r"(?P<behind>\d{1,6})(?![\d-]|[ .]\d)\)?)?"
)
AHEAD: Final = re.compile(
    rf"\b{INSIDE}(?P<ahead>\d{{1,6}})[\s,:;(-]{{1,3}}(?:(?:op|van|via|bij|nummer|is)\s){{0,2}}$",
    re.IGNORECASE,
)
DIGITS: Final = re.compile(
    rf"(?<![\d[])(?:(?P<plain>{PLAIN})|(?P<number>\+?\(?\d[\d\s().\-/_]{{5,}}\d(?!\d)){BEHIND})",
    re.IGNORECASE,
)
BEFORE_EXTENSION: Final = " tst "
JOINT: Final = re.compile(r"\s*[\s/_-]\s*(?=[+(0])")
REGIONS: Final = ("NL", "BE", "DE")
PREMIUM: Final = frozenset(
    {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST}
)
MOBILE: Final = re.compile(r"(?:0|31|0031)(6\d{8})")
"""A mobile number, also in a range that the library does not know yet: numbers are given out."""

NO_DIGIT: Final = re.compile(r"\D")


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
    mobile = MOBILE.fullmatch(NO_DIGIT.sub("", text))
    return f"+31{mobile[1]}" if mobile else None


def numbers_of(found: re.Match[str]) -> tuple[str, ...]:
    """The number that was found, with its extension; two where two are written as one."""
    number = read_phone(found["number"])
    if number is None:
        return _two_in(found["number"])
    ahead = AHEAD.search(found.string[max(0, found.start() - 60) : found.start()])
    extension = found["behind"] or (ahead["ahead"] if ahead else None)
    return (with_extension(number, extension),)


def with_extension(number: str, extension: str | None) -> str:
    """As a coordinator reads it: "+31101234567 tst 12"."""
    return f"{number}{BEFORE_EXTENSION}{extension}" if extension else number


def _two_in(text: str) -> tuple[str, ...]:
    """Two numbers with no more than a space or a stroke between them."""
    for joint in JOINT.finditer(text):
        first, second = read_phone(text[: joint.start()]), read_phone(text[joint.end() :])
        if first and second:
            return first, second
    return ()
