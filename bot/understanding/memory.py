"""What the engine remembers: short, however long a conversation lasts, and never half.

Rasa reads all events of a session at every message and sends them to every action, so a long talk
grows slow. After a while a new session is begun that starts where the old one stood. And where
Rasa goes on with an empty memory when its store fails, this one ends the process: the gateway then
tells the visitor, and whoever watches us starts the engine again. What is written down holds no
word of a visitor (`wordless`).
"""

import asyncio
import logging
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.failpoints import reach
from bot.understanding.upgrade import take_out_words
from bot.understanding.whole import is_failed
from bot.understanding.wordless import Data, without_words

logger = logging.getLogger(__name__)

MOST_EVENTS = 120
"""Some ten turns."""

TRIES = 2
PAUSE = 0.2
"""Seconds."""

POSTGRES = re.compile("^postgres(ql)?:")

BROKEN = 70
"""The exit status of a process that may not go on (EX_SOFTWARE)."""

Result = TypeVar("Result")


def where_we_are(tracker: DialogueStateTracker) -> list[Event]:
    """A new session that has the slots, the open form and our last words of this one.

    A form that waits for the answer to another question of ours still does.
    """
    slots = [
        SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value is not None
    ]
    name = tracker.active_loop_name
    loop: list[Event] = [ActiveLoop(name)] if name else []
    if name and tracker.is_active_loop_rejected:  # it waits: else it would take the next message
        loop.append(ActionExecutionRejected(name))
    words = [event for event in _last_turn(tracker) if isinstance(event, BotUttered)]
    start = [ActionExecuted("action_session_start"), SessionStarted()]
    return [*start, *slots, *loop, *words, ActionExecuted("action_listen")]


def _last_turn(tracker: DialogueStateTracker) -> list[Event]:
    """What came after the last message."""
    events = list(tracker.events)
    last = max((at for at, event in enumerate(events) if isinstance(event, UserUttered)), default=0)
    return events[last:]


class Kept:
    """An event as it is written down; the one in memory still has its words."""

    def __init__(self, event: Event) -> None:
        self.type_name = event.type_name
        self._data = without_words(event.as_dict())

    def as_dict(self) -> Data:
        """What Rasa writes."""
        return self._data


class ShortMemory(SQLTrackerStore):
    """Rasa's own store, with sessions that end and failures that count."""

    @staticmethod
    def get_db_url(*args: Any, **kwargs: Any) -> Any:
        """With the driver in its name: of `postgresql:` alone SQLAlchemy 2.1 makes another one."""
        address = SQLTrackerStore.get_db_url(*args, **kwargs)
        is_text = isinstance(address, str)
        return POSTGRES.sub("postgresql+psycopg2:", address) if is_text else address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        take_out_words(self.engine, self.SQLEvent.__table__)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Kept]:
        """What is new, without the words of a visitor."""
        return map(Kept, super()._additional_events(session, tracker))

    def _event_query(
        self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Any:
        """By number instead of by time: a clock that is set back hides nothing."""
        events = self.SQLEvent
        mine = session.query(events).filter(events.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            started = sa.func.coalesce(sa.func.max(events.id), 0)
            latest = session.query(started).filter(
                events.sender_id == sender_id, events.type_name == SessionStarted.type_name
            )
            mine = mine.filter(events.id >= latest.scalar_subquery())
        return mine.order_by(events.id)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The latest session, or the end."""
        return await _or_end(lambda: super(ShortMemory, self).retrieve(sender_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new, and begin a new session when this one has become long.

        Of a turn in which something failed nothing is kept: it will come again.
        """
        if is_failed():
            return
        if len(tracker.events) > MOST_EVENTS:
            for event in where_we_are(tracker):
                tracker.update(event)
        reach("K6")
        await _or_end(lambda: super(ShortMemory, self).save(tracker))


async def _or_end(work: Callable[[], Awaitable[Result]]) -> Result:
    """Try again once; without its memory the engine may not answer."""
    for last in range(TRIES):
        try:
            return await work()
        except Exception as error:  # noqa: BLE001 - Rasa would swallow every kind of it
            logger.critical("memory_failed: %s", type(error).__name__)
            if last == TRIES - 1:
                os._exit(BROKEN)
            await asyncio.sleep(PAUSE)
    raise AssertionError("not reached")
