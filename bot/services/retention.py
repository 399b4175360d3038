"""Erases what has been kept as long as was agreed: marked first, wiped a day later.

Nothing ends while the clock is one that somebody set, or tells a time that nothing else shows.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.core.errors import RegistrationUnknown
from bot.core.intake import intake_named
from bot.core.retention import (
    AHEAD,
    CHAT,
    MARKED,
    SOON,
    SOON_CALLBACK,
    TOKENS,
    Kept,
    KeptCallback,
    Seen,
    is_marked_at,
    look_at_clock,
    may_be_wiped,
    registration_ends,
)
from bot.failpoints import reach
from bot.log import get_logger
from bot.services import erasing, notices
from bot.services.ports import Ports
from bot.services.rounds import keep_doing
from bot.services.stores import UnitOfWork

ROUND: Final = 3600.0
"""Seconds between two rounds."""
TURN: Final = timedelta(minutes=1)
"""In a shorter time than this a turn in which somebody erased has ended."""

log = get_logger()


class Held(str, Enum):
    """Why nothing was erased."""

    CLOCK_IS_SET = "clock_is_set"
    CLOCK_JUMPED = "clock_jumped"


@dataclass(frozen=True)
class Purged:
    """How much was erased and how much marked; how many conversations wait for a call first."""

    conversations: int = 0
    registrations: int = 0
    tokens: int = 0
    waiting: int = 0
    callbacks: int = 0
    marked: int = 0
    held: Held | None = None


@dataclass(frozen=True)
class Plan:
    """What a round would do now, by the names of what it would do it to."""

    registrations: Sequence[str] = ()
    callbacks: Sequence[int] = ()
    conversations: Sequence[str] = ()
    marks: int = 0
    seen: Seen = Seen()
    held: Held | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody would notice it."""
        return not (self.registrations or self.callbacks or self.conversations or self.marks)


async def plan(ports: Ports) -> Plan:
    """What a round would do now; changes nothing."""
    if not ports.may_end_terms:
        return Plan(held=Held.CLOCK_IS_SET)
    now = ports.clock.now()
    async with ports.work() as work:
        before = await work.terms.seen()
        marked = await work.terms.marked_conversations()
        marks = await _mark(work, now)
        terms = await _registrations(work)
        callbacks = await work.terms.callbacks()
        idle, _ = await work.conversations.idle_since(now - CHAT, marked_count=False)
    return Plan(
        _ended(terms, now),
        _ended_callbacks(callbacks, now),
        [name for name in idle if _is_due(marked.get(name), now)],
        marks,
        before,
        Held.CLOCK_JUMPED if look_at_clock(before, now).is_doubted else None,
    )


async def purge(ports: Ports, *, is_sure: bool = False) -> Purged:
    """Erase what ended and was marked long enough ago, and mark what ends now.

    Doing it twice is the same as doing it once. `is_sure`: a person says that the clock is right.
    """
    if not ports.may_end_terms:
        log.warning("purge_waits", error=Held.CLOCK_IS_SET.value)
        return Purged(held=Held.CLOCK_IS_SET)
    if not await _is_time_sure(ports, is_sure=is_sure):
        log.critical("clock_jumped")
        return Purged(held=Held.CLOCK_JUMPED)
    now = ports.clock.now()
    marked = await _look_round(ports, now)
    ended, called = await _wipe_terms(ports, now)
    async with ports.work() as work:
        idle, waiting = await work.conversations.idle_since(now - CHAT)
        since = await work.terms.marked_conversations()
        tokens = await work.passages.forget(now - TOKENS) + await work.proofs.forget(now - TOKENS)
        await work.mails.forget(now - TOKENS)
        unfinished = await work.conversations.to_forget(now - TURN)
        await work.commit()
    await erasing.forget(ports, unfinished)
    due = [each for each in idle if _is_due(since.get(each), now)]
    gone = [each for each in due if await _delete(ports, each, now - CHAT)]
    done = Purged(len(gone), ended, tokens, waiting, called, marked)
    if done != Purged():
        log.info("purged", **{name: value for name, value in vars(done).items() if name != "held"})
    return done


async def _is_time_sure(ports: Ports, *, is_sure: bool) -> bool:
    """Whether the clock is believed; what it tells is kept, for the next round to compare."""
    now = ports.clock.now()
    async with ports.work() as work:
        seen = Seen(now) if is_sure else look_at_clock(await work.terms.seen(), now)
        await work.terms.saw(seen)
        if seen.doubt_since is not None:
            await notices.of_clock(ports, work, seen.doubt_since)
        await work.commit()
    return not seen.is_doubted


async def _look_round(ports: Ports, now: datetime) -> int:
    """Mark what ends, take the mark from what does not any more, and say what will end soon."""
    async with ports.work() as work:
        marked = await _mark(work, now)
        await _warn(ports, work, now)
        await work.commit()
    return marked


async def _registrations(work: UnitOfWork) -> Sequence[tuple[Kept, datetime]]:
    """Every registration and when it ends."""
    known = await work.intakes.all()
    kept = await work.terms.registrations()
    return [(each, registration_ends(each, intake_named(each.intake, known))) for each in kept]


async def _mark(work: UnitOfWork, now: datetime) -> int:
    """Give and take marks; how many were given."""
    terms = await _registrations(work)
    new = [each.code for each, ends in terms if is_marked_at(ends, now) and not each.marked_at]
    old = [each.code for each, ends in terms if each.marked_at and not is_marked_at(ends, now)]
    await work.terms.mark_registrations(new, now)
    await work.terms.mark_registrations(old, None)
    calls = await work.terms.callbacks()
    late = [each.id for each in calls if is_marked_at(each.ends, now) and not each.marked_at]
    kept = [each.id for each in calls if each.marked_at and not is_marked_at(each.ends, now)]
    await work.terms.mark_callbacks(late, now)
    await work.terms.mark_callbacks(kept, None)
    marked = await work.terms.marked_conversations()
    idle, _ = await work.conversations.idle_since(now - CHAT + AHEAD, marked_count=False)
    silent = [name for name in idle if name not in marked]
    await work.terms.mark_conversations(silent, now)
    await work.terms.mark_conversations([*marked.keys() - set(idle)], None)
    return len(new) + len(late) + len(silent)


def _ended(terms: Sequence[tuple[Kept, datetime]], now: datetime) -> Sequence[str]:
    return [each.code for each, ends in terms if may_be_wiped(ends, each.marked_at, now)]


def _ended_callbacks(calls: Sequence[KeptCallback], now: datetime) -> Sequence[int]:
    return [each.id for each in calls if may_be_wiped(each.ends, each.marked_at, now)]


def _is_due(marked_at: datetime | None, now: datetime) -> bool:
    return marked_at is not None and marked_at + MARKED <= now


async def _wipe_terms(ports: Ports, now: datetime) -> tuple[int, int]:
    """Registrations and requests to be called that ended; how many of each."""
    async with ports.work() as work:
        ended = _ended(await _registrations(work), now)
        called = _ended_callbacks(await work.terms.callbacks(), now)
        await work.terms.erase_callbacks(called)
        await work.commit()
    for code in ended:
        with suppress(RegistrationUnknown):  # somebody was sooner
            await erasing.erase_registration(ports, code)
    return len(ended), len(called)


async def _delete(ports: Ports, conversation: str, moment: datetime) -> bool:
    """Leave nothing of it; False when somebody came back since it was looked for."""
    if not await erasing.erase_idle(ports, conversation, moment):
        return False
    async with ports.work() as work:
        await work.conversations.lock(conversation)
        if not await work.conversations.is_idle(conversation, moment):
            return False
        await work.conversations.delete(conversation)
        reach("K11")
        await work.commit()
    return True


async def _warn(ports: Ports, work: UnitOfWork, now: datetime) -> None:
    """Tell coordinators what ends soon, once; who withdrew asked for that himself."""
    by_day: dict[datetime, list[str]] = {}
    for each, ends in await _registrations(work):
        if each.stands and ends - SOON <= now:
            by_day.setdefault(ends, []).append(each.code)
    for ends, codes in by_day.items():
        await notices.of_ending(ports, work, ends, codes)
    for call in await work.terms.callbacks():
        if call.is_open and call.ends - SOON_CALLBACK <= now:
            await notices.of_callback_ending(ports, work, call.conversation, call.id, call.ends)


async def ends(ports: Ports) -> Mapping[str, datetime]:
    """When each registration ends, by its code."""
    async with ports.work() as work:
        return {each.code: moment for each, moment in await _registrations(work)}


async def ends_soon(ports: Ports) -> Mapping[str, datetime]:
    """The same of those on the list that end within two weeks."""
    now = ports.clock.now()
    async with ports.work() as work:
        terms = await _registrations(work)
    return {each.code: moment for each, moment in terms if each.stands and moment - SOON <= now}


async def time_seen(ports: Ports) -> Seen:
    """What a round now would know of the time."""
    async with ports.work() as work:
        return look_at_clock(await work.terms.seen(), ports.clock.now())


async def run(ports: Ports, pause: float = ROUND) -> None:
    """A round every hour until cancelled."""
    await keep_doing(lambda: purge(ports), pause, waits="purge_waits", broke="purge_broke")
