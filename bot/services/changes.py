"""A change that somebody on the list makes by themselves: told, said back, and kept after a yes.

What is new waits in the draft, sealed like the rest of it, until they say yes to it. The row and
what the conversations know of it change in one commit, of which coordinators hear.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.doubles import double_of
from bot.core.questions import DETAILS, SKIPPED
from bot.core.registration import Registration
from bot.log import get_logger
from bot.services import callbacks, notices
from bot.services.ports import Ports
from bot.services.records import Draft
from bot.services.registration import held, retell
from bot.services.stores import UnitOfWork

NEW: Final = "new_"
"""How the name of a value begins, in a draft, that waits for a yes."""
WANTED: Final = "change_wanted"
"""In a draft: the item of which somebody was asked what is new."""
DONE: Final = "changed"
"""In a draft: the items that were changed by the last yes."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": ("phone",),
    "region": ("city", "province"),
    "company": ("company",),
}
"""What somebody changes by themselves, with the values of a registration that it is."""

log = get_logger()


def as_new(told: Mapping[str, object]) -> dict[str, object]:
    """What was told of these items, as what waits for a yes; a town takes its province along."""
    named = {name: told.get(name) for name in FIELDS["region"] if "region" in told}
    plain = {name: told[name] for name in ("phone", "company") if told.get(name) not in _NOTHING}
    return {f"{NEW}{name}": value for name, value in (named | plain).items()}


_NOTHING: Final = (None, SKIPPED)


def waiting(draft: Mapping[str, object]) -> tuple[str, ...]:
    """The items of which something new waits for a yes, in the order of asking."""
    return tuple(
        item
        for item in DETAILS
        if any(draft.get(f"{NEW}{name}") is not None for name in FIELDS.get(item, ()))
    )


def done(draft: Mapping[str, object]) -> tuple[str, ...]:
    """The items that were changed last."""
    return tuple(str(draft.get(DONE) or "").split())


def forgotten(items: Iterable[str]) -> dict[str, None]:
    """What takes these out of what waits."""
    return {f"{NEW}{name}": None for item in items for name in FIELDS[item]}


def is_same(draft: Draft, own: Registration, item: str) -> bool:
    """Whether what is told anew stands there already."""
    return all(draft.get(f"{NEW}{name}") == getattr(own, name) for name in FIELDS[item])


def stands(draft: Draft, own: Registration) -> bool:
    """Whether the row has what was changed last: without that nothing is said to be changed."""
    names = [name for item in done(draft) for name in FIELDS[item]]
    return bool(names) and all(getattr(own, name) == draft.get(name) for name in names)


async def settle(ports: Ports, conversation: str) -> tuple[str, ...]:
    """Keep what waits, of the registration that is theirs here; gives the items.

    Twice is the same as once: then those of the first time.
    """
    now = ports.clock.now()
    async with ports.work() as work:
        own = await work.registrations.of_conversation(conversation)
        known = await work.conversations.by_id(conversation)
        if own is None or known is None or not own.stands:
            return ()
        if not (items := waiting(known.draft)):
            return done(known.draft)
        own = await held(work, own.code)
        names = [name for item in items for name in FIELDS[item]]
        values: dict[str, Any] = {name: known.draft.get(f"{NEW}{name}") for name in names}
        new = replace(own, **values, updated_at=now)
        await work.registrations.save(new)
        told = {**values, **_place(values), **forgotten(items), DONE: " ".join(items)}
        for place in {own.conversation, conversation}:
            await retell(work, place, told)
            await callbacks.follow(ports, work, place, own, new)
        await notices.of_change(ports, work, new, items, await _like(work, new))
        await work.commit()
    log.info("registration_changed", items=list(items))
    return items


def _place(values: Mapping[str, object]) -> dict[str, object]:
    """How a town stands in a draft."""
    return {"region": values["city"] or values["province"]} if "city" in values else {}


async def _like(work: UnitOfWork, new: Registration) -> str | None:
    """The code of another on the list whom somebody is like now; a person looks at that."""
    double = double_of(new, await work.registrations.of_intake(new.intake))
    return None if double is None or new.double is not None else double.code
