"""Tokens to another door in the database: only a hash of them is kept."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.cipher import token_hash
from bot.storage.tables import PassageRow


class StoredPassages:
    """The port `Passages` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, conversation: str, token: str, now: datetime) -> None:
        """Keep a token; the ones before it no longer work."""
        await self.erase(conversation)
        self._session.add(
            PassageRow(token_hash=token_hash(token), conversation_id=conversation, created_at=now)
        )
        await self._session.flush()

    async def take(self, token: str, since: datetime, now: datetime) -> str | None:
        """The conversation of a token made after `since`; it works once."""
        return await self._session.scalar(
            update(PassageRow)
            .where(
                PassageRow.token_hash == token_hash(token),
                PassageRow.created_at > since,
                PassageRow.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(PassageRow.conversation_id)
        )

    async def forget(self, before: datetime) -> int:
        """Delete what was made before then; how many."""
        gone = delete(PassageRow).where(PassageRow.created_at <= before)
        return len(list(await self._session.scalars(gone.returning(PassageRow.token_hash))))

    async def erase(self, conversation: str) -> None:
        """Delete every token to a conversation."""
        await self._session.execute(
            delete(PassageRow).where(PassageRow.conversation_id == conversation)
        )
