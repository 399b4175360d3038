"""A yes counts for one registration and for one group."""

from pathlib import Path

import pytest

from tests.journeys.test_faults import TO_CONFIRM
from tests.journeys.test_web import JOURNEYS, walk
from tests.support.house import House, running_house
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine


def test_who_was_taken_off_by_a_coordinator_is_asked_again(house: House) -> None:
    with Visitor(house.url) as visitor:
        walk(
            visitor, JOURNEYS["the_straight_road"], {"$name": "Piet Jansen", "$email": "weer@x.nl"}
        )
        code = visitor.last["registration"]["code"]
        house.command("leads", "withdraw", code)
        again = visitor.say("ik wil me aanmelden")
        assert (again["asks"], again["registration"]["status"]) == ("confirm", "withdrawn")
        assert "Piet Jansen" in visitor.words()
        done = visitor.say("ja, meld mij aan")
        assert done["registration"]["code"] != code


def test_who_agreed_to_a_group_that_closed_meanwhile_is_asked_about_the_next(
    tmp_path: Path,
) -> None:
    person = {"$name": "Piet Jansen", "$email": "laat@x.nl"}
    with running_house(tmp_path, now="2027-10-20T12:00:00+02:00") as house:
        with Visitor(house.url) as visitor:
            walk(visitor, TO_CONFIRM, person)
            assert visitor.last["asks"] == "confirm" and "november 2027" in visitor.words()
            house.command("intakes", "set", "2027-11", "--closes-on", "2027-10-19", "--yes")
            asked = visitor.say("ja, meld mij aan")
            assert (asked["asks"], asked["registration"]) == ("consent", None)
            assert "november 2028" in visitor.words()
            asked = visitor.say("ja dat mag")
            assert asked["asks"] == "confirm" and "november 2028" in visitor.words()
            assert visitor.say("ja, meld mij aan")["registration"]["status"] == "registered"
        assert [lead["intake"] for lead in house.leads()] == ["2028-11"]


HESITATES = (
    "ja wacht even",
    "ik hoop het",
    "ja, maar wie leest dat?",
    "denk het wel",
    "ja, over een maand",
    "nou vooruit dan maar",
)


def test_who_hesitates_or_looks_at_an_old_page_is_not_registered(house: House) -> None:
    with Visitor(house.url) as visitor:
        opening = visitor.last["id"]
        walk(visitor, TO_CONFIRM, {"$name": "Joke Twijfel", "$email": "twijfel@x.nl"})
        for words in HESITATES:
            turn = visitor.say(words)
            assert (turn["asks"], turn["registration"]) == ("confirm", None), words
        stale = {"text": "ja", "turn": opening, "id": "oud"}
        turn = visitor.client.post("/api/v1/messages", json=stale).json()
        assert (turn["id"], turn["registration"]) == (visitor.last["id"], None)
        assert "twijfel@x.nl" not in [lead["email"] for lead in house.leads()]
        assert visitor.say("jazeker, dat klopt allemaal")["registration"] is not None
        visitor.say("wis mijn gegevens")
        for words in HESITATES:
            assert visitor.say(words)["registration"] is not None, words
        visitor.say("wis mijn gegevens")
        assert visitor.say("ja, ik weet het zeker")["registration"] is None
