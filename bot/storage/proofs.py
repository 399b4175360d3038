"""Mailed digits in the database: only a keyed hash of them is kept."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.cipher import Cipher
from bot.storage.tables import ProofRow, RegistrationRow

DIGITS: Final = "proofs.digits"
CONFIRMS: Final = "registrations.proof_digits"
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
        await self._keep(conversation, registration, self._cipher.index(digits, DIGITS), now)

    async def _keep(
        self, conversation: str, registration: str | None, sealed: str, made_at: datetime
    ) -> None:
        self._session.add(
            ProofRow(
                conversation_id=conversation,
                registration_code=registration,
                digits=sealed,
                tries=0,
                created_at=made_at,
            )
        )
        await self._session.flush()

    async def asked_in(self, conversation: str, since: datetime) -> int:
        """How often this conversation asked for digits since then."""
        return await self._count(ProofRow.conversation_id == conversation, since)

    async def asked_for(self, registration: str, since: datetime) -> int:
        """How often digits of this registration were asked for since then, wherever."""
        return await self._count(ProofRow.registration_code == registration, since)

    async def _count(self, which: ColumnElement[bool], since: datetime) -> int:
        query = select(func.count()).where(which, ProofRow.created_at >= since)
        return await self._session.scalar(query.select_from(ProofRow)) or 0

    async def share(
        self, conversation: str, registration: str, since: datetime, now: datetime
    ) -> bool:
        """Let a conversation type what was mailed last, after `since`; False when nothing was.

        They count as asked now: an earlier moment would show that the code exists.
        """
        row = await self._session.scalar(
            select(ProofRow)
            .where(ProofRow.registration_code == registration, ProofRow.created_at >= since)
            .order_by(ProofRow.created_at.desc(), ProofRow.id.desc())
            .limit(1)
        )
        if row is not None:
            await self._keep(conversation, registration, row.digits, now)
        return row is not None

    async def usable(self, conversation: str, since: datetime) -> datetime | None:
        """When the newest digits were made, as long as they may still be typed."""
        return await self._session.scalar(
            select(ProofRow.created_at)
            .where(ProofRow.conversation_id == conversation, ProofRow.created_at >= since)
            .where(ProofRow.tries < TRIES, ProofRow.proven_at.is_(None))
            .order_by(ProofRow.id.desc())
            .limit(1)
        )

    async def prove(
        self, conversation: str, digits: str, since: datetime, now: datetime
    ) -> str | None:
        """The code of which these are digits of this conversation, made after `since`.

        Within a few tries, and not only the newest: what was mailed first may arrive last.
        """
        rows = await self._session.scalars(
            select(ProofRow)
            .where(ProofRow.conversation_id == conversation, ProofRow.created_at >= since)
            .where(ProofRow.tries < TRIES)
            .order_by(ProofRow.id.desc())
            .with_for_update()
        )
        proven = None
        for row in rows.all():
            row.tries += 1
            is_right = self._cipher.is_index(row.digits, digits, DIGITS)
            is_right |= await self._confirms(row.registration_code, digits)
            if is_right and row.registration_code is not None:
                row.proven_at = now
                proven = row.registration_code
        await self._session.flush()
        return proven

    async def _confirms(self, code: str | None, digits: str) -> bool:
        """Whether these are the digits of the mail that confirmed it: the same mailbox has them."""
        row = await self._session.get(RegistrationRow, code) if code else None
        if row is None or row.proof_digits is None:
            return False
        return self._cipher.is_index(row.proof_digits, digits, CONFIRMS)

    async def forget(self, before: datetime) -> int:
        """Delete digits of before then that proved nothing; how many."""
        useless = ProofRow.created_at <= before, ProofRow.proven_at.is_(None)
        gone = delete(ProofRow).where(*useless).returning(ProofRow.id)
        return len(list(await self._session.scalars(gone)))
