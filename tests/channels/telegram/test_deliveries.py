"""Telegram away for a while: every answer arrives afterwards, in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.channels import telegram as door_module
from bot.channels import telegram_outbox
from bot.core.turn import Said
from bot.services import conversation
from bot.services.deliveries import LATE, Courier
from bot.services.records import Spoken
from bot.storage.cipher import load_cipher
from bot.storage.conversations import HEAD_START
from tests.channels.telegram.test_webhook import (
    BOTH,
    JAN,
    PIET,
    gateway_process,
    message,
    post,
    settings_for,
)
from tests.support.fake_telegram import FakeTelegram, fake_telegram, served
from tests.support.patience import PATIENCE
from tests.support.postgres import free_port
from tests.support.readings import READINGS
from tests.support.telegram_door import opened, until

MANY = 500
BROKEN = {
    "500": lambda api: api.fail_next("sendMessage", 500, times=MANY),
    "429": lambda api: api.fail_next("sendMessage", 429, times=MANY, retry_after=40),
    "silent": lambda api: api.be_silent("sendMessage", times=MANY),
}


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram(is_local=True) as fake:
        yield fake


@pytest.fixture(autouse=True)
def rounds_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Courier.run, "__defaults__", (0.05,))
    monkeypatch.setattr(door_module, "PATIENCE", 0.5)


async def until_waiting(database: AsyncEngine, count: int) -> None:
    """Wait until all updates are handled, so many answers wait and nobody is bringing one."""
    query = """
        SELECT count(*), count(claimed_until),
            (SELECT count(*) FROM telegram_updates WHERE handled_at IS NULL)
        FROM exchanges WHERE due_at IS NOT NULL
    """
    deadline = asyncio.get_running_loop().time() + PATIENCE
    found: tuple[int, ...] = ()
    while found != (count, 0, 0):
        assert asyncio.get_running_loop().time() < deadline, found
        async with database.connect() as connection:
            found = tuple((await connection.execute(text(query))).one())
        await asyncio.sleep(0.02)  # a database does not tell


@BOTH
@pytest.mark.parametrize("how", BROKEN)
async def test_each_answer_arrives_in_order_when_telegram_is_back(
    ports, api, engine, database, mode, how
):
    async with opened(ports, api, mode=mode):
        for chat in (JAN, PIET):
            await api.say(chat, "/start")
            await api.await_messages(chat, 1)
        BROKEN[how](api)
        for words in ("een", "twee"):
            await api.say(JAN, words)
        await api.say(PIET, "drie")
        await api.until(lambda: not api.pending())
        await until_waiting(database, 3)
        assert api.texts(JAN) == api.texts(PIET) == ["utter_greet"]
        api.heal()
        ports.clock.moment += LATE + timedelta(minutes=5)
        await api.await_messages(JAN, 4)
        await api.await_messages(PIET, 3)
        await api.say(JAN, "vier")
        await api.await_messages(JAN, 5)
    answers = [f"Antwoord op {words}" for words in ("een", "twee", "vier")]
    assert api.texts(JAN)[1:] == ["utter_late", *answers]
    assert api.texts(PIET)[1:] == ["utter_late", "Antwoord op drie"]
    await until_waiting(database, 0)


async def test_a_server_that_is_gone_and_comes_back(ports, engine, database):
    fake, port = FakeTelegram(is_local=True), free_port()
    fake.url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        async with served(fake.app, port):
            await stack.enter_async_context(opened(ports, fake, mode="webhook"))
            await fake.say(JAN, "/start")
            await fake.await_messages(JAN, 1)
            await fake._stop_courier()  # what Telegram would bring, the test brings itself
        for number, words in enumerate(("een", "twee"), 5001):
            await post(fake, message(number, words))
        await until_waiting(database, 2)
        async with served(fake.app, port):
            await post(fake, message(5003, "drie"))
            await fake.await_messages(JAN, 4)
    assert fake.texts(JAN)[1:] == [f"Antwoord op {words}" for words in ("een", "twee", "drie")]


async def test_the_buttons_of_a_late_answer_work(ports, api, engine):
    engine.says["aanvragen"] = (Spoken("Bent u in loondienst?", (("Ja", "/affirm"),), "utter_x"),)
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        api.fail_next("sendMessage", 500, times=telegram_outbox.ATTEMPTS)
        await api.say(JAN, "aanvragen")
        await api.until(lambda: len(api.called("sendMessage")) > telegram_outbox.ATTEMPTS)
        ports.clock.moment += timedelta(minutes=2)
        await api.await_messages(JAN, 2)
        await api.press(JAN, "Ja")
        await api.await_messages(JAN, 3)
    assert api.texts(JAN)[1:] == ["Bent u in loondienst?\n\n➜ Ja", "Antwoord op /affirm"]


async def test_typed_again_while_the_answer_is_on_its_way_it_is_one_message(
    ports, api, engine, database
):
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        api.fail_next("sendMessage", 500, times=telegram_outbox.ATTEMPTS)
        await api.say(JAN, "ja")
        await api.until(lambda: len(api.called("sendMessage")) > telegram_outbox.ATTEMPTS)
        await api.say(JAN, "Ja!")
        await api.await_messages(JAN, 2)
        await until_waiting(database, 0)
        await api.say(JAN, "ja")
        await api.await_messages(JAN, 3)
    assert api.texts(JAN)[1:] == ["Antwoord op ja"] * 2
    assert engine.heard == ["ja", "ja"]


async def test_opening_words_that_did_not_arrive_come_later_and_once(ports, api, engine):
    api.fail_next("sendMessage", 500, times=telegram_outbox.ATTEMPTS)
    async with opened(ports, api):
        await api.say(JAN, "hallo")
        await api.await_messages(JAN, 2)
    assert api.texts(JAN) == ["utter_greet", "Antwoord op hallo"]


async def test_an_answer_that_was_kept_and_never_tried_is_brought_at_the_start(ports, api, engine):
    async with opened(ports, api) as door:
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        known = await door._talk._conversation(JAN)
        brought = door._talk._ports
    await conversation.take_turn(brought, known[0], Said(text="een"), "tg:1")
    ports.clock.moment += HEAD_START
    async with opened(ports, api):
        await api.await_messages(JAN, 2)
    assert api.texts(JAN)[1:] == ["Antwoord op een"]


async def test_who_blocked_us_keeps_nothing_waiting(ports, api, engine, database):
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        api.fail_next("sendMessage", 500, times=telegram_outbox.ATTEMPTS)
        await api.say(JAN, "een")
        await api.until(lambda: not api.pending())
        await until_waiting(database, 1)
        api.blocked.add(JAN)
        ports.clock.moment += timedelta(minutes=2)
        with capture_logs() as events:
            await until(lambda: events)
        api.blocked.clear()
        await api.say(JAN, "leuk bedacht")
        await api.await_messages(JAN, 2)
    assert [each["event"] for each in events] == ["telegram_blocked"]
    assert api.texts(JAN)[1:] == ["Antwoord op leuk bedacht"]


async def _rasa(request: Request) -> JSONResponse:
    said = (await request.json())["text"]
    return JSONResponse({"messages": [{"text": f"Antwoord op {said}"}]})


async def test_killed_while_telegram_is_away_the_next_process_brings_it(tmp_path, database, api):
    load_cipher(tmp_path / "instap.key")
    turns = Route("/webhooks/gateway/turns", _rasa, methods=["POST"])
    rasa = Starlette(routes=[READINGS, turns])
    async with served(rasa) as engine_url:
        settings = settings_for(tmp_path, engine_url, api)
        async with gateway_process(tmp_path, settings):
            await api.say(JAN, "/start")
            await api.until(lambda: len(api.messages(JAN)) == 1, PATIENCE)
            api.fail_next("sendMessage", 500, times=MANY)
            await api.say(JAN, "mag dat")
            await api.until(lambda: not api.pending())
            await until_waiting(database, 1)
        api.heal()
        async with gateway_process(tmp_path, settings):
            await api.say(JAN, "en dit")
            await api.until(lambda: len(api.messages(JAN)) == 3, PATIENCE)
    assert api.texts(JAN)[1:] == ["Antwoord op mag dat", "Antwoord op en dit"]
