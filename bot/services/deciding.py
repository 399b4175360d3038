"""What a coordinator decides or corrects, after talking with the candidate."""

from dataclasses import dataclass, replace
from typing import Any

from bot.core.answers import as_written, located
from bot.core.answers.reading import answer_to
from bot.core.doubles import is_same_address, is_same_name
from bot.core.eligibility import Outcome
from bot.core.errors import AddressTaken, IntakeFull, SomebodyElse, ValueUnclear, Withdrawn
from bot.core.intake import intake_named
from bot.core.questions import PERSONAL
from bot.core.registration import Decision, Likeness, Registration, Status
from bot.services import news
from bot.services.ports import Ports
from bot.services.registration import held, is_full, retell, take_off
from bot.services.stores import UnitOfWork


@dataclass(frozen=True)
class Decided:
    """What stands there now, and whether something of ours tells the candidate."""

    registration: Registration
    is_told: bool = False
    is_news: bool = False


async def place(ports: Ports, code: str, *, is_another: bool = False) -> Decided:
    """Give a place to who waits for one or was to be looked at; twice is the same as once.

    Of who waits and is not eligible by the rules, a person has yet to look: the place is kept.
    Raises RegistrationUnknown, Withdrawn, IntakeFull, and SomebodyElse for who may be another on
    the list, unless `is_another`.
    """
    async with ports.work() as work:
        own = await _decidable(work, code)
        if own.status is Status.REGISTERED and own.vouched_at is not None:
            return Decided(own)
        waited = own.status is Status.WAITING_LIST
        is_looked_at = not waited or own.verdict.outcome is Outcome.ELIGIBLE
        status = Status.REGISTERED if is_looked_at else Status.REVIEW
        return await _accept(ports, work, own, status, is_another=is_another)


async def decide(
    ports: Ports,
    code: str,
    decision: Decision,
    reason: str | None = None,
    *,
    is_another: bool = False,
) -> Decided:
    """Keep what a person decided about a candidate, who hears it; twice is the same as once.

    Raises as `place` does.
    """
    async with ports.work() as work:
        own = await _decidable(work, code)
        if own.decision is decision:
            return Decided(own)
        own = replace(own, decision_reason=reason)
        if decision is Decision.ACCEPTED:
            return await _accept(ports, work, own, Status.REGISTERED, is_another=is_another)
        return await _settle(ports, work, own, Status.DECLINED, Decision.DECLINED)


async def _decidable(work: UnitOfWork, code: str) -> Registration:
    own = await held(work, code)
    if not own.stands:
        raise Withdrawn(code)
    return own


async def _accept(
    ports: Ports, work: UnitOfWork, own: Registration, status: Status, *, is_another: bool
) -> Decided:
    """Give the place, if there is one and it is not somebody's second."""
    if own.double is not None and own.double.likeness is not Likeness.ADDRESS and not is_another:
        other = await work.registrations.by_code(own.double.code)
        if other is not None and other.takes_place:
            raise SomebodyElse(f"{own.code} {other.code}")
    intake = intake_named(own.intake, await work.intakes.all())
    if not own.takes_place and await is_full(work, intake):
        raise IntakeFull(intake.id)
    own = replace(own, vouched_at=own.vouched_at or ports.clock.now())
    decision = Decision.ACCEPTED if status is Status.REGISTERED else None
    return await _settle(ports, work, own, status, decision)


async def _settle(
    ports: Ports, work: UnitOfWork, own: Registration, status: Status, decision: Decision | None
) -> Decided:
    """Keep it, and tell the candidate; commits."""
    now = ports.clock.now()
    decided_at = now if decision else None
    own = replace(own, status=status, decision=decision, decided_at=decided_at, updated_at=now)
    await work.registrations.save(own)
    is_told = await news.of_decision(ports, work, own, await work.intakes.all())
    await work.commit()
    return Decided(own, is_told, is_news=True)


async def withdraw(ports: Ports, code: str) -> Registration:
    """Take somebody off the list who asked for it; twice is the same as once."""
    async with ports.work() as work:
        return await take_off(ports, work, await held(work, code))


async def correct(ports: Ports, code: str, item: str, text: str) -> Registration:
    """Change a value of a person (name, email, phone, company, region), read as in a conversation.

    Raises RegistrationUnknown, ValueUnclear and AddressTaken.
    """
    told = _read(ports, item, text)
    values = {name: value for name, value in told.items() if name != "region"}
    async with ports.work() as work:
        own = await held(work, code)
        new = replace(own, **values, updated_at=ports.clock.now())
        if new.email != own.email:
            others = await work.registrations.of_intake(own.intake)
            if any(_is_in_the_way(new, each) for each in others):
                raise AddressTaken
        await work.registrations.save(new)
        await retell(work, own.conversation, told)
        await work.commit()
        return new


def _is_in_the_way(new: Registration, other: Registration) -> bool:
    """Whether another has that address: one that stands there, or oneself of before."""
    is_there = is_same_address(new.email, other.email) and new.code != other.code
    return is_there and (other.stands or is_same_name(new.name, other.name))


def _read(ports: Ports, item: str, text: str) -> dict[str, Any]:
    """What a visitor would be read to say, else what a coordinator wrote, to the letter."""
    value: object = ports.personal.mask(text, item, {}).written.get(item)
    if item not in PERSONAL:
        value = answer_to(item, text, today=ports.clock.now().date())
    if value is None and item in ("name", "company", "region"):
        value = as_written(text)
    if not isinstance(value, str):
        raise ValueUnclear(item)
    return {item: value, **(located(value) if item == "region" else {})}
