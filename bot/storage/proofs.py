"""Mailed digits in the database: only a keyed hash of them is kept."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.cipher import Cipher
from bot.storage.tables import ProofRow

DIGITS: Final = "proofs.digits"
TRIES: Final = 5
"""Wrong guesses at six digits before new ones are needed: at most one in 200,000 gets in."""


class StoredProofs:
    """The port `Proofs` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    async def add(
        self, conversation: str, registration: str | None, digits: str, now: datetime
    ) -> None:
        """Keep them; without a registration nothing will ever match."""
        self._session.add(
            ProofRow(
                conversation_id=conversation,
                registration_code=registration,
                digits=self._cipher.index(digits, DIGITS),
                tries=0,
                created_at=now,
            )
        )
        await self._session.flush()

    async def count(self, conversation: str, registration: str | None, since: datetime) -> int:
        """How many were made since then for this conversation or this registration."""
        mine = ProofRow.conversation_id == conversation
        same = mine if registration is None else mine | (ProofRow.registration_code == registration)
        query = select(func.count()).where(same, ProofRow.created_at >= since)
        return await self._session.scalar(query.select_from(ProofRow)) or 0

    async def prove(self, conversation: str, digits: str, since: datetime, now: datetime) -> bool:
        """Whether these are the newest digits, made after `since`, within a few tries."""
        row = await self._session.scalar(
            select(ProofRow)
            .where(ProofRow.conversation_id == conversation, ProofRow.created_at >= since)
            .order_by(ProofRow.id.desc())
            .limit(1)
            .with_for_update()
        )
        if row is None or row.tries >= TRIES:
            return False
        row.tries += 1
        is_right = self._cipher.is_index(row.digits, digits, DIGITS)
        if is_right and row.registration_code is not None:
            row.proven_at = now
        await self._session.flush()
        return row.proven_at is not None and is_right

    async def forget(self, before: datetime) -> int:
        """Delete digits of before then that proved nothing; how many."""
        useless = ProofRow.created_at <= before, ProofRow.proven_at.is_(None)
        gone = delete(ProofRow).where(*useless).returning(ProofRow.id)
        return len(list(await self._session.scalars(gone)))
