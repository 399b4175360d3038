"""Answers on their way to a chat: the kept exchange is the outbox, there is no second copy."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core.errors import StorageUnavailable
from bot.core.turn import Turn
from bot.services.records import TOLD, Exchange, Unsent
from bot.storage.cipher import Cipher
from bot.storage.conversations import ADDRESS, REPLY, is_told, read_exchange, read_turn
from bot.storage.tables import ConversationRow, ExchangeRow

LOCKED_OUT = timedelta(hours=1)
CLOSED = "closed"
NOT_LONG = timedelta(hours=1)
MOST_UNREAD = 20
"""As many messages as one chat may have waiting."""
WAITS = ExchangeRow.due_at.is_not(None)


class StoredDeliveries:
    """The port `Deliveries` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    async def claim(
        self, now: datetime, until: datetime, conversation: str | None = None
    ) -> Unsent | None:
        """The oldest answer that waits in a conversation; without one, where it is due longest.

        Of that conversation nobody else gets anything before `until`. One that our keys do not
        open waits an hour, and what comes after it with it. What we said first and waits for the
        morning holds up no answer.
        """
        older = aliased(ExchangeRow)
        is_first = ~exists().where(
            older.conversation_id == ExchangeRow.conversation_id,
            older.due_at.is_not(None),
            older.id < ExchangeRow.id,
            ~is_told(older) | (older.due_at <= now),
        )
        wanted = (
            ExchangeRow.due_at <= now
            if conversation is None
            else ExchangeRow.conversation_id == conversation
        )
        first = (
            select(ExchangeRow, ConversationRow.address)
            .join(ConversationRow, ConversationRow.id == ExchangeRow.conversation_id)
            .where(WAITS, is_first, _is_free(now), wanted, ConversationRow.address.is_not(None))
            .order_by(ExchangeRow.due_at, ExchangeRow.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=ExchangeRow)
        )
        while (found := (await self._session.execute(first)).first()) is not None:
            row, address = found
            try:
                return await self._hand_out(row, address, until)
            except StorageUnavailable:
                row.claimed_until, row.problem = now + LOCKED_OUT, "unreadable"
                await self._session.flush()
        return None

    async def _hand_out(self, row: ExchangeRow, address: bytes | None, until: datetime) -> Unsent:
        unsent = Unsent(
            exchange=row.id,
            conversation=row.conversation_id,
            address=self._cipher.open(address or b"", ADDRESS, row.conversation_id),
            turn=read_turn(self._cipher.open(row.reply or b"", REPLY, row.id)),
            since=row.answered_at or row.created_at,
            tries=row.tries + 1,
            arrived=row.arrived,
            is_unsure=row.claimed_until is not None,
            is_told=row.said is None and (row.client_id or "").startswith(TOLD),
        )
        row.claimed_until, row.tries = until, unsent.tries
        await self._session.flush()
        return unsent

    async def take_over(self, now: datetime) -> None:
        """Nobody is bringing anything any more: the process that was has ended."""
        held = ExchangeRow.claimed_until > now
        await self._session.execute(
            update(ExchangeRow).where(WAITS, held).values(claimed_until=now)
        )

    async def sent(self, exchange: int, now: datetime, place: int | None) -> None:
        """It arrived; its last part has that place in the chat, if it is known."""
        await self._settle(exchange, due_at=None, delivered_at=now, problem=None, place=place)

    async def put_off(
        self, exchange: int, until: datetime | None, problem: str, arrived: int
    ) -> None:
        """It did not arrive, but for its first parts: again later, or (None) given up."""
        await self._settle(exchange, due_at=until, problem=problem[:60], arrived=arrived)

    async def _settle(self, exchange: int, **values: object) -> None:
        # Settled stays settled: who is late may not make what was erased or arrived due again.
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.id == exchange, WAITS)
            .values(claimed_until=None, **values)
        )

    async def unread(
        self, conversation: str, place: int, now: datetime, since: datetime
    ) -> Sequence[Exchange]:
        """What was answered since then and not read by who spoke at that place, newest first.

        It is on its way, or met a closed door, or has a higher place and is not of long ago: a
        chat with another bot counts from the beginning.
        """
        met_a_closed_door = ExchangeRow.problem == CLOSED
        came_after = (ExchangeRow.place > place) & (ExchangeRow.delivered_at > now - NOT_LONG)
        rows = await self._session.scalars(
            select(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation, ExchangeRow.said.is_not(None))
            .where(ExchangeRow.reply.is_not(None), or_(WAITS, met_a_closed_door, came_after))
            .where(ExchangeRow.answered_at > since)
            .order_by(ExchangeRow.id.desc())
            .limit(MOST_UNREAD)
        )
        return [read_exchange(self._cipher, row) for row in rows]

    async def placed(self, conversation: str, most: int) -> Sequence[tuple[int, Turn]]:
        """The newest answers of which the place in the chat is known, newest first."""
        rows = await self._session.scalars(
            select(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation, ExchangeRow.place.is_not(None))
            .where(ExchangeRow.reply.is_not(None))
            .order_by(ExchangeRow.id.desc())
            .limit(most)
        )
        found = [(row.place or 0, read_exchange(self._cipher, row).reply) for row in rows]
        return [(place, turn) for place, turn in found if turn is not None]

    async def on_screen(self, conversation: str, place: int, now: datetime) -> Turn | None:
        """The newest answer that stood in the chat for who spoke at that place."""
        rows = await self._session.scalars(
            select(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation, ExchangeRow.reply.is_not(None))
            .where(~is_told(ExchangeRow))
            .order_by(ExchangeRow.id.desc())
            .limit(MOST_UNREAD)
        )
        shown = (row for row in rows if _stood_there(row, place, now))
        found = next(shown, None)
        return read_exchange(self._cipher, found).reply if found else None

    async def again(self, exchange: int, now: datetime) -> None:
        """It is due again, if it never arrived."""
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.id == exchange, ExchangeRow.delivered_at.is_(None))
            .values(due_at=func.coalesce(ExchangeRow.due_at, now), problem=None)
        )

    async def tell(self, exchange: int, at: datetime) -> None:
        """It is due at that moment, if its conversation is held in a chat; late from then."""
        is_chat = exists().where(
            ConversationRow.id == ExchangeRow.conversation_id, ConversationRow.address.is_not(None)
        )
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.id == exchange, ExchangeRow.delivered_at.is_(None), is_chat)
            .values(due_at=at, answered_at=at, problem=None)
        )

    async def told_in_vain(self, conversation: str) -> Sequence[int]:
        """What we said first and met a closed door."""
        rows = await self._session.scalars(
            select(ExchangeRow.id)
            .where(ExchangeRow.conversation_id == conversation, is_told(ExchangeRow))
            .where(ExchangeRow.problem == CLOSED, ExchangeRow.reply.is_not(None), ~WAITS)
            .order_by(ExchangeRow.id)
        )
        return list(rows)

    async def due(self, now: datetime) -> int:
        """In how many conversations something is due."""
        is_due = ExchangeRow.due_at <= now
        return await self._count(ExchangeRow.conversation_id, is_due, _is_free(now))

    async def late(self, before: datetime) -> int:
        """How many answers of before then still wait."""
        return await self._count(ExchangeRow.id, WAITS, ExchangeRow.answered_at < before)

    async def given_up(self, since: datetime) -> int:
        """How many answers of since then will never arrive, though somebody waited for them."""
        return await self._count(
            ExchangeRow.id,
            ExchangeRow.answered_at >= since,
            ExchangeRow.due_at.is_(None),
            ExchangeRow.problem.is_not(None),
            ExchangeRow.problem != CLOSED,
        )

    async def _count(self, column: object, *conditions: object) -> int:
        query = select(func.count(func.distinct(column))).where(*conditions)  # type: ignore[arg-type]
        return await self._session.scalar(query) or 0


def _stood_there(row: ExchangeRow, place: int, now: datetime) -> bool:
    """As `unread` sees it; what was never to be brought stood wherever it was said."""
    if row.due_at is not None or row.problem is not None:
        return False
    is_recent = row.delivered_at is not None and row.delivered_at > now - NOT_LONG
    return row.place is None or row.place < place or not is_recent


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(ExchangeRow.claimed_until.is_(None), ExchangeRow.claimed_until <= now)
