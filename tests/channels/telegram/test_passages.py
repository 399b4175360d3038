"""From a website to Telegram and back: the same conversation, by a link that works once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.turn import Said
from bot.services import conversation, passages
from bot.services.ports import Ports
from bot.services.records import Spoken
from tests.support.fake_telegram import FakeTelegram, fake_telegram
from tests.support.parts import ScriptedEngine
from tests.support.telegram_door import opened, ports_on, until

JAN, PIET = 7_000_000_501, 7_000_000_502
ASKS = (Spoken("En uw diploma?", key="utter_ask_education_level"),)


@pytest.fixture
def ports(database: AsyncEngine, tmp_path: Path) -> Ports:
    found = ports_on(database, tmp_path, ScriptedEngine(ASKS))
    found.doors.website = "https://www.voorbeeld.nl"
    return found


@pytest.fixture
async def api(ports: Ports) -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as fake, opened(ports, fake):
        await until(lambda: ports.doors.telegram)
        yield fake


async def link_of(ports: Ports, known: str) -> str:
    """The address that somebody gets on the website who wants to go on here."""
    turn = await conversation.take_turn(ports, known, Said(text="verder op telegram"))
    [link] = turn.links
    assert link.url.startswith("https://t.me/instap_test_bot?start=")
    return link.url.rpartition("=")[2]


async def heard(api: FakeTelegram, chat: int, count: int) -> list[str]:
    return [each.text for each in await api.await_messages(chat, count)]


async def test_a_conversation_of_the_website_goes_on_here(ports, api):
    started = await conversation.start(ports, "web")
    await api.say(JAN, f"/start {await link_of(ports, started.conversation)}")
    [first] = await heard(api, JAN, 1)
    assert first == "utter_passage_arrived\n\nlabel_progress\nEn uw diploma?"
    await api.say(JAN, "mbo 4")
    await api.await_messages(JAN, 2)
    shown = await conversation.history(ports, started.conversation)
    assert shown[-1].said == "mbo 4"


async def test_a_link_that_was_used_is_refused_kindly_and_the_chat_still_works(ports, api):
    known = (await conversation.start(ports, "web")).conversation
    token = await link_of(ports, known)
    await api.say(JAN, f"/start {token}")
    await api.await_messages(JAN, 1)
    await api.say(PIET, f"/start {token}")
    assert (await heard(api, PIET, 2)) == ["utter_passage_unknown", "utter_greet"]
    async with ports.work() as work:
        assert (await work.conversations.by_address("telegram", str(PIET))).id != known


async def test_a_guess_is_refused_in_the_same_words(api):
    await api.say(JAN, f"/start {passages.MARK}{'a' * 32}")
    assert (await heard(api, JAN, 2))[0] == "utter_passage_unknown"


async def test_from_here_back_to_the_website(ports, api):
    await api.say(JAN, "/start")
    await api.await_messages(JAN, 1)
    await api.say(JAN, "verder op de website")
    said = (await heard(api, JAN, 2))[1]
    address = said.splitlines()[-1]
    assert address.startswith("https://www.voorbeeld.nl/#instap=v-")
    known, token = await passages.enter_website(ports, address.rpartition("=")[2])
    assert await conversation.find(ports, token) == known
    await api.say(JAN, "hallo")
    assert (await heard(api, JAN, 3))[2].startswith("utter_greet")
    async with ports.work() as work:
        assert (await work.conversations.by_address("telegram", str(JAN))).id != known
