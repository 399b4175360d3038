"""Reads a yes or a no that binds: a message made of nothing but listed words, as a whole.

What leads to consent, a registration, erasing or withdrawing must be beyond doubt. So nothing is
looked for in a text here: every word of it has to be one of ours, or the text is neither.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product
from typing import Final

from bot.core.answers.text import fold
from bot.core.answers.yes_no import SIGNS_NO, SIGNS_YES

MOST_WORDS: Final = 15
"""A plain yes is short; whoever says more, says more than yes."""

FRIENDLY: Final = "🙂😊😀😃😄🙏🤗"
SKIN: Final = "🏻🏼🏽🏾🏿"
WORD: Final = re.compile(r"\w+(?:'\w+)?|[^\w\s]")
TWICE: Final = re.compile(r"(.)\1+")

Phrase = tuple[str, ...]
Lists = tuple[frozenset[Phrase], ...]


def _word(word: str) -> str:
    """A word however long it is drawn out: "jaaa", "neee", "akoord"."""
    return TWICE.sub(r"\1", word) if len(word) > 2 else word


def _all(*columns: str) -> frozenset[Phrase]:
    """Every phrase of one piece of each column; pieces are parted by "|", and one may be empty."""
    rows = product(*(column.split("|") for column in columns))
    return frozenset(tuple(map(_word, " ".join(row).split())) for row in rows)


YES: Final = (
    _all(
        "ja|jawel|jazeker|jahoor|jep|jup|joa|jao|yep|yes|yup|yeah|ok|oke|okay|okey|oki|okido|k|"
        "akkoord|accoord|prima|top|goed|graag|gaarne|zeker|zekers|natuurlijk|tuurlijk|uiteraard|"
        "absoluut|inderdaad|idd|precies|exact|juist|correct|klopt|uitstekend|perfect|afgesproken|"
        "vanzelfsprekend|sure|deal|mag|doen|bevestigd|eens|"
        "zeker weten|heel graag|heel goed|met plezier|met alle plezier|van harte|in orde|zo is het|"
        "zo is dat|dat is zo|dat bedoel ik|dat bedoelde ik|"
        "geen probleem|geen enkel probleem|geen bezwaar|geen enkel bezwaar|"
        "nee geen bezwaar|nee hoor geen bezwaar|mij best|goed idee|goed plan|goed zo|mooi zo|"
        "wat mij betreft|wat mij betreft wel|voor mij wel|alles goed|mee eens|helemaal mee eens|"
        "prima zo|oke zo|zo klopt het|yes please|van mij wel|"
        "heel zeker|ik weet het zeker|dat weet ik zeker|weet ik zeker|ik ben er zeker van|"
        "ja wel|zeker wel|natuurlijk wel|klopt wel|mag wel|mag gerust"
    )
    | _all("|dat|het|dit|alles|alle gegevens|de gegevens|mijn gegevens", "klopt|kloppen", "|zo")
    | _all(
        "dat|het|dit|alles|zo|",
        "is|staat|lijkt me|lijkt mij|klinkt|vind ik",
        "|helemaal|heel|wel",
        "goed|prima|in orde|ok|oke|akkoord|juist|correct|top|best|een goed idee|een goed plan|"
        "geen probleem",
        "|zo",
    )
    | _all("|ik", "vind", "dat|het|dit|alles", "|wel|helemaal", "goed|prima|ok|oke|best|in orde")
    | _all(
        "|ik",
        "ga|ben",
        "|er|het er|het|hier|daar|hiermee|daarmee|ermee",
        "|mee|helemaal",
        "akkoord|eens",
    )
    | _all("daar|hier", "ga|ben", "ik", "|het", "mee", "akkoord|eens")
    | _all("|ik", "geef", "|hierbij|u|jullie", "|mijn", "toestemming")
    | _all("toestemming gegeven|u hebt mijn toestemming|u heeft mijn toestemming|ik stem toe")
    | _all("dat|het|", "mag|mogen", "|u|je|jullie|van mij", "|wel|gerust|zeker")
    | _all("dat|die|ze", "mag|mogen", "u|je|jullie", "|gerust", "bewaren|opslaan")
    | _all("van mij mag", "|het|dat")
    | _all("natuurlijk|tuurlijk|uiteraard|zeker|absoluut", "mag", "dat|het")
    | _all(
        "u|je|jullie",
        "mag|mogen",
        "|dat|het|ze|die|alles|mijn gegevens|deze gegevens|de gegevens",
        "|gerust",
        "|bewaren|opslaan|gebruiken|hebben",
    )
    | _all("bewaar", "|ze|het|alles|mijn gegevens|die", "|maar")
    | _all("sla", "|ze|het|alles|mijn gegevens|die", "|maar", "op")
    | _all("doe", "|dat|het", "maar|ik|we")
    | _all("doen we|gewoon doen|graag doen|laten we dat doen")
    | _all("ga|gaat", "uw gang|je gang|door|maar|maar door|verder|maar verder")
    | _all("|ik", "wil", "dat|het|dit", "|graag|wel|graag wel")
    | _all("dat|het", "wil ik", "|graag|wel|heel graag")
)
YES_FILLERS: Final = _all(
    "hoor|alstublieft|alsjeblieft|aub|svp|graag gedaan|dank u|dank u wel|dank je|dank je wel|"
    "dankuwel|dankjewel|bedankt|meneer|mevrouw|allemaal|helemaal|echt"
)
REGISTER: Final = _all(
    "meld|schrijf", "me|mij", "|maar|er maar|dan maar", "aan|in", "|maar"
) | _all("stuur|verstuur", "|het|ze|alles", "maar", "|door|in|op")
REGISTER_BESIDE: Final = (
    _all("|ik", "wil|meld|schrijf", "|me|mij", "|graag", "aan|in|aanmelden|inschrijven|meedoen")
    | _all("aanmelden|inschrijven|registreren", "|maar")
    | _all("ik doe mee|registreer mij|registreer me|dat zijn mijn gegevens|alles staat er goed in")
    | _all("zet", "me|mij", "|maar|er maar", "op de lijst")
)
ERASE: Final = _all("wis|verwijder|haal|gooi", "|het|ze|dat|alles", "maar", "|weg|alles")
ERASE_BESIDE: Final = _all(
    "wis|verwijder", "|het|ze|dat|alles|dit|dit gesprek|mijn gegevens|alle gegevens"
) | _all("|alles|het", "wissen|verwijderen|weg|weg ermee|mag weg|kan weg", "|maar")
WITHDRAW: Final = _all("trek|schrijf|meld", "|hem|het|die|me|mij", "maar", "in|terug|uit|af")
WITHDRAW_BESIDE: Final = (
    _all("ik trek", "me|mij|hem|het", "in|terug")
    | _all(
        "trek|schrijf|meld",
        "|hem|het|die|me|mij|mijn aanmelding|de aanmelding",
        "|maar",
        "in|terug|uit|af",
    )
    | _all("intrekken|terugtrekken|afmelden|uitschrijven", "|maar")
)
ALSO: Final = {
    "consent": (REGISTER, REGISTER_BESIDE | _all("opslaan|bewaren", "|maar")),
    "confirm": (REGISTER, REGISTER_BESIDE),
    "delete_my_data": (ERASE, ERASE_BESIDE),
    "withdraw_registration": (WITHDRAW, WITHDRAW_BESIDE),
}
"""What means yes to one question only; and what does beside a yes, but alone is the wish itself."""

NO: Final = _all(
    "nee|neen|nein|nope|no|neej|nou nee|neuh|neu|nah|nooit|niet|geen|niks|weiger|"
    "liever niet|toch niet|toch maar niet|maar niet|doe maar niet|beter niet|beter van niet|"
    "laat maar|laat maar zitten|laat staan|even niet|nu even niet"
)
NO_FILLERS: Final = YES_FILLERS | _all(
    "ik|wil|dat|het|dit|liever|u|je|joh|jullie|mijn|gegevens|bewaren|bewaart|bewaar|opslaan|op|slaan|sla|"
    "aanmelden|inschrijven|meedoen|mij|me|doen|doe|hoeft|hoef|mag|mogen|geef|toestemming|akkoord|"
    "ga|interesse|zin|behoefte|daar|hier|hiermee|daarmee|mee|eens|nu|nog|vandaag|voorlopig|"
    "absoluut|zeker|beslist|natuurlijk|tuurlijk|helaas|toch|ben|er|ze|die|aan|"
    "wissen|verwijderen|intrekken|terugtrekken"
)
WRONG: Final = _all(
    "klopt niet|kloppen niet|klopt iets niet|klopt er niet|niet goed|niet juist|niet correct|fout|"
    "onjuist|incorrect|verkeerd|niet in orde|klopt nog niet|klopt niet helemaal"
)
WRONG_FILLERS: Final = YES_FILLERS | _all("nee|neen|dat|het|dit|er|is|zijn|iets|alles|zo|nog")


UNKNOWN: Final = _all(
    "|dat|het|ik", "weet", "|ik", "|het|dat", "|nog|eigenlijk|echt|zo|gewoon", "niet"
) | _all("geen idee|geen flauw idee|ik heb geen idee|zou ik niet weten|zou het niet weten")
UNKNOWN_FILLERS: Final = YES_FILLERS | _all("nee|sorry|eh|uh|nou|hmm|tja|dat|daarvan")
RESTART: Final = (
    _all("|ik wil|wil|laten we|laat me", "|graag|liever", "|helemaal|weer", "opnieuw", "beginnen")
    | _all("begin|start", "|maar|helemaal|weer", "opnieuw|overnieuw")
    | _all("opnieuw|overnieuw|helemaal opnieuw|overnieuw beginnen|opnieuw starten")
)
AS_IT_IS: Final = (
    _all(
        "mijn adres|mijn mailadres|het adres|dit adres|zoals ik het schreef",
        "klopt|is goed",
        "|zo|wel",
    ),
    _all(
        "|dat|het|dit|wat ik schreef", "klopt|is goed|is juist|staat goed", "|zo|wel|gewoon|precies"
    ),
)
"""What means no to "bedoelt u misschien ...?", and what only does so beside a no."""

NOTHING: Final[tuple[frozenset[Phrase], frozenset[Phrase]]] = (frozenset(), frozenset())


def read_exact(text: str, about: str | None = None) -> str | None:
    """ "yes", "no", "wrong" (that what we showed is so), or None; `about` names the question."""
    words = _words(text)
    if not words or len(words) > MOST_WORDS:
        return None
    also, beside = ALSO.get(about or "", NOTHING)
    as_is, around = AS_IT_IS if about == "change_registration" else NOTHING
    lists: dict[str, tuple[Lists, Lists]] = {
        "yes": ((YES, also), (YES_FILLERS, beside)),
        "no": ((NO, as_is), (NO_FILLERS, around)),
        "wrong": ((WRONG,), (WRONG_FILLERS,)),
    }
    found = [name for name, (means, fillers) in lists.items() if _is_made_of(words, means, fillers)]
    return found[0] if len(found) == 1 else None


def read_binding(text: str, about: str) -> str | None:
    """ "yes" or "no" to a question that binds; None for anything else."""
    said = read_exact(text, about)
    return said if said in ("yes", "no") else None


def is_unknown(text: str) -> bool:
    """Whether a message says that somebody does not know, and nothing else."""
    return _says(text, UNKNOWN, UNKNOWN_FILLERS)


def is_restart(text: str) -> bool:
    """Whether a message says that somebody wants to start all over, and nothing else."""
    return _says(text, RESTART, YES_FILLERS)


def _says(text: str, means: frozenset[Phrase], fillers: frozenset[Phrase]) -> bool:
    words = _words(text)
    return 0 < len(words) <= MOST_WORDS and _is_made_of(words, (means,), (fillers,))


def _words(text: str) -> Phrase:
    """The words of a text; what is no word and no comma is one as well, so that it counts."""
    found = (_token(piece) for piece in WORD.findall(fold(text)))
    return tuple(word for word in found if word)


def _token(piece: str) -> str:
    if piece in SIGNS_YES:
        return _word("ja")
    if piece in SIGNS_NO:
        return _word("nee")
    is_quiet = piece in FRIENDLY or piece in SKIN or unicodedata.category(piece[0])[0] == "P"
    return "" if is_quiet and piece not in "?¿" else _word(piece)


def _is_made_of(words: Phrase, means: Lists, fillers: Lists) -> bool:
    """Whether the words can be parted into such phrases, with at least one that means it."""
    reached: list[set[bool]] = [{False}, *(set() for _ in words)]
    for at, size in _pieces(len(words)):
        piece = words[at : at + size]
        if any(piece in each for each in means) and reached[at]:
            reached[at + size].add(True)
        if any(piece in each for each in fillers):
            reached[at + size] |= reached[at]
    return True in reached[-1]


def _pieces(count: int) -> Iterable[tuple[int, int]]:
    """Where a piece can begin and how many words it has, from the left."""
    return ((at, size) for at in range(count) for size in range(1, count - at + 1))
