"""Call-back requests and erasing on the real house: what is said is what the list has."""

import json
from typing import Any

import pytest

from tests.journeys.test_web import JOURNEYS, walk
from tests.support.house import House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine


def request_of(house: House, number: str) -> dict[str, Any]:
    """The one request with this number to call."""
    found = json.loads(house.command("callbacks", "list", "--all", "--json"))
    [one] = [each for each in found if each["address"] == number]
    assert isinstance(one, dict)
    return one


def test_the_question_number_and_moment_stand_on_the_list_and_stop_takes_them_off(house: House):
    with Visitor(house.url) as visitor:
        visitor.say("mag mijn hond mee naar de les?")
        visitor.say("mens")
        visitor.say("0687654321")
        visitor.say("ik heb me vergist het is 0687654322")
        visitor.say("vrijdagochtend")
        one = request_of(house, "+31687654322")
        assert (one["moment"], one["status"]) == ("vrijdagochtend", "open")
        assert one["question"] == "mag mijn hond mee naar de les?"
        visitor.say("wanneer bellen jullie")
        assert "sinds" in visitor.words()
        visitor.say("bel me toch maar niet")
        assert "niet meer op de lijst" in visitor.words()
    assert request_of(house, "+31687654322")["status"] == "withdrawn"


def test_in_a_form_nothing_of_the_request_is_lost(house: House):
    with Visitor(house.url) as visitor:
        visitor.say("kom ik in aanmerking")
        visitor.say("bel me")
        visitor.say("0687654323, vrijdagochtend, over mijn mbo 3 diploma")
        assert visitor.last["asks"] == "sector"
    one = request_of(house, "+31687654323")
    assert one["moment"] == "vrijdagochtend" and "mbo 3 diploma" in one["question"]


def test_a_number_after_an_invitation_is_a_request(house: House):
    with Visitor(house.url) as visitor:
        visitor.say("heeft u een nummer dat ik kan bellen")
        visitor.say("0229 212121")
        assert "op de lijst" in visitor.words()
    assert request_of(house, "+31229212121")["status"] == "open"


def test_who_registered_elsewhere_is_not_told_that_it_is_erased(house: House):
    with Visitor(house.url) as first:
        walk(first, JOURNEYS["the_straight_road"], {"$name": "Jan Elders", "$email": "elders@x.nl"})
        code = str(first.last["registration"]["code"])
        first.say("mens")
        first.say("stop")
        assert "niets aangemeld" not in first.words()
    with Visitor(house.url) as second:
        second.say("wis mijn gegevens")
        second.say("ja")
        assert "en uw aanmelding" not in second.words()
        assert "met uw code" in second.words()
    assert code in [lead["code"] for lead in house.leads()]
