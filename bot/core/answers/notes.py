"""What somebody who wants to be called back says about when it suits and what it is about."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.answers.text import WORD, fold, squeeze

DAYS: Final = (
    r"(?:maan|dins|woens|donder|vrij|zater|zon|werk)dag(?:ochtend|morgen|middag|avond|en|s)?"
)
NUMBER: Final = (
    r"een(?=\s?uur|\s(?:en|tot)\b|\W*$)|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|vijven|zessen"
)
HOUR: Final = rf"(?:half )?(?:\d{{1,2}}(?:[.:]\d\d)?|{NUMBER})(?:en)?(?: ?uur)?"
WHEN: Final = re.compile(
    rf"""(?<!\w)(?:
    {DAYS}
    | vandaag | overdag | door\ de\ week | zo\ snel\ mogelijk | maakt\ (?:me\ |mij\ )?niet\ uit
    | (?:over)?morgen (?:\ ?(?:ochtend|middag|avond|vroeg))? | van(?:ochtend|middag|avond)
    | (?:volgende|deze|komende)\ week | '?s\ ?(?:ochtends|morgens|middags|avonds)
    | in\ (?:de|het)\ (?:ochtend|middag|avond|pauze|weekend)
    | (?:na|voor|tijdens)\ (?:het\ |mijn\ )?(?:werk|eten|lunch|pauze|vakantie)
    | (?:na|voor|vanaf|rond|om|tot|tussen)\ {HOUR.replace(" ", "[ ]")}
      (?:\ (?:en|tot)\ {HOUR.replace(" ", "[ ]")})?
    )(?!\w)""",
    re.VERBOSE,
)
UNSURE: Final = re.compile(r"\b(?:niet|geen|nooit|behalve)\b")
"""Beside these a moment may be the very one that does not suit: the whole note tells."""

SENTENCE: Final = re.compile(r"[^.!?;\n]*(?:\.(?=\d)[^.!?;\n]*)*[.!?;\n]*")
ASKS_CALL: Final = re.compile(r"\b(?:bel|belt|bellen|gebeld|terugbellen|teruggebeld|contact)\b")
"""With one of these a question ("kunt u dinsdag bellen?") is a wish for that moment."""

TOKEN: Final = re.compile(r"\[[a-z ]+\]")
SMALL: Final = frozenset(
    WORD.findall("""
    aan adres alles als alstublieft ander aub bedankt bedoel bedoelde bel bellen ben bereikbaar
    contact coordinator dan dank dat de e een email emailadres en even fout foutje gebeld geen
    gemaild goede goedemiddag goedemorgen graag hallo heb heet het hier hoi hoor iemand ik is ja
    juiste jullie kan klopte kunnen kunt liefst liever maar mag mail mailadres mailen me
    medewerker mens met mij mijn moet naam naar nee niet niets nog nu nummer nummers oeps
    ok oke om op over overslaan persoon praten prima sorry spreekt spreken svp telefonisch telefoon
    telefoonnummer terug terugbellen toch u uw verander veranderd vergist verkeerd verkeerde
    wacht was wel wie wil wilt zijn zou
    """)
)
"""Words that say no more than that somebody wants to be called, at another number, or no more."""


@dataclass(frozen=True)
class Note:
    """When it suits, in the visitor's words; and all he said, when it says more than that."""

    moment: str | None
    question: str | None


def speaks_of_call(text: str) -> bool:
    """Whether a text speaks of calling or getting in touch."""
    return ASKS_CALL.search(fold(text)) is not None


def _names_a_moment(sentence: str) -> bool:
    """Whether the moment in it is one that suits."""
    rest = WHEN.sub(" ", sentence)
    return not UNSURE.search(rest) and ("?" not in rest or bool(ASKS_CALL.search(rest)))


def read_note(text: str) -> Note:
    """A note without its tokens; nothing that says something is left out."""
    words = squeeze(TOKEN.sub(" ", text)).strip(" ,.;:-")
    folded = fold(words)
    rest = WHEN.sub(" ", folded)
    moments = [
        match[0]
        for sentence in SENTENCE.findall(folded)
        if _names_a_moment(sentence)
        for match in WHEN.finditer(sentence)
    ]
    left = WORD.findall(rest if moments else folded)
    says_more = any(word not in SMALL for word in left)
    return Note(", ".join(moments) or None, words if says_more else None)
