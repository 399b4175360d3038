"""Turns of one conversation never run at the same time, whichever gateway takes them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text

from bot.core.errors import StorageUnavailable
from bot.storage.order import AcrossGateways
from bot.storage.work import connect
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.postgres

DEADLINE = 10.0
NAME = "een gesprek"


@pytest.fixture
async def gateways(postgres: str) -> AsyncIterator[list[AcrossGateways]]:
    """The order of three gateways, each with connections of its own."""
    engines = [connect(postgres) for _ in range(3)]
    orders = [AcrossGateways(engine) for engine in engines]
    yield orders
    for order, engine in zip(orders, engines, strict=True):
        await order.close()
        await engine.dispose()


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not await is_so():  # noqa: ASYNC110  a server far away has no event for us
            await asyncio.sleep(0.01)


async def locks(postgres: str) -> int:
    """How many advisory locks the server holds."""
    engine = connect(postgres)
    async with engine.connect() as connection:
        query = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        count = await connection.scalar(query)
    await engine.dispose()
    return int(count)


async def is_free(order: AcrossGateways) -> bool:
    try:
        async with asyncio.timeout(0.2), order.one_at_a_time(NAME):
            return True
    except TimeoutError:
        return False


async def test_only_one_at_a_time_over_all_gateways_and_nobody_is_left_out(gateways, postgres):
    inside, most, done = 0, 0, 0

    async def turn(order: AcrossGateways) -> None:
        nonlocal inside, most, done
        async with order.one_at_a_time(NAME):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside, done = inside - 1, done + 1

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(turn(order) for order in gateways * 20))
    assert (most, done) == (1, 60)
    assert await locks(postgres) == 0


async def test_conversations_do_not_wait_for_each_other(gateways):
    async with asyncio.timeout(DEADLINE):
        async with (
            gateways[0].one_at_a_time("een"),
            gateways[1].one_at_a_time("twee"),
            gateways[1].one_at_a_time("drie"),
            gateways[0].one_at_a_time("vier"),
        ):
            pass


async def test_in_one_gateway_it_is_first_come_first_served(gateways):
    order, served = gateways[0], []

    async def turn(number: int) -> None:
        async with order.one_at_a_time(NAME):
            served.append(number)

    async with asyncio.timeout(DEADLINE):
        await asyncio.gather(*(turn(number) for number in range(10)))
    assert served == list(range(10))


async def test_who_stops_waiting_keeps_nothing(gateways, postgres):
    mine, other, third = gateways
    async with mine.one_at_a_time(NAME):
        for _ in range(5):
            assert not await is_free(other)
    assert await is_free(third)
    assert await locks(postgres) == 0


async def test_who_is_cancelled_at_any_moment_keeps_nothing(gateways, postgres):
    async def turn(order: AcrossGateways) -> None:
        async with order.one_at_a_time(NAME):
            await asyncio.sleep(0.001)

    for number in range(60):
        tasks = [asyncio.create_task(turn(order)) for order in gateways]
        await asyncio.sleep(number / 20_000)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    async def nothing_is_held() -> bool:
        return await locks(postgres) == 0

    await until(nothing_is_held)
    assert await is_free(gateways[1])


async def test_a_gateway_that_dies_lets_go(gateways, postgres):
    dying, other, _ = gateways
    entered = asyncio.Event()

    async def turn() -> None:
        async with dying.one_at_a_time(NAME):
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await entered.wait()
    assert not await is_free(other)
    raw = await dying._connection.get_raw_connection()
    raw.driver_connection.terminate()  # what the kernel does with the connections of a process
    await until(lambda: is_free(other))
    task.cancel()
    await asyncio.wait([task])


async def test_a_server_that_ended_our_connection_is_simply_asked_again(gateways, postgres):
    order, engine = gateways[0], connect(postgres)
    assert await is_free(order)
    async with engine.connect() as connection:
        others = "FROM pg_stat_activity WHERE pid != pg_backend_pid()"
        await connection.execute(text(f"SELECT pg_terminate_backend(pid) {others}"))
    await engine.dispose()

    async def works() -> bool:
        try:
            return await is_free(order)
        except StorageUnavailable:
            return False

    await until(works)


async def test_without_the_server_it_says_so():
    engine = connect("postgresql+asyncpg://instap@127.0.0.1:1/none")
    order = AcrossGateways(engine)
    with pytest.raises(StorageUnavailable):
        async with order.one_at_a_time(NAME):
            raise AssertionError("not reached")
    await order.close()
    await engine.dispose()
