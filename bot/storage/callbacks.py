"""Call-back requests in the database."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.callback import Callback, Way
from bot.storage.cipher import Cipher, Columns, readable
from bot.storage.tables import CallbackRow

TABLE = "callbacks"
OPEN = (CallbackRow.done_at.is_(None), CallbackRow.withdrawn_at.is_(None))
"""Of these somebody still has to get in touch."""


class StoredCallbacks:
    """The port `Callbacks` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._columns = Columns(cipher, TABLE)

    async def save(self, callback: Callback) -> int:
        """Keep it as it is now, and give its number; without an id it is a new one."""
        row = await self._session.merge(_bare(callback))
        await self._session.flush()  # what is sealed is tied to the number that it gets
        row.address = self._columns.seal("address", callback.address, row.id) or b""
        row.name = self._columns.seal("name", callback.name, row.id)
        row.moment = self._columns.seal("moment", callback.moment, row.id)
        row.question = self._columns.seal("question", callback.question, row.id)
        row.role = self._columns.seal("role", callback.role, row.id)
        await self._session.flush()
        return row.id

    async def open_of(self, conversation: str) -> Callback | None:
        """The request of this conversation that nobody has dealt with."""
        row = await self._session.scalar(
            select(CallbackRow)
            .where(CallbackRow.conversation_id == conversation, *OPEN)
            .order_by(CallbackRow.id.desc())
            .limit(1)
        )
        return self._read(row) if row else None

    async def all_of(self, conversation: str) -> Sequence[Callback]:
        """Every request of this conversation, newest first."""
        mine = CallbackRow.conversation_id == conversation
        rows = await self._session.scalars(
            select(CallbackRow).where(mine).order_by(CallbackRow.id.desc())
        )
        return [self._read(row) for row in rows]

    async def by_id(self, number: int) -> Callback | None:
        """The request with this number."""
        row = await self._session.get(CallbackRow, number)
        return self._read(row) if row else None

    async def all(self) -> Sequence[Callback]:
        """Every request that our keys open, oldest first."""
        return readable(self._read, await self._rows())

    async def unreadable(self) -> Sequence[int]:
        """The numbers of those that they do not open."""
        rows = await self._rows()
        opened = {each.id for each in readable(self._read, rows)}
        return [row.id for row in rows if row.id not in opened]

    async def _rows(self) -> Sequence[CallbackRow]:
        return list(await self._session.scalars(select(CallbackRow).order_by(CallbackRow.id)))

    async def delete(self, number: int) -> None:
        """Delete one request."""
        await self._session.execute(delete(CallbackRow).where(CallbackRow.id == number))

    async def erase(self, conversation: str) -> None:
        """Delete the requests of a conversation."""
        await self._session.execute(
            delete(CallbackRow).where(CallbackRow.conversation_id == conversation)
        )

    def _read(self, row: CallbackRow) -> Callback:
        return Callback(
            id=row.id,
            conversation=row.conversation_id,
            way=Way(row.way),
            address=self._columns.open("address", row.address, row.id) or "",
            name=self._columns.open("name", row.name, row.id),
            moment=self._columns.open("moment", row.moment, row.id),
            question=self._columns.open("question", row.question, row.id),
            created_at=row.created_at,
            done_at=row.done_at,
            role=self._columns.open("role", row.role, row.id),
            withdrawn_at=row.withdrawn_at,
            updated_at=row.updated_at,
        )


def _bare(one: Callback) -> CallbackRow:
    """What is not sealed."""
    return CallbackRow(
        id=one.id,
        conversation_id=one.conversation,
        way=one.way.value,
        address=b"",
        created_at=one.created_at,
        done_at=one.done_at,
        withdrawn_at=one.withdrawn_at,
        updated_at=one.updated_at,
    )
