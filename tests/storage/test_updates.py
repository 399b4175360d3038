"""What Telegram brought: kept once, sealed, given back in order, emptied when handled."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from tests.support.parts import NOW

LATER = NOW + timedelta(minutes=1)


async def keep(ports, number, content, now=NOW):
    async with ports.work() as work:
        is_new = await work.updates.add(number, content, now)
        await work.commit()
    return is_new


async def waiting(ports, since=NOW - timedelta(days=1)):
    async with ports.work() as work:
        return [content for content, _ in await work.updates.waiting(since)]


async def test_the_same_number_is_kept_once_even_at_the_same_moment(ports):
    await asyncio.gather(*(keep(ports, 7, "x") for _ in range(4)))
    assert await waiting(ports) == ["x"]


async def test_what_comes_again_before_it_was_handled_is_still_to_be_handled(ports):
    """That it was kept the first time may be what we never heard."""
    assert await keep(ports, 7, "x") is True
    assert await keep(ports, 7, "x") is True
    async with ports.work() as work:
        await work.updates.handled({7}, LATER)
        await work.commit()
    assert await keep(ports, 7, "x") is False


async def test_they_come_back_in_the_order_in_which_they_came(ports):
    for number, content, now in ((9, "twee", NOW), (8, "een", NOW), (3, "drie", LATER)):
        await keep(ports, number, content, now)
    assert await waiting(ports) == ["een", "twee", "drie"]
    async with ports.work() as work:
        assert await work.updates.waiting(NOW) == [("drie", LATER)]


async def test_what_is_handled_keeps_only_its_number(ports, database):
    await keep(ports, 2**63 - 1, "mijn kanarie")
    async with ports.work() as work:
        await work.updates.handled({2**63 - 1, 5}, LATER)
        await work.commit()
    assert await waiting(ports) == []
    assert await keep(ports, 2**63 - 1, "mijn kanarie") is False
    async with database.connect() as connection:
        rows = list(await connection.execute(text("SELECT id, content FROM telegram_updates")))
    assert rows == [(2**63 - 1, None)]


async def test_after_a_while_the_number_goes_too(ports):
    await keep(ports, 1, "oud")
    await keep(ports, 2, "nieuw", LATER)
    async with ports.work() as work:
        await work.updates.forget(LATER)
        await work.commit()
    assert await waiting(ports) == ["nieuw"]
    assert await keep(ports, 1, "opnieuw") is True


async def test_what_waits_cannot_be_read_in_the_database(ports, database):
    await keep(ports, 1, "mijn kanarie zingt")
    async with database.connect() as connection:
        [content] = await connection.scalars(text("SELECT content FROM telegram_updates"))
    assert b"kanarie" not in bytes(content)
