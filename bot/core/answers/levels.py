"""The highest education that somebody tells to have: old school types and foreign diplomas too."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.answers.clauses import Span, found_in, parts_of

RANKS: Final = ("none", "vmbo", "mbo1", "havo", "mbo2", "mbo3", "mbo4", "hbo", "wo", "foreign")
DIGIT: Final = {
    word: str(digit)
    for digit, words in enumerate(
        ("1 een i eerste 1e", "2 twee ii tweede 2e", "3 drie iii derde 3e", "4 vier iv vierde 4e"),
        1,
    )
    for word in words.split()
}
MBO: Final = (
    r"\b(?:mbo|bol|bbl|roc|mto)?[- ]?(?:opleiding |diploma |op )?"
    r"(?:niveau|nivo|nivau|niveua|niv\.?|nv\.?)[- ]?(?P<n>[1-4]|een|twee|drie|vier)\b"
    r"|\b(?:mbo|bol|bbl|mob|mbo-er|(?<!vee )em ?bee ?oo)[- ]{0,3}(?:n)?(?P<m>[1-4]|een|twee|drie|"
    r"vier)\b(?!\s?(?:jaar|jr))"
    r"|\bn(?P<k>[1-4])\b|(?<=[1-4] en )(?P<l>[2-4])\b(?!\s?(?:jaar|jr))|\b(?:mbo|niveau|bol|"
    r"bbl)[- ]?(?P<r>iv|i{1,3})\b"
    r"|\b(?P<o>eerste|tweede|derde|vierde|[1-4]e) niveau\b"
)
COUNTRY: Final = (
    r"(?:belgie|duitsland|engeland|polen|turkije|marokko|syrie|oekraine|roemenie|bulgarije|iran|"
    r"irak|"
    r"afghanistan|eritrea|ethiopie|somalie|suriname|curacao|aruba|portugal|spanje|italie|"
    r"frankrijk|"
    r"griekenland|hongarije|tsjechie|slowakije|kroatie|servie|bosnie|albanie|rusland|litouwen|"
    r"letland|"
    r"india|pakistan|china|indonesie|egypte|tunesie|algerije|ghana|nigeria|kameroen|brazilie|"
    r"colombia|"
    r"venezuela|amerika|zuid-afrika|israel|libanon|jordanie|jemen|sri lanka|vietnam|filipijnen)"
)
FORMS: Final = (
    (
        "foreign",
        r"\bbuitenlandse? (?:\w+ )?(?:diploma'?s?|papieren|opleiding|school|studie)|\bbuitenlands\b"
        r"|\b(?:pools|turks|marokkaans|belgisch|duits|syrisch|engels|spaans|roemeens|bulgaars|"
        r"oekraiens|surinaams|iraans|portugees|italiaans)e? (?:diploma|opleiding|papieren)"
        r"|\b(?:in|uit) het buitenland\b"
        rf"|\b(?:in|uit) {COUNTRY}\b(?=.{{0,30}}\b(?:gestudeerd|geleerd|behaald|gehaald|gedaan|"
        r"diploma|"
        r"school|opleiding|gediplomeerd|afgestudeerd))"
        r"|\b(?:diploma'?s?|opleiding|school|papieren|gestudeerd|gediplomeerd|afgestudeerd|"
        r"geleerd|studie)"
        rf"(?: \w+){{0,3}} (?:in|uit|van) {COUNTRY}\b",
    ),
    (
        "wo",
        r"\buniversitair\w*|\buniversiteit\b|\bwo\b|\bwo-\w+|\bmaster(?:diploma|opleiding|titel)?\b"
        r"|\bdrs\b|\bdoctoraal\b|\bgepromoveerd\b|\bphd\b|\btu(?:[- ](?:delft|eindhoven|"
        r"twente))?\b|\bmsc\b",
    ),
    (
        "hbo",
        r"\bhbo(?:'?er)?\b|\bhbo-\w+|\bhogeschool\b|\bhts(?:'?er)?\b|\bheao\b|\bbachelor\b|\bpabo\b"
        r"|\bassociate degree\b|\bhoger beroepsonderwijs\b|\bhogere technische school\b|\bhio\b|"
        r"\bhlo\b|\bhas\b",
    ),
    (
        "mbo4",
        r"\bmts(?:'?er)?\b|\bmeao\b|\bmiddelbare technische school\b|\bmiddenkader\w*"
        r"|\bmdgo\b|\bspecialistenopleiding\b|\bmto\b|\bmiddelbaar technisch onderwijs\b",
    ),
    ("mbo3", r"\bvakopleiding\b|\bvoortgezet leerlingwezen\b|\bvoortgezette? (?:vak)?opleiding\b"),
    (
        "mbo2",
        r"\bbasisberoepsopleiding\b|\bkmbo\b|\bleerlingwezen\b|\bleerlingstelsel\b|\bstreekschool\b"
        r"|\bvakschool\b",
    ),
    ("havo", r"\bhavo\b|\bvwo\b|\batheneum\b|\bgymnasium\b|\bhbs\b|\bmms\b"),
    ("mbo1", r"\bentree(?:-?opleiding)?\b|\bassistentopleiding\b|\bassistentenopleiding\b"),
    (
        "vmbo",
        r"\bvmbo(?:[- ]?(?:t|tl|gl|k|kb|b|bb|bk|kader|basis|techniek))?\b|\bvbo\b|\blbo\b|"
        r"\blts(?:'?er)?\b"
        r"|\bmavo\b|\bmulo\b|\bulo\b|\bivbo\b|\blwoo\b|\bleao\b|\blhno\b|\bambachtsschool\b|"
        r"\bhuishoudschool\b"
        r"|\blagere technische school\b|\btechnische school\b|\bl\.t\.s\b",
    ),
    (
        "none",
        r"\b(?:geen|nooit een|zonder)(?: enkele?| enig| officiele?| echte?)? (?:diploma'?s?|"
        r"opleiding|"
        r"papieren|papiertjes?|vooropleiding)\b|\b(?:alleen|enkel|"
        r"slechts) (?:de )?(?:lagere school|basisschool)\b"
        r"|\b(?:niets|niks) (?:afgemaakt|gehaald|afgerond)\b|\bongeschoold\b|\bniet gestudeerd\b"
        r"|\bpraktijk(?:onderwijs|school)\b|\bschool (?:niet|nooit) afgemaakt\b",
    ),
)
LEVEL: Final = re.compile("|".join([f"(?P<mbo>{MBO})", *(f"(?P<{v}>{p})" for v, p in FORMS)]))
NOT_YET: Final = re.compile(
    r"\b(?:geen|niet|bezig met|nu|volg|studeer|begonnen (?:aan|met)|ga|wil|wilde|zou|gestopt met|"
    r"bijna|zonder|net geen|doe nog|(?:eerste|tweede|derde|vierde|laatste|half|halve|paar|[1-4]e|"
    r"[12]|een|twee) (?:school|studie|leer)?(?:jaar|jaartje|jaren)|propedeuse|examen\w*|"
    r"mislukt\w*|"
    r"afgebroken|gezakt voor)(?: (?:een|de|het|op|mijn|m'n|nog|naar|aan|graag|nu|van|in))*\s*$"
)
NEVER: Final = re.compile(
    r"[-\w ,.]{0,25}?\bmaar (?:(?:ik|heb|nog|het|dus|toen|er|had) ){0,2}(?:geen (?:diploma|"
    r"papier\w*)|"
    r"niet (?:afgemaakt|gehaald|af|afgerond)|zonder (?:diploma|papier\w*)|gestopt)\b|"
    r"(?:(?! en | maar | daarna )[-\w ]){0,25}?\b(?:niet|nooit|half) (?:\w+ )?(?:af|afgemaakt|"
    r"afgerond|gehaald|behaald|"
    r"voltooid|klaar)\b"
    r"|(?:(?! en | maar | daarna )[-\w ,]){0,15}?\b(?:aan het doen|gestopt|onderbroken|nog niet|"
    r"op een haar na|net niet|bijna klaar|niet klaar|mee bezig|nog bezig|propedeuse|afgebroken|"
    r"geen (?:diploma|papiertje)|zonder (?:diploma|papier\w*)|gezakt|halen|behalen|laatste jaar|"
    r"(?:eerste|"
    r"tweede|"
    r"derde) jaar|deelcertificat\w+|op (?:het )?diploma na)\b"
)
VALUED: Final = re.compile(r"\b(?:ge)?(?:waardeerd|lijkgesteld|erkend|waardering|idw|nuffic)\b")
HAVING: Final = re.compile(
    r"\b(?:heb|had|diploma|gedaan|gehad|afgerond|gehaald|behaald|opgeleid|opleiding|"
    r"vooropleiding|"
    r"geslaagd|niveau|denkniveau|afgemaakt|afgestudeerd|gevolgd|geschoold|gezeten|papieren|"
    r"hoogste)\b"
)
TEACHING: Final = re.compile(
    r"\b(?:les|lesgeven|lessen|doceren|leerlingen|studenten|klas|voor de klas|docent|leraar|"
    r"werken op)\b"
)
SELF_EVIDENT: Final = re.compile(
    r"mbo.*(?:\d|een|twee|drie|vier)$|vmbo[- ]\w+|(?:mts|hts|lts|meao|heao|mavo|leerlingwezen)|"
    r".*niveau"
)


def levels_in(clause: str, pattern: re.Pattern[str] = LEVEL) -> Iterator[Span]:
    """Every level in a clause that is neither denied nor unfinished."""
    for match in pattern.finditer(clause):
        before = clause[max(0, match.start() - 40) : match.start()]
        unfinished = match.lastgroup != "none" and NOT_YET.search(before)
        if unfinished or NEVER.match(clause, match.end()):
            continue
        yield _value(match), match.start(), match.end()


def _value(match: re.Match[str]) -> str:
    digit = next((match[group] for group in "nmklro" if match[group]), None)
    if digit:
        return f"mbo{DIGIT[digit]}"
    return next(value for value in RANKS if match.groupdict().get(value))


def find_level(clause: str) -> Iterator[Span]:
    """The highest level that a clause states beyond doubt; where one wants to teach is none."""
    parts = list(parts_of(clause))
    others = [(start, part) for start, part in parts if not TEACHING.search(part)]
    if not 0 < len(others) < len(parts):
        others = [(0, clause)]
    if found := found_in(others, _find_level):
        yield max(found, key=lambda span: RANKS.index(span[0]))


def _find_level(clause: str) -> Iterator[Span]:
    spans = [span for span in levels_in(clause) if _is_certain(clause, span)]
    if VALUED.search(clause):
        spans = [span for span in spans if span[0] != "foreign"] or spans
    if spans and not TEACHING.search(clause):
        yield max(spans, key=lambda span: RANKS.index(span[0]))


def _is_certain(clause: str, span: Span) -> bool:
    value, start, end = span
    if value == "none":
        return start == 0 or bool(re.search(r"\b(?:ik|heb|had|ben|heeft)\b", clause[:start]))
    return bool(SELF_EVIDENT.match(clause[start:end]) or HAVING.search(clause))
