"""Writes docs/beloften.md: what Instap promises, and the code that keeps it.

    .venv/bin/python -m tools.promises

A promise is a sentence that says what somebody will hear, get or can do later. Beside the text
stands who keeps it (`keeps`, as dotted names), or its sentence is of a kind that is listed here.
What nothing keeps is built or taken out: tests/content/test_promises.py sees to it.
"""

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import Final

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs/beloften.md"
NOT_TOLD: Final = ("label_", "widget_", "telegram_", "problem_", "status_", "link_")
"""Names of texts that are a few words on a button, in a window or in a list."""

PROMISE: Final = re.compile(
    r"\bhoort u\b|\bu hoort\b|\bhoort\b.{0,12}\bvan mij\b|contact met u|"
    r"\bbewaar ik\b|\bik bewaar\b|"
    r"\bbewaren wij\b|\bwij bewaren\b|\bbewaren het\b|\bkrijgt u\b|\bu krijgt\b|\bu .*\baltijd\b|"
    r"op elk moment|laten aanpassen|\bstuur ik\b|\bik stuur\b|dan zet ik|\bwis ik\b|\bik wis\b|"
    r"coördinator.*\b(?:nagaan|gaat na|kijkt|meekijken|bekijkt|opzoeken|zoekt|wissen|helpt|helpen|"
    r"aanpassen|praten|opnemen)\b|\bmens kan u\b.*\bhelpen\b|\btelt uw plaats\b|\bga ik na\b",
    re.IGNORECASE,
)

PERSON: Final = ("bot.services.callbacks.request", "bot.services.notices.of_callback")
LOOKED_AT: Final = ("bot.services.notices.of_registration", "bot.services.deciding.place")
OWN_DATA: Final = (
    "bot.services.my_data.file_of",
    "bot.services.deciding.correct",
    "bot.services.erasing.erase",
)
PURGE: Final = ("bot.services.retention.purge",)

KINDS: Final[Sequence[tuple[re.Pattern[str], Sequence[str]]]] = (
    (re.compile(r"\{retention_(?:chat|registration|callback)\}"), PURGE),
    (re.compile(r"\bplaats vrij\b.*\bhoort u\b"), ("bot.services.deciding.place",)),
    (re.compile(r"toestemming.*\bintrekken\b"), OWN_DATA[2:]),
    (re.compile(r"\bu kunt (?:ze|uw gegevens|alles)\b.*\bwissen\b", re.IGNORECASE), OWN_DATA),
    (
        re.compile(
            r"coördinator (?:bekijkt (?:uw aanmelding|ze)|kijkt (?:eerst|er eerst|nog met u)|"
            r"bekijkt)|een coördinator bekijkt ze|meldt u zich aan, dan kijkt een coördinator"
        ),
        LOOKED_AT,
    ),
    (re.compile(r"coördinator|\bmens kan u\b", re.IGNORECASE), PERSON),
)
"""Sentences that stand in many texts, the first kind that fits, and who keeps them."""

NO_PROMISE: Final = {
    "Zal ik een coördinator vragen": "a question",
    "dan vraag ik niemand": "says that nothing will be done",
    "Die neemt dus geen contact": "says that nothing will be done",
    "U kunt hier altijd terugkomen": "the conversation opens with its own token (channels/web.py)",
    "U kunt altijd iets anders vragen": "says what one can do in this very conversation",
    "U kunt altijd opnieuw beginnen": "says what one can do in this very conversation",
    "Ik wis dan dit gesprek": "the question before it is done (actions/registration.py)",
    "geen daarvan is altijd de beste": "an answer about contracts",
    "Ik stuur vandaag geen cijfers": "says that nothing will be done",
    "# Wat wij bewaren": "a heading",
    "welk fonds bij u hoort": "belongs, not hears",
    "Dat bewaar ik niet": "says that nothing will be done",
}
"""The beginning of a sentence that looks like a promise and is none, and why."""


@dataclass(frozen=True)
class Promise:
    """A sentence, the names of the texts that say it, and who keeps it."""

    sentence: str
    texts: tuple[str, ...]
    keeps: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line ends one."""
    parts = re.split(r"(?<=[.!?])\s+|\n+", text)
    return [part.strip() for part in parts if part.strip()]


def is_promise(sentence: str) -> bool:
    """Whether it says what somebody will hear, get or can do later."""
    reviewed = any(start.casefold() in sentence.casefold() for start in NO_PROMISE)
    return bool(PROMISE.search(sentence)) and not sentence.endswith("?") and not reviewed


def keepers(sentence: str, marked: Sequence[str]) -> tuple[str, ...]:
    """Who keeps it: as is marked beside the text, else as is listed for its kind."""
    kind = next((names for pattern, names in KINDS if pattern.search(sentence)), ())
    return tuple(kind) or tuple(marked)


def said() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every promise: the text that says it, the sentence, and who keeps it."""

    class Today:
        def now(self) -> datetime:
            return datetime.now(UTC)

    for key, variants in TextsFromFiles(FactsFromFiles(), Today()):
        if key.startswith(NOT_TOLD):
            continue
        for each in variants:
            for sentence in filter(is_promise, sentences(each.text)):
                yield key, sentence, keepers(sentence, each.keeps)


def promises() -> list[Promise]:
    """Every promise once, in the order of the sentences."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for key, sentence, keeps in said():
        found.setdefault((sentence, keeps), []).append(key)
    return [
        Promise(sentence, tuple(sorted(set(keys))), keeps)
        for (sentence, keeps), keys in sorted(found.items())
    ]


def resolve(name: str) -> object:
    """The code with that dotted name; raises ImportError or AttributeError."""
    module, _, attributes = name.rpartition(".")
    return reduce(getattr, attributes.split("."), importlib.import_module(module))


HEAD: Final = """# Beloften

Wat Instap mensen belooft, en welke code dat nakomt. Gemaakt door `python -m tools.promises`; een
test kijkt of deze pagina klopt en of elke naam bestaat.

| belofte | gezegd in | nagekomen door |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    lines = [
        f"| {each.sentence} | {', '.join(f'`{key}`' for key in each.texts)} "
        f"| {', '.join(f'`{name}`' for name in each.keeps)} |\n"
        for each in promises()
    ]
    return HEAD + "".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(promises())} beloften in {PAGE.relative_to(ROOT)}")
