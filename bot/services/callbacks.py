"""A person, always: the wish that a coordinator gets in touch is kept, and shown to them.

A request is a promise. It stands on the list until a coordinator is done with it or the visitor
takes it back; what is corrected or taken back is told to coordinators as well.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.answers.notes import read_note
from bot.core.callback import Callback, CallbackStatus, Way
from bot.core.errors import CallbackClosed, CallbackUnknown, ValueUnclear
from bot.core.questions import CALLBACK, REGISTRATION
from bot.core.registration import Registration
from bot.services import drafts, notices, wishes
from bot.services.ports import Ports
from bot.services.records import Exchange
from bot.services.stores import UnitOfWork

REACH: Final = frozenset({"phone", "email"})
WANTED: Final = "person_wanted"
"""In the draft: wants a person, and we do not know yet how to reach him."""
BY_MAIL: Final = re.compile(
    r"\b(?:(?:e-?)?mail(?:en|t)?|mailtje) (?:me|mij|ons|graag|liever|maar)\b|"
    r"\b(?:per|via|liever|graag|met) (?:de |een |het )?(?:(?:e-?)?mail(?:en)?|mailtje)\b",
    re.IGNORECASE,
)
"""A wish to be mailed; the word alone ("over mijn mail") is none."""


@dataclass(frozen=True)
class Kept:
    """A request as it stands on the list now, and whether it stood there before."""

    callback: Callback
    is_new: bool


async def request(
    ports: Ports, conversation: str, note: str | None = None, *, by: Way | None = None
) -> Callback | None:
    """Keep that this visitor wants to be called or mailed; None when we cannot reach him yet.

    Twice is one request: what was told since then is added. `note` is what he said about when
    and why, without personal data. `by` is the way, where it is given.
    """
    draft = await drafts.recall(ports, conversation)
    async with ports.work() as work:
        own = await work.registrations.of_conversation(conversation)
        exchanges = await work.conversations.exchanges(conversation)
        known = _known(draft, own)
        there = await work.callbacks.open_of(conversation)
        way = by or _way(known, note or "", _reached_now(ports, exchanges), there)
        if way is not None:
            asked = _asked(ports, conversation, way, known, note or "", there)
            if there is None:
                for before in (await work.callbacks.all_of(conversation))[:1]:
                    exchanges = wishes.since(exchanges, before.updated_at)
                    asked = replace(asked, role=before.role)
                asked = _with_what_was_said(ports, asked, exchanges, draft, own)
            if asked != there:
                await _keep(ports, work, asked, there)
                await work.commit()
    await drafts.remember(ports, conversation, {WANTED: None if way else "yes"})
    return asked if way else None


async def is_reachable(ports: Ports, conversation: str) -> bool:
    """Whether a way to reach this visitor is known."""
    draft = await drafts.recall(ports, conversation)
    async with ports.work() as work:
        return bool(_known(draft, await work.registrations.of_conversation(conversation)))


async def is_at_hand(ports: Ports, conversation: str) -> bool:
    """Whether a request is open that our last words were about."""
    async with ports.work() as work:
        there = await work.callbacks.open_of(conversation)
        last = await work.conversations.last_reply(conversation)
    return there is not None and wishes.is_about_call(last)


async def _keep(ports: Ports, work: UnitOfWork, asked: Callback, there: Callback | None) -> None:
    """Save it, and tell coordinators: of a new one, and of one that has another address now."""
    asked = replace(asked, updated_at=ports.clock.now())
    number = await work.callbacks.save(asked)
    if there is None:
        await notices.of_callback(ports, work, asked.conversation, number)
    elif (there.way, there.address) != (asked.way, asked.address):
        await notices.of_changed_callback(ports, work, asked.conversation, number)


def _asked(
    ports: Ports,
    conversation: str,
    way: Way,
    known: Mapping[str, str],
    note: str,
    there: Callback | None,
) -> Callback:
    """The request as it is now: what was there, and what was told since."""
    told = read_note(note)
    now = ports.clock.now()
    before = there or Callback(None, conversation, way, "", None, None, None, now)
    return replace(
        before,
        way=way,
        address=known.get(way.value, before.address),
        name=known.get("name"),
        moment=told.moment or before.moment,
        question=wishes.both(before.question, told.question),
    )


def _with_what_was_said(
    ports: Ports,
    asked: Callback,
    exchanges: Sequence[Exchange],
    draft: Mapping[str, object],
    own: Registration | None,
) -> Callback:
    """A new request, with what the visitor said before there was a way to reach him."""
    before = wishes.told_before(ports, exchanges, draft)
    return replace(
        asked,
        moment=asked.moment or before.moment,
        question=wishes.both(before.question, asked.question),
        role=wishes.role_of(exchanges, draft, is_registered=own is not None) or asked.role,
    )


def _known(draft: Mapping[str, object], own: Registration | None) -> dict[str, str]:
    """How this visitor can be reached: as he told last, else as he is registered."""
    registered = {"name": own.name, "email": own.email, "phone": own.phone} if own else {}
    told = {item: draft[item] for item in ("name", "email", "phone") if draft.get(item)}
    return {item: str(value) for item, value in {**registered, **told}.items()}


def _reached_now(ports: Ports, exchanges: Sequence[Exchange]) -> frozenset[str]:
    """Which ways to reach somebody stand in what is being answered now."""
    said = wishes.said_now(exchanges)
    return frozenset(ports.personal.mask(said, None, {}).written) if said else frozenset()


def _way(
    known: Mapping[str, str], note: str, now: frozenset[str], there: Callback | None
) -> Way | None:
    """What was given just now; else a mail for who asks for that, what it was, the telephone."""
    by_mail = Way.EMAIL.value in known and BY_MAIL.search(note)
    ways = [
        *(way for way in (Way.PHONE, Way.EMAIL) if way.value in now),
        *([Way.EMAIL] if by_mail else []),
    ]
    if there is not None:
        return next((way for way in ways if way.value in known), there.way)
    return next((way for way in (*ways, Way.PHONE, Way.EMAIL) if way.value in known), None)


async def words(ports: Ports, conversation: str) -> str | None:
    """What is being said in this turn about when and why, whole; None when it says neither."""
    async with ports.work() as work:
        exchanges = await work.conversations.exchanges(conversation)
        found = await work.conversations.by_id(conversation)
    said = wishes.said_now(exchanges)
    if said is None:
        return None
    text = wishes.words_of(ports, said, found.draft if found else {})
    note = read_note(text)
    return text[: wishes.LONGEST] if note.moment or note.question else None


async def given(
    ports: Ports, conversation: str, asked: str | None, items: Collection[str]
) -> Kept | None:
    """A number or an address was told: it goes to an open request, or makes one.

    It makes one for who asked for a person, is asked how to reach him, or was invited to be
    called a moment ago. The answer to a question of registering is for that alone. A name that
    is told goes to an open request as well, which nobody has to hear.
    """
    if not {"name", *REACH} & set(items):
        return None
    async with ports.work() as work:
        there = await work.callbacks.open_of(conversation)
        found = await work.conversations.by_id(conversation)
        exchanges = await work.conversations.exchanges(conversation)
    wanted = found is not None and WANTED in found.draft
    if asked in REGISTRATION and not wanted:
        return None
    if not REACH & set(items):
        if there is not None:
            await request(ports, conversation)
        return None
    if not (there or wanted or asked in CALLBACK or wishes.is_invited(ports, exchanges)):
        return None
    kept = await request(ports, conversation, await words(ports, conversation))
    return None if kept is None else Kept(kept, is_new=there is None)


async def follow(
    ports: Ports, work: UnitOfWork, conversation: str, old: Registration, new: Registration
) -> None:
    """Let an open request that goes by what was registered go by what is registered now."""
    there = await work.callbacks.open_of(conversation)
    if there is not None and there.address == getattr(old, there.way.value):
        await _keep(ports, work, replace(there, address=getattr(new, there.way.value)), there)


async def withdraw(ports: Ports, conversation: str) -> Callback | None:
    """Take the open request of this conversation off the list; None when there is none.

    Whoever only said that he wants a person is not asked for a number any more.
    """
    await drafts.remember(ports, conversation, {WANTED: None})
    async with ports.work() as work:
        found = await work.callbacks.open_of(conversation)
        return None if found is None else await _take_off(ports, work, found)


async def _take_off(ports: Ports, work: UnitOfWork, found: Callback) -> Callback:
    """Nobody has to get in touch any more; commits."""
    now = ports.clock.now()
    gone = replace(found, withdrawn_at=now, updated_at=now)
    number = await work.callbacks.save(gone)
    await notices.of_withdrawn_callback(ports, work, gone.conversation, number)
    await work.commit()
    return gone


async def newest(ports: Ports, conversation: str) -> Callback | None:
    """The open request of a conversation, else the last one that was."""
    async with ports.work() as work:
        found = await work.callbacks.all_of(conversation)
    return next((each for each in found if each.is_open), found[0] if found else None)


async def list_callbacks(ports: Ports) -> Sequence[Callback]:
    """Every request, oldest first."""
    async with ports.work() as work:
        return await work.callbacks.all()


async def unreadable(ports: Ports) -> Sequence[int]:
    """The numbers of the requests that no key of ours opens."""
    async with ports.work() as work:
        return await work.callbacks.unreadable()


async def by_number(ports: Ports, number: int) -> Callback:
    """One request; raises CallbackUnknown."""
    async with ports.work() as work:
        return await _found(work, number)


async def done(ports: Ports, number: int) -> None:
    """Note that somebody dealt with it; twice is the same as once.

    Raises CallbackClosed for one that was taken back.
    """
    async with ports.work() as work:
        found = await _found(work, number)
        if found.status is CallbackStatus.WITHDRAWN:
            raise CallbackClosed(number)
        if found.is_open:
            now = ports.clock.now()
            await work.callbacks.save(replace(found, done_at=now, updated_at=now))
            await work.commit()


async def withdraw_by(ports: Ports, number: int) -> Callback:
    """Take a request off the list for who asks a coordinator; twice is the same as once."""
    async with ports.work() as work:
        found = await _found(work, number)
        return await _take_off(ports, work, found) if found.is_open else found


async def correct(ports: Ports, number: int, text: str) -> Callback:
    """Give an open request another number or address; raises ValueUnclear.

    One that is done or taken back is CallbackClosed: nobody would use what is changed there.
    """
    known = ports.personal.mask(text, None, {}).written
    way = next((way for way in Way if way.value in known), None)
    if way is None:
        raise ValueUnclear("phone/email")
    async with ports.work() as work:
        found = await _found(work, number)
        if found.status is not CallbackStatus.OPEN:
            raise CallbackClosed(number)
        now = ports.clock.now()
        changed = replace(found, way=way, address=known[way.value], updated_at=now)
        await work.callbacks.save(changed)
        await work.commit()
    return changed


async def _found(work: UnitOfWork, number: int) -> Callback:
    found = await work.callbacks.by_id(number)
    if found is None:
        raise CallbackUnknown(number)
    return found
