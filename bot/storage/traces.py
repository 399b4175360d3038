"""What the engine keeps of a conversation, and how it is made to forget.

The engine's own store holds no personal values (they never reach it), but it does hold what
somebody asked. Erasing a person takes that away as well.
"""

from sqlalchemy import delete, inspect
from sqlalchemy import table as table_named
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql import column

from bot.core.errors import StorageUnavailable
from bot.storage.work import sqlite_file

EVENTS = table_named("events", column("sender_id"))


class EngineTraces:
    """The port `Traces`, on the engine's tracker store."""

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database

    async def forget(self, conversation: str) -> None:
        """Delete everything that the engine kept of a conversation; nothing if it never ran."""
        file = sqlite_file(self._database)
        if file is not None and not file.exists():
            return
        try:
            async with self._database.begin() as connection:
                there = await connection.run_sync(lambda sync: inspect(sync).has_table("events"))
                if there:
                    await connection.execute(
                        delete(EVENTS).where(EVENTS.c.sender_id == conversation)
                    )
        except (SQLAlchemyError, OSError) as error:
            raise StorageUnavailable(type(error).__name__) from None
