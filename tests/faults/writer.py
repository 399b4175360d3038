"""A process that writes to the leads database until it is killed, and says what was committed."""

import asyncio
import itertools
from multiprocessing.connection import Connection
from pathlib import Path

from bot.core.intake import Intake
from bot.storage.cipher import load_cipher
from bot.storage.work import connect, units


def write_until_killed(folder: Path, life: int, says: Connection) -> None:
    """One intake after another, each in a unit of work, each told when it is there."""
    asyncio.run(_write(folder, life, says))


def name_of(life: int, number: int) -> str:
    """What the row of that life with that number is called."""
    return f"{life}-{number}"


async def _write(folder: Path, life: int, says: Connection) -> None:
    work = units(
        connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}"), load_cipher(folder / "key")
    )
    for number in itertools.count():
        async with work() as unit:
            await unit.intakes.save(Intake(name_of(life, number), None, None, number))
            await unit.commit()
        says.send(number)
