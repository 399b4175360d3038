"""Brings the database to the shape that this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import StorageUnavailable
from bot.failpoints import reach
from bot.storage.work import sqlite_file

SCRIPTS = Path(__file__).parent / "migrations"


def config_for(connection: Connection) -> Config:
    """Alembic's configuration without a file: everything stands here."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _make_file(path: Path) -> None:
    """An empty database for its owner only, where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


async def migrate(engine: AsyncEngine) -> None:
    """Run every migration that this database has not had; an SQLite file is made when missing."""
    try:
        file = sqlite_file(engine)
        if file is not None:
            _make_file(file)
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(config_for(sync), "head"))
            reach("K10")
    except (SQLAlchemyError, OSError) as error:
        raise StorageUnavailable(type(error).__name__) from error
