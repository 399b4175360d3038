"""A conversation is always with the same engine, whoever asks; one that fails harms no other."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.breaker import Breaker
from bot.channels.engine import RasaEngine
from bot.channels.shards import Shards, shard_of
from bot.core.errors import EngineUnavailable
from bot.services.records import Asked
from tests.support.fake_telegram import served

COUNT = 3
NAMES = [f"gesprek-nummer-{number:04}" for number in range(60)]


class OneEngine:
    """An engine with an action server on loopback."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.is_broken = False

    def app(self) -> Starlette:
        async def turn(request: Request) -> Response:
            self.heard.append(json.loads(await request.body())["conversation"])
            said = {"text": "Goed.", "custom": {"key": "utter_faq/cost"}}
            return JSONResponse({"messages": [said]}, 500 if self.is_broken else 200)

        async def look(_request: Request) -> Response:
            return JSONResponse({}, 503 if self.is_broken else 200)

        return Starlette(
            routes=[
                Route("/webhooks/gateway/turns", turn, methods=["POST"]),
                Route("/webhooks/gateway/ready", look),
                Route("/health/live", look),
            ]
        )


@pytest.fixture
def there() -> list[OneEngine]:
    return [OneEngine() for _ in range(COUNT)]


@pytest.fixture
async def gateways(there: list[OneEngine]) -> AsyncIterator[list[Shards]]:
    """Two gateways on the same engines."""
    async with AsyncExitStack() as stack:
        urls = [await stack.enter_async_context(served(each.app())) for each in there]
        both = []
        for _ in range(2):
            engines = [RasaEngine(url, urls[0], "s" * 32, breaker=Breaker()) for url in urls]
            both.append(Shards(engines))
            stack.push_async_callback(both[-1].close)
        yield both


async def say(engine: Shards, name: str) -> bool:
    try:
        await engine.take_turn(Asked(name, "1", "web", text="hoi"))
    except EngineUnavailable:
        return False
    return True


async def test_each_conversation_has_one_engine_at_every_gateway(gateways, there):
    for engine in gateways * 2:
        assert all(await asyncio.gather(*(say(engine, name) for name in NAMES)))
    assert sum(len(set(each.heard)) for each in there) == len(NAMES)
    for each in there:
        assert set(Counter(each.heard).values()) == {4}
        assert len(set(each.heard)) >= len(NAMES) // COUNT // 2  # and none has them all


async def test_an_engine_that_fails_is_noticed_by_its_own_conversations_only(gateways, there):
    there[1].is_broken = True
    for name in NAMES:
        assert await say(gateways[0], name) == (shard_of(name, COUNT) != 1)


async def test_they_are_ready_when_all_of_them_are(gateways, there):
    await gateways[0].check()
    there[2].is_broken = True
    with pytest.raises(EngineUnavailable):
        await gateways[0].check()
    there[2].is_broken = False
    await gateways[0].check()


def test_the_shard_of_a_conversation_never_changes():
    """Else a gateway of before an update and one of after it would ask two engines."""
    assert [shard_of(name, COUNT) for name in NAMES[:8]] == [1, 1, 2, 0, 1, 0, 2, 1]
