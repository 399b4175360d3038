"""The unit of work: one transaction on the leads database."""

import asyncio
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, unquote

from sqlalchemy import event, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from bot.core.errors import StorageUnavailable
from bot.services.stores import UnitOfWork
from bot.storage.callbacks import StoredCallbacks
from bot.storage.cipher import Cipher
from bot.storage.conversations import StoredConversations
from bot.storage.deliveries import StoredDeliveries
from bot.storage.erasures import StoredErasures
from bot.storage.leads import StoredIntakes, StoredRegistrations
from bot.storage.mails import StoredMails
from bot.storage.passages import StoredPassages
from bot.storage.proofs import StoredProofs
from bot.storage.shown import StoredShown
from bot.storage.sqlite import open_file
from bot.storage.terms import StoredTerms
from bot.storage.updates import StoredUpdates

PATIENCE: Final = 4.0
"""Seconds for one statement, or for a locked SQLite, before saying that it does not work now."""
PRAGMAS: Final = (
    "journal_mode=DELETE",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_spill=OFF",
)
"""What is deleted is overwritten as well: else it can be read in the file for a long time. Pages go
to the file at the commit, and not before: else a statement could wait for who reads."""
IS_GONE: Final = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
"""Seconds, and how often: how PostgreSQL finds out that our machine is gone, with its locks."""
ABANDONED: Final = "15s"
"""After this long PostgreSQL ends a transaction of a process that stands still, with its locks."""


def connect(url: str) -> AsyncEngine:
    """An engine for SQLite or PostgreSQL, with what each needs to be safe."""
    if not url.startswith("sqlite"):
        waits: dict[str, Any] = {"timeout": PATIENCE, "command_timeout": PATIENCE}
        waits["server_settings"] = {"idle_in_transaction_session_timeout": ABANDONED, **IS_GONE}
        return create_async_engine(
            url, pool_pre_ping=True, pool_timeout=PATIENCE, connect_args=waits
        )
    file = Path(str(make_url(url).database))
    engine = create_async_engine(
        f"sqlite+aiosqlite:///file:{quote(str(file))}?mode=rw&uri=true",  # only migrating makes it
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        pool_timeout=PATIENCE,
        connect_args={"timeout": PATIENCE, "async_creator_fn": open_file},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, record: ConnectionPoolEntry) -> None:
        """Rollback journal and full sync: why not WAL stands in docs/adr/0006."""
        record.info["file"] = _identity(file)
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "checkout")
    def _look(_connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        """A file that was moved away is not written to: nobody would find it there."""
        if record.info["file"] is None or record.info["file"] != _identity(file):
            raise DisconnectionError

    @event.listens_for(engine.sync_engine, "begin")
    def _take_the_pen(connection: Any) -> None:
        """One writer from the start: a read that turns into a write cannot deadlock."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file has this name now."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def sqlite_file(engine: AsyncEngine) -> Path | None:
    """The file of an SQLite database, or None when it is another kind of database."""
    if engine.dialect.name != "sqlite":
        return None
    return Path(unquote(str(engine.url.database).removeprefix("file:")))


def missing_file(url: str, key: Path) -> Path | None:
    """The file of an SQLite database that nobody made yet; an empty one with a key is made."""
    file = sqlite_file(connect(url))
    if file is None or (file.exists() and (file.stat().st_size or key.exists())):
        return None
    return file


class Work(UnitOfWork):
    """The port on SQLAlchemy."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher, pen: asyncio.Lock | None) -> None:
        self._engine = engine
        self._cipher = cipher
        self._pen = pen

    async def __aenter__(self) -> Self:
        if self._pen is not None:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._pen.acquire()
            except TimeoutError:
                raise StorageUnavailable("queue") from None
        self._session = AsyncSession(self._engine, expire_on_commit=False)
        self.conversations = StoredConversations(self._session, self._cipher)
        self.intakes = StoredIntakes(self._session)
        self.registrations = StoredRegistrations(self._session, self._cipher)
        self.callbacks = StoredCallbacks(self._session, self._cipher)
        self.mails = StoredMails(self._session, self._cipher)
        self.proofs = StoredProofs(self._session, self._cipher)
        self.shown = StoredShown(self._session)
        self.passages = StoredPassages(self._session)
        self.erasures = StoredErasures(self._session)
        self.terms = StoredTerms(self._session)
        self.updates = StoredUpdates(self._session, self._cipher)
        self.deliveries = StoredDeliveries(self._session, self._cipher)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            _let_go(error)
            await self._session.close()
        except (SQLAlchemyError, OSError) as failure:
            raise StorageUnavailable(type(failure).__name__) from None
        except asyncio.CancelledError as cancelled:
            _let_go(cancelled)
            raise
        finally:
            if self._pen is not None:
                self._pen.release()
        if isinstance(error, SQLAlchemyError | OSError):
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise StorageUnavailable(type(cause).__name__) from None

    async def commit(self) -> None:
        """Make it so."""
        await self._session.commit()


def _let_go(error: BaseException | None) -> None:
    """A cancelled statement lives on in its traceback, and so does the lock that SQLite has."""
    if isinstance(error, asyncio.CancelledError):
        traceback.clear_frames(error.__traceback__)


def units(engine: AsyncEngine, cipher: Cipher) -> Callable[[], UnitOfWork]:
    """A maker of units of work.

    SQLite lets one write at a time, and who finds it busy looks again ever later: within a process
    they wait in a queue instead, and nobody is passed over.
    """
    pen = asyncio.Lock() if engine.dialect.name == "sqlite" else None
    return lambda: Work(engine, cipher, pen)
