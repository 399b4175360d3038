"""Who asks too much waits; everybody else notices nothing."""

from dataclasses import replace

import httpx
import pytest

from bot.channels.limits import CONVERSATION, NETWORK, STARTS, network_of
from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles

STARTS_ALLOWED = NETWORK[STARTS].amount


@pytest.fixture
def texts(clock):
    return TextsFromFiles(FactsFromFiles.load(), clock)


@pytest.fixture
def application(ports, texts):
    return gateway(replace(ports, facts=FactsFromFiles.load(), texts=texts))


def visitor(application, host: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(application, client=(host, 5000))
    return httpx.AsyncClient(transport=transport, base_url="http://instap")


async def starts(client: httpx.AsyncClient, times: int) -> list[httpx.Response]:
    return [await client.post("/api/v1/conversations") for _ in range(times)]


async def test_a_network_that_begins_too_many_conversations_waits_and_hears_how_long(application):
    async with visitor(application, "203.0.113.7") as client:
        *allowed, refused = await starts(client, STARTS_ALLOWED + 1)
    assert {each.status_code for each in allowed} == {201}
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "Wacht even" in refused.json()["detail"]


async def test_a_neighbour_in_the_network_shares_the_limit_and_a_stranger_does_not(application):
    async with visitor(application, "203.0.113.7") as client:
        await starts(client, STARTS_ALLOWED)
    async with visitor(application, "203.0.113.99") as neighbour:
        assert (await starts(neighbour, 1))[0].status_code == 429
    async with visitor(application, "203.0.114.7") as stranger:
        assert (await starts(stranger, 1))[0].status_code == 201


async def test_one_conversation_cannot_be_flooded_from_many_places(application):
    async with visitor(application, "203.0.113.7") as client:
        token = (await client.post("/api/v1/conversations")).json()["token"]
    found = []
    for number in range(CONVERSATION.amount + 1):
        headers = {"Authorization": f"{('Bearer', 'bearer', 'BEARER ')[number % 3]} {token}"}
        async with visitor(application, f"198.51.{number}.7") as client:
            said = await client.post("/api/v1/messages", json={"text": "hallo"}, headers=headers)
            found.append(said.status_code)
    assert found == [200] * CONVERSATION.amount + [429]


async def test_this_machine_itself_and_its_checks_are_not_counted(application):
    async with visitor(application, "127.0.0.1") as client:
        assert {each.status_code for each in await starts(client, STARTS_ALLOWED + 1)} == {201}
    async with visitor(application, "203.0.113.7") as client:
        health = [await client.get("/health/live") for _ in range(200)]
    assert {each.status_code for each in health} == {200}


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::7", "2001:db8:1::/56"),
        ("127.0.0.1", None),
        ("::1", None),
        ("testclient", None),
        ("", None),
    ],
)
def test_what_counts_as_one_network(host: str, network: str | None):
    assert network_of(host) == network


async def test_asking_for_the_head_of_a_page_is_counted_as_asking_for_it(application):
    allowed = NETWORK["GET /api/v1/files"].amount
    async with visitor(application, "203.0.113.7") as client:
        token = (await client.post("/api/v1/conversations")).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        asked = [
            await client.head("/api/v1/files/my_data", headers=headers) for _ in range(allowed)
        ]
        assert 429 not in {each.status_code for each in asked}
        assert (await client.head("/api/v1/files/my_data", headers=headers)).status_code == 429
        assert (await client.get("/api/v1/files/my_data", headers=headers)).status_code == 429
