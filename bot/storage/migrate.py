"""Brings the database to the shape that this version needs."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import StorageUnavailable
from bot.failpoints import reach
from bot.storage.work import sqlite_file

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS: Final = Path(__file__).parent / "migrations"


def config_for(connection: Connection) -> "Config":
    """Alembic's configuration without a file: everything stands here."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def is_newest(connection: Connection) -> bool:
    """Whether this database had the last migration: that is the last file by name."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    had = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    newest = max(path.stem for path in (SCRIPTS / "versions").glob("[0-9]*.py"))
    return had == newest.partition("_")[0]


def _upgrade(connection: Connection) -> None:
    """Run what is missing; Alembic is loaded only then, for every command comes by here."""
    if is_newest(connection):
        return
    from alembic import command

    command.upgrade(config_for(connection), "head")
    reach("K10")


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
            await connection.run_sync(_upgrade)
    except (SQLAlchemyError, OSError) as error:
        raise StorageUnavailable(type(error).__name__) from error
