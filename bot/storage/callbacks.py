"""Call-back requests in the database."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.callback import Callback, Way
from bot.storage.cipher import Cipher, Columns
from bot.storage.tables import CallbackRow

TABLE = "callbacks"


class StoredCallbacks:
    """The port `Callbacks` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._columns = Columns(cipher, TABLE)

    async def save(self, callback: Callback) -> int:
        """Keep it as it is now, and give its number; without an id it is a new one."""
        row = await self._session.merge(self._row(callback))
        await self._session.flush()
        return row.id

    async def open_of(self, conversation: str) -> Callback | None:
        """The request of this conversation that nobody has dealt with."""
        row = await self._session.scalar(
            select(CallbackRow)
            .where(CallbackRow.conversation_id == conversation, CallbackRow.done_at.is_(None))
            .order_by(CallbackRow.id.desc())
            .limit(1)
        )
        return self._read(row) if row else None

    async def by_id(self, number: int) -> Callback | None:
        """The request with this number."""
        row = await self._session.get(CallbackRow, number)
        return self._read(row) if row else None

    async def all(self) -> Sequence[Callback]:
        """Every request, oldest first."""
        rows = await self._session.scalars(select(CallbackRow).order_by(CallbackRow.id))
        return [self._read(row) for row in rows]

    async def erase(self, conversation: str) -> None:
        """Delete the requests of a conversation."""
        await self._session.execute(
            delete(CallbackRow).where(CallbackRow.conversation_id == conversation)
        )

    def _row(self, one: Callback) -> CallbackRow:
        return CallbackRow(
            id=one.id,
            conversation_id=one.conversation,
            way=one.way.value,
            address=self._columns.seal("address", one.address),
            name=self._columns.seal("name", one.name),
            moment=self._columns.seal("moment", one.moment),
            question=self._columns.seal("question", one.question),
            created_at=one.created_at,
            done_at=one.done_at,
        )

    def _read(self, row: CallbackRow) -> Callback:
        return Callback(
            id=row.id,
            conversation=row.conversation_id,
            way=Way(row.way),
            address=self._columns.open("address", row.address) or "",
            name=self._columns.open("name", row.name),
            moment=self._columns.open("moment", row.moment),
            question=self._columns.open("question", row.question),
            created_at=row.created_at,
            done_at=row.done_at,
        )
