"""Details that somebody gives in one message: "Jan de Wit, jan@wit.nl, 0612345678, Zwolle".

What is personal is a token here already ("[email]"); a place and a firm show themselves by
standing alone between the others.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from bot.core.answers.companies import is_named_firm
from bot.core.answers.places import PROVINCES, is_place, read_region
from bot.core.answers.text import fold, squeeze

LABEL: Final = (
    r"(?:(?:en )?(?:mijn |m'n |mn )?(?:e-?mail(?:adres)?|mail(?:adres)?|tel(?:efoon(?:nummer)?)?|"
    r"mobiel(?: nummer)?|nummer|nr|gsm)\.?(?: is)?[ :=]*)"
)
HOME: Final = re.compile(
    r"^(?:(?:en|ik|we|wij|nu|woon|wonen|kom|uit|in|te|(?:mijn )?woonplaats|plaats|is)[ :=]+)+",
    re.IGNORECASE,
)
"""What people say before the place where they live."""

EMPLOYER: Final = re.compile(
    r"^(?:(?:en|ik|bij|het|mijn|bedrijf|werkgever|werk|is)[ :=]+)+", re.IGNORECASE
)
ENVIRONS: Final = re.compile(
    r"(?:,? (?:en (?:omstreken|omgeving)|e\.?o\.?)"
    rf"|,? (?:{'|'.join(map(fold, PROVINCES))}))$"
)
"""What may stand behind a town: "Ede en omstreken", "almelo overijssel"."""

TAIL: Final = re.compile(
    r"(?:[ ,]+(?:en )?(?:ik )?(?:werk(?:zaam)?|zit|in dienst) (?:bij|voor))?[ .]*$", re.IGNORECASE
)
"""What they say before the firm, that stands apart already."""

BEFORE_TOKEN: Final = re.compile(rf"(?:^|(?<=[\s,;])){LABEL}(?=\[)", re.IGNORECASE)
APART: Final = re.compile(
    r"\[[a-z ]+\]|[,;|\n]+|\s(?=(?:en (?:ik )?)?(?:woon|wonend)\w*\s)"
    r"|\s(?:en )?(?=uit \S+(?:\s\S+){0,2}\s*(?:$|[,;\n\[]))",
    re.IGNORECASE,
)


def without_labels(text: str) -> str:
    """A text without "tel:" and "mail" before what was a number and an address."""
    return BEFORE_TOKEN.sub("", text)


def places_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the pieces that are a place and no more, and those places.

    The first piece is none: "Hoorn, Piet" is a name.
    """
    return _aside(text, _place)


def firms_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """The same of the pieces that are the name of a firm, by a word that firms have."""
    return _aside(text, _firm)


def _place(piece: str) -> str | None:
    """The town that a piece is, and no more."""
    plain = fold(HOME.sub("", piece)).strip(" .") if "?" not in piece else ""
    for town in (plain, ENVIRONS.sub("", plain)):
        if is_place(town):
            return read_region(town)
    return None


def _firm(piece: str) -> str | None:
    name = TAIL.sub("", EMPLOYER.sub("", piece)).strip(" .")
    return name if name and is_named_firm(name) else None


def first_piece(text: str) -> tuple[int, int] | None:
    """Where the first piece stands, when it is none of what is personal already."""
    first = next(_pieces(text), None)
    return None if first is None or text[slice(*first)].startswith("[") else first


def _aside(text: str, read: Callable[[str], str | None]) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    for start, end in reversed([*_pieces(text)][1:]):
        if (one := read(TAIL.sub("", text[start:end].strip(" .")))) is not None:
            found.append(one)
            text = f"{text[:start].rstrip(' ,;')}, {text[end:].lstrip(' ,;')}".strip(" ,")
    return text, tuple(reversed(found))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces stand that are more than a separator; what is personal is one as well."""
    start = 0
    for cut in APART.finditer(text):
        if squeeze(text[start : cut.start()]).strip(" ."):
            yield start, cut.start()
        if cut[0].startswith("["):
            yield cut.span()
        start = cut.end()
    if text[start:].strip(" ."):
        yield start, len(text)
