"""Erasing on the real house: nothing is left in any file of any process."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.journeys.test_web import JOURNEYS, walk
from tests.support.house import House
from tests.support.patience import PATIENCE
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine

WORD = "zeppelinbouwer"
"""No personal data, so that the engine hears it as it is."""


def one(house: House, file: str, query: str, value: str) -> str:
    """The one value that a database gives."""
    with closing(sqlite3.connect(house.var / file)) as database:
        return str(database.execute(query, (value,)).fetchone()[0])


def test_what_somebody_said_is_in_no_file_any_more(house: House) -> None:
    with Visitor(house.url) as visitor:
        visitor.say(f"ik ben eigenlijk {WORD}, kan dat ook?")
        walk(visitor, JOURNEYS["the_straight_road"], {"$name": "Jan Wis", "$email": "wis@x.nl"})
        code = str(visitor.last["registration"]["code"])
        assert WORD.encode() not in house.all_bytes() and code.encode() in house.all_bytes()
        where = "SELECT conversation_id FROM registrations WHERE code = ?"
        conversation = one(house, "instap.db", where, code)
        kept = "SELECT count(*) FROM events WHERE sender_id = ?"
        assert one(house, "tracker.db", kept, conversation) != "0"
        visitor.say("wis al mijn gegevens")
        visitor.say("ja")
        assert "gewist" in visitor.words()
    assert code not in [lead["code"] for lead in house.leads()]
    assert WORD.encode() not in house.all_bytes()
    deadline = time.monotonic() + PATIENCE
    while one(house, "tracker.db", kept, conversation) != "0":  # of the last turn, a moment later
        assert time.monotonic() < deadline, "the engine still knows of the conversation"
        time.sleep(0.1)
