"""SQLite without the disk: nobody pulls the plug in a test, but for those of tests/storage."""

from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

PRAGMAS: Final = ("synchronous=OFF", "journal_mode=MEMORY")


def hurry(engine: AsyncEngine) -> None:
    """Let no connection of this engine wait for the disk."""

    @event.listens_for(engine.sync_engine, "connect")
    def _hurry(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
