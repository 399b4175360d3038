"""Kills in the middle of writing, a thousand in a night: what was told is there and whole."""

import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.migrate import migrate
from bot.storage.work import connect
from tests.faults.writer import name_of, write_until_killed

KILLS = [50, pytest.param(1_000, marks=[pytest.mark.engine, pytest.mark.nightly])]
SEED = 2027
LONGEST = 0.02
"""Seconds after the first row that a process lives at most."""


@pytest.mark.parametrize("kills", KILLS)
async def test_what_was_committed_is_there_and_the_file_is_whole(
    tmp_path: Path, kills: int, figure: Callable[[str], None]
) -> None:
    file = tmp_path / "instap.db"
    database = connect(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    await database.dispose()
    chance, began = random.Random(SEED), time.monotonic()
    rows = halves = 0
    for life in range(kills):
        told, was_in_it = _live_and_die(tmp_path, life, chance.uniform(0, LONGEST))
        halves += was_in_it
        with closing(sqlite3.connect(file)) as reader:
            assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            query = "SELECT id, capacity FROM intakes WHERE id LIKE ?"
            found = dict(reader.execute(query, (f"{life}-%",)).fetchall())
        for number in range(told + 1):
            assert found.pop(name_of(life, number)) == number
        assert set(found) <= {name_of(life, told + 1)}  # there, and killed before it could say so
        rows += told + 1
    assert halves > 0  # else nobody was killed while it wrote
    figure(f"{kills} kills while writing: {rows} rows in {time.monotonic() - began:.0f} s, 0 lost")


def _live_and_die(folder: Path, life: int, seconds: float) -> tuple[int, bool]:
    """The last row that a process told of, and whether it died in the middle of the next."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.faults.writer"])
    hears, says = server.Pipe(duplex=False)
    process = server.Process(target=write_until_killed, args=(folder, life, says))
    process.start()
    says.close()
    told = hears.recv()
    time.sleep(seconds)  # the moment of the kill is what varies
    process.kill()
    process.join()
    was_in_it = (folder / "instap.db-journal").exists()
    while True:
        try:
            told = hears.recv()
        except EOFError:
            break
    hears.close()
    process.close()
    return told, was_in_it
