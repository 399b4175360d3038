"""The unit of work when the database does not answer: an error with a name, and in time."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.core.errors import StorageUnavailable
from bot.core.intake import Intake
from bot.storage import work
from bot.storage.cipher import load_cipher
from bot.storage.migrate import migrate
from tests.support.patience import PATIENCE

INTAKE = Intake("2027-11")


async def test_a_statement_that_waits_for_a_lock_ends_in_time(database, ports, tmp_path: Path):
    async with database.connect() as holding, holding.begin():
        if database.dialect.name == "postgresql":
            await holding.exec_driver_sql("LOCK TABLE intakes")
        with pytest.raises(StorageUnavailable):
            async with asyncio.timeout(PATIENCE), ports.work() as waiting:
                await waiting.intakes.all()
    async with ports.work() as again:
        await again.intakes.all()


async def test_a_unit_that_is_cancelled_leaves_nothing_locked(database, tmp_path: Path):
    make = work.units(database, load_cipher(tmp_path / "key"))
    async with make() as unit:
        await unit.intakes.save(INTAKE)
        await unit.commit()
    inside = asyncio.Event()

    async def stuck() -> None:
        async with make() as unit:
            await unit.intakes.hold(INTAKE.id)
            inside.set()
            await asyncio.Event().wait()

    for _ in range(8):  # more often than there are connections
        inside.clear()
        task = asyncio.create_task(stuck())
        await inside.wait()
        task.cancel()
        await asyncio.wait({task})
    async with make() as unit:
        await unit.intakes.hold(INTAKE.id)
        await unit.commit()


@pytest.mark.postgres
async def test_a_process_that_stands_still_does_not_keep_its_locks(
    postgres: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(work, "ABANDONED", "300ms")
    engine = work.connect(postgres)
    await migrate(engine)
    make = work.units(engine, load_cipher(tmp_path / "key"))
    async with make() as unit:
        await unit.intakes.save(INTAKE)
        await unit.commit()
    with pytest.raises(StorageUnavailable):
        async with make() as still, asyncio.timeout(PATIENCE):
            await still.intakes.hold(INTAKE.id)
            async with make() as other:  # waits for the lock, and gets it
                await other.intakes.hold(INTAKE.id)
            await still.intakes.hold(INTAKE.id)
    await engine.dispose()


async def test_cancelled_at_any_moment_it_holds_no_lock(database, tmp_path: Path):
    """SQLite keeps the lock of a statement as long as anything refers to it, a traceback too."""
    make, chance = work.units(database, load_cipher(tmp_path / "key")), random.Random(1)

    async def write() -> None:
        async with make() as unit:
            await unit.intakes.save(INTAKE)
            await unit.intakes.all()
            await unit.commit()

    await write()
    for _ in range(200):
        task = asyncio.create_task(write())
        await asyncio.sleep(chance.uniform(0, 0.006))
        task.cancel()
        await asyncio.wait({task})
        await write()
