"""What was erased, by ids only: to prove it, and to erase it again after a restore."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.registration import Erasure
from bot.storage.tables import ErasureRow, ProofRow

NOBODY: Final = ""
"""The conversation of digits that only count: no conversation is called so."""


class StoredErasures:
    """The port `Erasures` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, erasure: Erasure) -> None:
        """Keep that it was done; who proved to be this person did so for nothing now.

        Digits mailed for the registration of somebody else go on to count against it.
        """
        self._session.add(
            ErasureRow(
                code=erasure.code,
                conversation_id=erasure.conversation,
                registration_code=erasure.registration,
                at=erasure.at,
                kind=erasure.kind,
            )
        )
        mine = ProofRow.conversation_id == erasure.conversation
        gone = mine & (ProofRow.proven_at.is_not(None) | ProofRow.registration_code.is_(None))
        if erasure.registration is not None:
            gone |= ProofRow.registration_code == erasure.registration
        await self._session.execute(delete(ProofRow).where(gone))
        await self._session.execute(update(ProofRow).where(mine).values(conversation_id=NOBODY))

    async def of_conversation(self, conversation: str) -> Sequence[str | None]:
        """For each erasure that a conversation asked for, the code of what was registered."""
        mine = ErasureRow.conversation_id == conversation
        return list(await self._session.scalars(select(ErasureRow.registration_code).where(mine)))
