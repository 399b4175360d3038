"""The tone of the house as rules: each takes a text and gives what is wrong in it, or nothing.

Texts come as they stand in the files, with their `{placeholders}`, unless a rule says otherwise.
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.content.facts import Fact

LONGEST: Final = 15
"""Words in a sentence."""
SENTENCES: Final = 3
BUBBLES: Final = 2

HOLE: Final = re.compile(r"[{⟦](\w+)[}⟧]")
WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
EXAMPLE: Final = re.compile(r"(?:\bbijvoorbeeld|\bzeggen|\bzeg(?: dan)?|\bkies dan): [^\n]+", re.I)
"""What a visitor could type: their words, not ours."""

# ── Parts of a text ─────────────────────────────────────────────────────────


def bubbles(text: str) -> list[str]:
    """What a visitor sees as separate messages."""
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def lines(text: str) -> list[str]:
    """Sentences, and the other lines: of a list ("Naam: ..."), or above one."""
    return [
        one
        for line in text.splitlines()
        if line
        for one in re.split(r"(?<=[.!?])\s+", line.strip())
    ]


def sentences(text: str) -> list[str]:
    """What ends as a sentence does."""
    return [one for one in lines(text) if one.endswith((".", "!", "?"))]


def words(text: str) -> list[str]:
    """The words of ours, without what is filled in and without examples."""
    return WORD.findall(EXAMPLE.sub(" ", HOLE.sub(" ", text)))


def is_receipt(text: str) -> bool:
    """Whether a text sums up what is known: two lines "Naam: {name}", or a line that is a list."""
    labelled = re.findall(r"^[\w -]+: [{⟦]\w+[}⟧]$", text, re.M)
    return len(labelled) > 1 or bool(re.search(r"^[{⟦]\w+[}⟧]$", text, re.M))


# ── Length ──────────────────────────────────────────────────────────────────


def long_lines(shown: str) -> list[str]:
    """Sentences that are too long, in a text as a visitor reads it."""
    return [one for one in lines(shown) if len(re.findall(r"\S*\w\S*", one)) > LONGEST]


def crowded(text: str) -> list[str]:
    """Bubbles with too many sentences, and bubbles too many; a receipt may have more bubbles."""
    parts = bubbles(text)
    return [part for part in parts if len(sentences(part)) > SENTENCES] + (
        [] if is_receipt(text) else parts[BUBBLES:]
    )


# ── Manners ─────────────────────────────────────────────────────────────────


def familiar(text: str) -> list[str]:
    """Words for who is not called `u`."""
    return re.findall(r"\b(?:je|jij|jou|jouw|jouwe|jullie|jezelf)\b", text, re.I)


def exclamations(text: str) -> list[str]:
    """Sentences that shout."""
    return [one for one in lines(text) if "!" in one]


PARTICIPLE: Final = re.compile(
    r"\b(?:(?:aan|achter|af|bij|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg)?"
    r"ge(?!rust\b)\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er|onder)"
    r"(?:\w{3,}[dt]|\w*(?:keken|oken|oden|omen|even|ezen|onden|ongen|oten|olpen|olen|daan|laten)))\b",
    re.I,
)


def passives(text: str) -> list[str]:
    """Sentences in which something is done by nobody ("wordt bekeken")."""
    auxiliary = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.I)
    return [one for one in lines(text) if auxiliary.search(one) and PARTICIPLE.search(one)]


# ── Values ──────────────────────────────────────────────────────────────────

NUMBER: Final = (
    r"(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w+tien|\w+tig|honderd"
    r"|duizend|anderhalf|half|een half)"
)
UNIT: Final = (
    r"(?:uur|uren|dag|dagen|avond|avonden|dagdelen|week|weken|maand|maanden|jaar|jaren|keer|euro"
    r"|procent|plaatsen|plekken|groepen|deelnemers|mensen|bijeenkomsten|lessen)"
)
MONTH: Final = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
)
TYPED: Final = re.compile(
    rf"[\d€%]+|\b{NUMBER}[ -]{UNIT}\b|\been (?:uur|dag|week|maand|jaar)\b|\b{MONTH}\b", re.I
)
LEVEL: Final = re.compile(r"\bmbo(?: niveau |-)\d\b", re.I)
"""The name of a diploma."""


def typed_values(text: str) -> list[str]:
    """Numbers, years, prices and months that stand in a sentence instead of in a fact."""
    own = LEVEL.sub(" ", EXAMPLE.sub(" ", HOLE.sub(" ", text)))
    return [found[0] for found in TYPED.finditer(own)]


YEAR: Final = re.compile(r"(?:\d{4}-)?(\d{4})")
ADDRESS: Final = re.compile(r"www\.|@")
UNSURE: Final = re.compile(r"\bzonder (?:vaste )?datum\b")
PAST: Final = re.compile(
    r"\b(?:was|waren|had|hadden|deed|deden|ging|gingen|gaf|gaven|kreeg|kregen|kon|konden|kostte"
    r"|duurde|leerden?|volgden?|liepen?|werkten?|begon|begonnen|betaalden?|noemden?|verzorgden?"
    r"|stond|stopten?|startten?|mochten?|moesten?)\b"
)
ABOUT_US: Final = re.compile(r"\b(?:ik|u|uw|wij|we|mij)\b", re.I)


def undated(text: str, facts: Mapping[str, Fact]) -> list[str]:
    """Sentences about a dated source, or about what once was, in a bubble that names no year."""
    return [
        one
        for bubble in bubbles(text)
        for one in sentences(bubble)
        if any(not is_dated(bubble, fact, facts) for fact in claims(one, facts))
        or (PAST.search(one) and not ABOUT_US.search(one) and not years(bubble, facts))
    ]


def years(bubble: str, facts: Mapping[str, Fact]) -> list[int]:
    """The years that a bubble names."""
    values = [latest(facts[name]) for name in HOLE.findall(bubble) if name in facts]
    return [int(found[1]) for value in values if (found := YEAR.fullmatch(value))]


def latest(fact: Fact) -> str:
    """The newest value of a fact, empty when not known."""
    return fact.values[-1][1] or ""


def claims(sentence: str, facts: Mapping[str, Fact]) -> list[Fact]:
    """The facts of others that a sentence tells; a way to reach them or a yardstick is no claim."""
    measured = re.findall(r"(?:minstens|dan) \{(\w+)\}|\{(\w+)\} of (?:hoger|meer)", sentence)
    told = set(HOLE.findall(sentence)) - {name for pair in measured for name in pair}
    return [
        fact
        for name, fact in facts.items()
        if name in told and fact.confidence != "unconfirmed" and not fact.source.startswith("eigen")
        if latest(fact) and not YEAR.fullmatch(latest(fact)) and not ADDRESS.search(latest(fact))
    ]


def is_dated(bubble: str, fact: Fact, facts: Mapping[str, Fact]) -> bool:
    """Whether a bubble names a year that fits this fact, or says that its source has no date."""
    of_source = [int(year) for year in re.findall(r"\b20\d\d\b", fact.source_date)]
    is_unsure = "n.z." in fact.source_date or len(set(of_source)) > 1
    newest = max(of_source, default=9999)
    return any(year <= newest for year in years(bubble, facts)) or (
        is_unsure and bool(UNSURE.search(bubble))
    )
