"""What somebody who waits for a call says about that call: that it is off, or when it comes.

Read only where a request is open: without one, the same words mean something else. A message
takes a request back when it is made of nothing but the words below; one word more ("bel me niet
op maandag") says something that a coordinator has to know.
"""

import re
from typing import Final

from bot.core.answers.notes import read_note
from bot.core.answers.text import WORD, fold, is_close

CALLING: Final = frozenset(
    WORD.findall("""
    afspraak bel belafspraak bellen belt belverzoek belletje contact coordinator gebeld gesprek
    iemand medewerker mens opbellen praten spreken telefoontje terugbelverzoek terugbellen
    teruggebeld verzoek
    """)
)
MAILING: Final = frozenset(WORD.findall("gemaild mail mailen mailtje mailt"))
NOT: Final = frozenset(WORD.findall("geen niet niets niks"))
ANY_MORE: Final = frozenset(WORD.findall("meer toch"))
NEED: Final = frozenset(WORD.findall("hoef hoeft hoeven"))
OFF: Final = frozenset(
    WORD.findall("""
    afbellen afzeggen annuleer annuleren haal intrekken schrap schrappen trek verwijder
    verwijderen vergeet
    """)
)
SETTLED: Final = frozenset(WORD.findall("gelukt geregeld gevonden opgelost"))
AROUND: Final = frozenset(
    WORD.findall("""
    aan af al alsjeblieft aub bedacht bedankt bedenk bedoel beetje ben beter dan dank dat de
    deze die dit doe doen door dus een eens en er even gedaan gevraagd graag haal
    heb het hoor hou ik in inmiddels is ja jammer je jullie kunt laat lijst maar mag me mezelf mij
    mijn nee nog nodig nou nu nummer oh ok oke om onze op opnemen over svp stop stoppen
    te telefoonnummer telefonisch terug toch tot u uit uw van vanaf verder vergissing wel weer
    wil willen word worden zelf zitten zo zonder
    """)
)
WORDS: Final = CALLING | MAILING | NOT | ANY_MORE | NEED | OFF | SETTLED | AROUND
BUT: Final = frozenset(WORD.findall("maar wel behalve alleen liever telefoon email"))
REASON: Final = re.compile(r"[,.;!\n]+\s*|\b(?:want|omdat|aangezien)\b")
"""After this a message gives its reason, or begins another sentence."""

NO_SLIP: Final = 4
"""Letters; a shorter word is never taken for another."""

WHEN: Final = re.compile(r"\b(?:wanneer|hoe ?(?:laat|snel|lang|vlug))\b")
NOT_YET: Final = re.compile(
    r"\bnog (?:steeds )?(?:niet|niets|niks|niemand|geen)\b|\bniemand\b|"
    r"\b(?:word|wordt) (?:ik|er) nog\b|\bgaan? (?:jullie|u|iemand) (?:mij|me|nog)\b"
)
CALLS: Final = re.compile(
    r"\b(?:bel|belt|belde|bellen|gebeld|opgebeld|teruggebeld|terugbellen|telefoontje|contact|"
    r"mailt|mailen|gemaild)\b"
)
HEARS: Final = re.compile(r"\b(?:hoor|horen|gehoord|reactie|bericht)\b")
PROMISED: Final = re.compile(
    r"\b(?:ik|hij|zij|ze|jullie|iemand|er) (?:zou|zouden)\b(?!.*\b(?:graag|liever|willen)\b)"
    r"|\b(?:beloofd|afgesproken)\b"
)
I_CALL: Final = re.compile(r"\b(?:kan|mag|kunnen|moet|zal) (?:ik|we|wij)\b|\bbereikbaar\b")


def _known(word: str) -> str:
    """The word that was meant, for a slip of the finger; else the word itself."""
    if word in WORDS or len(word) < NO_SLIP:
        return word
    return next((each for each in sorted(WORDS) if is_close(word, each)), word)


def takes_back(text: str, *, can_skip: bool = False) -> bool:
    """Whether this says, and says nothing else, that one does not have to be called any more.

    `can_skip`: at a question that may be left out "hoeft niet" leaves that out, and no more.
    """
    told = fold(text).replace("'", "")
    first, *rest = REASON.split(told, maxsplit=1)
    if "?" in text:
        return False
    return _is_off(told, can_skip=can_skip) or (
        _is_off(first, can_skip=can_skip) and not any(map(_says_how, rest))
    )


def _says_how(rest: str) -> bool:
    """Whether what follows is more than a reason: another way, another moment, a number."""
    words = {_known(word) for word in WORD.findall(rest)}
    return bool(words & (CALLING | MAILING | BUT)) or read_note(rest).moment is not None


def _is_off(told: str, *, can_skip: bool) -> bool:
    """Whether it is made of nothing but the words of this module, and means that."""
    words = {_known(word) for word in WORD.findall(told)}
    other_way = words & MAILING and words & CALLING  # "niet bellen maar mailen" is no end
    if not words or not words <= WORDS or other_way:
        return False
    if "vergeet" in words:
        return not words & NOT
    about = words & (CALLING | MAILING)
    is_meant = about or words & ANY_MORE or (words & NEED and not can_skip)
    return (
        {"laat", "maar"} <= words
        or bool(words & SETTLED and not words & NOT)
        or bool(words & OFF and (about or "lijst" in words))
        or bool(words & NOT and is_meant)
    )


def asks_when(text: str, *, also_hear: bool = True) -> bool:
    """Whether somebody asks when the call comes, or says that it did not come yet.

    `also_hear`: "wanneer hoor ik iets" is about that too; for whoever registered it may not be.
    """
    told = fold(text)
    if I_CALL.search(told):
        return False
    is_about = bool(CALLS.search(told)) or (also_hear and bool(HEARS.search(told)))
    return is_about and bool(WHEN.search(told) or NOT_YET.search(told))


def was_not_called(text: str) -> bool:
    """Whether somebody says that a call which they waited for did not come, and asks nothing."""
    told = fold(text)
    if "?" in text or WHEN.search(told) or I_CALL.search(told):
        return False
    return bool(CALLS.search(told)) and bool(NOT_YET.search(told) or PROMISED.search(told))
