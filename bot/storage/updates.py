"""What Telegram brought to the webhook, in the database: sealed, and emptied once handled."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from importlib import import_module

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.errors import StorageUnreadable
from bot.storage.cipher import Cipher
from bot.storage.tables import UpdateRow

CONTENT = "telegram_updates.content"


class StoredUpdates:
    """The port `Updates` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    async def add(self, number: int, content: str, now: datetime) -> bool:
        """Keep it until it is handled; False when it was handled before."""
        values = {
            "id": number,
            "content": self._cipher.seal(content, CONTENT, number),
            "received_at": now,
        }
        dialect = self._session.get_bind().dialect.name
        of_a_kind = import_module(f"sqlalchemy.dialects.{dialect}")  # of the other is never needed
        kept = await self._session.scalar(
            of_a_kind.insert(UpdateRow)
            .values(values)
            .on_conflict_do_nothing()  # the same one may arrive twice at the same moment
            .returning(UpdateRow.id)
        )
        if kept is not None:
            return True
        waits = select(UpdateRow.id).where(UpdateRow.id == number, UpdateRow.content.is_not(None))
        return await self._session.scalar(waits) is not None

    async def waiting(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        """What came since then and was not handled, in that order, and when it came."""
        rows = await self._session.scalars(
            select(UpdateRow)
            .where(UpdateRow.content.is_not(None), UpdateRow.received_at > since)
            .order_by(UpdateRow.received_at, UpdateRow.id)  # after a quiet week numbers begin anew
        )
        found = []
        for row in rows:
            with suppress(StorageUnreadable):  # holds up no other
                content = self._cipher.open(row.content or b"", CONTENT, row.id)
                found.append((content, row.received_at))
        return found

    async def handled(self, numbers: Collection[int], now: datetime) -> None:
        """They were; the content is dropped."""
        await self._session.execute(
            update(UpdateRow).where(UpdateRow.id.in_(numbers)).values(content=None, handled_at=now)
        )

    async def forget(self, before: datetime) -> None:
        """Delete what came before then."""
        await self._session.execute(delete(UpdateRow).where(UpdateRow.received_at < before))
