"""Whole conversations over Telegram: the same words lead to the same lead."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from tests.journeys.test_web import JOURNEYS, steps_of
from tests.support.house import House
from tests.support.parts import StandingClock
from tests.support.telegram_visitor import FakeApi, TelegramVisitor

pytestmark = pytest.mark.engine

TEXTS = dict(TextsFromFiles(FactsFromFiles.load(), StandingClock()))
ON_TELEGRAM = (
    "the_straight_road",
    "registers_first_and_is_checked_on_the_way",
    "asks_in_the_middle_of_everything",
)


def last_line(key: str) -> str:
    """How a text ends, whatever is filled in before."""
    return TEXTS[key][-1].text.splitlines()[-1]


def walk(visitor: TelegramVisitor, journey: list[dict[str, Any]], person: dict[str, str]) -> None:
    """Say and tap everything; the open question must be the last thing that is said."""
    visitor.say("/start")
    for step in steps_of(journey):
        said = step.get("say")
        text = visitor.say(person.get(said, said)) if said else visitor.press(str(step["press"]))
        if step.get("asks"):
            asked = last_line(f"utter_ask_{step['asks']}")  # perhaps with what may come beside it
            assert asked in text.splitlines()[-2:], f"after {step}: {text}"
        if step.get("registered"):
            assert "HT-" in text, f"after {step}: {text}"


def test_three_people_at_once_on_telegram(house: House, telegram: FakeApi) -> None:
    people = {
        name: {"$name": "Kanarie Groen", "$email": f"{name}-tg@voorbeeld.nl"}
        for name in ON_TELEGRAM
    }
    with ThreadPoolExecutor(len(people)) as pool:
        walks = [
            pool.submit(walk, TelegramVisitor(telegram, 4200 + i), JOURNEYS[name], people[name])
            for i, name in enumerate(people)
        ]
        for each in walks:
            each.result()
    leads = {lead["email"]: lead for lead in house.leads() if lead["channel"] == "telegram"}
    assert set(leads) == {people[name]["$email"] for name in ON_TELEGRAM[:2]}
    assert leads["the_straight_road-tg@voorbeeld.nl"]["status"] == "registered"
    assert leads["registers_first_and_is_checked_on_the_way-tg@voorbeeld.nl"]["status"] == "review"
    everything = house.all_bytes()
    assert b"Kanarie" not in everything and b"-tg@voorbeeld" not in everything
    assert telegram.fake.token.encode() not in everything


def test_the_commands_of_the_menu_are_answered(house: House, telegram: FakeApi) -> None:
    visitor = TelegramVisitor(telegram, 4300)
    assert "digitale assistent" in visitor.say("/start")
    assert last_line("utter_faq/privacy") in visitor.say("/privacy")
    assert visitor.say("/help")
    assert last_line("utter_delete_confirm_here") in visitor.say("/verwijder")
    assert last_line("utter_deleted_elsewhere") in visitor.say("ja")
