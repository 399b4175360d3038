"""Telegram by webhook: the same talk, kept before it is accepted, and handled once."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from structlog.testing import capture_logs
from telegram import Bot, Update

from bot import serving
from bot.channels import telegram as door_module
from bot.channels import telegram_inbox, telegram_webhook
from bot.channels.telegram_webhook import MAX_BODY, PATH, SECRET, Webhook, secret_of
from bot.core.errors import StorageUnavailable
from bot.services import deadline
from bot.services.ports import Ports
from bot.services.records import Spoken
from bot.services.stores import UnitOfWork
from bot.settings import Settings
from bot.storage.cipher import load_cipher
from tests.support.fake_telegram import TOKEN, FakeTelegram, fake_telegram, served
from tests.support.patience import PATIENCE
from tests.support.postgres import free_port
from tests.support.readings import READINGS
from tests.support.telegram_door import opened, until

JAN, PIET = 7_000_000_501, 7_000_000_502
BOTH = pytest.mark.parametrize("mode", ["polling", "webhook"])
HEADERS = {SECRET: secret_of(TOKEN)}


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram(is_local=True) as fake:
        yield fake


async def rows(database: AsyncEngine) -> list[tuple[int, bool, bool]]:
    """Of every update that was kept: its number, whether there is content, whether handled."""
    query = "SELECT id, content, handled_at FROM telegram_updates ORDER BY id"
    async with database.connect() as connection:
        found = await connection.execute(text(query))
        return [(number, bool(content), handled is not None) for number, content, handled in found]


async def until_handled(database: AsyncEngine, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while [row[1:] for row in await rows(database)] != [(False, True)] * count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # a database does not tell


async def post(api: FakeTelegram, content: object, headers: object = None) -> httpx.Response:
    """Somebody brings something to our address."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    async with httpx.AsyncClient(trust_env=False) as client:
        url, sent = api.hook["url"], HEADERS if headers is None else headers
        return await client.post(url, content=body, headers=sent)


def message(number: int, words: str, chat: int = JAN) -> dict[str, object]:
    """An update as Telegram writes it."""
    person = {"id": chat, "first_name": "Jan"}
    about = {"message_id": number, "date": 1, "chat": person | {"type": "private"}}
    content = about | {"from": person | {"is_bot": False}, "text": words}
    return {"update_id": number, "message": content}


async def test_what_waited_while_we_were_away_counts_from_when_it_came(ports, api, clock):
    """Else who had waited for one that died would wait as long again for the next."""
    heard: list[tuple[int, float]] = []

    async def handle(update: Update, arrived: float) -> None:
        heard.append((update.update_id, deadline.now() - arrived))

    async with ports.work() as work:
        await work.updates.add(
            7, json.dumps(message(7, "hoi")), clock.now() - timedelta(seconds=20)
        )
        await work.commit()
    async with Bot(TOKEN, base_url=f"{api.url}/bot") as bot:
        webhook = Webhook(ports, bot, "http://127.0.0.1:1", handle, api.block)
        await webhook.open()
        await webhook.close(8)
    [(number, waited)] = heard
    assert number == 7 and waited >= 20


# The same talk, whichever way it comes in


@BOTH
async def test_a_conversation_is_the_same_in_both_modes(ports, api, engine, mode):
    engine.says["aanvragen"] = (Spoken("Bent u in loondienst?", (("Ja", "/affirm"),), "utter_x"),)
    engine.says["/affirm"] = (Spoken("Uw nummer?", key="utter_ask_phone"),)
    engine.says["+31612345678"] = (
        Spoken("Dit is van u bewaard.", key="utter_export"),
        Spoken(signs={"files": ["my_data"]}),
    )
    async with opened(ports, api, mode=mode):
        await api.say(JAN, "/start poster-7")
        await api.press(JAN, (await _first_button(api)))
        await api.say(JAN, "aanvragen")
        await api.await_messages(JAN, 3)
        await api.press(JAN, "Ja")
        await api.await_messages(JAN, 4)
        await api.share_number(JAN, "31612345678")
        await api.until(lambda: len(api.documents(JAN)) == 1)
        await api.send_photo(JAN)
        await api.edit(JAN, "aanvragen!")
        await api.say_in_group(-7, "hallo")
        await api.await_messages(JAN, 7)
        await api.await_messages(-7, 1)
    assert api.texts(JAN) == [
        "utter_greet\n\n➜ Past het?",
        "Antwoord op /check_eligibility",
        "Bent u in loondienst?\n\n➜ Ja",
        "label_progress\nUw nummer?\nutter_details_together",
        "Dit is van u bewaard.",
        "utter_text_only",
        "utter_edited",
    ]
    assert api.texts(-7) == ["utter_private_chats_only"]
    assert engine.heard == ["/check_eligibility", "aanvragen", "/affirm", "+31612345678"]
    assert api.pending() == []


async def _first_button(api: FakeTelegram) -> str:
    [opening] = await api.await_messages(JAN, 1)
    return next(iter(opening.buttons))


@BOTH
async def test_messages_of_a_chat_keep_their_order_and_a_slow_chat_holds_up_nobody(
    ports, api, engine, mode
):
    engine.gates["een"] = asyncio.Event()
    async with opened(ports, api, mode=mode):
        for words in ("/start", "een", "twee", "drie"):
            await api.say(JAN, words)
        await api.await_calls("sendChatAction")
        await api.say(PIET, "hoi")
        await api.await_messages(PIET, 2)
        assert api.texts(JAN) == ["utter_greet"]
        engine.gates["een"].set()
        await api.await_messages(JAN, 4)
    assert api.texts(JAN)[1:] == ["Antwoord op een", "Antwoord op twee", "Antwoord op drie"]


@BOTH
async def test_what_was_being_worked_on_is_handled_once_after_a_restart(
    ports, api, engine, mode, monkeypatch
):
    monkeypatch.setattr(door_module, "GRACE", 1.0)
    engine.gates["een"] = asyncio.Event()
    async with opened(ports, api, mode=mode):
        for words in ("/start", "een", "twee"):
            await api.say(JAN, words)
        await api.say(PIET, "hoi")
        await until(lambda: "een" in engine.heard)
        await api.await_messages(PIET, 2)
        if mode == "webhook":
            await api.until(lambda: not api.pending())
    assert api.texts(JAN) == ["utter_greet"]
    engine.gates["een"].set()
    monkeypatch.setattr(door_module, "GRACE", 8.0)
    async with opened(ports, api, mode=mode):
        await api.await_messages(JAN, 3)
    async with opened(ports, api, mode=mode):
        await api.say(JAN, "drie")
        await api.await_messages(JAN, 4)
    assert api.texts(JAN)[1:] == ["Antwoord op een", "Antwoord op twee", "Antwoord op drie"]
    assert engine.heard.count("twee") == engine.heard.count("hoi") == 1
    if mode == "webhook":  # by polling one can only confirm all up to a number: one was in the way
        assert api.texts(PIET) == ["utter_greet", "Antwoord op hoi"]
    heard = zip(engine.turns, engine.heard, strict=True)
    assert len({turn for turn, words in heard if words == "een"}) == 1


# Setting the webhook


async def test_telegram_is_told_where_to_come_and_with_what_secret(ports, api):
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setMyShortDescription", 2)
    [asked] = api.called("setWebhook")
    assert asked["url"].endswith(PATH)
    assert asked["secret_token"] == secret_of(TOKEN)
    assert asked["allowed_updates"] == list(telegram_inbox.KINDS)
    assert asked["drop_pending_updates"] == "false"
    assert asked["max_connections"] == "10"
    assert api.called("getUpdates") == [] and api.called("deleteWebhook") == []
    assert ports.doors.telegram == "instap_test_bot"


def test_the_secret_is_one_that_telegram_takes_and_does_not_give_the_token_away():
    assert len(secret_of(TOKEN)) == 64 and secret_of(TOKEN).isalnum()
    assert secret_of(TOKEN) != secret_of(TOKEN + "x")
    assert TOKEN not in secret_of(TOKEN)


async def test_what_waited_while_we_were_away_is_brought(ports, api, engine):
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
    await api.say(JAN, "ik schreef u vannacht")
    await api.until(lambda: bool(api.brought) and api.brought[-1][1] == 0)
    async with opened(ports, api, mode="webhook"):
        await api.await_messages(JAN, 2)
    assert api.texts(JAN)[1] == "Antwoord op ik schreef u vannacht"


async def test_a_webhook_that_is_not_taken_is_tried_again(ports, api):
    api.fail_next("setWebhook", 500, times=2)
    with capture_logs() as events:
        async with opened(ports, api, mode="webhook"):
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
    said = [each["event"] for each in events]
    assert said.count("telegram_webhook_not_set") == 2


async def test_changing_from_one_mode_to_the_other_loses_nothing(ports, api, engine):
    for count, mode in enumerate(("polling", "webhook", "polling"), start=1):
        await api.say(JAN, f"bericht {count}")
        async with opened(ports, api, mode=mode):
            await api.await_messages(JAN, count + 1)
    assert engine.heard == ["bericht 1", "bericht 2", "bericht 3"]
    assert api.texts(JAN) == ["utter_greet", *(f"Antwoord op {said}" for said in engine.heard)]
    assert api.pending() == []


async def test_a_webhook_that_was_taken_over_is_noticed_and_taken_back(ports, api, monkeypatch):
    monkeypatch.setattr(telegram_webhook, "ROUND", 0.05)
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("getWebhookInfo")
        with capture_logs() as events:
            async with httpx.AsyncClient(trust_env=False) as other:
                await other.post(f"{api.url}/bot{TOKEN}/deleteWebhook")
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
    assert "telegram_webhook_taken_over" in {each["event"] for each in events}


async def test_that_telegram_cannot_reach_us_is_said_once(ports, api, monkeypatch):
    monkeypatch.setattr(telegram_webhook, "ROUND", 0.02)
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("getWebhookInfo")
        with capture_logs() as events:
            api.hook["last_error_date"] = 1
            seen = len(api.called("getWebhookInfo"))
            await api.await_calls("getWebhookInfo", seen + 4)
    said = [each["event"] for each in events if each["event"] != "telegram_open"]
    assert said == ["telegram_webhook_failing"]


# What comes in


@pytest.mark.parametrize("headers", [{}, {SECRET: ""}, {SECRET: "x" * 64}, {SECRET: b"\xe9" * 64}])
async def test_who_does_not_know_the_secret_is_refused(ports, api, database, engine, headers):
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook")
        answer = await post(api, message(1, "vals"), headers)
    assert answer.status_code == 403
    assert await rows(database) == []
    assert engine.heard == []


async def test_how_many_were_refused_is_said_without_their_words(ports, api, monkeypatch):
    monkeypatch.setattr(telegram_webhook, "ROUND", 0.05)
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook")
        with capture_logs() as events:
            await post(api, message(1, "vals"), {})
            seen = len(api.called("getWebhookInfo"))
            await api.await_calls("getWebhookInfo", seen + 2)
    [said] = [each for each in events if each["event"] != "telegram_open"]
    assert said == {"event": "telegram_webhook_strangers", "log_level": "warning", "count": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[1]",
        b"5",
        b"{}",
        b"[" * 100_000,
        b'{"update_id": "1", "message": {}}',
        json.dumps(message(-1, "x")).encode(),
        json.dumps(message(2**63, "x")).encode(),
        json.dumps({"update_id": 1, "message": {"date": "gisteren"}}).encode(),
        json.dumps(message(1, "x" * MAX_BODY)).encode(),
    ],
)
async def test_what_can_never_be_read_does_not_come_again(ports, api, database, engine, content):
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook")
        with capture_logs() as events:
            answer = await post(api, content)
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
    assert answer.status_code == 200
    unreadable = [each for each in events if each["event"] == "telegram_update_unreadable"]
    assert [set(each) for each in unreadable] == [{"event", "log_level", "error"}]
    assert len(await rows(database)) == 1


async def test_the_longest_message_in_answer_to_the_longest_message_is_taken(ports, api, engine):
    long = message(1, "😀" * 2048)
    long["message"]["reply_to_message"] = message(0, "é" * 4096)["message"]  # type: ignore[index]
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook")
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        assert (await post(api, long)).status_code == 200
        assert len((await api.await_messages(JAN, 2))[1].text) > 0


async def test_a_kind_that_nobody_asked_for_is_taken_and_put_aside(ports, api, database):
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook")
        poll = {"id": "1", "question": "?", "options": [], "total_voter_count": 0}
        poll |= {"is_closed": False, "is_anonymous": True, "type": "regular"}
        more = {"allows_multiple_answers": False, "members_only": False, "allows_revoting": False}
        assert (await post(api, {"update_id": 5, "poll": poll | more})).status_code == 200
    assert await rows(database) == [(5, False, True)]


async def test_what_was_handled_leaves_its_number_and_no_word(ports, api, database, tmp_path):
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        number = await api.say(JAN, "mijn kanarie zingt")
        await api.await_messages(JAN, 2)
        await until_handled(database, 2)
    assert await rows(database) == [(number - 1, False, True), (number, False, True)]


async def test_what_waits_is_sealed(ports, api, database, engine, tmp_path, monkeypatch):
    monkeypatch.setattr(door_module, "GRACE", 0.02)
    engine.gates["mijn kanarie zingt"] = asyncio.Event()
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        await api.say(JAN, "mijn kanarie zingt")
        await until(lambda: engine.heard)
    assert [row[1:] for row in await rows(database)] == [(False, True), (True, False)]
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("instap.db*"))
    assert b"kanarie" not in raw and str(JAN).encode() + b"," not in raw


async def test_an_update_that_comes_twice_is_handled_once(ports, api, database, engine):
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        twice = message(5000, "een keer")
        answers = await asyncio.gather(*(post(api, twice) for _ in range(5)))
        await api.say(JAN, "mooi weer")
        await api.await_messages(JAN, 3)
        answers.append(await post(api, twice))
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook", 2)
        answers.append(await post(api, twice))
        await api.say(JAN, "ook mooi")
        await api.await_messages(JAN, 4)
    assert {each.status_code for each in answers} == {200}
    assert engine.heard == ["een keer", "mooi weer", "ook mooi"]
    assert len(api.messages(JAN)) == 4


async def test_an_answer_of_ours_that_gets_lost_changes_nothing(ports, api, engine):
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        api.lost_answers = 3
        number = await api.say(JAN, "hoi")
        await api.until(lambda: (number, 200) in api.brought)
        await api.await_messages(JAN, 2)
    assert [status for brought, status in api.brought if brought == number] == [0, 0, 0, 200]
    assert engine.heard == ["hoi"]


# When the database does not work, or the process dies


class Switch:
    """Units of work that fail while it is off."""

    def __init__(self, ports: Ports) -> None:
        self.is_off = False
        self._work = ports.work
        object.__setattr__(ports, "work", self)

    def __call__(self) -> UnitOfWork:
        if self.is_off:
            raise StorageUnavailable("test")
        return self._work()


async def test_without_a_database_telegram_is_asked_to_come_again(ports, api, engine):
    switch = Switch(ports)
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        switch.is_off = True
        number = await api.say(JAN, "hoi")
        await api.until(lambda: (number, 503) in api.brought)
        assert len(api.pending()) == 1
        switch.is_off = False
        await api.await_messages(JAN, 2)
    assert api.texts(JAN) == ["utter_greet", "Antwoord op hoi"]
    assert engine.heard == ["hoi"]


def _counted(events: list[dict[str, object]], name: str) -> int:
    return [each["event"] for each in events].count(name)


async def test_a_database_that_is_away_at_the_start_is_waited_for(ports, api, engine):
    switch = Switch(ports)
    switch.is_off = True
    with capture_logs() as events:
        async with opened(ports, api, mode="webhook"):
            async with asyncio.timeout(PATIENCE):
                while _counted(events, "telegram_updates_not_read") < 2:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)  # a log does not tell that it grew
            switch.is_off = False
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)


async def test_what_the_database_did_not_hear_was_handled_it_hears_later(
    ports, api, engine, database
):
    switch = Switch(ports)
    engine.gates["hoi"] = asyncio.Event()
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "/start")
        await api.say(JAN, "hoi")
        await until(lambda: engine.heard)
        switch.is_off = True
        engine.gates["hoi"].set()
        await api.await_messages(JAN, 2)
        switch.is_off = False
    assert [row[1:] for row in await rows(database)] == [(False, True)] * 2


async def test_what_was_kept_by_a_process_that_died_is_handled_once_by_the_next(
    ports, api, engine, database
):
    async with opened(ports, api, mode="webhook") as door:
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        await until_handled(database, 1)
        await door._inbox.close(0)  # from here on it keeps, and nobody handles
        await api.say(JAN, "een")
        await api.say(JAN, "twee")
        await api.say(PIET, "drie")
        await api.until(lambda: not api.pending())
    assert [row[1:] for row in await rows(database)] == [(False, True), *[(True, False)] * 3]
    assert engine.heard == []
    async with opened(ports, api, mode="webhook"):
        await api.await_messages(JAN, 3)
        await api.await_messages(PIET, 2)
        await until_handled(database, 4)
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "mooi weer")
        await api.await_messages(JAN, 4)
    assert [words for words in engine.heard if words != "drie"] == ["een", "twee", "mooi weer"]
    assert engine.heard.count("drie") == 1


async def test_what_is_too_old_is_not_answered_and_after_days_not_even_its_number_is_left(
    ports, api, engine, database
):
    async with opened(ports, api, mode="webhook") as door:
        await api.await_calls("setWebhook")
        await door._inbox.close(0)
        await api.say(JAN, "hoi")
        await api.until(lambda: not api.pending())
    ports.clock.moment += timedelta(days=2)
    async with opened(ports, api, mode="webhook"):
        await api.say(PIET, "/start")
        await api.await_messages(PIET, 1)
    assert engine.heard == []
    ports.clock.moment += timedelta(days=1, minutes=1)
    async with opened(ports, api, mode="webhook"):
        await api.await_calls("setWebhook", 3)
    assert len(await rows(database)) == 1


# In the house


async def test_the_gateway_has_the_webhook_beside_its_own_pages(tmp_path, database, api):
    load_cipher(tmp_path / "instap.key")
    common = {"_env_file": None, "var": tmp_path, "telegram_token": TOKEN, "telegram_api": api.url}
    gateways: list[object] = []

    async def site(scope: object, receive: object, send: object) -> None:
        await gateways[0](scope, receive, send)  # type: ignore[operator]

    async with served(site) as url:
        chosen = Settings(**common, telegram_mode="webhook", public_url=url)
        gateways.append(serving.gateway_app(chosen))
        async with gateways[0].router.lifespan_context(gateways[0]):  # type: ignore[attr-defined]
            await api.say(JAN, "/start")
            [opening] = await api.await_messages(JAN, 1)
            async with httpx.AsyncClient(trust_env=False, base_url=url) as client:
                live = await client.get("/health/live")
                wrong = await client.get(PATH)
                stranger = await client.post(PATH, json={})
    assert opening.buttons
    assert (live.status_code, wrong.status_code, stranger.status_code) == (200, 404, 403)
    assert wrong.headers["content-type"] == "application/problem+json"


@asynccontextmanager
async def gateway_process(
    folder: Path, settings: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The gateway as a process of its own, which ends without a warning."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")}
    mine = {f"INSTAP_{name.upper()}": value for name, value in settings.items()}
    with (folder / "gateway.log").open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "serve", "gateway"),
            env=others | mine,
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        if process.returncode is not None:
            raise AssertionError((folder / "gateway.log").read_text()[-2000:])
        process.kill()
        await process.wait()


def settings_for(folder: Path, engine_url: str, api: FakeTelegram) -> dict[str, str]:
    """Of a gateway to which that fake brings its updates."""
    port = free_port()
    return {
        "var": str(folder),
        "port": str(port),
        "rasa_port": engine_url.rsplit(":", 1)[1],
        "public_url": f"http://127.0.0.1:{port}",
        "telegram_mode": "webhook",
        "telegram_token": api.token,
        "telegram_api": api.url,
    }


async def test_killed_halfway_the_next_process_answers_once(tmp_path, database, api):
    load_cipher(tmp_path / "instap.key")
    asked: list[str] = []
    is_asked, is_awake = asyncio.Event(), asyncio.Event()

    async def answer(request: Request) -> JSONResponse:
        said = (await request.json())["text"]
        asked.append(said)
        is_asked.set()
        await is_awake.wait()
        return JSONResponse({"messages": [{"text": f"Antwoord op {said}"}]})

    turns = Route("/webhooks/gateway/turns", answer, methods=["POST"])
    rasa = Starlette(routes=[READINGS, turns])
    async with served(rasa) as engine_url:
        settings = settings_for(tmp_path, engine_url, api)
        async with gateway_process(tmp_path, settings):
            await api.say(JAN, "/start")
            await api.until(lambda: len(api.messages(JAN)) == 1, PATIENCE)
            await api.say(JAN, "mag dat")
            await asyncio.wait_for(is_asked.wait(), PATIENCE)
            await api.until(lambda: not api.pending())
        assert [row[1:] for row in await rows(database)] == [(False, True), (True, False)]
        is_awake.set()
        async with gateway_process(tmp_path, settings):
            await api.until(lambda: len(api.messages(JAN)) == 2, PATIENCE)
            await until_handled(database, 2)
            await api.say(JAN, "en dit")
            await api.await_messages(JAN, 3)
    assert api.texts(JAN)[1:] == ["Antwoord op mag dat", "Antwoord op en dit"]
    assert asked == ["mag dat", "mag dat", "en dit"]
    printed = (tmp_path / "gateway.log").read_text()
    assert "telegram_open" in printed
    for secret in (TOKEN, secret_of(TOKEN), PATH, str(JAN), "mag dat"):
        assert secret not in printed


async def test_without_a_webhook_there_is_no_place_for_one(tmp_path, api):
    chosen = Settings(_env_file=None, var=tmp_path, telegram_token=TOKEN, telegram_api=api.url)
    transport = httpx.ASGITransport(serving.gateway_app(chosen))
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        assert (await client.post(PATH, json={}, headers=HEADERS)).status_code == 404


@pytest.mark.parametrize(
    "settings",
    [
        {"public_url": "https://bot.example.nl"},
        {"public_url": "https://bot.example.nl:8443/onder/"},
        {"public_url": "http://127.0.0.1:8080"},
    ],
)
def test_addresses_to_which_telegram_comes(settings):
    chosen = Settings(_env_file=None, telegram_mode="webhook", **settings)
    assert chosen.telegram_address() == settings["public_url"]
    assert Settings(_env_file=None, **settings).telegram_address() is None


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"public_url": "bot.example.nl"},
        {"public_url": "http://bot.example.nl"},
        {"public_url": "https://bot.example.nl:8080"},
        {"public_url": "https://"},
        {"public_url": "https://bot.example.nl:x"},
        {"public_url": "http://127.0.0.1:8080", "env": "production"},
    ],
)
def test_addresses_to_which_telegram_does_not_come(settings):
    with pytest.raises(ValidationError):
        Settings(_env_file=None, telegram_mode="webhook", **settings)
