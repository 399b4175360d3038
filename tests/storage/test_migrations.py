"""The migrations make exactly the tables that the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.storage.migrate import migrate
from bot.storage.tables import Base


async def test_the_database_has_the_shape_of_the_tables(database):
    def differences(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    async with database.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_is_the_same_as_once(database):
    await migrate(database)
    await migrate(database)
