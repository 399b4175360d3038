"""What was erased, by ids only: to prove it, and to erase it again after a restore."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.registration import Erasure
from bot.storage.tables import ErasureRow, ProofRow


class StoredErasures:
    """The port `Erasures` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, erasure: Erasure) -> None:
        """Keep that it was done; who proved to be this person did so for nothing now."""
        self._session.add(
            ErasureRow(
                code=erasure.code,
                conversation_id=erasure.conversation,
                registration_code=erasure.registration,
                at=erasure.at,
            )
        )
        gone = ProofRow.conversation_id == erasure.conversation
        if erasure.registration is not None:
            gone |= ProofRow.registration_code == erasure.registration
        await self._session.execute(delete(ProofRow).where(gone))
