"""Cuts a folded text into clauses and tells which of them state something about the speaker.

A question, a supposition and a story about a colleague hold values that are no facts about the
visitor: "telt mbo 3 ook?", "als ik straks mbo 4 heb", "mijn zoon doet mbo 2".
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.core.answers.text import Folded, fold

Span = tuple[str, int, int]
"""A value, and where it begins and ends."""

FILLER: Final = (
    r"(?:(?:en|maar|dus|of|want|ok|oke|okay|hoi|hallo|hey|hee|nou|eh|euh|uh|oh|ah|dan|trouwens|"
    r"goedemorgen|goedemiddag|goedenavond|goedendag|sorry|even|eigenlijk|alleen|ook)[ ,]+)*"
)
ASKING: Final = (
    r"(?:wat|hoe|hoeveel|hoelang|wie|waar|wanneer|welke?|waarom|waarvoor|waarmee|waarin|waarover|"
    r"wiens|hoezo|waarheen|waarop|waaraan|"
    r"waarvan(?! (?:ik |er |ongeveer |zo'n )?\d)|vanaf wanneer|tot wanneer|in hoeverre|"
    r"op welke?|in welke?|voor wie|voor welke?|met wie|bij wie|om hoe laat|aan welke?)\b"
)
SUBJECT: Final = (
    r"(?:ik|je|jij|jou|u|het|t|'t|dat|dit|die|deze|er|we|wij|ze|zij|jullie|men|iemand|een|de|"
    r"mijn|onze|ons|mensen|"
    r"(?:zijn|haar|hun) (?:baas|bazin|werkgever|chef|directeur|leidinggevende)|"
    r"m'n|mn|uw|jouw|alle|iedereen|daar|hier|zo'n|\d+|[v]?mbo\w*|hbo\w*|havo|zzp\w*)\b"
)
INVERTED: Final = (
    r"(?:is (?!(?:(?:heel|erg|al|wel|zo|allemaal|helemaal|hartstikke|nog|voor mij) )?(?:goed|"
    r"prima|oke?|okee|"
    r"okay|akkoord|in orde|best|fijn|top|mooi|wel|niet|geen|al|juist|correct|waar|leuk|bekend|"
    r"gevraagd|"
    r"besproken|geregeld|rond|klaar|gewoon|eender|hetzelfde|om|(?:er ?)?(?:op )?tegen)\b)\w|"
    r"\w+(?:en|n) jullie\b|"
    r"(?:zijn|was|kan|kun|kunnen|kunt|mag|mogen|moet|moeten|krijgt?|krijgen|hebt|heeft|"
    r"hebben|wordt|worden|zal|zou|zouden|gaat|gaan|bent|begint|start|betaalt|verdient|werkt|kost|"
    r"telt|tellen|geldt|duurt|vinden|klopt|komt|hoeft|zitten|doet|bestaat|lukt|maakt)\s+"
    rf"{SUBJECT}|(?:heb|ben|werk|zit|kom|ga|verdien|betaal|vind|hoef|begin|word|weet|geef|"
    r"volg)\s+"
    r"(?:ik|je|jij|u|jullie|we|wij)\b|doe\s+(?:je|jij|u|jullie)\b)"
)
ALWAYS: Final = (
    r"(?:telt|geldt|duurt|kost|bestaat|volstaat|wilt u|wil je|wil u|bedoelt? (?:u|je)|"
    r"zit(?:ten)? er)\b"
)
DROPPED: Final = (
    r"ga (?:je|uw|u|maar) gang\b|wat mij betreft\b|(?:heb|ben|ga|moet|zal|kan|mag|vind|weet|"
    r"doe) ik\b.{0,30}?\b(?:gevraagd|besproken|overlegd|"
    r"gemeld|verteld|aangekaart|gedaan|vragen|bespreken|overleggen|doen|goed|prima|fijn|mee "
    r"bezig|"
    r"nadenken|uitzoeken|bedenken|kiezen|beslissen|"
    r"niet)\b(?!.{0,30}\?)"
)
"""Dutch drops "dat" at the start of a reply: "heb ik al gevraagd" is no question."""

QUESTION: Final = re.compile(rf"{FILLER}(?!{DROPPED})(?:{ASKING}|{ALWAYS}|{INVERTED})")
INDIRECT: Final = re.compile(
    r"\b(?:vraag(?:\b.{0,12}) (?:me|mij) af|vraag is|vroeg me af|benieuwd|"
    r"wil(?:de)?(?: \w+){0,3} weten)\b"
)
IF_I: Final = re.compile(
    rf"^{FILLER}(?:als (?:de|dat|er|die|ze|zij|hij)\b|stel\b|als een\b|indien\b|mocht(?! ik "
    rf"vergeten)\b|"
    r"zodra\b|straks\b|later\b|ooit\b|volgend jaar\b|binnenkort\b|over \w+ (?:jaar|maand|maanden|"
    r"weken)\b)|"
    r"(?<!\bnet )\b(?:als|stel dat|stel|indien|mocht(?! ik vergeten)|zodra) (?!het (?:kan|mag|"
    r"lukt|maar)\b)(?:ik|je|jij|u|"
    r"iemand|men|we|wij|het|mijn)\b"
)
MISTAKEN: Final = re.compile(r"\b(?:per ongeluk|zei|verkeerde?|foutief|vergist)\b")
TAGGED: Final = re.compile(
    r"\b(?:toch|he|of niet|of neit|niet waar|of ook|of (?:breder|breeder|meer)|of wel|niet dan)$"
)
RELATED: Final = (
    r"(?:collega'?s?|zoon|zoons|zoontje|dochter|man|vrouw|vriend|vriendin|vrienden|broers?|"
    r"broertje|zus|zussen|zusje|buurman|buurvrouw|buren|vader|moeder|ouders|pa|ma|opa|oma|neef|"
    r"neefje|nicht|nichtje|oom|tante|partner|zwager|schoonzus|schoonzoon|schoonvader|"
    r"schoonmoeder|schoonouders|kind|kinderen|maat|maten|kennis|kleinzoon|kleindochter|"
    r"medewerkers?|werknemers?|monteurs|jongens|mensen|personeel|vakmensen|leerling|leerlingen)\b"
)
PEOPLE: Final = (
    r"(?:(?:mijn|m'n|mn|me|onze|ons|een|de|twee|drie|andere)\s+(?:\w+\s+)?"
    rf"{RELATED}|iemand\b|sommige\b)"
)
THEY: Final = re.compile(
    rf"{FILLER}(?:hij|zij|ze) (?:is|heeft|werkt|zit|doet|was|had|woont|volgt|zoekt|haalde)\b"
)
RELATIVES: Final = re.compile(
    rf"{FILLER}(?:voor |van |en |(?:ik|we|wij) (?:heb|hebben|ken|kennen|zoek|zoeken) "
    rf"(?:nog |ook |al )?)?{PEOPLE}"
)
ONESELF: Final = re.compile(
    r"(?<![ ,.])[ ,.]+(?:(?:en|maar|dus|terwijl|zelf) )?"
    r"(?<!dat )(?<!die )(?<!wat )(?<!waar )(?<!als )"
    r"(?=(?:ik|zelf|ikzelf|mezelf|(?:mijn|m'n|mn) (?:eigen|baas|werkgever|chef|leidinggevende))\b)"
)
"""Where somebody who spoke of another comes to himself: "mijn vrouw heeft hbo, ik mbo 3"."""

SPLIT: Final = re.compile(
    r"(?P<end>(?<![.!?;\n])[.!?;\n]+(?=[\s\"')]|$)|[?\n]+)"
    rf"|,?\s{{1,9}}(?:en|maar|want|of|dus)\s{{1,9}}"
    rf"(?=(?:dan |ook |eigenlijk )?(?:{ASKING}|{ALWAYS}|{INVERTED}))"
    rf"|,\s*(?:en\s+|dan\s+)?(?=(?:{ASKING}|{ALWAYS}|{INVERTED}))"
    r"|,\s*(?=(?:maar|want|en|of|dus)\s)"
    r"|\s{1,9}(?=maar (?:het|ik|dat|mijn|m'n|mn|we|wij|nu|wel|werk|heb|ben|is|was|kom)\b)"
    r"|,\s*(?=(?:te (?:oud|jong|laat|laag|weinig)|genoeg|goed genoeg)\b)"
    r"|,\s*(?=(?:hij|zij|ze) (?:is|heeft)\b)"
    rf"|,\s*(?=(?:en |maar )?{PEOPLE})|\s{{1,9}}(?=(?:en|maar|terwijl) {PEOPLE})"
    r"|\s{1,9}(?=(?:hoe ?lang|hoe ?veel|hoe vaak|hoe laat|hoe zit|hoe werkt|hoe gaat|waarom|"
    r"wat kost|wat is|wat zijn|wat houdt|wat moet|wat verdien|wanneer (?:is|start|begint|kan)|"
    r"is dat|kan ik|mag ik|kan dat|mag dat|telt dat)\b)"
    r"|(?<=^ja)\s+(?=(?:wat|hoe|wie|waar|wanneer|welke?|waarom)\b)"
)
ABBREVIATED: Final = re.compile(
    r"(?:\b(?:[a-z]|niv|ca|plm|dhr|mevr|mw|drs|ing|ir|bijv|bv|nl|evt|jr|st|install|fa|gebr|zn))\.$"
)


@dataclass(frozen=True)
class Clause:
    """A part of a text, with where it stands, and whether it was closed by a question mark."""

    text: str
    start: int
    asked: bool

    @property
    def is_question(self) -> bool:
        """Whether it asks rather than tells."""
        return self.asked or bool(QUESTION.match(self.text)) or bool(INDIRECT.search(self.text))

    @property
    def is_supposed(self) -> bool:
        """Whether it is about what might be."""
        return bool(IF_I.search(self.text))

    @property
    def is_of_others(self) -> bool:
        """Whether it is about somebody else."""
        return self.is_of_relatives or bool(THEY.match(self.text))

    @property
    def is_of_relatives(self) -> bool:
        """Whether it is about somebody else, and no employer."""
        return bool(RELATIVES.match(self.text))

    @property
    def is_told(self) -> bool:
        """Whether it states something about the speaker."""
        return self.is_stated and not self.is_of_others

    @property
    def is_stated(self) -> bool:
        """Whether it states something, of whomever."""
        if TAGGED.search(self.text) or MISTAKEN.search(self.text):
            return False
        return not (self.is_question or self.is_supposed)


A_QUESTION: Final = 4
"""Words; with fewer it asks whether the answer will do, and the next question shows that."""
AND_ALSO: Final = re.compile(
    r"\s*(?:,\s*(?:en |maar )?|\s(?:en|maar)\s+)(?=(?:ik|wil|wou|zou|heb|ben|woon|werk|mijn)\b)"
)


def parts_of(clause: str) -> Iterator[tuple[int, str]]:
    """What a clause says one after the other, with where each part begins."""
    start = 0
    for cut in AND_ALSO.finditer(clause):
        yield start, clause[start : cut.start()]
        start = cut.end()
    yield start, clause[start:]


def found_in(parts: Iterable[tuple[int, str]], find: Callable[[str], Iterator[Span]]) -> list[Span]:
    """What a finder finds in some parts of a clause, with its place in the clause."""
    return [
        (value, start + offset, end + offset)
        for offset, part in parts
        for value, start, end in find(part)
    ]


def clauses(folded: str) -> Iterator[Clause]:
    """The clauses of a folded text, in order; together they leave out only separators."""
    start = 0
    for cut in SPLIT.finditer(folded):
        end = cut["end"] or ""
        if end == "." and ABBREVIATED.search(folded, max(0, cut.start() - 6), cut.end()):
            continue
        yield from _clause(folded, start, cut.start(), "?" in end)
        start = cut.end()
    yield from _clause(folded, start, len(folded), False)


def _clause(folded: str, start: int, end: int, asked: bool) -> Iterator[Clause]:
    while start < end and folded[start] in " ,":
        start += 1
    text = folded[start:end].rstrip(" ,")
    if not text:
        return
    clause = Clause(text, start, asked)
    if clause.is_of_others and (switch := ONESELF.search(text)):
        yield Clause(text[: switch.start()], start, asked)
        yield from _clause(folded, start + switch.end(), end, asked)
    else:
        yield clause


def own_part(text: str) -> str:
    """A text without what it says of somebody else, as it was typed."""
    folded = Folded.of(text)
    others = [each for each in clauses(folded.text) if each.is_of_others]
    for each in reversed(others):
        start, end = folded.span(each.start, each.start + len(each.text))
        text = text[:start] + text[end:]
    return text.strip(" ,") if others else text


def asks_something(text: str) -> bool:
    """Whether a message, also one that holds an answer, asks something ("mbo 4. hoe lang?")."""
    return any(clause.is_question for clause in clauses(fold(text)))


def asks_at_length(text: str) -> bool:
    """Whether what is asked is more than an answer with a question mark ("12 jaar, telt dat?")."""
    asked = (clause for clause in clauses(fold(text)) if clause.is_question)
    return any(len(clause.text.split()) >= A_QUESTION for clause in asked)
