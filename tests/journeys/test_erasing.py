"""Erasing on the real house: nothing is left in any file of any process."""

import time

import pytest

from tests.journeys.test_web import JOURNEYS, walk
from tests.support.house import House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine

WORD = "zeppelinbouwer"
"""No personal data, so that the engine hears it and keeps it as it is."""
PATIENCE = 20.0


def test_what_somebody_said_is_in_no_file_any_more(house: House) -> None:
    with Visitor(house.url) as visitor:
        visitor.say(f"ik ben eigenlijk {WORD}, kan dat ook?")
        walk(visitor, JOURNEYS["the_straight_road"], {"$name": "Jan Wis", "$email": "wis@x.nl"})
        code = str(visitor.last["registration"]["code"])
        assert WORD.encode() in house.all_bytes() and code.encode() in house.all_bytes()
        visitor.say("wis al mijn gegevens")
        visitor.say("ja")
        assert "gewist" in visitor.words()
    assert code not in [lead["code"] for lead in house.leads()]
    deadline = time.monotonic() + PATIENCE
    while WORD.encode() in house.all_bytes():  # of the turn in which it is asked, a moment later
        assert time.monotonic() < deadline, "what was said still stands in a file"
        time.sleep(0.1)
