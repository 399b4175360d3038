"""A new version is put in place, part after part, while people register: nobody notices more than
that something has to be sent again."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.faults.house import PARTS, FaultyHouse, faulty_house
from tests.faults.people import OnTheWeb, Person, Told
from tests.faults.storm import held_against
from tests.faults.striker import until

pytestmark = [pytest.mark.engine, pytest.mark.nightly]

VISITORS = 8
PATIENCE = 60.0


async def restart(house: FaultyHouse, name: str) -> None:
    """Ask a part to end, as whoever puts a new version in place does, and wait for the next."""
    part = house.parts[name]
    old, deadline = part.pid, time.monotonic() + PATIENCE
    part.signal(signal.SIGTERM)
    while part.pid in (0, old):
        assert time.monotonic() < deadline, f"{name} does not end"
        await asyncio.sleep(0.02)
    await house.until_ready()


async def test_a_restart_of_every_part_under_load_loses_nobody(tmp_path: Path) -> None:
    told, over, numbers = Told(), asyncio.Event(), iter(range(1_000_000))
    async with faulty_house(tmp_path) as house:

        async def keep_coming() -> None:
            while not over.is_set():
                await OnTheWeb(house.url, Person(next(numbers)), told, []).register()

        people = [asyncio.create_task(keep_coming()) for _ in range(VISITORS)]
        async with asyncio.timeout(PATIENCE * 5):
            await told.first.wait()
        for name in PARTS:
            before = told.counts["answered"]
            await restart(house, name)
            enough = before + VISITORS
            while told.counts["answered"] < enough:
                await until(lambda enough=enough: told.counts["answered"] >= enough)
        over.set()
        await asyncio.gather(*people)
        leads = await asyncio.to_thread(house.owner().leads)
    found = held_against(leads, told)
    assert not [each for each in told.wrong if not each.startswith(("late_turns", "held_up"))]
    assert found["told_registered"] >= VISITORS
    assert not (found["lost_registrations"] or found["doubled_registrations"])
    assert not found["wrong_leads"]
