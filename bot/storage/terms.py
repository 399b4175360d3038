"""What ends and when, without opening anything of a person: an unreadable row ends as well."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.core.registration import Status
from bot.core.retention import Kept, KeptCallback, Seen
from bot.storage.tables import CallbackRow, ConversationRow, ProofRow, RegistrationRow, TimeRow

THE_ONE: Final = 1
AT_ONCE: Final = 500
"""As many keys in one statement: databases have a limit."""


class StoredTerms:
    """The port `Terms` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def registrations(self) -> Sequence[Kept]:
        """Every registration, oldest first."""
        return await self._kept()

    async def of_conversation(self, conversation: str, *, proven: bool) -> Sequence[Kept]:
        """Those that were made there, and with `proven` those shown there to be one's own."""
        mine = RegistrationRow.conversation_id == conversation
        if proven:
            shown = select(ProofRow.registration_code).where(
                ProofRow.conversation_id == conversation, ProofRow.proven_at.is_not(None)
            )
            mine |= RegistrationRow.code.in_(shown)
        return await self._kept(mine)

    async def _kept(self, *conditions: ColumnElement[bool]) -> Sequence[Kept]:
        query = select(*COLUMNS).where(*conditions)
        ordered = query.order_by(RegistrationRow.created_at, RegistrationRow.code)
        rows = (await self._session.execute(ordered)).all()
        return [
            Kept(
                row.code,
                row.conversation_id,
                row.intake,
                Status(row.status),
                row.withdrawn_at,
                row.decided_at,
                row.marked_at,
            )
            for row in rows
        ]

    async def callbacks(self) -> Sequence[KeptCallback]:
        """Every request to be called, oldest first."""
        row = CallbackRow
        last = func.coalesce(row.done_at, row.withdrawn_at, row.updated_at, row.created_at)
        is_open = row.done_at.is_(None) & row.withdrawn_at.is_(None)
        query = select(row.id, row.conversation_id, last, is_open, row.marked_at)
        rows = await self._session.execute(query.order_by(row.id))
        return [KeptCallback(*each) for each in rows]

    async def marked_conversations(self) -> Mapping[str, datetime]:
        """The conversations that carry the mark, and since when."""
        row = ConversationRow
        query = select(row.id, row.marked_at).where(row.marked_at.is_not(None))
        return {name: at for name, at in await self._session.execute(query) if at is not None}

    async def mark_registrations(self, codes: Sequence[str], at: datetime | None) -> None:
        """Give them the mark, or (None) take it away."""
        await self._mark(RegistrationRow.code, codes, at)

    async def mark_callbacks(self, numbers: Sequence[int], at: datetime | None) -> None:
        """Give them the mark, or (None) take it away."""
        await self._mark(CallbackRow.id, numbers, at)

    async def mark_conversations(self, names: Sequence[str], at: datetime | None) -> None:
        """Give them the mark, or (None) take it away."""
        await self._mark(ConversationRow.id, names, at)

    async def _mark(
        self, key: InstrumentedAttribute[Any], wanted: Sequence[Any], at: datetime | None
    ) -> None:
        for some in _some(wanted):
            await self._session.execute(
                update(key.class_).where(key.in_(some)).values(marked_at=at)
            )

    async def erase_callbacks(self, numbers: Sequence[int]) -> None:
        """Delete requests to be called."""
        for some in _some(numbers):
            await self._session.execute(delete(CallbackRow).where(CallbackRow.id.in_(some)))

    async def seen(self) -> Seen:
        """The newest time that was believed; before the first round what people did shows it."""
        row = await self._session.get(TimeRow, THE_ONE, with_for_update=True)
        if row is not None:
            return Seen(row.newest, row.doubt_since, row.doubt_last)
        newest = [
            await self._session.scalar(select(func.max(column)))
            for column in (ConversationRow.updated_at, RegistrationRow.updated_at)
        ]
        return Seen(max((each for each in newest if each is not None), default=None))

    async def saw(self, seen: Seen) -> None:
        """Keep what is known of the time."""
        await self._session.merge(TimeRow(id=THE_ONE, **vars(seen)))


COLUMNS: Final = (
    RegistrationRow.code,
    RegistrationRow.conversation_id,
    RegistrationRow.intake,
    RegistrationRow.status,
    RegistrationRow.withdrawn_at,
    RegistrationRow.decided_at,
    RegistrationRow.marked_at,
)


def _some(wanted: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]
