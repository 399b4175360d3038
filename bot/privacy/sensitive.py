"""What nobody should send us: a citizen service number, a bank account, somebody's health.

It is taken out before anything is kept, and the visitor hears that he had better not share it.
"""

import re
from typing import Final

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

LEFT_OUT: Final = "[weggelaten]"

NAMED: Final = re.compile(
    r"\b(?:bsn|burger\s?service\s?nummer|sofi(?:\s?nummer)?)(?:\s*-?nummer)?\b\D{0,12}"
    r"(\d[\d .-]{6,12}\d)",
    re.IGNORECASE,
)
NINE: Final = re.compile(r"(?<![\d+.,/-])(?:\d[ .-]?){8}\d(?![\d.,/-]?\d)")
ACCOUNT: Final = re.compile(
    r"\b(?:NL\s?\d{2}\s?[A-Z]{4}(?:\s?\d){10}|BE(?:\s?\d){14}|DE(?:\s?\d){20})\b", re.IGNORECASE
)
HEALTH: Final = re.compile(
    r"\b(?:diabet(?:es|icus)|suikerziekte|kanker|tumor|chemo(?:therapie|kuur)?|uitzaaiing\w*|"
    r"depressie[fs]?|burn-? ?out|overspannen|adhd|autis(?:me|tisch)|asperger|ptss|reuma\w*|"
    r"artrose|artritis|(?:rug|nek)?hernia|epilep\w+|hart(?:infarct|aanval|ziekte|pati[eë]nt)|"
    r"beroerte|herseninfarct|astma\w*|copd|hiv|parkinson|dement(?:ie)?|alzheimer|schizofre\w+|"
    r"bipolair|borderline|(?:angst|persoonlijkheids)stoornis|paniekaanval\w*|verslaafd|"
    r"verslaving|alcoholist|afgekeurd|medicijnen|antidepressiva|zwanger|miskraam|crohn|"
    r"fibromyalgie|migraine|longziekte|chronisch ziek|psychiat\w+|dysle(?:xie|ctisch))\b",
    re.IGNORECASE,
)
"""Words for a condition, never for being ill: what a course does then is a fair question."""

SOMEBODY: Final = re.compile(
    r"\b(?:ik|mij|me|mijn|m'n|mn|hij|zij|gehad|thuis|afgekeurd|zwanger)\b", re.IGNORECASE
)
PUPILS: Final = re.compile(r"\b(?:leerling|jongere|kind)\w*", re.IGNORECASE)
SENTENCE: Final = re.compile(r"[^.!?\n]+")


def left_out(text: str, *, expects_phone: bool = False) -> str:
    """The text without such data. A phone number that fits the test of a citizen number stays."""

    def nine(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match[0])
        if expects_phone or not bsn.is_valid(digits) or _can_be_called(digits):
            return match[0]
        return LEFT_OUT

    def account(match: re.Match[str]) -> str:
        return LEFT_OUT if iban.is_valid(match[0], check_country=False) else match[0]

    text = NINE.sub(nine, ACCOUNT.sub(account, NAMED.sub(LEFT_OUT, text)))
    return SENTENCE.sub(lambda sentence: _without_health(sentence[0]), text)


def _without_health(sentence: str) -> str:
    """Of somebody that it is about; "leerlingen met adhd" is a question about teaching."""
    if not SOMEBODY.search(sentence) or PUPILS.search(sentence):
        return sentence
    return HEALTH.sub(LEFT_OUT, sentence)


def _can_be_called(digits: str) -> bool:
    """Whether this is a mobile number without its first zero."""
    return digits.startswith("6") and phonenumbers.is_valid_number(
        phonenumbers.parse(f"0{digits}", "NL")
    )
