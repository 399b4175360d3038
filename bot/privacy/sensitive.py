"""What nobody should send us: a citizen service number, a bank account or card, somebody's health.

It is taken out before anything is kept, and the visitor hears that he had better not share it.
Digits in an address, a link or a code of ours are none of these. What somebody tells of his body,
faith or past goes; what he asks about it is a fair question, and stays to be answered.
"""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers
from stdnum import iban, luhn
from stdnum.nl import bsn

from bot.core.answers.clauses import clauses
from bot.core.answers.codes import CODE
from bot.core.answers.text import Folded
from bot.privacy.addresses import addresses_in

LEFT_OUT: Final = "[weggelaten]"
LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

NAMED: Final = re.compile(
    r"\b(?:bsn|burger\s?service\s?nummer|sofi(?=[\s-]?nummer))(?:[\s-]{0,3}nummer)?(?![^\W\d])\D{0,12}"
    r"(\d[\d .-]{6,12}\d)",
    re.IGNORECASE,
)
NINE: Final = re.compile(r"(?<![\d+])(?<!\b[^\W\d_])(?<!\d[.,/-])(?:\d[ .-]?){8}\d(?![\d.,/-]?\d)")
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

IS: Final = r"\b(?:ben|is|was|werd|word|raakte|bleef|blijf)\b(?: (?!niet|geen|bij|voor)\w+){0,4}? "
HAS: Final = (
    r"\b(?:heb|heeft|had|kreeg|krijg|houd|hou|lijd|gebruik|draag|zit|zat|met)\b"
    r"(?: (?!geen|niet)[\w']+){0,4}? "
)
THERE: Final = (
    r"\b(?:loop|liep|ben|was|zit|zat|lag|lig|kom|kwam|ga|ging|sta|stond|heb|behandeling|opgenomen)\b"
    r"(?: (?!werk|geen|niet)\w+){0,4}? (?:bij|in|onder|naar|van|door|uit)"
    r"(?: (?:de|het|een|mijn|m'n|n))? "
)
ABOUT_ONESELF: Final = tuple(
    re.compile(rf"{cue}(?P<word>{words})\b")
    for cue, words in (
        (
            IS,
            r"doof(?:blind)?|dove|slechthorend|blind|slechtziend|gehandicapt|(?:minder|in)valide|"
            r"spastisch|verlamd|arbeidsongeschikt|depressief|suicidaal|geopereerd|"
            r"ongeneeslijk ziek|moslima?|islamitisch|christen|christelijk|(?:rooms-?)?katholiek|"
            r"protestants?|gereformeerd|joods|jood|hindoe\w*|boeddhist\w*|sikh|jehova\S*|"
            r"(?:ex-?)?gedetineerde?|veroordeeld|gearresteerd|homo(?:seksueel|fiel)?|lesbisch|"
            r"biseksueel|trans(?:gender|seksueel)|non-?binair|hiv-?positief|seropositief",
        ),
        (
            HAS,
            r"(?:\w*handicap|\w*stoornis(?:sen)?|\w*syndroom|(?:\w+ )?beperking(?:en)?|"
            r"\w+(?:ziekte|aandoening|verlamming|fobie)|gehoor(?:apparaat|apparaten|verlies)|"
            r"(?:rug|nek|knie|hart|schouder|maag|angst|stress|long|psychische |lichamelijke |"
            r"gezondheids)klachten|rolstoel|rollator|prothese|stoma|pacemaker|strafblad|"
            r"taakstraf|celstraf|gevangenisstraf|enkelband|tbs|veroordeling|vastgezeten)",
        ),
        (
            THERE,
            r"psycholoog|psychiater|(?:psycho)?therapeut|ggz|afkickkliniek|verslavingszorg|"
            r"revalidatie|ziektewet|wajong|gevangenis|gevang|bajes|detentie|reclassering|"
            r"jeugddetentie|moskee|kerk|synagoge",
        ),
    )
)
"""A word counts beside one of being, having or going: a psychologist's lift needs a fitter too."""

TRADE: Final = re.compile(
    r"\b(?:werk\w*|monteur\w*|onderhoud\w*|repareer\w*|repareren|install\w*|project\w*|klus\w*|"
    r"klant\w*|opdracht\w*|beroep|lift\w*|bouw\w*)\b"
)
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
        digits = re.sub(r"\D", "", match[0])
        is_abroad = digits.startswith("00")  # no card begins like that, a telephone number does
        return LEFT_OUT if luhn.is_valid(digits) and not is_abroad else match[0]

    def without_numbers(part: str) -> str:
        part = CARD.sub(card, ACCOUNT.sub(account, NAMED.sub(LEFT_OUT, part)))
        return NINE.sub(nine, part)

    pieces, at = [], 0
    for start, end in _kept_whole(text):
        pieces += [without_numbers(text[at:start]), text[start:end]]
        at = end
    text = _without_told("".join([*pieces, without_numbers(text[at:])]))
    return SENTENCE.sub(lambda sentence: _without_health(sentence[0]), text)


def _kept_whole(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses, links and codes stand, in order and not overlapping."""
    found = [*addresses_in(text), *LINK.finditer(text), *CODE.finditer(text)]
    at = 0
    for start, end in sorted(match.span() for match in found):
        if start >= at:
            yield start, end
            at = end


def _without_told(text: str) -> str:
    """Without what somebody tells of himself or another; a question or "als ik" is left alone."""
    folded = Folded.of(text)
    spans = []
    for clause in clauses(folded.text):
        if clause.is_question or clause.is_supposed or PUPILS.search(clause.text):
            continue
        if not SOMEBODY.search(clause.text) or TRADE.search(clause.text):
            continue
        for pattern in ABOUT_ONESELF:
            for found in pattern.finditer(clause.text):
                start, end = found.span("word")
                spans.append(folded.span(clause.start + start, clause.start + end))
    first = len(text)
    for start, end in sorted(spans, reverse=True):
        if end <= first:
            text, first = text[:start] + LEFT_OUT + text[end:], start
    return text


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
