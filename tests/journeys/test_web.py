"""Whole conversations over the chat API, on the real engine, action server and database."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.house import House
from tests.support.visitor import Visitor

HERE = Path(__file__).parent
JOURNEYS = yaml.safe_load((HERE / "web.yml").read_text())
FRAGMENTS = yaml.safe_load((HERE / "fragments.yml").read_text())

pytestmark = pytest.mark.engine


def steps_of(journey: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A journey with its fragments filled in."""
    steps: list[dict[str, Any]] = []
    for step in journey:
        steps += FRAGMENTS[step["as"]] if "as" in step else [step]
    return steps


def walk(visitor: Visitor, journey: list[dict[str, Any]], person: dict[str, str]) -> None:
    """Say and press everything, and hold each turn against what it must be."""
    for step in steps_of(journey):
        said = step.get("say")
        turn = visitor.say(person.get(said, said)) if said else visitor.press(str(step["press"]))
        where = f"after {step}: {visitor.words()}"
        for name in ("topics", "asks", "outcome"):
            if name in step:
                assert turn[name] == step[name], where
        if "registered" in step:
            registration = turn["registration"]
            assert (registration and registration["status"]) == step["registered"], where


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey(name: str, house: House) -> None:
    person = {"$name": "Jan de Vries", "$email": f"{name}@voorbeeld.nl"}
    with Visitor(house.url) as visitor:
        walk(visitor, JOURNEYS[name], person)


def test_a_registered_candidate_is_a_lead_and_nothing_of_him_can_be_read(house: House) -> None:
    person = {"$name": "Kanarie de Gele", "$email": "kanarie@voorbeeld.nl"}
    with Visitor(house.url) as visitor:
        walk(visitor, JOURNEYS["the_straight_road"], person)
        code = visitor.last["registration"]["code"]
        shown = visitor.client.get("/api/v1/messages").json()["messages"]
    assert any("kanarie@voorbeeld.nl" in message["text"] for message in shown)
    [lead] = [lead for lead in house.leads() if lead["code"] == code]
    assert lead["intake"] == "2027-11"
    assert (lead["name"], lead["email"]) == ("Kanarie de Gele", "kanarie@voorbeeld.nl")
    assert (lead["phone"], lead["city"], lead["province"]) == (
        "+31612345678",
        "Zwolle",
        "Overijssel",
    )
    assert lead["eligibility"]["outcome"] == "eligible"
    assert lead["years_experience"] == 15 and lead["sector"] == "installatietechniek"
    assert lead["consent"]["text_version"] and lead["channel"] == "web"
    assert lead["consent"]["shown_at"] <= lead["consent"]["at"]
    kept = json.loads(house.command("leads", "show", code, "--json"))["consent"]["text"]
    assert kept.split("\n\n")[0] in [message["text"] for message in shown]
    everything = house.all_bytes()
    for canary in (b"Kanarie", b"kanarie@", b"612345678", b"06-12345678", b"12345678"):
        assert canary not in everything, canary
