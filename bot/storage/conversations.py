"""Conversations in the database: drafts and exchanges are sealed, tokens only hashed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.dialogue.memory import Memory, dump, load
from bot.core.turn import Button, Link, Message, Noted, Qr, Receipt, Turn
from bot.services.records import TOLD, Conversation, Draft, Exchange, ShownButton, Why
from bot.storage.callbacks import OPEN
from bot.storage.cipher import Cipher, token_hash
from bot.storage.tables import (
    ButtonRow,
    CallbackRow,
    ConversationRow,
    ExchangeRow,
    RegistrationRow,
)

DRAFT = "conversations.draft"
MEMORY = "conversations.memory"
ADDRESS = "conversations.address"
SAID = "exchanges.said"
REPLY = "exchanges.reply"
DECIDED = "exchanges.decided"
HEAD_START = timedelta(seconds=5)
"""Who kept an answer brings it at once: only after this it is due for whoever looks round."""


def read_turn(kept: str) -> Turn:
    """A turn as it was kept."""
    raw = json.loads(kept)
    messages = tuple(
        Message(each["text"], tuple(Button(**button) for button in each["buttons"]))
        for each in raw["messages"]
    )
    receipt = Receipt(**raw["registration"]) if raw["registration"] else None
    return Turn(
        messages,
        tuple(raw["topics"]),
        tuple(raw["clarify"]),
        raw["asks"],
        raw["outcome"],
        receipt,
        tuple(raw.get("files", ())),  # a turn of before there were files or links has none
        tuple(_read_link(**each) for each in raw.get("links", ())),
        raw.get("id"),
        tuple(Noted(**each) for each in raw.get("noted", ())),
        tuple(raw.get("facets", ())),
    )


def read_exchange(cipher: Cipher, row: ExchangeRow) -> Exchange:
    """A message and its answer as they were kept."""
    said = None if row.said is None else cipher.open(row.said, SAID, row.id)
    reply = None if row.reply is None else read_turn(cipher.open(row.reply, REPLY, row.id))
    decided = None
    if row.decided is not None:
        decided = Why(**json.loads(cipher.open(row.decided, DECIDED, row.id)))
    return Exchange(row.id, said, reply, row.created_at, decided)


def is_told(exchange: type[ExchangeRow]) -> ColumnElement[bool]:
    """Whether we said it first; what a visitor says may have any id."""
    return exchange.said.is_(None) & func.coalesce(exchange.client_id, "").startswith(TOLD)


def _read_link(title: str, url: str, qr: dict[str, Any] | None) -> Link:
    return Link(title, url, Qr(**qr) if qr else None)


class StoredConversations:
    """The port `Conversations` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    async def add(self, conversation: Conversation, token: str | None, address: str | None) -> None:
        """Keep a new conversation, found back by its token or its address on a channel."""
        place = f"{conversation.channel}:{address}"
        self._session.add(
            ConversationRow(
                id=conversation.id,
                channel=conversation.channel,
                token_hash=token_hash(token) if token else None,
                address_index=self._cipher.index(place, ADDRESS) if address else None,
                address=self._cipher.seal(address, ADDRESS, conversation.id) if address else None,
                asks=conversation.asks,
                draft=self._cipher.seal(json.dumps(conversation.draft), DRAFT, conversation.id),
                memory=self._remembered(conversation.id, conversation.memory or Memory()),
                created_at=conversation.updated_at,
                updated_at=conversation.updated_at,
            )
        )
        await self._session.flush()

    async def by_token(self, token: str) -> Conversation | None:
        """The conversation that a token opens."""
        return await self._one(ConversationRow.token_hash == token_hash(token))

    async def by_address(self, channel: str, address: str) -> Conversation | None:
        """The conversation with somebody on a channel."""
        index = self._cipher.index(f"{channel}:{address}", ADDRESS)
        return await self._one(ConversationRow.address_index == index)

    async def by_id(self, conversation: str) -> Conversation | None:
        """The conversation of that id."""
        return await self._one(ConversationRow.id == conversation)

    async def hold(self, conversation: str) -> Conversation | None:
        """As it is now, and nobody else changes it before this unit of work ends."""
        return await self._one(ConversationRow.id == conversation, is_held=True)

    async def lock(self, conversation: str) -> None:
        """Nobody else changes it before this unit of work ends; nothing of it is opened."""
        mine = ConversationRow.id == conversation
        await self._session.execute(select(ConversationRow.id).where(mine).with_for_update())

    async def open_with(self, conversation: str, token: str) -> None:
        """From now on this token alone opens it: no token of before, and no chat."""
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation, ExchangeRow.due_at.is_not(None))
            .values(due_at=None, problem="closed")
        )
        opened = token_hash(token)
        await self._update(conversation, token_hash=opened, address_index=None, address=None)

    async def move_to(self, conversation: str, channel: str, address: str) -> None:
        """From now on it is held there alone; what was held there before loses its address."""
        index = self._cipher.index(f"{channel}:{address}", ADDRESS)
        before = select(ConversationRow.id).where(
            ConversationRow.address_index == index, ConversationRow.id != conversation
        )
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.conversation_id.in_(before), ExchangeRow.due_at.is_not(None))
            .values(due_at=None, problem="closed")
        )
        await self._session.execute(
            update(ConversationRow)
            .where(ConversationRow.address_index == index)
            .values(address_index=None, address=None)
        )
        await self._session.execute(  # places of one chat say nothing of those of another
            update(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation)
            .values(place=None)
        )
        sealed = self._cipher.seal(address, ADDRESS, conversation)
        await self._update(conversation, address_index=index, address=sealed, token_hash=None)

    async def _one(
        self, condition: ColumnElement[bool], *, is_held: bool = False
    ) -> Conversation | None:
        query = select(ConversationRow).where(condition)
        if is_held:  # what this session read of it before, is old
            query = query.with_for_update().execution_options(populate_existing=True)
        row = await self._session.scalar(query)
        if row is None:
            return None
        draft = json.loads(self._cipher.open(row.draft, DRAFT, row.id))
        memory = None
        if row.memory is not None:
            memory = load(self._cipher.open(row.memory, MEMORY, row.id))
        return Conversation(row.id, row.channel, row.asks, draft, row.updated_at, memory)

    async def set_asks(
        self, conversation: str, asks: str | None, now: datetime, memory: Memory | None = None
    ) -> None:
        """Keep which question is open, and what is remembered beside it."""
        kept = {} if memory is None else {"memory": self._remembered(conversation, memory)}
        await self._update(conversation, asks=asks, updated_at=now, **kept)

    def _remembered(self, conversation: str, memory: Memory) -> bytes:
        return self._cipher.seal(dump(memory), MEMORY, conversation)

    async def set_draft(self, conversation: str, draft: Draft, now: datetime) -> None:
        """Keep everything told so far."""
        sealed = self._cipher.seal(json.dumps(draft), DRAFT, conversation)
        await self._update(conversation, draft=sealed, updated_at=now)

    async def _update(self, conversation: str, **values: object) -> None:
        await self._session.execute(
            update(ConversationRow).where(ConversationRow.id == conversation).values(**values)
        )

    async def answered(self, conversation: str, client_id: str) -> Turn | None:
        """The answer that was kept for a message with that id."""
        return await self._reply(
            select(ExchangeRow.id, ExchangeRow.reply).where(
                ExchangeRow.conversation_id == conversation, ExchangeRow.client_id == client_id
            )
        )

    async def _reply(self, wanted: Select[int, bytes | None]) -> Turn | None:
        """The answer in the row that is wanted."""
        row = (await self._session.execute(wanted)).first()
        if row is None or row.reply is None:
            return None
        return read_turn(self._cipher.open(row.reply, REPLY, row.id))

    async def begin(
        self,
        conversation: str,
        client_id: str | None,
        said: str | None,
        now: datetime,
    ) -> Exchange:
        """Keep what was said; the same client id gives back the exchange that was there.

        So does the same text right after one that we did not answer: typed again is sent again.
        """
        if client_id is not None:
            there = await self._session.scalar(
                select(ExchangeRow).where(
                    ExchangeRow.conversation_id == conversation, ExchangeRow.client_id == client_id
                )
            )
            if there is not None:
                return read_exchange(self._cipher, there)
        last = await self._unanswered(conversation) if said is not None else None
        if last is not None and last.said and self._cipher.open(last.said, SAID, last.id) == said:
            last.client_id = client_id
            await self._session.flush()
            return read_exchange(self._cipher, last)
        row = ExchangeRow(conversation_id=conversation, client_id=client_id, created_at=now)
        self._session.add(row)
        await self._session.flush()  # what was said is tied to the number that it gets
        row.said = None if said is None else self._cipher.seal(said, SAID, row.id)
        await self._session.flush()
        return read_exchange(self._cipher, row)

    async def _unanswered(self, conversation: str) -> ExchangeRow | None:
        """The newest exchange, when it has no answer."""
        newest: ExchangeRow | None = await self._session.scalar(
            select(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation, ~is_told(ExchangeRow))
            .order_by(ExchangeRow.id.desc())
            .limit(1)
        )
        return newest if newest is not None and newest.reply is None else None

    async def answer(
        self,
        exchange: int,
        reply: Turn,
        now: datetime,
        *,
        is_brought: bool = False,
        decided: Why | None = None,
    ) -> None:
        """Keep the answer to a message, and why it was given.

        `is_brought`: it must still be brought to a chat.
        """
        sealed = self._cipher.seal(json.dumps(asdict(reply)), REPLY, exchange)
        why = json.dumps(asdict(decided)) if decided else None
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.id == exchange)
            .values(
                reply=sealed,
                decided=self._cipher.seal(why, DECIDED, exchange) if why else None,
                answered_at=now,
                due_at=now + HEAD_START if is_brought else None,
            )
        )

    async def last_reply(self, conversation: str) -> Turn | None:
        """What we answered last; what we said first is no answer."""
        newest = (
            select(ExchangeRow.id, ExchangeRow.reply)
            .where(ExchangeRow.conversation_id == conversation, ExchangeRow.reply.is_not(None))
            .where(~is_told(ExchangeRow))
            .order_by(ExchangeRow.id.desc())
            .limit(1)
        )
        return await self._reply(newest)

    async def exchanges(self, conversation: str, latest: int | None = None) -> Sequence[Exchange]:
        """Everything said, in order; only the `latest` so many of it."""
        rows = await self._session.scalars(
            select(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation)
            .where(or_(ExchangeRow.said.is_not(None), ExchangeRow.reply.is_not(None)))
            .order_by(ExchangeRow.id.desc())
            .limit(latest)
        )
        return [read_exchange(self._cipher, row) for row in rows][::-1]

    async def add_buttons(
        self, conversation: str, turn: Turn, buttons: Mapping[str, tuple[str, str]], now: datetime
    ) -> None:
        """Keep the buttons of a turn as id -> (title, payload)."""
        self._session.add_all(
            ButtonRow(
                id=name,
                conversation_id=conversation,
                turn=turn.id,
                title=title,
                payload=payload,
                created_at=now,
            )
            for name, (title, payload) in buttons.items()
        )
        await self._session.flush()

    async def button(self, conversation: str, button: str) -> ShownButton | None:
        """A button of this conversation."""
        row = await self._session.get(ButtonRow, button)
        if row is None or row.conversation_id != conversation:
            return None
        return ShownButton(row.title, row.payload, row.turn)

    async def erase(self, conversation: str, now: datetime) -> None:
        """Erase the draft and everything that was said; empty rows stay, so no id comes back."""
        await self._session.execute(
            update(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation)
            .values(said=None, reply=None, decided=None, due_at=None)
        )
        await self._session.execute(
            delete(ButtonRow).where(ButtonRow.conversation_id == conversation)
        )
        empty = self._cipher.seal("{}", DRAFT, conversation)
        forgotten = self._remembered(conversation, Memory())
        await self._update(conversation, draft=empty, memory=forgotten, asks=None, erased_at=now)

    async def forgotten(self, conversation: str) -> None:
        """The engine knows nothing any more of what was erased."""
        await self._update(conversation, erased_at=None)

    async def to_forget(self, before: datetime) -> Sequence[str]:
        """What was erased before then, and the engine did not forget for certain."""
        erased = select(ConversationRow.id).where(ConversationRow.erased_at <= before)
        return list(await self._session.scalars(erased))

    async def idle_since(
        self, moment: datetime, *, marked_count: bool = True
    ) -> tuple[Sequence[str], int]:
        """Conversations that did not go on since then, without a registration.

        Those in which somebody still has to be called are only counted. Without `marked_count` a
        registration that carries the mark is as good as gone.
        """
        rows = await self._session.execute(_idle_since(moment, marked_count=marked_count))
        found = [(name, bool(waits)) for name, waits in rows]
        return [name for name, waits in found if not waits], sum(waits for _, waits in found)

    async def is_idle(self, conversation: str, moment: datetime) -> bool:
        """Whether that goes for this one, and nobody has to be called, as it is now."""
        mine = _idle_since(moment).where(ConversationRow.id == conversation)
        row = (await self._session.execute(mine)).first()
        return row is not None and not row[1]

    async def delete(self, conversation: str) -> None:
        """Forget that there was such a conversation."""
        for table in (ButtonRow, ExchangeRow):
            await self._session.execute(delete(table).where(table.conversation_id == conversation))
        await self._session.execute(
            delete(ConversationRow).where(ConversationRow.id == conversation)
        )


def _idle_since(moment: datetime, *, marked_count: bool = True) -> Select[str, bool]:
    """What did not go on since then, without a registration; and whether somebody must be called.

    A message that came since then counts at once, also when it has no answer yet. A request to be
    called has a term of its own: after that it holds up nothing.
    """
    mine = ConversationRow.id
    registered = exists().where(RegistrationRow.conversation_id == mine)
    if not marked_count:
        registered = registered.where(RegistrationRow.marked_at.is_(None))
    said = exists().where(ExchangeRow.conversation_id == mine, ExchangeRow.created_at > moment)
    touched = func.coalesce(CallbackRow.updated_at, CallbackRow.created_at)
    to_call = exists().where(CallbackRow.conversation_id == mine, *OPEN, touched > moment)
    return select(mine, to_call).where(ConversationRow.updated_at <= moment, ~registered, ~said)
