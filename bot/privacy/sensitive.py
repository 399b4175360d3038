"""What nobody should send us: a citizen service number, a bank account or card, somebody's health.

It is taken out before anything is kept, and the visitor hears that he had better not share it.
"""

import re
from typing import Final

import phonenumbers
from stdnum import iban, luhn
from stdnum.nl import bsn

LEFT_OUT: Final = "[weggelaten]"

NAMED: Final = re.compile(
    r"\b(?:bsn|burger\s?service\s?nummer|sofi(?=[\s-]?nummer))(?:[\s-]{0,3}nummer)?\b\D{0,12}"
    r"(\d[\d .-]{6,12}\d)",
    re.IGNORECASE,
)
NINE: Final = re.compile(r"(?<![\d+])(?<!\d[.,/-])(?:\d[ .-]?){8}\d(?![\d.,/-]?\d)")
ACCOUNT: Final = re.compile(
    r"\b(?:NL[\s.-]?\d{2}[\s.-]?[A-Z]{4}(?:[\s.-]?\d){10}|BE(?:[\s.-]?\d){14}|"
    r"DE(?:[\s.-]?\d){20})\b",
    re.IGNORECASE,
)
CARD: Final = re.compile(r"(?<![\d+])(?:\d[ -]?){12,18}\d(?!\d)")
HEALTH: Final = re.compile(
    r"\b(?:diabet(?:es|icus)|suikerziekte|(?:borst|darm|long|huid|prostaat|bloed|maag|keel)?kanker|"
    r"(?:hersen)?tumor|chemo(?:therapie|kuur)?|uitzaaiing\w*|depressie[fs]?|burn-? ?out|"
    r"overspannen|adhd|autis(?:me|t(?:en)?|tische?)|asperger|pts[sd]|reuma\w*|artrose|artritis|"
    r"(?:rug|nek)?hernia|epilep\w+|hart(?:infarct|aanval|falen|ziekte|pati[eë]nt)|beroerte|"
    r"hersen(?:infarct|bloeding|letsel)|astma\w*|copd|hiv|parkinson|dement(?:ie)?|alzheimer|"
    r"schizofre\w+|bipolair|borderline|(?:angst|persoonlijkheids)stoornis|paniekaanval\w*|"
    r"verslaafd|verslaving|alcoholist|antidepressiva|zwanger|miskraam|crohn|fibromyalgie|migraine|"
    r"longziekte|chronisch ziek|psychiat(?!risch)\w+|dysle(?:xie|ctisch)|"
    r"(?<=\bik heb )ms(?! (?:office|word|excel|project|teams|access)))\b",
    re.IGNORECASE,
)
"""Words for a condition, never for being ill: what a course does then is a fair question."""

ONLY_WHEN: Final = (
    (
        re.compile(r"\bafgekeurd\b", re.IGNORECASE),
        re.compile(
            r"\b(?:ben|word|werd|raakte|zit|medisch|half|volledig|deels|gedeeltelijk|procent|"
            r"(?:hij|zij|ze|man|vrouw|partner|collega) (?:is|werd))(?: \w+){0,3} afgekeurd\b|"
            r"% ?afgekeurd\b|\bafgekeurd (?:voor|wegens|vanwege|sinds|thuis)\b|"
            r"^\W*(?:ja\W+)?(?:ik\W+)?afgekeurd\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\bmedicijnen\b", re.IGNORECASE),
        re.compile(
            r"\b(?:slik\w*|gebruik\w*|neem|krijg|aan de|door|vanwege|mijn)\b", re.IGNORECASE
        ),
    ),
    (
        re.compile(r"\bpsychiatrisch\w*", re.IGNORECASE),
        re.compile(
            r"\b(?:gezeten|zat|lag|gelegen|opgenomen|opname|behandel\w*|patient|pati[eë]nt|"
            r"klachten|verleden|ziekte|stoornis)\b",
            re.IGNORECASE,
        ),
    ),
)
"""Words that are about somebody's health beside others only: a diploma is "afgekeurd" as well."""

SOMEBODY: Final = re.compile(
    r"\b(?:ik|mij|me|mijn|m'n|mn|hij|zij|gehad|thuis|afgekeurd|zwanger)\b", re.IGNORECASE
)
PUPILS: Final = re.compile(
    r"\b(?:(?:leerling|jongere|kind)\w*|studenten|scholieren|cursisten)\b", re.IGNORECASE
)
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

    def card(match: re.Match[str]) -> str:
        return LEFT_OUT if luhn.is_valid(re.sub(r"\D", "", match[0])) else match[0]

    text = CARD.sub(card, ACCOUNT.sub(account, NAMED.sub(LEFT_OUT, text)))
    text = NINE.sub(nine, text)
    return SENTENCE.sub(lambda sentence: _without_health(sentence[0]), text)


def _without_health(sentence: str) -> str:
    """Of somebody that it is about; "leerlingen met adhd" is a question about teaching."""
    if not SOMEBODY.search(sentence) or PUPILS.search(sentence):
        return sentence
    for word, beside in ONLY_WHEN:
        if beside.search(sentence):
            sentence = word.sub(LEFT_OUT, sentence)
    return HEALTH.sub(LEFT_OUT, sentence)


def _can_be_called(digits: str) -> bool:
    """Whether this is a mobile number without its first zero."""
    return digits.startswith("6") and phonenumbers.is_valid_number(
        phonenumbers.parse(f"0{digits}", "NL")
    )
