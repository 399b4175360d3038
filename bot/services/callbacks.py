"""A person, always: the wish that a coordinator gets in touch is kept, and shown to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.core.answers.notes import read_note
from bot.core.callback import Callback, Way
from bot.core.errors import CallbackUnknown
from bot.core.registration import Registration
from bot.services import drafts, notices
from bot.services.ports import Ports

WANTED: Final = "person_wanted"
"""In the draft: wants a person, and we do not know yet how to reach him."""


async def request(ports: Ports, conversation: str, note: str | None = None) -> Callback | None:
    """Keep that this visitor wants to be called or mailed; None when we cannot reach him yet.

    Twice is one request: what was told since then is added. `note` is what he said about when
    and why, without personal data.
    """
    draft = await drafts.recall(ports, conversation)
    async with ports.work() as work:
        known = _known(draft, await work.registrations.of_conversation(conversation))
        way = _way(known, note or "")
        if way is not None:
            there = await work.callbacks.open_of(conversation)
            asked = _asked(ports, conversation, way, known, note or "", there)
            if asked != there:
                number = await work.callbacks.save(asked)
                await notices.of_callback(ports, work, conversation, number)
                await work.commit()
    await drafts.remember(ports, conversation, {WANTED: None if way else "yes"})
    return asked if way else None


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
    return Callback(
        id=there.id if there else None,
        conversation=conversation,
        way=way,
        address=known[way.value],
        name=known.get("name"),
        moment=told.moment or (there.moment if there else None),
        question=_both(there.question if there else None, told.question),
        created_at=there.created_at if there else ports.clock.now(),
    )


def _known(draft: Mapping[str, object], own: Registration | None) -> dict[str, str]:
    """How this visitor can be reached: as he told last, else as he is registered."""
    registered = {"name": own.name, "email": own.email, "phone": own.phone} if own else {}
    told = {item: draft[item] for item in ("name", "email", "phone") if draft.get(item)}
    return {item: str(value) for item, value in {**registered, **told}.items()}


def _way(known: Mapping[str, str], note: str) -> Way | None:
    """The telephone, unless there is only an address or somebody asks for a mail."""
    ways = [Way.EMAIL, Way.PHONE] if "mail" in note.casefold() else [Way.PHONE, Way.EMAIL]
    return next((way for way in ways if way.value in known), None)


def _both(first: str | None, second: str | None) -> str | None:
    """A question and what was added to it later."""
    parts = [part for part in (first, second) if part]
    return "; ".join(dict.fromkeys(parts)) or None


async def list_callbacks(ports: Ports) -> Sequence[Callback]:
    """Every request, oldest first."""
    async with ports.work() as work:
        return await work.callbacks.all()


async def done(ports: Ports, number: int) -> None:
    """Note that somebody dealt with it; twice is the same as once."""
    async with ports.work() as work:
        found = await work.callbacks.by_id(number)
        if found is None:
            raise CallbackUnknown
        if found.done_at is None:
            await work.callbacks.save(replace(found, done_at=ports.clock.now()))
            await work.commit()
