"""What is tried in every state: every intent and topic, typed and tapped, and every button."""

from pathlib import Path
from typing import Final

import yaml

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.turn import command_for
from tests.dialogue.stage import Message, say, tap
from tests.support.parts import StandingClock

ROOT: Final = Path(__file__).parents[2]
OURS: Final = frozenset(
    rule["steps"][0]["intent"]
    for rule in yaml.safe_load((ROOT / "stories/decided.yml").read_text())["rules"]
)
"""What the policy decides of itself: nobody says or taps it."""
INTENTS: Final[list[str]] = [
    name
    for name in yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]
    if name not in OURS
]
TOPICS: Final = sorted(path.stem for path in (ROOT / "nlu/faq").glob("*.yml"))
NAMES: Final = [*(f"faq/{topic}" for topic in TOPICS), *(i for i in INTENTS if i != "faq")]


def _example(name: str) -> str:
    """A sentence of the training data with this meaning."""
    found = [ROOT / "nlu/faq" / f"{name.removeprefix('faq/')}.yml"]
    found += [ROOT / "nlu" / folder / f"{name}.yml" for folder in ("requests", "moves", "")]
    path = next(each for each in found if each.exists())
    examples = yaml.safe_load(path.read_text())["nlu"][0]["examples"]
    return str(examples.splitlines()[0].removeprefix("- "))


EXAMPLES: Final = {name: _example(name) for name in NAMES}
FALLBACK: Final = "nlu_fallback"
OFFERED: Final = ("faq/cost", "register", "withdraw_registration")
FACTS: Final = (
    "installatietechniek",
    "ik werk in loondienst",
    "mbo 4",
    "ik heb mbo 2",
    "12 jaar",
    "mijn baas vindt het goed",
    "mbo of vmbo",
    "ik woon in Zwolle",
    "ik ben 45 jaar",
    "ik ben 16",
    "mijn naam is Jan de Vries",
    "jan@voorbeeld.nl",
    "0612345678",
    "mijn code is HT-QKX7Y2PD",
    "123456",
    "ik heb twee honden",
)
CHANGES: Final = (
    "ik wil mijn diploma aanpassen: mbo 4",
    "mijn antwoord klopt niet, het moet mbo 4 zijn",
    "ik wil mijn antwoord veranderen, ik werk in loondienst",
    "ik wil mijn e-mailadres wijzigen",
    "ik heb me vergist",
)


def _meant(name: str, words: str) -> Message:
    return say(words, name.partition("/")[0], name)


TYPED: Final = (
    *(_meant(name, words) for name, words in EXAMPLES.items()),
    Message("qwerty asdf", FALLBACK, (), OFFERED),
    Message("wat kunnen jullie met honden doen?", FALLBACK, (), OFFERED),
    *(say(words) for words in FACTS),
    *(say(words, "change_registration") for words in CHANGES),
)
TAPPED: Final = (
    *(tap(command_for(name)) for name in NAMES if name != "out_of_scope"),
    *map(
        tap,
        sorted(
            {
                payload
                for _, variants in TextsFromFiles(FactsFromFiles.load(), StandingClock())
                for variant in variants
                for _, payload in variant.buttons
            }
            - {command_for(name) for name in NAMES}
        ),
    ),
    tap('/nlu_fallback{"topic": "other"}'),
)
REQUESTS: Final = [name for name in INTENTS if name != "faq"]
PAIRS: Final = tuple(
    Message(f"{EXAMPLES[f'faq/{topic}']} en {EXAMPLES[wish]}", "faq", (f"faq/{topic}", wish))
    for topic in TOPICS
    for wish in REQUESTS
)
"""A question and something else in one message: every topic with every intent."""
