"""SQLite is opened so that what was confirmed survives a power cut (docs/adr/0006)."""

import asyncio
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage.migrate import migrate
from bot.storage.work import PATIENCE, connect

FULL = 2


@pytest.fixture
async def database(tmp_path):
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'instap.db'}")
    await migrate(engine)
    yield engine
    await engine.dispose()


async def ask(database, pragma: str) -> object:
    async with database.connect() as connection:
        return (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", FULL),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("cache_spill", 0),
        ("integrity_check", "ok"),
    ],
)
async def test_every_connection_is_opened_safely(database, pragma, value):
    assert await ask(database, pragma) == value


async def test_a_lock_of_another_is_waited_for_as_long_as_was_agreed(database):
    assert await ask(database, "busy_timeout") == PATIENCE * 1000


async def test_no_memory_map_and_no_write_ahead_log_is_left(database, tmp_path):
    assert await ask(database, "mmap_size") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["instap.db"]


async def test_a_row_of_nothing_is_refused(database):
    with pytest.raises(IntegrityError):
        async with database.begin() as connection:
            await connection.execute(
                text(
                    "insert into buttons (id, conversation_id, title, payload, created_at) "
                    "values ('a', 'nobody', 't', 'p', '2026-11-23')"
                )
            )


async def test_whoever_begins_holds_the_pen(database, tmp_path):
    """A read that becomes a write can then not end in a deadlock."""
    async with database.connect() as connection:
        await connection.execute(text("select 1"))
        other = sqlite3.connect(tmp_path / "instap.db", timeout=0, isolation_level=None)
        try:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        finally:
            other.close()


async def test_what_cannot_wait_is_not_sent_to_a_thread_and_what_may_wait_is(database):
    """Each statement there and back cost more than all statements."""
    where = text("select thread()")
    async with database.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.create_function("thread", 0, threading.get_ident)
        begun = await driver.execute_fetchall("select thread()")
        await connection.exec_driver_sql("select 1")
        within = (await connection.execute(where)).scalar_one()
    assert begun != [(threading.get_ident(),)]
    assert within == threading.get_ident()


async def test_a_file_that_is_not_there_is_not_made_by_talking_to_it(tmp_path):
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'weg.db'}")
    with pytest.raises(DBAPIError):
        await ask(engine, "integrity_check")
    assert not (tmp_path / "weg.db").exists()
    await engine.dispose()
    for each in threading.enumerate():  # the one of this connection still wants our loop
        if "_connection_worker_thread" in each.name:
            await asyncio.to_thread(each.join, 10)


async def test_a_file_that_was_moved_away_or_put_back_is_noticed_at_once(database, tmp_path):
    file, away = tmp_path / "instap.db", tmp_path / "away.db"
    assert await ask(database, "user_version") == 0
    file.rename(away)
    with pytest.raises(DBAPIError):
        await ask(database, "user_version")
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA user_version = 7")
    assert await ask(database, "user_version") == 7
    away.rename(file)
    assert await ask(database, "user_version") == 0
