"""The unit of work: one transaction on the leads database."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, unquote

from sqlalchemy import event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from bot.core.errors import StorageUnavailable
from bot.services.ports import (
    Callbacks,
    Conversations,
    Erasures,
    Intakes,
    Mails,
    Proofs,
    Registrations,
    UnitOfWork,
)
from bot.storage.callbacks import StoredCallbacks
from bot.storage.cipher import Cipher
from bot.storage.conversations import StoredConversations
from bot.storage.erasures import StoredErasures
from bot.storage.leads import StoredIntakes, StoredRegistrations
from bot.storage.mails import StoredMails
from bot.storage.proofs import StoredProofs

PATIENCE: Final = 4.0
"""Seconds to wait for a locked SQLite before saying that it does not work now."""


def connect(url: str) -> AsyncEngine:
    """An engine for SQLite or PostgreSQL, with what each needs to be safe."""
    if not url.startswith("sqlite"):
        waits = {"timeout": PATIENCE, "command_timeout": PATIENCE}
        return create_async_engine(
            url, pool_pre_ping=True, pool_timeout=PATIENCE, connect_args=waits
        )
    name = make_url(url).database
    engine = create_async_engine(
        # Every unit of work opens the file anew, and only migrating makes it: a file that was
        # moved away is noticed at once, instead of being written to where nobody will find it.
        f"sqlite+aiosqlite:///file:{quote(str(name))}?mode=rw&uri=true",
        poolclass=NullPool,
        connect_args={"timeout": PATIENCE},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        """Rollback journal and full sync: why not WAL stands in docs/adr/0006."""
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _take_the_pen(connection: Any) -> None:
        """One writer from the start: a read that turns into a write cannot deadlock."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def sqlite_file(engine: AsyncEngine) -> Path | None:
    """The file of an SQLite database, or None when it is another kind of database."""
    if engine.dialect.name != "sqlite":
        return None
    return Path(unquote(str(engine.url.database).removeprefix("file:")))


class Work:
    """The port `UnitOfWork` on SQLAlchemy."""

    conversations: Conversations
    intakes: Intakes
    registrations: Registrations
    callbacks: Callbacks
    mails: Mails
    proofs: Proofs
    erasures: Erasures

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def __aenter__(self) -> Self:
        self._session = AsyncSession(self._engine, expire_on_commit=False)
        self.conversations = StoredConversations(self._session, self._cipher)
        self.intakes = StoredIntakes(self._session)
        self.registrations = StoredRegistrations(self._session, self._cipher)
        self.callbacks = StoredCallbacks(self._session, self._cipher)
        self.mails = StoredMails(self._session, self._cipher)
        self.proofs = StoredProofs(self._session, self._cipher)
        self.erasures = StoredErasures(self._session)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self._session.close()
        except (SQLAlchemyError, OSError) as failure:
            raise StorageUnavailable(type(failure).__name__) from None
        if isinstance(error, SQLAlchemyError | OSError):
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise StorageUnavailable(type(cause).__name__) from None

    async def commit(self) -> None:
        """Make it so."""
        await self._session.commit()


def units(engine: AsyncEngine, cipher: Cipher) -> Callable[[], UnitOfWork]:
    """A maker of units of work."""
    return lambda: Work(engine, cipher)
