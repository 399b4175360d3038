"""Texts that were shown and may have to be proven, each kept once. Nothing personal is in them."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import ShownRow


class StoredShown:
    """The port `Shown` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, version: str, text: str, now: datetime) -> None:
        """Keep it; the same words again change nothing."""
        if await self._session.get(ShownRow, version) is not None:
            return
        try:
            async with self._session.begin_nested():
                self._session.add(ShownRow(version=version, text=text, first_at=now))
        except IntegrityError:  # shown to somebody else at this moment
            return

    async def text(self, version: str) -> str | None:
        """The words of a version."""
        row = await self._session.get(ShownRow, version)
        return row.text if row else None
