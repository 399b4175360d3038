"""Figures count what happens, tell nobody's words or name, and are shown to this machine only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from actions import webhook
from bot import metrics
from bot.channels.engine import RasaEngine
from bot.channels.limits import NETWORK, STARTS
from bot.channels.mail import SmtpMailer
from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.errors import EngineUnavailable, StorageUnavailable
from bot.core.registration import Status
from bot.services import callbacks, drafts, outbox, registration
from bot.services.records import Asked
from tests.services.test_registration import TOLD
from tests.support.fake_smtp import running_fake_smtp
from tests.support.fake_telegram import fake_telegram, served
from tests.support.telegram_door import Colleague, opened, ports_on

SECRET = "s" * 32
CANARY = "kanarie"
CHAT = 7_000_000_511
SETS = {
    "channel": {"web", "telegram"},
    "outcome": {"answered", "trouble", "refused"},
    "status": {each.value for each in Status},
    "kind": {"mail", "telegram"},
    "stage": {"kept", "handled"},
    "action": {*webhook.NAMES, "other"},
}
"""All that a label may say; `le` is a limit of a histogram."""


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock))


@asynccontextmanager
async def visiting(app, host="127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=(host, 5000), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        yield client


@pytest.fixture
async def client(house):
    async with visiting(gateway(house)) as client:
        yield client


def action_server(ports) -> Starlette:
    async def nothing() -> None:
        return None

    return webhook.webhook(ports, SECRET, nothing)


async def page(client: httpx.AsyncClient) -> str:
    answer = await client.get("/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain")
    return answer.text


def samples(text: str):
    return [each for family in text_string_to_metric_families(text) for each in family.samples]


def figure(text: str, name: str, **labels: str) -> float:
    """The value of one figure; 0 when it is not there."""
    found = [each.value for each in samples(text) if each.name == name and each.labels == labels]
    return found[0] if found else 0.0


# ── Who may see them ────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("make", [gateway, action_server])
async def test_this_machine_itself_sees_them(house, make, host):
    async with visiting(make(house), host) as client:
        assert "process_resident_memory_bytes" in await page(client)


@pytest.mark.parametrize("make", [gateway, action_server])
@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("203.0.113.7", {}),
        ("10.0.0.7", {}),
        ("testclient", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"X-Forwarded-For": ""}),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
    ],
)
async def test_whoever_comes_from_elsewhere_or_through_a_proxy_finds_nothing(
    house, make, host, headers
):
    """As the server has it: it puts the address that a proxy on this machine names in place."""
    app = ProxyHeadersMiddleware(make(house), trusted_hosts="127.0.0.1")
    async with visiting(app, host) as client:
        answer = await client.get("/metrics", headers=headers)
        unknown = await client.get("/nothing-here", headers=headers)
    assert answer.status_code == unknown.status_code == 404
    assert answer.content == unknown.content


# ── What they count ─────────────────────────────────────────────────────────


async def turns(client: httpx.AsyncClient) -> dict[str, float]:
    text = await page(client)
    name = "instap_turn_seconds_count"
    return {each: figure(text, name, channel="web", outcome=each) for each in SETS["outcome"]}


async def test_turns_are_counted_by_how_they_ended(client, engine):
    token = (await client.post("/api/v1/conversations")).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}

    async def say(**body):
        return (await client.post("/api/v1/messages", json=body, headers=headers)).status_code

    before = await turns(client)
    assert await say(text="hallo") == 200
    assert await say(button="unknown") == 422
    engine.is_down = True
    assert await say(text="hallo") == await say(text="hallo") == 200
    after = await turns(client)
    grown = {name: after[name] - before[name] for name in after}
    assert grown == {"answered": 1, "refused": 1, "trouble": 2}


async def test_a_turn_that_the_database_did_not_take_is_trouble(house, client):
    broken, work = False, house.work

    def sometimes():
        if broken:
            raise StorageUnavailable("locked")
        return work()

    async with visiting(gateway(replace(house, work=sometimes))) as other:
        token = (await other.post("/api/v1/conversations")).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        before = await turns(client)
        kept, calls = work, 0

        def second_fails():
            nonlocal calls
            calls += 1
            if calls > 1:
                raise StorageUnavailable("locked")
            return kept()

        work = second_fails  # the first call finds the conversation of the token
        said = await other.post("/api/v1/messages", json={"text": "hallo"}, headers=headers)
        assert said.status_code == 503
        work = kept
        assert (await turns(client))["trouble"] == before["trouble"] + 1


async def test_a_database_that_is_away_is_a_figure_too(house):
    def away():
        raise StorageUnavailable("locked")

    async with visiting(gateway(replace(house, work=away))) as client:
        text = await page(client)
    assert figure(text, "instap_database_up") == 0
    assert not [each for each in samples(text) if each.name.startswith("instap_registrations")]


async def test_what_is_refused_for_coming_too_often_is_counted(house):
    async with visiting(gateway(house), "203.0.113.7") as client:
        before = metrics.RATE_LIMITED._value.get()
        for _ in range(NETWORK[STARTS].amount + 3):
            await client.post("/api/v1/conversations")
    async with visiting(gateway(house)) as near:
        assert figure(await page(near), "instap_rate_limited_total") == before + 3


async def test_the_engine_is_timed_also_when_it_fails(client):
    async def answer(request: Request) -> JSONResponse:
        body = await request.json()
        works = {"messages": [{"text": "Goed."}]}
        return JSONResponse(works, status_code=500 if body["text"] == "stuk" else 200)

    app = Starlette(routes=[Route("/webhooks/gateway/turns", answer, methods=["POST"])])
    name, before = "instap_engine_seconds_count", await page(client)
    async with served(app) as url:
        rasa = RasaEngine(url, url, SECRET)
        await rasa.take_turn(Asked("a", "1", "web", text="hallo"))
        with pytest.raises(EngineUnavailable):
            await rasa.take_turn(Asked("a", "2", "web", text="stuk"))
        await rasa.close()
    after = await page(client)
    for outcome in ("answered", "trouble"):
        grown = figure(after, name, outcome=outcome) - figure(before, name, outcome=outcome)
        assert grown == 1


async def test_actions_are_timed_by_name_and_an_unknown_one_has_none(house):
    call = {"next_action": CANARY, "sender_id": CANARY, "tracker": {"sender_id": CANARY}}
    odd = {**call, "next_action": [CANARY]}
    known = {**call, "next_action": "action_registration_status"}
    async with visiting(action_server(house)) as client:
        before = await page(client)
        for each in (call, odd, known):
            await client.post("/webhook", json=each, headers={"X-Instap-Secret": SECRET})
        after = await page(client)
    name = "instap_action_seconds_count"
    labels = {"action": "other", "outcome": "trouble"}
    assert figure(after, name, **labels) - figure(before, name, **labels) == 2
    counted = sum(each.value for each in samples(after) if each.name == name)
    assert counted - sum(each.value for each in samples(before) if each.name == name) == 3
    assert CANARY not in after


async def test_the_house_tells_what_stands_and_waits_and_failed(house, client):
    with running_fake_smtp() as server:
        mailer = SmtpMailer(server.url(), house.clock)
        house = replace(house, mailer=mailer, coordinators="c@voorbeeld.nl")
        token = (await client.post("/api/v1/conversations")).json()["token"]
        async with house.work() as work:
            name = (await work.conversations.by_token(token)).id
        await drafts.remember(house, name, TOLD)
        await registration.register(house, name)
        text = await page(client)
        assert figure(text, "instap_registrations", status="registered") == 1
        assert figure(text, "instap_registrations", status="withdrawn") == 0
        assert figure(text, "instap_outbox_waiting", kind="mail") == 2
        server.replies["RCPT"] = "550 no"
        await outbox.deliver(house)
        text = await page(client)
    assert figure(text, "instap_outbox_waiting", kind="mail") == 0
    # the confirmation, its notice, and the notice that the confirmation reached nobody
    assert figure(text, "instap_outbox_failed", kind="mail") == 3
    assert figure(text, "instap_database_up") == 1


# ── What they never tell ────────────────────────────────────────────────────


async def talk_on_telegram(database, folder) -> None:
    async with fake_telegram() as api, opened(ports_on(database, folder, Colleague()), api):
        await api.say(CHAT, f"/start {CANARY}")
        await api.await_messages(CHAT, 1)
        await api.say(CHAT, f"Ik ben {CANARY}, bel 0612345678")
        await api.await_messages(CHAT, 2)


async def test_no_figure_holds_anything_of_a_person(house, client, database, tmp_path):
    """After all that a visitor does, every label is one of ours and no value of his is there."""
    (tmp_path / "door").mkdir()
    await talk_on_telegram(database, tmp_path / "door")
    token = (await client.post("/api/v1/conversations")).json()["token"]
    headers = {"Authorization": f"Bearer {token}", "User-Agent": CANARY}
    for body in ({"text": f"{CANARY} de Vries"}, {"button": CANARY}, {"text": "x", "id": CANARY}):
        await client.post(f"/api/v1/messages?{CANARY}", json=body, headers=headers)
    async with house.work() as work:
        name = (await work.conversations.by_token(token)).id
    told = {**TOLD, "name": "Kanarie", "email": "kanarie@voorbeeld.nl", "company": "Kanarie BV"}
    await drafts.remember(house, name, told)
    heard = replace(house, coordinators="kanarie@coordinatie.nl")
    code = (await registration.register(heard, name)).registration.code
    await callbacks.request(heard, name, "over mijn kanarie")
    text = await page(client)
    async with visiting(action_server(house)) as server:
        call = {"next_action": f"action_{CANARY}", "sender_id": name, "tracker": {"a": CANARY}}
        await server.post("/webhook", json=call, headers={"X-Instap-Secret": SECRET})
        text += await page(server)
    assert figure(text, "instap_turn_seconds_count", channel="telegram", outcome="answered") >= 1
    for each in samples(text):
        for label, value in each.labels.items():
            if label == "le":
                assert float(value) > 0
            else:
                assert value in SETS[label], each
    for value in (CANARY, "vries", "612345678", str(CHAT), code, token, name, "voorbeeld"):
        assert value.casefold() not in text.casefold()


async def test_what_telegram_brings_is_counted_as_kept_and_as_handled(client, database, tmp_path):
    before = await page(client)
    (tmp_path / "door").mkdir()
    await talk_on_telegram(database, tmp_path / "door")
    name = "instap_telegram_updates_total"
    after = await page(client)
    for stage in SETS["stage"]:
        assert figure(after, name, stage=stage) == figure(before, name, stage=stage) + 2
