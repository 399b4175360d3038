"""Begun on a website, taken along on Telegram, finished on a website: one talk, one lead."""

import pytest

from tests.support.house import House
from tests.support.telegram_visitor import FakeApi, TelegramVisitor
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine

CHAT = 4400
EMAIL = "deuren@voorbeeld.nl"


def test_a_half_finished_conversation_goes_to_telegram_and_back(
    house: House, telegram: FakeApi
) -> None:
    with Visitor(house.url) as visitor:
        visitor.say("ik ben loodgieter in loondienst met mbo 4")
        assert visitor.say("kom ik in aanmerking?")["asks"] == "years_experience"
        [link] = visitor.say("verder op telegram")["links"]
        assert visitor.last["asks"] == "years_experience" and link["qr"]["size"] > 20
        phone = TelegramVisitor(telegram, CHAT)
        words = phone.say(f"/start {link['url'].rpartition('=')[2]}")
        assert "gaan hier verder" in words and "Hoeveel jaar" in words
        assert "werkgever" in phone.say("12 jaar")
        phone.say("ja, die vindt het goed")
        phone.say("op het mbo")
        address = phone.say("verder op de website").split()[-1]
    with Visitor(house.url, {"continue": address.rpartition("=")[2]}) as visitor:
        shown = visitor.client.get("/api/v1/messages").json()["messages"]
        assert {"12 jaar", "op het mbo"} <= {each["text"] for each in shown}
        assert visitor.say("ik wil me aanmelden")["asks"] == "consent"
        for text in ("ja", "Kanarie Deur", EMAIL, "0612345678", "Zwolle", "overslaan", "ja"):
            visitor.say(text)
        assert visitor.last["registration"]["status"] == "registered"
    [lead] = [each for each in house.leads() if each["email"] == EMAIL]
    assert (lead["sector"], lead["years_experience"]) == ("installatietechniek", 12)


def test_a_link_that_was_used_opens_nothing_for_the_next(house: House, telegram: FakeApi) -> None:
    with Visitor(house.url) as visitor:
        [link] = visitor.say("verder op telegram")["links"]
        token = link["url"].rpartition("=")[2]
        assert "gaan hier verder" in TelegramVisitor(telegram, CHAT + 1).say(f"/start {token}")
        assert "werkt niet meer" in TelegramVisitor(telegram, CHAT + 2).say(f"/start {token}")
        refused = visitor.client.post("/api/v1/conversations", json={"continue": token})
        assert refused.status_code == 410
    assert token.encode() not in house.all_bytes()
