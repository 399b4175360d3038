"""Several gateways count together in Redis; without Redis each counts on, and nobody waits."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
import redis
from limits import parse
from starlette.applications import Starlette

from bot.channels import limits
from bot.channels.limits import NETWORK, STARTS, Limits
from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from tests.support.patience import PATIENCE
from tests.support.redis import RedisServer, program, running_redis

pytestmark = pytest.mark.redis

ALLOWED = NETWORK[STARTS].amount
FEW = parse("5/minute")


@pytest.fixture
def server() -> Iterator[RedisServer]:
    path = program()
    if path is None:
        pytest.fail("Redis is not installed; .ci/run installs it")
    with running_redis(path) as running:
        yield running


@pytest.fixture
async def two(server: RedisServer) -> AsyncIterator[list[Limits]]:
    """What two gateways count with; patient, as a machine with other work is slow at times."""
    both = [Limits(server.url, patience=20.0), Limits(server.url, patience=20.0)]
    yield both
    for each in both:
        await each.close()


@pytest.fixture
def applications(ports, clock, two) -> list[Starlette]:
    facts = FactsFromFiles.load()
    real = replace(ports, facts=facts, texts=TextsFromFiles(facts, clock))
    return [gateway(real, limits=each) for each in two]


@asynccontextmanager
async def visitor(application: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application, client=("203.0.113.7", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        yield client


async def allowed(many: Limits, name: str, times: int) -> int:
    """How many of so many at once are welcome."""
    waits = await asyncio.gather(*(many.wait(FEW, name) for _ in range(times)))
    return waits.count(0)


async def test_two_gateways_share_one_limit(applications):
    async with visitor(applications[0]) as one, visitor(applications[1]) as other:
        found = [
            (await client.post("/api/v1/conversations")).status_code
            for client in [one, other] * (ALLOWED // 2)
        ]
        refused = await other.post("/api/v1/conversations")
    assert found == [201] * ALLOWED
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60


async def test_at_once_not_one_more_than_allowed(two):
    one, other = await asyncio.gather(allowed(two[0], "a", 20), allowed(two[1], "a", 20))
    assert one + other == FEW.amount


async def test_a_gateway_that_starts_anew_counts_on(two, server):
    assert await allowed(two[0], "a", 5) == 5
    new = Limits(server.url)
    assert await allowed(new, "a", 5) == 0
    await new.close()


async def test_without_redis_each_counts_on_and_with_it_they_count_together_again(
    two, server, monkeypatch
):
    monkeypatch.setattr(limits, "PAUSE", 0.0)
    assert await allowed(two[0], "a", 5) == 5
    assert await two[0].are_shared()
    server.stop()
    assert not await two[0].are_shared()
    assert await allowed(two[0], "a", 9) == 5
    assert await allowed(two[1], "a", 9) == 5
    server.start()  # it forgot everything
    assert await allowed(two[0], "a", 3) == 3
    assert await allowed(two[1], "a", 9) == 2


async def test_a_redis_that_hangs_holds_up_one_visitor_shortly_and_the_next_not(server):
    usual, visitors = Limits(server.url, patience=PATIENCE / 20), 40
    assert await allowed(usual, "a", 1) == 1
    server.hang()
    try:
        async with asyncio.timeout(PATIENCE):  # half of what they would wait, each by themselves
            assert await usual.wait(FEW, "a") == 0
            for _ in range(visitors):
                await usual.wait(FEW, "a")
    finally:
        server.go_on()
        await usual.close()


async def test_what_redis_keeps_ends_by_itself_and_holds_no_token(applications, server):
    async with visitor(applications[0]) as client:
        token = (await client.post("/api/v1/conversations")).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        await client.post("/api/v1/messages", json={"text": "hallo"}, headers=headers)
    with redis.Redis(port=server.port) as look:
        keys = look.keys()
        assert len(keys) == 3  # starts, messages by network, messages by conversation
        assert all(0 < look.ttl(key) <= 60 for key in keys)
        everything = b" ".join(keys)
    assert token.encode() not in everything and b"203.0.113.7" not in everything
