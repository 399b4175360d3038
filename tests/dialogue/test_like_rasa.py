"""The loop that the other tests here are played in says and asks what Rasa does."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dialogue.stage import Message, Stage
from tests.support.house import House, running_house
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine

CHECK = ["kom ik in aanmerking?", "installatietechniek", "in loondienst", "mbo 4", "12 jaar"]
DONE = [*CHECK, "ja", "mbo"]
DETAILS = ["ik wil me aanmelden", "ja dat mag", "Jan de Vries"]
REST = ["0612345678", "Zwolle", "overslaan"]
YES = "ja, meld mij aan"
TALKS = (
    ["hallo", "wat kost het?", "en hoe lang duurt het?", "bedankt", "tot ziens"],
    [*CHECK, "waarom wilt u dat weten?", "weet ik niet", "mbo"],
    ["kom ik in aanmerking?", "qwerty asdf", "qwerty asdf", "qwerty asdf", "bouw", "wat zei u?"],
    [*CHECK, "mens", "ja", "wat kost het en hoe lang duurt het?", "mbo", "ik heb hbo"],
    ["wat kost het en ik wil mijn aanmelding intrekken", "ja", "nee", "help"],
    [*CHECK, "wat kost het en ik wil mijn gegevens bekijken", "opnieuw beginnen", "stop"],
    [*CHECK, "terug naar het begin", "nee", "opnieuw beginnen", "Ja, begin opnieuw", "ja"],
    [*CHECK, "wis mijn gegevens", "wat kost het?", "wis mijn gegevens", "Ja, wis dit gesprek"],
    [*CHECK, "terug", "hbo", "terug naar de vorige vraag", "stoppen", "ja"],
    ["kom ik in aanmerking?", "ik doe van alles wat", "ik werk niet in de techniek", "ja"],
    [*DONE, *DETAILS, "a1@voorbeeld.nl", *REST, "wacht even", "ik wil iets aanpassen", "Naam"],
    [*DONE, *DETAILS, "a2@voorbeeld.nl", "0612345678", "klopt mijn e-mail?", "Zwolle", "help"],
    [*DONE, *DETAILS, "a3@voorbeeld.nl", *REST, YES, "ik ben 45 jaar", "mijn code is HT-QKX7Y2PD"],
    [*DONE, *DETAILS, "a4@voorbeeld.nl", *REST, YES, "trek mijn aanmelding in", "Nee", "mbo 4"],
    [*DONE, *DETAILS, "a5@voorbeeld.nl", *REST, YES, "trek mijn aanmelding in", "Ja, trek terug"],
    ["ik wil iemand spreken", "0612345678", "aanmelden", "waarom?"],
    ["ik wil me aanmelden", "bouw", "ik ben zzp'er", "mbo 3", "20 jaar", "vmbo", "nee", "stop"],
    [*DONE, "ik wil mijn diploma aanpassen: mbo 4", "mijn diploma is hbo", "ik ben vergeten wat"],
)
VARIES = re.compile(r"\b[A-Z]{1,2}-[0-9A-Z]{8}\b")
"""Codes are new each time."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running_house(tmp_path_factory.mktemp("house"), now="2026-11-23T12:00:00+01:00") as house:
        yield house


@pytest.fixture(scope="module")
def meanings(house: House, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the real model makes of each sentence."""
    texts = sorted({text for talk in TALKS for text in talk})
    file: Path = tmp_path_factory.mktemp("said") / "texts.txt"
    file.write_text("\n".join(texts) + "\n")
    lines = house.command("understand", str(file)).splitlines()
    return {text: json.loads(line) for text, line in zip(texts, lines, strict=True)}


def of_rasa(house: House, talk: list[str]) -> list[Any]:
    """What Rasa asks and says."""
    with Visitor(house.url) as visitor:
        turns = [visitor.say(text) for text in talk]
    return [
        (
            text,
            turn["asks"],
            turn["topics"],
            [VARIES.sub("", message["text"]) for message in turn["messages"]],
            [[each["title"] for each in message["buttons"]] for message in turn["messages"]],
        )
        for text, turn in zip(talk, turns, strict=True)
    ]


def of_loop(
    scene: tuple[Stage, asyncio.Runner], meanings: dict[str, Any], talk: list[str]
) -> list[Any]:
    """What the loop asks and says."""
    made, runner = scene
    found, take = [], made.typed
    public = {"callback_note": "callback", "digits": "code"}
    for number, text in enumerate(talk):
        meant = meanings[text]
        message = Message(
            text,
            meant["intent"],
            tuple(meant["topics"]),
            tuple(meant["clarify"]),
            meant["confidence"],
        )
        take_it = take("fresh", message) if number == 0 else made.then(message)
        turn = runner.run(take_it).turn
        found.append(
            (
                text,
                public.get(str(turn.asks), turn.asks),
                list(turn.topics),
                [VARIES.sub("", each.text) for each in turn.messages],
                [[button.title for button in each.buttons] for each in turn.messages],
            )
        )
    return found


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: " / ".join(talk[-2:]))
def test_the_loop_says_what_rasa_says(house, meanings, scene, talk):
    assert of_loop(scene, meanings, talk) == of_rasa(house, talk)
