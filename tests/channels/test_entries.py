"""By whatever door somebody comes in, the first thing he reads is that this is no person."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.turn import Said
from bot.services import conversation, passages
from bot.services.ports import Doors
from tests.support.fake_telegram import fake_telegram
from tests.support.telegram_door import opened

NO_PERSON = re.compile(r"digitale assistent.*geen mens", re.DOTALL)
JAN = 7_000_000_701
DAY = timedelta(hours=24)


@pytest.fixture
def real(ports, clock):
    facts = FactsFromFiles.load()
    doors = Doors(website="https://www.voorbeeld.nl")
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), doors=doors)


def first_of(turn) -> str:
    """The first bubble, and no question before it."""
    assert "?" not in turn.messages[0].text
    return turn.messages[0].text


async def test_on_the_website(real):
    started = await conversation.start(real, "web")
    assert NO_PERSON.search(first_of(started.turn)) and started.turn.asks is None


async def test_at_the_top_of_the_chat_at_all_times(real):
    """Read aloud before the first message: it stands in the heading of the panel."""
    transport = httpx.ASGITransport(gateway(real))
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        words = (await client.get("/api/v1/widget")).json()
    assert NO_PERSON.search(words["subtitle"])


@pytest.mark.parametrize("text", ["/start", "/start poster_mbo-2026", "wat kost het?", "/hulp"])
async def test_on_telegram_whatever_is_the_first_message(real, engine, text):
    async with fake_telegram() as api, opened(real, api):
        await api.say(JAN, text)
        bubbles = await api.await_messages(JAN, 1)
    assert NO_PERSON.search(bubbles[0].text)


async def test_who_comes_back_after_a_day_reads_it_again(real, clock):
    started = await conversation.start(real, "web")
    said = Said(text="wat kost het?")
    clock.moment += DAY - timedelta(seconds=1)
    turn = await conversation.take_turn(real, started.conversation, said)
    assert not any(NO_PERSON.search(each.text) for each in turn.messages)
    clock.moment += DAY
    turn = await conversation.take_turn(real, started.conversation, said)
    assert NO_PERSON.search(turn.messages[0].text)


async def test_who_goes_on_at_another_door_read_it_in_that_conversation(real):
    """The link opens the conversation with everything said in it, these words first."""
    started = await conversation.start(real, "web")
    async with real.work() as work:
        known = await work.conversations.by_id(started.conversation)
    turn, _ = await passages.offer(real, known, "website")
    token = turn.links[0].url.rpartition("=")[2]
    found, _token = await passages.enter_website(real, token)
    shown = await conversation.history(real, found)
    assert NO_PERSON.search(shown[0].reply.messages[0].text)
