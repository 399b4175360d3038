"""Nothing that a visitor typed is written down by the engine, and it goes on without."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    EntitiesAdded,
    Event,
    SlotSet,
    UserUttered,
)

from bot.core.questions import SLOTS, VALUES
from bot.understanding.channel import said_in
from bot.understanding.memory import ShortMemory
from bot.understanding.wordless import known_value, without_words

pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning")

ROOT = Path(__file__).parents[3]
SENDER = "een-gesprek-van-de-test"
WORD = "Kwetterbeek"
TYPED = f"Fatima {WORD} hier, ik werk bij {WORD} BV en woon in {WORD}"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


@pytest.fixture
def memory(domain: Domain, place: Path) -> Iterator[ShortMemory]:
    made = ShortMemory(host=f"sqlite:///{place}", domain=domain)
    yield made
    made.engine.dispose()


def told_events() -> list[Event]:
    """One turn with a word of the visitor in every place where Rasa could leave one."""
    found = {"entity": "city", "value": WORD, "text": WORD, "start": 7, "end": 18, "role": None}
    parsed = {
        "intent": {"name": "inform", "confidence": 0.9},
        "entities": [found],
        "text": TYPED,
        "text_tokens": [(0, 6)],
        "topics": ["inform"],
        "seen": {"clauses": [WORD]},
    }
    metadata = {"channel": "web", "said": TYPED, "model_id": "m1"}
    return [
        UserUttered(TYPED, parsed["intent"], [found], parsed, None, "gateway", "17", metadata),
        EntitiesAdded([found]),
        SlotSet("region", WORD),
        SlotSet("name", WORD),
        SlotSet("sector", "bouw"),
        SlotSet("years_experience", 12),
        SlotSet("phone", 31612345678),
        SlotSet("offer", "register"),
        ActiveLoop("registration_form"),
        ActionExecuted("action_answer", action_text=TYPED),
        BotUttered("Genoteerd: ⟦city⟧.", {"custom": {"key": "utter_noted"}}, {"facts": WORD}),
        BotUttered(None, {"custom": {"noted": [{"item": "region", "value": WORD}]}}),
        ActionExecuted("action_listen"),
    ]


async def a_turn(memory: ShortMemory) -> Any:
    tracker = await memory.get_or_create_tracker(SENDER)
    for event in told_events():
        tracker.update(event)
    await memory.save(tracker)
    return tracker


def test_no_word_is_written_and_the_live_turn_still_has_them(
    memory: ShortMemory, place: Path
) -> None:
    live = asyncio.run(a_turn(memory))
    assert WORD.encode() not in place.read_bytes() and b"Fatima" not in place.read_bytes()
    assert b"31612345678" not in place.read_bytes()
    assert live.latest_message.text == TYPED and live.get_slot("region") == WORD


def test_the_engine_goes_on_from_what_was_written(memory: ShortMemory) -> None:
    live = asyncio.run(a_turn(memory))
    read = asyncio.run(memory.retrieve(SENDER))
    assert len(read.events) == len(live.events)
    assert read.latest_message.intent_name == "inform"
    assert read.latest_message.message_id == "17"
    assert read.get_slot("region") == read.get_slot("name") == "given"
    assert (read.get_slot("sector"), read.get_slot("years_experience")) == ("bouw", 12)
    assert (read.get_slot("offer"), read.active_loop_name) == ("register", "registration_form")
    said = said_in(read.events, "17")
    assert said is not None and said[0]["text"] == "Genoteerd: ⟦city⟧."


@pytest.mark.parametrize("text", ["Fatima", "mijn code is /x", "\n", "é" * 2000, "06 12345678"])
def test_whatever_is_typed_nothing_of_it_is_kept(text: str) -> None:
    event = UserUttered(text, {"name": "faq"}, parse_data={"text": text, "entities": []})
    kept = without_words(event.as_dict())
    assert kept["text"] == "" and kept["parse_data"]["text"] == ""
    assert set(kept["parse_data"]) == {"text", "intent", "entities"}


def test_every_value_of_a_closed_list_stays() -> None:
    assert all(
        known_value(item, value) == value for item in SLOTS for value in VALUES.get(item, ())
    )


def test_a_store_of_before_is_cleaned_once(domain: Domain, place: Path) -> None:
    ShortMemory(host=f"sqlite:///{place}", domain=domain).engine.dispose()
    with sqlite3.connect(place) as old:
        old.execute("DROP TABLE wordless")
        for event in told_events():
            row = (SENDER, event.type_name, json.dumps(event.as_dict()))
            old.execute("INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)", row)
        said = {"event": "bot", "text": f"Genoteerd: {WORD}.", "data": {"custom": {"key": None}}}
        said["data"] = {"custom": {"key": "utter_noted"}}
        row = (SENDER, "bot", json.dumps(said))
        old.execute("INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)", row)
    old.close()
    assert WORD.encode() in place.read_bytes()
    again = ShortMemory(host=f"sqlite:///{place}", domain=domain)
    assert WORD.encode() not in place.read_bytes()
    read = asyncio.run(again.retrieve(SENDER))
    again.engine.dispose()
    assert read.get_slot("sector") == "bouw" and read.active_loop_name == "registration_form"
