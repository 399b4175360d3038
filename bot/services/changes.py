"""A change that somebody on the list makes by themselves: told, said back, and kept after a yes.

What is new waits in the draft, sealed like the rest of it, until they say yes to it. The row and
what the conversations know of it change in one commit, of which coordinators hear. A new mail
address waits further, for digits that are mailed there: until then the old one stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.core.doubles import double_of
from bot.core.questions import DETAILS, SKIPPED
from bot.core.registration import Registration, six_digits
from bot.log import get_logger
from bot.services import callbacks, confirmation, notices
from bot.services.identity import confirmed
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
ADDRESS: Final = "email_wanted"
"""In a draft: the address to which digits went that will make it the one of the registration."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "email": ("email",),
    "phone": ("phone",),
    "region": ("city", "province"),
    "company": ("company",),
}
"""What somebody changes by themselves, with the values of a registration that it is."""

log = get_logger()


def as_new(told: Mapping[str, object], but: Sequence[str] = ()) -> dict[str, object]:
    """What was told, as what waits for a yes, but for these items; a town has its province."""
    named = {name: told.get(name) for name in FIELDS["region"] if "region" in told}
    own = [name for name in FIELDS if name not in ("region", *but)]
    plain = {name: told[name] for name in own if told.get(name) not in _NOTHING}
    return {f"{NEW}{name}": value for name, value in (named | plain).items()}


_NOTHING: Final = (None, SKIPPED)

BY_PERSON: Final = ("name", "email")
"""What a coordinator changes: an address only where no digits can be mailed to it."""


def by_person(ports: Ports) -> tuple[str, ...]:
    """What somebody on the list gives here, and a coordinator changes."""
    return tuple(item for item in BY_PERSON if ports.mailer is None or item not in FIELDS)


def has_new_address(draft: Mapping[str, object]) -> bool:
    """Whether a new address waits for a yes."""
    return draft.get(f"{NEW}email") is not None


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

    Twice is the same as once: then those of the first time. A new address is not among them: it
    is `mail_digits` that sees to it.
    """
    async with ports.work() as work:
        own = await work.registrations.of_conversation(conversation)
        known = await work.conversations.by_id(conversation)
        if own is None or known is None or not own.stands:
            return ()
        items = tuple(item for item in waiting(known.draft) if item != "email")
        if not items:
            return () if has_new_address(known.draft) else done(known.draft)
        own = await held(work, own.code)
        names = [name for item in items for name in FIELDS[item]]
        values: dict[str, Any] = {name: known.draft.get(f"{NEW}{name}") for name in names}
        await _keep(ports, work, conversation, own, values, items)
        await work.commit()
    log.info("registration_changed", items=list(items))
    return items


async def _keep(
    ports: Ports,
    work: UnitOfWork,
    conversation: str,
    own: Registration,
    values: Mapping[str, Any],
    items: Sequence[str],
) -> None:
    """Change the row, and what the conversations and coordinators know of it."""
    new = replace(own, **values, updated_at=ports.clock.now())
    await work.registrations.save(new)
    told = {**values, **_place(values), **forgotten(items), DONE: " ".join(items)}
    for place in {own.conversation, conversation}:
        await retell(work, place, told)
        await callbacks.follow(ports, work, place, own, new)
    await notices.of_change(ports, work, new, items, await _like(work, new))


async def mail_digits(ports: Ports, conversation: str) -> bool:
    """Mail digits to the new address, the one that waits or the one they went to before.

    Gives whether they went: not without one, and not when there were enough of them today, of this
    address or of this registration.
    Digits that were mailed before are good for nothing then.
    """
    digits = six_digits()
    async with ports.work() as work:
        own = await work.registrations.of_conversation(conversation)
        known = await work.conversations.by_id(conversation)
        if own is None or known is None or not own.stands or ports.mailer is None:
            return False
        new = known.draft.get(f"{NEW}email") or known.draft.get(ADDRESS)
        if not isinstance(new, str):
            return False
        own = await held(work, own.code)
        since = ports.clock.now() - confirmation.DAY
        may = await work.mails.count(own.code, since) < confirmation.AT_MOST
        mail = confirmation.address_digits(ports, own, new, digits)
        went = may and await confirmation.post(ports, work, mail, conversation)
        if went:
            await work.mails.note(own.code, ports.clock.now())
            await work.registrations.expect_digits(own.code, digits)
            told = {ADDRESS: new, "digits_for": own.code, **forgotten(["email"])}
            await retell(work, conversation, told)
            await work.commit()
    return went


async def prove_address(ports: Ports, conversation: str, digits: str) -> bool:
    """Keep the new address when these digits were mailed there; gives whether they were.

    The old address hears of it, with no word of the new one.
    """
    async with ports.work() as work:
        known = await work.conversations.by_id(conversation)
        new = known.draft.get(ADDRESS) if known else None
        if not isinstance(new, str):
            return False
        own = await confirmed(ports, work, conversation, digits)
        if own is not None:
            await _keep(ports, work, conversation, own, {"email": new}, ["email"])
            await retell(work, conversation, {ADDRESS: None})
            goodbye = confirmation.moved(ports, own)
            await confirmation.post(ports, work, goodbye, own.conversation)
        await work.commit()
    if own is None:
        return False
    log.info("registration_changed", items=["email"])
    return True


def _place(values: Mapping[str, object]) -> dict[str, object]:
    """How a town stands in a draft."""
    return {"region": values["city"] or values["province"]} if "city" in values else {}


async def _like(work: UnitOfWork, new: Registration) -> str | None:
    """The code of another on the list whom somebody is like now; a person looks at that."""
    double = double_of(new, await work.registrations.of_intake(new.intake))
    return None if double is None or new.double is not None else double.code
