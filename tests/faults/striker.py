"""What is struck in the same way in every house: requests, visitors, databases."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.faults.databases import Databases
from tests.faults.people import Told
from tests.faults.proxy import FaultProxy

STRIKES_WITHIN: Final = 25.0
"""Seconds in which somebody must run into a fault; else it is taken back and does not count."""
BETWEEN: Final = 4
"""Turns that are answered between two faults: else it would be one long failure."""
LOOK: Final = 0.01
"""Seconds between two looks."""
LOCKS: Final = (0.2, 1.0, 2.0, 6.0)
"""Seconds; the longest is more than anybody waits for a database."""
AWAY: Final = (0.5, 1.5)
TRIES: Final = 20
"""At a database that lets nobody in at that moment."""


async def until(holds: Callable[[], bool]) -> bool:
    """Wait until it holds; whether it did in time."""
    deadline = time.monotonic() + STRIKES_WITHIN
    while not holds():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(LOOK)
    return True


@dataclass
class Striker:
    """Strikes; each way says whether somebody ran into it."""

    told: Told
    chance: random.Random
    habits: list[str]

    async def breathe(self) -> None:
        """Let some turns be answered first."""
        enough = self.told.counts["answered"] + BETWEEN
        await until(lambda: self.told.counts["answered"] >= enough)

    async def spoil(self, proxy: FaultProxy, how: str) -> bool:
        """The next request through a proxy goes wrong."""
        before = proxy.done.total()
        proxy.plan.append(how)
        if await until(lambda: proxy.done.total() > before):
            return True
        proxy.plan.clear()
        return proxy.done.total() > before

    async def behave(self, habit: str) -> bool:
        """The next visitor who says something does so."""
        self.habits.append(habit)
        if await until(lambda: habit not in self.habits):
            return True
        with contextlib.suppress(ValueError):
            self.habits.remove(habit)
        return False

    async def strike_database(self, databases: Databases, fault: str) -> bool:
        """Keep everybody out of it, or stop it, for some time."""
        seconds = self.chance.choice(AWAY if fault.startswith("stop") else LOCKS)
        for _ in range(TRIES):
            if await databases.strike(fault, seconds):
                return True
            await asyncio.sleep(0.05)
        return False
