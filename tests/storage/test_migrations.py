"""The migrations make exactly the tables that the code knows."""

from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.storage.migrate import config_for, is_newest, migrate
from bot.storage.tables import Base
from bot.storage.work import connect


async def test_the_database_has_the_shape_of_the_tables(database):
    def differences(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    async with database.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_answers_of_before_deliveries_count_as_brought(tmp_path):
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")
    (tmp_path / "old.db").touch()

    def to(revision: str) -> Callable[[Connection], None]:
        return lambda connection: command.upgrade(config_for(connection), revision)

    async with engine.begin() as connection:
        await connection.run_sync(to("0004"))
        for row in (
            "conversations (id, channel, draft, created_at, updated_at) "
            "VALUES ('a', 'telegram', '', '2026-11-01', '2026-11-01')",
            "exchanges (conversation_id, reply, created_at, answered_at) "
            "VALUES ('a', 'x', '2026-11-01', '2026-11-01')",
        ):
            await connection.exec_driver_sql(f"INSERT INTO {row}")
        await connection.run_sync(to("0005"))
        kept = await connection.exec_driver_sql("SELECT due_at, tries, problem FROM exchanges")
        assert list(kept) == [(None, 0, None)]
        await connection.run_sync(lambda each: command.downgrade(config_for(each), "0004"))
    await engine.dispose()


async def test_a_database_is_new_when_it_had_the_last_migration_and_not_before(database, tmp_path):
    async with database.begin() as connection:
        assert await connection.run_sync(is_newest)
    (tmp_path / "old.db").touch()
    old = connect(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")
    async with old.begin() as connection:
        assert not await connection.run_sync(is_newest)
        await connection.run_sync(lambda each: command.upgrade(config_for(each), "head"))
        assert await connection.run_sync(is_newest)
        await connection.run_sync(lambda each: command.downgrade(config_for(each), "-1"))
        assert not await connection.run_sync(is_newest)
    await old.dispose()


async def test_migrating_twice_is_the_same_as_once(database):
    await migrate(database)
    await migrate(database)
